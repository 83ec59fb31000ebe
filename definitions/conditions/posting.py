"""Rows as a form holds them while they are typed, right or wrong, and the buttons that change them.

Names under a prefix `p`: `p.mode` (`all`, `any`, `always`, `never`), `p.count`, and for item `i` either `p.i.path`,
`p.i.comparison` and `p.i.value` (once for each value), or, of a group, `p.i.count` and its rows `p.i.j.…`. A button
posts `_rows`: `p:add`, `p:group`, `p:remove:i`, and `p.i:add`, `p.i:remove:j` within a group.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from definitions.conditions.model import (
    ALWAYS,
    NEVER,
    Always,
    Comparison,
    Condition,
    Group,
    Never,
    Row,
    Value,
    rows,
)
from definitions.conditions.subjects import Subject
from definitions.conditions.words import offered
from forms.model import Field
from forms.types import REGISTRY
from rules.feel.text import number_text

Source = Mapping[str, Sequence[str]]
ACTION: Final = "_rows"
MOST_ROWS: Final = 50
_MODES: Final = ("all", "any", "always", "never")


@dataclass(frozen=True, slots=True)
class RowDraft:
    """`error`: what to do about the row, empty where nothing is wrong or it was not looked at."""

    path: str = ""
    comparison: str = ""
    values: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class GroupDraft:
    rows: tuple[RowDraft, ...] = (RowDraft(), RowDraft())


@dataclass(frozen=True, slots=True)
class Draft:
    """`mode`: `all`, `any`, `always` or `never`."""

    mode: str = "all"
    items: tuple[RowDraft | GroupDraft, ...] = ()

    @property
    def by_rows(self) -> bool:
        return self.mode in {"all", "any"}

    @property
    def errors(self) -> tuple[tuple[str, str], ...]:
        """The place of each wrong row (`0`, `1.0`) and what to do about it."""
        return tuple((place, row.error) for place, row in self.placed if row.error)

    @property
    def placed(self) -> tuple[tuple[str, RowDraft], ...]:
        found: list[tuple[str, RowDraft]] = []
        for at, item in enumerate(self.items):
            if isinstance(item, RowDraft):
                found.append((str(at), item))
            else:
                found.extend((f"{at}.{inner}", row) for inner, row in enumerate(item.rows))
        return tuple(found)


def draft_of(condition: Condition) -> Draft:
    """A condition as it is first shown."""
    if isinstance(condition, Always):
        return Draft("always")
    if isinstance(condition, Never):
        return Draft("never")
    return Draft(
        condition.mode,
        tuple(
            GroupDraft(tuple(_typed(row) for row in item.rows)) if isinstance(item, Group) else _typed(item)
            for item in condition.items
        ),
    )


def _typed(row: Row) -> RowDraft:
    return RowDraft(row.path, row.comparison.value, tuple(_shown(value) for value in row.values))


def _shown(value: Value) -> str:
    if isinstance(value, Decimal):
        return number_text(value).replace(".", ",")
    return f"{value:%d/%m/}{value.year:04}" if isinstance(value, date) else str(value)


def collect(source: Source, prefix: str) -> Draft:
    """What was posted, as it was typed."""
    mode = _one(source, f"{prefix}.mode")
    return Draft(
        mode if mode in _MODES else "all",
        tuple(_item(source, f"{prefix}.{at}") for at in range(_count(source, prefix))),
    )


def _item(source: Source, name: str) -> RowDraft | GroupDraft:
    if f"{name}.count" in source:
        return GroupDraft(tuple(_row(source, f"{name}.{at}") for at in range(_count(source, name))))
    return _row(source, name)


def _row(source: Source, name: str) -> RowDraft:
    values = tuple(value.strip()[:500] for value in source.get(f"{name}.value", ()))
    return RowDraft(_one(source, f"{name}.path"), _one(source, f"{name}.comparison"), values[: MOST_ROWS * 4])


def _one(source: Source, name: str) -> str:
    return next(iter(source.get(name, ())), "").strip()[:200]


def _count(source: Source, name: str) -> int:
    text = _one(source, f"{name}.count")
    return min(int(text), MOST_ROWS) if text.isascii() and text.isdecimal() and len(text) < 4 else 0


def act(draft: Draft, pressed: str, prefix: str) -> Draft:
    """The draft after one of its buttons; as it was where the button is none of them."""
    place, _, rest = pressed.partition(":")
    kind, _, number = rest.partition(":")
    at = int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else None
    if place == prefix:
        return replace(draft, items=_changed(draft.items, kind, at))
    inner = place.removeprefix(f"{prefix}.")
    if inner.isascii() and inner.isdecimal() and len(inner) < 4 and int(inner) < len(draft.items):
        item = draft.items[int(inner)]
        if isinstance(item, GroupDraft):
            kept = tuple(row for row in _changed(item.rows, kind, at) if isinstance(row, RowDraft))
            items = list(draft.items)
            items[int(inner) : int(inner) + 1] = [GroupDraft(kept)] if kept else []
            return replace(draft, items=tuple(items))
    return draft


def _changed(
    items: Sequence[RowDraft | GroupDraft], kind: str, at: int | None
) -> tuple[RowDraft | GroupDraft, ...]:
    if kind == "add" and len(items) < MOST_ROWS:
        return (*items, RowDraft())
    if kind == "group" and len(items) < MOST_ROWS:
        return (*items, GroupDraft())
    if kind == "remove" and at is not None:
        return tuple(item for number, item in enumerate(items) if number != at)
    return tuple(items)


def settled(draft: Draft, known: Sequence[Subject]) -> Draft:
    """The draft with a comparison in each row that its field offers: another field may have been picked."""
    by_path = {subject.path: subject for subject in known}

    def settle(row: RowDraft) -> RowDraft:
        subject = by_path.get(row.path)
        if subject is None:
            return row
        words = [str(comparison) for comparison, _ in offered(subject.kind)]
        return row if row.comparison in words else replace(row, comparison=words[0])

    return replace(draft, items=tuple(_each(item, settle) for item in draft.items))


def _each(item: RowDraft | GroupDraft, change: Callable[[RowDraft], RowDraft]) -> RowDraft | GroupDraft:
    return change(item) if isinstance(item, RowDraft) else GroupDraft(tuple(map(change, item.rows)))


def condition_of(draft: Draft, known: Sequence[Subject]) -> tuple[Condition | None, Draft]:
    """The condition, or None with what to do said in each wrong row of the draft."""
    if draft.mode == "always":
        return ALWAYS, draft
    if draft.mode == "never":
        return NEVER, draft
    by_path = {subject.path: subject for subject in known}
    made: list[Row | Group] = []
    items: list[RowDraft | GroupDraft] = []
    for item in draft.items:
        read = [_read(row, by_path) for row in ((item,) if isinstance(item, RowDraft) else item.rows)]
        good = tuple(row for row, _ in read if row is not None)
        told = tuple(row for _, row in read)
        items.append(told[0] if isinstance(item, RowDraft) else GroupDraft(told))
        made.append(Group(good) if isinstance(item, GroupDraft) or not good else good[0])
    draft = replace(draft, items=tuple(items))
    if draft.errors:
        return None, draft
    return rows("any" if draft.mode == "any" else "all", made), draft


def _read(row: RowDraft, known: Mapping[str, Subject]) -> tuple[Row | None, RowDraft]:
    subject = known.get(row.path)
    if subject is None:
        told = f"Không còn “{row.path}”; chọn điều cần hỏi khác." if row.path else "Chọn điều cần hỏi."
        return None, replace(row, error=told)
    comparison = next((each for each, _ in offered(subject.kind) if each == row.comparison), None)
    if comparison is None:
        return None, replace(row, error=f"Chọn cách so sánh cho “{subject.label}”.")
    least, most = comparison.takes
    typed = [value for value in row.values if value]
    if comparison in {Comparison.ONE_OF, Comparison.NONE_OF} and not subject.options:
        typed = [part.strip() for value in typed for part in value.split(";") if part.strip()]
    if len(typed) < least:
        told = "Nhập đủ hai giá trị, từ và đến." if least == 2 else _wanted(subject)
        return None, replace(row, error=told)
    values: list[Value] = []
    for text in typed[:most]:
        value = _parsed(text, subject)
        if value is None:
            return None, replace(row, error=f"“{text}” chưa đúng. {_wanted(subject)}")
        values.append(value)
    if comparison is Comparison.BETWEEN and values[0] > values[1]:  # type: ignore[operator]  # of one kind
        return None, replace(row, error="Giá trị “từ” phải không lớn hơn giá trị “đến”.")
    return Row(subject.path, comparison, tuple(values)), replace(row, error="")


def _wanted(subject: Subject) -> str:
    if subject.options:
        return f"Chọn một giá trị của “{subject.label}”."
    match subject.kind:
        case "number" | "count":
            return "Nhập một số, ví dụ 12 hoặc 1,5."
        case "date" | "moment":
            return "Nhập ngày như 23/11/2026."
        case _:
            return "Nhập giá trị cần so sánh."


def _parsed(text: str, subject: Subject) -> Value | None:
    """None where the text is no value of the field."""
    kind = {"number": "decimal", "count": "integer", "date": "date", "moment": "date"}.get(subject.kind)
    if kind is None:
        known = not subject.options or any(text == value for value, _ in subject.options)
        return text if known else None
    read = REGISTRY[kind].parse(Field(id="value", type=kind, label=subject.label), text)
    value = read.value
    if read.error is not None:
        return None
    if isinstance(value, Decimal):
        return value
    return value if isinstance(value, date) else None
