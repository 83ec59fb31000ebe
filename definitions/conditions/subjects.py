"""What the conditions of a place can ask about: each answer and fact there, by its Vietnamese label."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from definitions.explain import SCOPE_LABELS
from definitions.model import Definition
from definitions.scope import closed, words
from forms.model import Field
from forms.types import REGISTRY
from rules.feel import FeelType

Kind = Literal["text", "choice", "several", "number", "count", "date", "moment", "yes_no", "other"]

_KINDS: Final[Mapping[str, Kind]] = {
    "string": "text",
    "number": "number",
    "date": "date",
    "boolean": "yes_no",
}
_DEEPEST: Final = 4


@dataclass(frozen=True, slots=True)
class Subject:
    """`path` names it in rows; `label` says where it stands (`Người mẹ › Họ tên`); `options`: value and label of each,
    where it is a closed list; `about`: the heading it is offered under.
    """

    path: str
    label: str
    kind: Kind
    options: tuple[tuple[str, str], ...] = ()
    about: str = "Câu trả lời"

    @property
    def reads(self) -> str:
        """The FEEL that gives what is compared: a list by its number of rows, a moment by its day."""
        if self.kind == "count":
            return f"count({self.path})"
        return f"date({self.path})" if self.kind == "moment" else self.path

    def option(self, value: str) -> str:
        """What a value is called; itself where it is none of the options."""
        return next((label for each, label in self.options if each == value), value)


def subjects(
    definition: Definition | None, names: Mapping[str, FeelType], fields: Iterable[Field]
) -> tuple[Subject, ...]:
    """`names`: what expressions of the place may read; `fields`: those among them that are answers."""
    found: list[Subject] = []
    answers = {field.id: field for field in fields if field.id in names}
    for field in answers.values():
        found.extend(_of_field(field, "", ""))
    for name, type_ in names.items():
        if name not in answers:
            found.extend(_of_scope(definition, name, type_))
    return tuple(found)


def _of_field(field: Field, path: str, label: str) -> Iterator[Subject]:
    here, called = f"{path}{field.id}", f"{label}{field.label}"
    if field.type == "group":
        for part in field.item:
            yield from _of_field(part, f"{here}.", f"{called} › ")
        return
    kind = REGISTRY.get(field.type)
    if kind is None or not kind.stores:
        return
    options = tuple((option.value, option.label) for option in field.options)
    match field.type:
        case "choice":
            yield Subject(here, called, "choice", options)
        case "multi_choice":
            yield Subject(here, called, "several", options)
        case "list":
            yield Subject(here, f"Số dòng của “{called}”", "count")
        case _:
            yield Subject(here, called, _KINDS.get(kind.feel_type(field).kind, "other"))


def _of_scope(definition: Definition | None, name: str, type_: FeelType, deep: int = 0) -> Iterator[Subject]:
    if type_.kind == "context" and type_.fields is not None and deep < _DEEPEST:
        for part, inner in type_.fields:
            yield from _of_scope(definition, f"{name}.{part}", inner, deep + 1)
        return
    label = SCOPE_LABELS.get(name, name)
    label = label[:1].upper() + label[1:]
    values = _values(definition, name)
    about = "Hồ sơ"
    if values:
        yield Subject(name, label, "choice", values, about)
    elif type_.kind == "date and time":
        yield Subject(name, label.replace("Thời điểm", "Ngày"), "moment", (), about)
    elif type_.kind == "list":
        yield Subject(name, f"Số dòng của “{label}”", "count", (), about)
    elif type_.kind in _KINDS:
        yield Subject(name, label, _KINDS[type_.kind], (), about)


def _values(definition: Definition | None, name: str) -> tuple[tuple[str, str], ...]:
    if definition is None:
        return tuple(words(name).items())
    if name == "case":
        return tuple((case.id, case.label) for case in definition.cases)
    listed: Sequence[str] = closed(definition, name) or ()
    return tuple((value, words(name).get(value, value)) for value in listed)
