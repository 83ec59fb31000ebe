"""What the form's fields are called where an expression stands, and how a comparison with one of them is written."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from definitions.importing.texts import number
from rules.feel.text import quoted

Chain = tuple[tuple[str, str], ...]
"""Ids and types of the lists and groups around a field, outermost first."""

BOOLEANS: Final = frozenset({"yes_no", "declaration"})
NUMBERS: Final = frozenset({"integer", "decimal", "money"})


class UntranslatableError(ValueError):
    """Why an expression of the source has no counterpart here; a sentence."""


@dataclass(frozen=True)
class Placed:
    """A field of the draft as others refer to it. `options`: id in the draft by value in the source."""

    field: dict[str, Any]
    chain: Chain
    options: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def type(self) -> str:
        return str(self.field["type"])


@dataclass(frozen=True)
class Target:
    """A field seen from where the expression stands; `option`: one box of several, by its id."""

    text: str
    placed: Placed
    option: str = ""


class Scope:
    """The fields by data path (`container.key`) of the source."""

    def __init__(self) -> None:
        self._by_path: dict[str, Placed] = {}
        self._by_key: dict[str, list[Placed]] = {}

    def add(self, path: tuple[str, ...], placed: Placed) -> None:
        self._by_path.setdefault(".".join(path), placed)
        self._by_key.setdefault(path[-1], []).append(placed)

    def ids(self) -> tuple[tuple[str, str], ...]:
        """(path in the source's data, ids in the draft) of every field."""
        return tuple(
            (path, ".".join([*(name for name, _ in placed.chain), str(placed.field["id"])]))
            for path, placed in self._by_path.items()
        )

    def own(self, field: Mapping[str, Any]) -> Placed:
        """As it was added, of a field of the draft."""
        return next(each for placed in self._by_key.values() for each in placed if each.field is field)

    def target(self, reference: str, viewer: Chain) -> Target:
        """Raises `UntranslatableError` where the reference is to nothing of the draft, or to many."""
        found, option = self._find(reference)
        if found is None:
            raise UntranslatableError(f"Điều kiện nói tới “{reference}”, không có trong bản nháp.")
        shared = 0
        while shared < min(len(viewer), len(found.chain)) and viewer[shared] == found.chain[shared]:
            shared += 1
        around = found.chain[shared:]
        if any(kind == "list" for _, kind in around):
            raise UntranslatableError(
                f"Điều kiện nói tới “{reference}” trong một danh sách, mỗi dòng một giá trị."
            )
        text = ".".join([*(name for name, _ in around), str(found.field["id"])])
        return Target(text, found, option)

    def _find(self, reference: str) -> tuple[Placed | None, str]:
        direct = self._named(reference)
        if direct is not None:
            return direct, ""
        parent, _, last = reference.rpartition(".")
        boxes = self._named(parent) if parent else None
        if boxes is not None and boxes.type == "multi_choice" and last in boxes.options:
            return boxes, boxes.options[last]
        return None, ""

    def _named(self, reference: str) -> Placed | None:
        if reference in self._by_path:
            return self._by_path[reference]
        named = self._by_key.get(reference.rpartition(".")[2], [])
        ends = [path for path in self._by_path if path.endswith(f".{reference}")]
        if len(ends) == 1:
            return self._by_path[ends[0]]
        return named[0] if len(named) == 1 and "." not in reference else None


EMPTINESS: Final = frozenset({"isEmpty", "isNotEmpty"})
_OPPOSITE: Final = {
    "isNotEqual": "isEqual",
    "isNotEmpty": "isEmpty",
    "notIncludes": "includes",
    "isNotDateEqual": "isEqual",
}
_ORDER: Final = {
    "greaterThan": ">",
    "lessThan": "<",
    "greaterThanOrEqual": ">=",
    "lessThanOrEqual": "<=",
    "dateGreaterThan": ">",
    "dateLessThan": "<",
    "dateGreaterThanOrEqual": ">=",
    "dateLessThanOrEqual": "<=",
}


def compare(target: Target, operator: str, value: object) -> str:
    """FEEL of one comparison, always true or false. Raises `UntranslatableError`."""
    if operator in _OPPOSITE:
        return opposite(compare(target, _OPPOSITE[operator], value))
    if operator == "isEmpty":
        return _empty(target)
    if operator in _ORDER:
        return f"{target.text} {_ORDER[operator]} {_literal(target, value)}"
    if operator in {"startsWith", "endsWith"} and target.placed.type in {"text", "textarea"}:
        name = "starts with" if operator == "startsWith" else "ends with"
        return f"{name}({target.text}, {quoted(str(value))}) = true"
    if operator == "includes" and target.placed.type in {"text", "textarea"}:
        return f"contains({target.text}, {quoted(str(value))}) = true"
    if operator in {"isEqual", "isDateEqual", "includes"}:
        return _equal(target, value)
    raise UntranslatableError(f"Phép so sánh “{operator}” chưa có cách viết bằng FEEL.")


def opposite(text: str) -> str:
    """Also of what is unknown: an empty answer is not equal to a value."""
    for said, other in ((" != true", " = true"), (" = true", " != true")):
        if text.endswith(said) and " and " not in text and " or " not in text:
            return text.removesuffix(said) + other
    return f"({text}) != true"


def _equal(target: Target, value: object) -> str:
    kind = target.placed.type
    if target.option:
        chosen = _truth(value)
        text = f"list contains({target.text}, {quoted(target.option)}) = true"
        return text if chosen else opposite(text)
    if kind in BOOLEANS:
        return f"{target.text} = true" if _truth(value) else f"{target.text} != true"
    if kind == "multi_choice":
        return f"list contains({target.text}, {quoted(_option(target, value))}) = true"
    return f"{target.text} = {_literal(target, value)}"


def _literal(target: Target, value: object) -> str:
    kind = target.placed.type
    if kind == "choice":
        return quoted(_option(target, value))
    if kind in NUMBERS or kind == "computed":
        made = number(value)
        if made is None:
            raise UntranslatableError(f"“{value}” không phải một số để so với “{target.text}”.")
        return str(made)
    if kind in {"date", "month"}:
        try:
            return f'date("{date.fromisoformat(str(value)[:10]).isoformat()}")'
        except ValueError:
            raise UntranslatableError(f"“{value}” không phải một ngày để so với “{target.text}”.") from None
    if kind in {"text", "textarea", "email", "phone", "citizen_number", "tax_number"} and isinstance(
        value, str
    ):
        return quoted(value)
    raise UntranslatableError(f"Chưa so được trường kiểu {kind} với {value!r}.")


def _option(target: Target, value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if text not in target.placed.options:
        raise UntranslatableError(f"Trường “{target.text}” không có lựa chọn nào mang giá trị “{text}”.")
    return target.placed.options[text]


def _truth(value: object) -> bool:
    if value in (True, "true", 1, "1"):
        return True
    if value in (False, "false", 0, "0"):
        return False
    raise UntranslatableError(f"So ô đánh dấu với “{value}”, không phải có hay không.")


def _empty(target: Target) -> str:
    kind = target.placed.type
    if kind in BOOLEANS:
        return f"{target.text} != true"
    if kind in {"multi_choice", "list", "file", "photo"}:
        return f"({target.text} = null or count({target.text}) = 0)"
    return f"{target.text} = null"
