"""Fields asked once under one name, as a paper asks for a person or a place: `noi_o.commune`."""

from collections.abc import Mapping
from typing import Final

from forms.model import Field
from forms.types.base import EMPTY, WRONG_KIND, FieldType, Parsed, Parser, Source, wrong
from rules.feel import FeelType, T
from rules.i18n import noted

UNREADABLE: Final = WRONG_KIND


class Group(FieldType):
    """Posted as `name.part`, kept as a mapping of its parts.

    `parse` reads the shape alone: `value` is the mapping of the parts' answers. Parts see their siblings and, under
    these, what the group sees, so `forms.evaluate` reads them.
    """

    name = "group"
    demand = noted("Điền {what}")

    def __init__(self, registry: Mapping[str, FieldType]) -> None:
        self._registry = registry

    def feel_type(self, field: Field) -> FeelType:
        types = {part.id: self._registry[part.type] for part in field.item}
        return T.context(
            {part.id: types[part.id].feel_type(part) for part in field.item if types[part.id].stores}
        )

    def parser(self, field: Field) -> Parser:
        return read_parts

    def collect(self, field: Field, source: Source, name: str) -> object:
        found = {}
        for part in field.item:
            answer = self._registry[part.type].collect(part, source, f"{name}.{part.id}")
            if answer is not None:
                found[part.id] = answer
        return found or None

    def display(self, field: Field, clean: object) -> str:
        """One line: `Số 12, đường Chu Văn Thịnh, phường Tô Hiệu` of the parts a paper writes in a line (`field.line`),
        else each with its label, `Họ và tên: Lò Thị Xuân; Ngày sinh: 15/06/1995`.
        """
        if not isinstance(clean, Mapping):
            return ""
        parts = {part.id: part for part in field.item}
        shown = {
            name: text
            for name, part in parts.items()
            if (text := self._registry[part.type].display(part, clean.get(name)))
        }
        if field.line:
            return ", ".join(shown[name] for name in field.line if name in shown)
        return "; ".join(f"{parts[name].label}: {text}" for name, text in shown.items())


def read_parts(answer: object) -> Parsed:
    if answer is None or answer in ("", {}):
        return EMPTY
    return Parsed(answer, None) if isinstance(answer, Mapping) else wrong(UNREADABLE)
