"""A form's questions as parts of the language, so that answers are filled in by the same controls as all else. Pure.

Read from the raw text, so that a definition with errors elsewhere keeps its controls; shared blocks come by their parts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from definitions.blocks import shared as shared_blocks
from definitions.vocabularies import shared as shared_vocabularies
from forms.file_kinds import FileKind

Raw = Mapping[str, Any]

_MOST: Final = 120
"""More choices than this are written, not offered one by one."""
_SAID: Final = frozenset({"heading", "note"})
_COMPUTED: Final = "computed"
_FILES: Final[Raw] = {
    "type": "array",
    "description": "Tệp giả định; mã nội dung gồm 64 chữ số, ví dụ toàn số 0.",
    "items": {
        "type": "object",
        "properties": {
            "name": {"type": "string", "title": "Tên tệp"},
            "kind": {
                "type": "string",
                "title": "Loại",
                "enum": [each.value for each in FileKind],
                "words": {each.value: each.label for each in FileKind},
            },
            "size": {"type": "integer", "title": "Nặng (byte)"},
            "width": {"type": "integer", "title": "Rộng (điểm ảnh)"},
            "height": {"type": "integer", "title": "Cao (điểm ảnh)"},
            "sha256": {"type": "string", "title": "Mã nội dung"},
        },
    },
}
_SHAPES: Final[Mapping[str, Raw]] = {
    "textarea": {"type": "string", "maxLength": 10_000},
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "money": {"type": "integer"},
    "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "month": {"type": "string", "description": "Năm-tháng, ví dụ 2026-09."},
    "time": {"type": "string", "description": "Giờ:phút, ví dụ 07:30."},
    "yes_no": {"type": "boolean"},
    "file": _FILES,
    "photo": _FILES,
    "declaration": {"type": "boolean"},
    _COMPUTED: {"type": ["string", "number"]},
}
_TEXT: Final[Raw] = {"type": "string"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A page of the form by its title, and its fields as they are written."""

    title: str
    fields: tuple[Raw, ...]


def pages_of(data: Raw) -> tuple[Asked, ...]:
    """The questions asked first, then the form's pages."""
    form = data.get("form")
    pages = form.get("pages") if isinstance(form, Mapping) else None
    first = tuple(_fields(data.get("questions")))
    found = [Asked("Câu hỏi mở đầu", first)] if first else []
    for page in pages if isinstance(pages, list) else ():
        if isinstance(page, Mapping):
            found.append(Asked(str(page.get("title", "Trang")), tuple(_fields(page.get("fields")))))
    return tuple(found)


@dataclass(frozen=True)
class Questions:
    """`vocabularies`: the definition's own, by name."""

    pages: tuple[Asked, ...]
    vocabularies: Raw

    def parts(self, *, computed: bool) -> Mapping[str, Raw]:
        """The schema of every answer by the field's id, in the form's order."""
        return self._with_computed if computed else self._asked

    @cached_property
    def lists(self) -> Mapping[str, str]:
        """Fields that hold rows."""
        return {
            str(field["id"]): str(field.get("label", field["id"]))
            for page in self.pages
            for field in page.fields
            if field.get("type") == "list"
        }

    @cached_property
    def _asked(self) -> Mapping[str, Raw]:
        return self._all(computed=False)

    @cached_property
    def _with_computed(self) -> Mapping[str, Raw]:
        return self._all(computed=True)

    def _all(self, *, computed: bool) -> Mapping[str, Raw]:
        fields = [field for page in self.pages for field in page.fields]
        return self._parts(fields, computed=computed)

    def _parts(self, fields: Any, *, computed: bool, within: tuple[str, ...] = ()) -> Mapping[str, Raw]:
        found = {}
        for field in fields:
            kind = str(field.get("type"))
            if kind in _SAID or (kind == _COMPUTED and not computed):
                continue
            found[str(field["id"])] = {
                **self._shape(field, kind, computed=computed, within=within),
                "title": str(field.get("label", field["id"])),
            }
        return found

    def _shape(self, field: Raw, kind: str, *, computed: bool, within: tuple[str, ...]) -> Raw:
        inner = inside(field, within)
        if inner is not None:
            properties = self._parts(inner, computed=computed, within=(*within, kind))
            group = {
                "type": "object",
                "properties": properties,
                "title": str(field.get("item_label", "Dòng")),
            }
            return {"type": "array", "items": group} if kind == "list" else group
        if kind in {"choice", "multi_choice"}:
            options = self._options(field.get("options"))
            one: Raw = {"type": "string", "enum": list(options), "words": options} if options else _TEXT
            return {"type": "array", "items": one} if kind == "multi_choice" else one
        return _SHAPES.get(kind, _TEXT)

    def _options(self, told: Any) -> Mapping[str, str]:
        if isinstance(told, Mapping):
            name = str(told.get("vocabulary"))
            vocabulary = self.vocabularies.get(name) or shared_vocabularies().get(name)
            told = vocabulary.get("entries") if isinstance(vocabulary, Mapping) else None
        found = {
            str(each["value"]): str(each.get("label", each["value"]))
            for each in (told if isinstance(told, list) else ())
            if isinstance(each, Mapping) and "value" in each
        }
        return found if len(found) <= _MOST else {}


def inside(field: Raw, within: tuple[str, ...] = ()) -> tuple[Raw, ...] | None:
    """The fields of a row, a group or a shared block as it is used; None for a single question."""
    kind = str(field.get("type"))
    block = shared_blocks().get(kind)
    if block is None or kind in within:
        return tuple(_fields(field.get("item"))) if kind in {"list", "group"} else None
    only = field.get("only")
    changed = field.get("parts")
    changes: Raw = changed if isinstance(changed, Mapping) else {}
    return tuple(
        {**part, **(changes[part["id"]] if isinstance(changes.get(part["id"]), Mapping) else {})}
        for part in _fields(block["parts"])
        if not isinstance(only, list) or part["id"] in only
    )


def _fields(value: Any) -> Iterator[Raw]:
    """What can be a field: a group with an id."""
    for each in value if isinstance(value, list) else ():
        if isinstance(each, Mapping) and isinstance(each.get("id"), str):
            yield each
