"""Changes side by side: what it is about, what it said, what it says; grouped by the part of the definition.

Money is told with all its dated rows at once, since a fee that changes on a day is one change to whoever reads it, however
many rows of a table it is written in.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from definitions.diff.comparing import Raw, compare
from definitions.diff.model import Change, Verb
from definitions.diff.money import Conditions, Names, conditions, day_words, days_words, money
from definitions.diff.saying import named, shown

GROUPS: Final[Mapping[str, str]] = {
    "information": "Thông tin công khai",
    "case": "Câu hỏi, trường hợp",
    "form": "Biểu mẫu",
    "paper": "Giấy tờ",
    "fee": "Phí, lệ phí",
    "deadline": "Thời hạn",
    "workflow": "Quy trình",
    "document": "Văn bản in",
    "event_rule": "Quy tắc sự kiện",
    "example": "Ví dụ kiểm thử",
    "other": "Chung",
}
_GROUP_OF: Final[Mapping[str, str]] = {
    "page": "form",
    "field": "form",
    "option": "form",
    "check": "form",
    "case": "case",
    "paper": "paper",
    "fee": "fee",
    "fee_row": "fee",
    "fee_input": "fee",
    "exemption": "fee",
    "deadline": "deadline",
    "more_time": "deadline",
    "step": "workflow",
    "action": "workflow",
    "branch": "workflow",
    "legal_basis": "information",
    "document": "document",
    "block": "document",
    "column": "document",
    "event_rule": "event_rule",
    "example": "example",
}
_UNITS: Final = {
    "working_day": "ngày làm việc",
    "working_hour": "giờ làm việc",
    "day": "ngày",
    "hour": "giờ",
    "month": "tháng",
    "unspecified": "không quy định",
}
_MONEY: Final = frozenset({"amount", "min", "max", "default"})


@dataclass(frozen=True, slots=True)
class Pair:
    """One line of the comparison. `before` is empty for what is new, `after` for what is gone."""

    what: str
    before: str
    after: str
    verb: Verb

    @property
    def sentence(self) -> str:
        """`Phí thẩm định: 100.000 đồng → 50.000 đồng.`"""
        if not self.before:
            return f"{self.what}: thêm {self.after}."
        if not self.after:
            return f"{self.what}: bỏ {self.before}."
        return f"{self.what}: {self.before} → {self.after}."


@dataclass(frozen=True, slots=True)
class Group:
    """`id`: a key of `GROUPS`."""

    id: str
    label: str
    pairs: tuple[Pair, ...]


def beside(before: Raw, after: Raw) -> tuple[Group, ...]:
    """Everything that differs between two definitions' data, parts without a difference left out."""
    found: dict[str, list[Pair]] = {group: [] for group in GROUPS}
    found["fee"] += _amounts(before, after)
    found["deadline"] += _deadlines(before, after)
    both = _ids(before) & _ids(after)
    for change in compare(before, after):
        if not _told_already(change, both):
            found[_group(change)].append(_pair(change))
    return tuple(Group(id_, GROUPS[id_], tuple(pairs)) for id_, pairs in found.items() if pairs)


def _group(change: Change) -> str:
    if change.part == "procedure":
        head = change.key.partition(".")[0]
        return head if head in {"information", "workflow"} else "other"
    return _GROUP_OF.get(change.part, "other")


def _told_already(change: Change, fees: frozenset[str]) -> bool:
    """What `_amounts` and `_deadlines` say."""
    fee = change.id.partition(".")[0]
    if change.part == "fee_row":
        return fee in fees and change.key.partition(".")[0] in {"", "amount", "effective", "when"}
    if change.part == "fee":
        return (
            fee in fees
            and (change.key == "amount" or change.key.startswith("amount."))
            and change.key not in {"amount.default", "amount.hit"}
        )
    return change.part == "deadline" and change.key in {"", "amount", "unit", "when", "label"}


def _pair(change: Change) -> Pair:
    what = named(change)
    if change.key:
        what = change.title if change.part == "procedure" else f"{what} – {change.title}"
        if _group(change) == "information":
            what = what.removeprefix(f"{GROUPS['information']} – ")
    if change.verb is Verb.MOVED:
        places = [
            f"trang “{place}”" if isinstance(place, str) else f"vị trí {place}"
            for place in (change.before, change.after)
        ]
        return Pair(_capital(what), places[0], places[1], change.verb)
    return Pair(
        _capital(what),
        "" if change.verb is Verb.ADDED else _said(change, change.before),
        "" if change.verb is Verb.REMOVED else _said(change, change.after),
        change.verb,
    )


def _said(change: Change, value: Any) -> str:
    """A value as it is read in a column of its own."""
    key = change.key.rpartition(".")[2]
    if not change.key:
        return _whole(value)
    if key in _MONEY and _GROUP_OF.get(change.part) == "fee":
        return money(value)
    if key in {"from", "to"}:
        return day_words(value)
    if key == "unit" and isinstance(value, str):
        return _UNITS.get(value, value)
    if key == "effective" and isinstance(value, Mapping):
        return days_words(value) or "không giới hạn"
    if key == "source" and isinstance(value, Mapping):
        return str(value.get("text", "")) or shown(value)
    return value if isinstance(value, str) else shown(value)


def _whole(value: Any) -> str:
    """A part that came or went, by what people call it."""
    if isinstance(value, Mapping):
        name = next(
            (value[key] for key in ("label", "name", "title", "message", "text") if value.get(key)), None
        )
        return str(name) if name else shown(value)
    return value if isinstance(value, str) else shown(value)


# -- money -------------------------------------------------------------------------------------------------------


def _amounts(before: Raw, after: Raw) -> Iterator[Pair]:
    old, new = _fees(before), _fees(after)
    for fee_id, now in new.items():
        if fee_id not in old:
            continue
        was = old[fee_id]
        names = Names(after, now), Names(before, was)
        rows = _rows(was["amount"]), _rows(now["amount"])
        for key in dict.fromkeys((*rows[0], *rows[1])):
            told = [_dated(found.get(key, ())) for found in rows]
            if told[0] != told[1]:
                which = (names[0] if key in rows[1] else names[1]).which(key)
                what = ", ".join(filter(None, (str(now["label"]), which)))
                verb = Verb.ADDED if not told[0] else Verb.REMOVED if not told[1] else Verb.CHANGED
                yield Pair(what, told[0], told[1], verb)


def _fees(raw: Raw) -> dict[str, Raw]:
    return {str(fee["id"]): fee for fee in raw.get("fees", ())}


def _ids(raw: Raw) -> frozenset[str]:
    return frozenset(_fees(raw))


def _rows(amount: Any) -> dict[Conditions, list[tuple[Any, Mapping[str, Any]]]]:
    """`(amount, days)` of a fee by the conditions of the row; a plain amount is one row without conditions."""
    if not isinstance(amount, Mapping):
        return {(): [(amount, {})]}
    found: dict[Conditions, list[tuple[Any, Mapping[str, Any]]]] = {}
    for row in amount["rows"]:
        key = conditions(amount, row)
        found.setdefault(key, []).append((row["amount"], row.get("effective") or {}))
    return found


def _dated(rows: Sequence[tuple[Any, Mapping[str, Any]]]) -> str:
    """`100.000 đồng đến hết 31/12/2026; 50.000 đồng từ 01/01/2027`."""
    in_order = sorted(rows, key=lambda row: str(row[1].get("from", "")))
    return "; ".join(" ".join(filter(None, (money(amount), days_words(days)))) for amount, days in in_order)


# -- time --------------------------------------------------------------------------------------------------------


def _deadlines(before: Raw, after: Raw) -> Iterator[Pair]:
    """Each row whole, by what it is called; rows without a name by their condition."""
    old, new = (_times(raw) for raw in (before, after))
    for name in dict.fromkeys((*old, *new)):
        was, now = old.get(name, ""), new.get(name, "")
        if was != now:
            verb = Verb.ADDED if not was else Verb.REMOVED if not now else Verb.CHANGED
            yield Pair(name, was, now, verb)


def _times(raw: Raw) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in raw.get("deadline", ()):
        unit = _UNITS.get(str(row.get("unit")), str(row.get("unit")))
        words = f"{row['amount']} {unit}" if "amount" in row else unit
        condition = row.get("when")
        name = str(row.get("label") or "Thời hạn giải quyết")
        if name in found:
            name = f"{name} ({json.dumps(condition, ensure_ascii=False)})"
        told = f"{words}, khi {condition}" if isinstance(condition, str) else words
        found[name] = told
    return found


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
