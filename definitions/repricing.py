"""«Đổi mức phí theo quyết định»: new amounts of a fee from a day on, written as dated rows beside those they follow. Pure.

What was law until the eve keeps its rows and gets its last day; what is law from the day gets rows of its own. Only these
places of the text are touched, so comments and everything else stay.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from definitions.diff.money import Names, conditions, day_words, days_words
from definitions.editing import Edit, EditError, Insert, Put, at

ANY: Final = "-"
COLUMN: Final = "channel"
"""The column of a table that has no conditions of its own: every table has one at least, and every dossier a channel."""

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One amount that may change. `row`: its number in the fee's table, `None` where the fee has a plain amount; `words`:
    its conditions; `days`: since when and until when it is law.
    """

    row: int | None
    words: str
    amount: str
    days: str


@dataclass(frozen=True, slots=True)
class Repricing:
    """`amounts`: the new amount of each row by its number, `None` for the plain amount; rows left out stay as they are.
    `source`: the decision, as a source of law is written.
    """

    fee: str
    amounts: Mapping[int | None, int]
    start: date
    source: str


def fees_of(raw: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """`(id, label)` of every fee of a definition's data."""
    return tuple(
        (str(fee["id"]), str(fee.get("label", fee["id"])))
        for fee in _list(raw.get("fees"))
        if isinstance(fee, Mapping) and "id" in fee
    )


def price_rows(raw: Mapping[str, Any], fee_id: str, start: date) -> tuple[PriceRow, ...]:
    """What is law for this fee on the eve of `start`, row by row; raises `EditError` where there is no such fee."""
    fee = at(raw, _path(raw, fee_id))
    amount = fee.get("amount")
    if not isinstance(amount, Mapping):
        return (PriceRow(None, "", str(amount), days_words(fee.get("effective") or {})),)
    names = Names(raw, fee)
    return tuple(
        PriceRow(
            number,
            str(row.get("label") or names.which(conditions(amount, row))),
            str(row["amount"]),
            days_words(row.get("effective") or {}),
        )
        for number, row in enumerate(amount["rows"])
        if _law_on(row, start - _DAY)
    )


def reprice(raw: Mapping[str, Any], wanted: Repricing) -> tuple[Edit, ...]:
    """The edits of the text, to be made in this order. Raises `EditError` with what is wrong with the wish."""
    path = _path(raw, wanted.fee)
    fee = at(raw, path)
    changed = tuple(_changed(raw, wanted))
    if not changed:
        raise EditError("Mức phí mới giống mức đang ghi; ông/bà nhập mức khác cho ít nhất một dòng.")
    amount = fee.get("amount")
    edits: list[Edit] = []
    if not isinstance(amount, Mapping):
        ((_, new),) = changed
        edits.append(Put((*path, "amount"), _table(amount, new, wanted.start)))
    else:
        edits += _rows((*path, "amount", "rows"), amount["rows"], changed, wanted.start)
    source = fee.get("source")
    if not isinstance(source, Mapping):
        edits.append(Put((*path, "source"), {"text": wanted.source}))
    elif wanted.source not in str(source.get("text", "")):
        edits.append(
            Put((*path, "source", "text"), f"{source.get('text', '')}; {wanted.source}".lstrip("; "))
        )
    return tuple(edits)


def _changed(raw: Mapping[str, Any], wanted: Repricing) -> Iterator[tuple[int | None, int]]:
    """`(row, new amount)` of each row of the eve that is to be otherwise."""
    rows = {row.row: row for row in price_rows(raw, wanted.fee, wanted.start)}
    for number, new in wanted.amounts.items():
        if number not in rows:
            raise EditError("Có dòng phí không còn trong bản nháp; ông/bà tải lại trang rồi nhập lại.")
        if str(new) != rows[number].amount.strip():
            yield number, new


def _table(amount: object, new: int, start: date) -> dict[str, Any]:
    """A plain amount as a table of two dated rows."""
    return {
        "inputs": [COLUMN],
        "rows": [
            {"when": [ANY], "amount": amount, "effective": {"to": _iso(start - _DAY)}},
            {"when": [ANY], "amount": new, "effective": {"from": _iso(start)}},
        ],
    }


def _rows(
    path: tuple[str | int, ...],
    rows: Sequence[Mapping[str, Any]],
    changed: Sequence[tuple[int | None, int]],
    start: date,
) -> Iterator[Edit]:
    """The old row ends on the eve, the new one follows it at once, so that the first that fits is still the right one.

    What was written for later days already would overlap: it must be taken out by hand, since somebody decided it.
    """
    for number, new in sorted(changed, key=lambda each: -(each[0] or 0)):
        assert number is not None
        row = rows[number]
        days = row.get("effective") or {}
        later = [other for other in rows if other["when"] == row["when"] and _from(other) >= _iso(start)]
        if later:
            raise EditError(
                f"Đã có dòng phí cùng điều kiện áp dụng từ {day_words(_from(later[0]))}; "
                "ông/bà xóa hoặc sửa dòng đó ở phần Nội dung trước."
            )
        if days.get("from") == _iso(start):
            raise EditError(
                f"Dòng phí này vốn áp dụng từ {day_words(_iso(start))}; ông/bà sửa thẳng số tiền ở phần Nội dung."
            )
        fresh = {key: value for key, value in row.items() if key != "id"}
        ends = {"to": days["to"]} if days.get("to") else {}
        fresh |= {"amount": new, "effective": {"from": _iso(start), **ends}}
        yield Insert(path, number + 1, fresh)
        yield Put((*path, number, "effective"), {**days, "to": _iso(start - _DAY)})


def _path(raw: Mapping[str, Any], fee_id: str) -> tuple[str | int, ...]:
    for number, fee in enumerate(_list(raw.get("fees"))):
        if isinstance(fee, Mapping) and fee.get("id") == fee_id:
            return "fees", number
    raise EditError("Bản nháp này không có khoản phí ông/bà chọn; ông/bà chọn lại.")


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _law_on(row: Mapping[str, Any], day: date) -> bool:
    days = row.get("effective") or {}
    return str(days.get("from", "")) <= _iso(day) <= str(days.get("to", "9999"))


def _from(row: Mapping[str, Any]) -> str:
    return str((row.get("effective") or {}).get("from", ""))


def _iso(day: date) -> str:
    return day.isoformat()
