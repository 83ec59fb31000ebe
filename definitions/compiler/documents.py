"""Printed documents: texts with slots, checked against the names like any expression."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from definitions.compiler.expressions import compile_feel
from definitions.compiler.fields import condition
from definitions.compiler.names import DOCUMENT_SCOPE, names_of
from definitions.compiler.values import source_of
from definitions.documents.model import (
    Block,
    Column,
    Document,
    Phrase,
    Shown,
    Signature,
    Slot,
    Style,
)
from definitions.problems import Report, did_you_mean
from definitions.reading.tree import Path
from forms.model import Field
from forms.types import REGISTRY
from rules.feel import FeelType, tree

_OPEN: Final = "{{"
_CLOSE: Final = "}}"
_STYLED: Final = re.compile(r"(.*\S)\s*\|\s*(\w+)", re.DOTALL)
STYLES: Final[Mapping[str, frozenset[str]]] = {
    "long": frozenset({"date", "date and time", "any"}),
    "words": frozenset({"number", "date", "any"}),
    "plain": frozenset({"number", "any"}),
}
"""How a value may be asked to be written, and of which types."""

_UNWRITABLE: Final = frozenset({"function", "range", "context"})


class DocumentCompiler:
    """Compiles documents over `fields`, those of the whole form, whose types are in `names`."""

    def __init__(self, fields: Sequence[Field], names: Mapping[str, FeelType], report: Report) -> None:
        self.fields = {field.id: field for field in fields}
        self.names = {**names, **DOCUMENT_SCOPE}
        self.report = report

    def documents(self, raws: Sequence[Mapping[str, Any]]) -> tuple[Document, ...]:
        return tuple(self.document(raw, ("documents", at)) for at, raw in enumerate(raws))

    def document(self, raw: Mapping[str, Any], path: Path) -> Document:
        signature = raw["signature"]
        return Document(
            id=raw["id"],
            kind=raw["kind"],
            name=raw["name"],
            title=self._text(raw, "title", path),
            subtitle=self._text(raw, "subtitle", path),
            symbol=raw.get("symbol", ""),
            when=condition(raw, "when", path, self.names, self.report),
            at=tuple(raw.get("at", ())),
            addressee=self._text(raw, "addressee", path),
            basis=self._texts(raw, "basis", path),
            body=tuple(self._block(block, (*path, "body", at)) for at, block in enumerate(raw["body"])),
            recipients=self._texts(raw, "recipients", path),
            signature=Signature(
                self._text(signature, "title", (*path, "signature")),
                self._text(signature, "role", (*path, "signature")),
            ),
            sensitive=raw.get("sensitive", False),
            source=source_of(raw),
        )

    def _block(self, raw: str | Mapping[str, Any], path: Path) -> Block:
        if isinstance(raw, str):
            return Block("text", text=self.phrase(raw, path))
        when = condition(raw, "when", path, self.names, self.report)
        self._one_content(raw, path)
        if "table" in raw:
            return self._table(raw, path, when)
        if "fields" in raw:
            shown = (self._shown(name, (*path, "fields", at)) for at, name in enumerate(raw["fields"]))
            return Block("fields", fields=tuple(each for each in shown if each is not None), when=when)
        if "centre" in raw:
            return Block("centre", text=self._text(raw, "centre", path), when=when)
        heading, text = self._text(raw, "heading", path), self._text(raw, "text", path)
        return Block("text" if text else "heading", heading=heading, text=text, when=when)

    def _one_content(self, raw: Mapping[str, Any], path: Path) -> None:
        kinds = [key for key in ("centre", "fields", "table") if key in raw]
        kinds += ["text"] if "text" in raw or "heading" in raw else []
        if len(kinds) != 1 or ("table" in raw) != ("columns" in raw):
            self.report.error(
                path,
                "T119",
                "Mỗi đoạn của văn bản có đúng một loại nội dung.",
                "Giữ một trong: text (có thể kèm heading), heading, centre, fields, hoặc table kèm columns.",
            )

    def _table(self, raw: Mapping[str, Any], path: Path, when: Any) -> Block:
        field = self.fields.get(raw["table"])
        if field is None or field.type != "list":
            lists = [name for name, each in self.fields.items() if each.type == "list"]
            told = (
                f"Không có danh sách “{raw['table']}”."
                if field is None
                else f"“{field.label}” không phải danh sách."
            )
            self.report.error((*path, "table"), "T114", told, did_you_mean(raw["table"], lists))
            return Block("table", when=when)
        items = {item.id: item for item in field.item}
        names = {**self.names, **names_of(field.item, {})}
        columns = tuple(
            Column(
                column["label"],
                self._slot(column["value"], (*path, "columns", at, "value"), names, {**self.fields, **items}),
            )
            for at, column in enumerate(raw.get("columns", ()))
        )
        return Block("table", table=field.id, columns=columns, when=when)

    def _shown(self, name: str, path: Path) -> Shown | None:
        """The answer that `ho_ten` or `nguoi_chet.ho_ten` names."""
        fields: Mapping[str, Field] = self.fields
        ids = tuple(name.split("."))
        found = None
        for part in ids:
            found = fields.get(part)
            if found is None or not REGISTRY[found.type].stores:
                known = [key for key, each in fields.items() if REGISTRY[each.type].stores]
                self.report.error(path, "T114", f"Không có trường “{part}” để in.", did_you_mean(part, known))
                return None
            fields = {} if found.type == "list" else {part.id: part for part in found.item}
        assert found is not None
        return Shown(found, ids)

    def _texts(self, raw: Mapping[str, Any], key: str, path: Path) -> tuple[Phrase, ...]:
        return tuple(self.phrase(text, (*path, key, at)) for at, text in enumerate(raw.get(key, ())))

    def _text(self, raw: Mapping[str, Any], key: str, path: Path) -> Phrase:
        return self.phrase(raw[key], (*path, key)) if key in raw else Phrase()

    def phrase(self, text: str, path: Path) -> Phrase:
        """`Cho phép {{ business_name }}` as its pieces."""
        parts: list[str | Slot] = []
        at = 0
        while (start := text.find(_OPEN, at)) >= 0:
            end = text.find(_CLOSE, start)
            if end < 0:
                break
            if text[at:start]:
                parts.append(text[at:start])
            inside = text[start + len(_OPEN) : end]
            begins = start + len(_OPEN) + len(inside) - len(inside.lstrip())
            parts.append(self._slot(inside.strip(), path, self.names, self.fields, begins))
            at = end + len(_CLOSE)
        rest = text[at:]
        if _OPEN in rest or _CLOSE in rest:
            self.report.error(
                path,
                "T118",
                "Chỗ điền viết chưa đúng: “{{” và “}}” phải đi thành cặp.",
                "Viết {{ tên_trường }}, mở bằng hai dấu ngoặc, đóng bằng hai dấu ngoặc.",
                at=self.report.tree.inside(path, at + max(rest.find(_OPEN), rest.find(_CLOSE))),
            )
        if rest:
            parts.append(rest)
        return Phrase(tuple(parts))

    def _slot(
        self,
        text: str,
        path: Path,
        names: Mapping[str, FeelType],
        fields: Mapping[str, Field],
        begins: int = 0,
    ) -> Slot:
        style = ""
        if match := _STYLED.fullmatch(text):
            text, style = match[1], match[2]
            if style not in STYLES:
                told = f"Không có cách ghi “{style}”."
                self.report.error(path, "T118", told, did_you_mean(style, STYLES))
                style = ""
        expression = compile_feel(text, path, names, self.report, begins=begins)
        ids = _ids(expression.tree)
        field = _field(ids, fields)
        kind = expression.type.kind
        if style and kind not in STYLES[style] | {"null"}:
            wanted = {"long": "ngày", "words": "số hoặc ngày", "plain": "số"}[style]
            message = f"Cách ghi “{style}” dùng cho {wanted}, còn biểu thức này cho {expression.type.title}."
            self.report.error(path, "F006", message, "Bỏ cách ghi, hoặc đổi biểu thức.")
        elif kind in _UNWRITABLE and field is None:
            message = f"Không in được {expression.type.title}."
            self.report.error(path, "F006", message, "Chọn một trường bên trong, ví dụ agency.name.")
        if not style and field is None and _is_year(expression.tree):
            style = "plain"
        return Slot(expression, cast("Style", style), field, ids if field is not None else ())


def _ids(node: tree.Node) -> tuple[str, ...]:
    """`a.b.c` as its names; nothing for any other expression."""
    if isinstance(node, tree.Name):
        return (node.name,)
    if isinstance(node, tree.Path) and (before := _ids(node.base)):
        return (*before, node.name)
    return ()


def _is_year(node: tree.Node) -> bool:
    """`birth_date.year`: 1995, never 1.995."""
    return isinstance(node, tree.Path) and node.name == "year"


def _field(ids: tuple[str, ...], fields: Mapping[str, Field]) -> Field | None:
    found = None
    for name in ids:
        found = fields.get(name)
        if found is None:
            return None
        fields = {} if found.type == "list" else {part.id: part for part in found.item}
    return found
