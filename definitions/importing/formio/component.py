"""One component of a form with its place in the source, and how its properties are marked in the account."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from definitions.importing.formio import keys
from definitions.importing.ledger import Ledger, Mark, Meaningless, Rule, Told
from definitions.importing.report import What
from definitions.importing.source import at, says_nothing
from definitions.importing.texts import LINE, without_markup
from definitions.reading.tree import Path

_T = TypeVar("_T")
_GROUPS: Final = frozenset({"validate", "conditional", "data", "datePicker", "widget", "fields"})
_HOLDERS: Final = {"columns": "columns", "table": "rows", "tabs": "components"}
CHANGED_TEXT: Final = "Chỉ mang sang phần chữ; mất {lost}."


@dataclass(frozen=True)
class Component:
    raw: Mapping[str, Any]
    path: Path
    ledger: Ledger

    @property
    def type(self) -> str:
        return str(self.raw.get("type", ""))

    @property
    def key(self) -> str:
        return str(self.raw.get("key", ""))

    def get(self, *where: str | int) -> Any:
        return at(self.raw, where)

    def text(self, *where: str) -> str:
        """Text at the place; empty for anything else."""
        value = self.get(*where)
        return value.strip() if isinstance(value, str) else ""

    def carried(self, where: str | Path, target: Any, key: str | int, *, whole: bool = False) -> None:
        self.ledger.carried(self._at(where), target, key, whole=whole)

    def told(self, where: str | Path, why: str, remedy: str, what: What = "dropped") -> None:
        self.ledger.told(self._at(where), why, remedy, what)

    def unsupported(self, name: str) -> None:
        self.told(tuple(name.split(".")), *keys.UNSUPPORTED[name])

    def meaningless(self, where: str | Path, reason: str) -> None:
        self.ledger.meaningless(self._at(where), reason)

    def carry_text(self, where: str | Path, target: dict[str, Any], key: str, limit: int = LINE) -> str:
        """Text without markup into the draft, or added below what is there; the text, empty where there is none."""
        parts = (where,) if isinstance(where, str) else where
        raw = self.get(*parts)
        if not isinstance(raw, str | int) or isinstance(raw, bool):
            return ""
        text, lost = without_markup(str(raw))
        if limit == LINE:
            text = " ".join(text.split())
        if not text:
            return ""
        whole = f"{target[key]}\n{text}" if key in target else text
        target[key] = whole[:limit]
        self.carried(parts, target, key)
        if lost or len(whole) > limit:
            why = CHANGED_TEXT.format(lost=", ".join(lost) or f"phần quá {limit} ký tự")
            self.told(parts, why, "Đọc lại câu chữ trong bản nháp.", "changed")
        return text

    def _at(self, where: str | Path) -> Path:
        return (*self.path, *((where,) if isinstance(where, str) else where))


def settled(components: Mapping[Path, Component]) -> Rule:
    """The rule for what no importer marked; `components`: all that were seen, by path."""

    def rule(path: Path, value: object) -> tuple[Path, Mark]:
        for length in range(len(path) - 1, -1, -1):
            if path[:length] in components:
                return _of_component(path, length, value, components[path[:length]].type)
        return _of_form(path, value)

    return rule


def _of_component(path: Path, length: int, value: object, kind: str) -> tuple[Path, Mark]:
    inner = path[length:]
    if kind in _HOLDERS and len(inner) > 1 and _HOLDERS[kind] == inner[0]:
        # a column, cell or tab has the properties of a component itself
        start = next((at for at, part in enumerate(inner[1:], 1) if isinstance(part, str)), len(inner))
        length, inner = length + start, inner[start:] or inner
    name = ".".join(part for part in inner if isinstance(part, str))
    found = _known(name, keys.NO_MEANING)
    if says_nothing(value):
        return path, Meaningless(keys.EMPTY)
    if found is not None:
        return path, Meaningless(found[1])
    if name in keys.SAYS_NOTHING and any(
        value == each and type(value) is type(each) for each in keys.SAYS_NOTHING[name]
    ):
        return path, Meaningless(keys.DEFAULT)
    said = _known(name, keys.UNSUPPORTED)
    depth = 2 if inner[0] in _GROUPS and len(inner) > 1 else 1
    if said is not None:
        return path[: length + max(depth, said[0].count(".") + 1)], Told("dropped", *said[1])
    return path[: length + depth], Told(
        "unknown",
        "Bộ nhập chưa biết thuộc tính này của Form.io.",
        "Xem thuộc tính làm việc gì trong hệ thống cũ; bỏ qua nếu chỉ là cách trình bày.",
    )


def _of_form(path: Path, value: object) -> tuple[Path, Mark]:
    name = ".".join(part for part in path if isinstance(part, str))
    if says_nothing(value):
        return path, Meaningless(keys.EMPTY)
    found = _known(name, keys.FORM)
    if found is not None:
        return path, Meaningless(found[1])
    if path[:1] in {("settings",), ("properties",), ("controller",), ("action",), ("esign",)}:
        return path[:2], Told("dropped", *keys.FORM_UNSUPPORTED)
    return path[:1], Told(
        "unknown", "Bộ nhập chưa biết khóa này của biểu mẫu.", "Xem khóa làm việc gì trong hệ thống cũ."
    )


def _known(name: str, table: Mapping[str, _T]) -> tuple[str, _T] | None:
    """The entry for the name or for the nearest name above it."""
    while name:
        if name in table:
            return name, table[name]
        name = name.rpartition(".")[0]
    return None
