"""A bank's statement of a day against what is known here: the same, missing here, missing there, another amount. Pure."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from renderers.text import unmarked
from rules.calendar import TZ
from tthc.payments.matching import BankLine
from tthc.payments.model import Payment, Received

MOST_LINES: Final = 5_000
_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "transaction": ("ma giao dich", "so giao dich", "so chung tu", "transaction", "vnp_transactionno"),
    "at": ("thoi gian", "ngay giao dich", "ngay", "date", "vnp_paydate"),
    "amount": ("so tien", "ghi co", "so tien ghi co", "amount"),
    "words": ("noi dung", "dien giai", "ma nop tien", "ma don hang", "description", "vnp_txnref"),
}
_NAMES: Final = {"transaction": "Mã giao dịch", "at": "Ngày", "amount": "Số tiền", "words": "Nội dung"}
_DAYS: Final = (
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d",
    "%Y%m%d%H%M%S",
)


class StatementError(ValueError):
    """A file that is no statement; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A line of the statement and what is known here of that money; either may lack."""

    line: BankLine | None
    payment: Payment | None
    received: Received | None


@dataclass(frozen=True, slots=True)
class Compared:
    """`strange`: lines that name no payment of this agency."""

    same: tuple[Pair, ...] = ()
    missing_here: tuple[Pair, ...] = ()
    missing_there: tuple[Pair, ...] = ()
    different: tuple[Pair, ...] = ()
    strange: tuple[Pair, ...] = ()

    @property
    def right(self) -> bool:
        return not (self.missing_here or self.missing_there or self.different)


def read_statement(text: str) -> tuple[BankLine, ...]:
    """Money that came, of a CSV file with a head; lines of money that went out are passed over. Raises `StatementError`."""
    lines = [line for line in text.removeprefix("\ufeff").splitlines() if line.strip()]
    if not lines:
        raise StatementError("Tệp sao kê không có dòng nào.")
    if len(lines) > MOST_LINES + 1:
        raise StatementError(f"Tệp sao kê dài quá {MOST_LINES} dòng; tách theo ngày rồi đối soát từng tệp.")
    rows = list(csv.reader(lines, delimiter=";" if lines[0].count(";") > lines[0].count(",") else ","))
    head = [unmarked(cell).strip().lower() for cell in rows[0]]
    places = {
        name: next((head.index(word) for word in words if word in head), None)
        for name, words in _COLUMNS.items()
    }
    if lacking := [_NAMES[name] for name, place in places.items() if place is None]:
        raise StatementError(f"Dòng đầu của tệp sao kê thiếu cột {', '.join(lacking)}.")
    return tuple(
        found for number, row in enumerate(rows[1:], start=2) if (found := _line(row, places, number))
    )


def compare(
    lines: Iterable[BankLine],
    known: Mapping[str, tuple[Payment, Received]],
    named: Mapping[str, Payment],
    of_day: Sequence[Payment],
    day: date,
) -> Compared:
    """`known`: by the bank's number, money that is known here; `named`: payments by reference; `of_day`: payments of the
    agency for which money came that day.
    """
    same: list[Pair] = []
    here: list[Pair] = []
    different: list[Pair] = []
    strange: list[Pair] = []
    seen: set[str] = set()
    for line in lines:
        seen.add(line.transaction)
        if line.transaction in known:
            payment, received = known[line.transaction]
            (same if received.amount == line.amount else different).append(Pair(line, payment, received))
            continue
        payments = [named[reference] for reference in line.references if reference in named]
        (here if payments else strange).append(Pair(line, payments[0] if payments else None, None))
    there = [
        Pair(None, payment, received)
        for payment in of_day
        for received in payment.received
        if received.at.astimezone(TZ).date() == day and received.transaction not in seen
    ]
    return Compared(tuple(same), tuple(here), tuple(there), tuple(different), tuple(strange))


def _line(row: Sequence[str], places: Mapping[str, int | None], number: int) -> BankLine | None:
    cells = {
        name: row[place].strip() if place is not None and place < len(row) else ""
        for name, place in places.items()
    }
    amount = re.sub(r"[.,\s]|đ|VND", "", cells["amount"]).removeprefix("+")
    if amount.startswith("-") or amount in {"", "0"}:
        return None
    if not amount.isascii() or not amount.isdigit():
        raise StatementError(
            f"Dòng {number}: số tiền “{cells['amount'][:30]}” không đọc được; ghi số nguyên đồng."
        )
    if not cells["transaction"]:
        raise StatementError(f"Dòng {number}: thiếu mã giao dịch.")
    return BankLine(cells["transaction"][:60], _at(cells["at"], number), int(amount), cells["words"][:200])


def _at(text: str, number: int) -> datetime:
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=TZ)
        except ValueError:
            continue
    raise StatementError(f"Dòng {number}: ngày “{text[:30]}” không đọc được; ghi như 23/11/2026.")


def bounds(day: date) -> tuple[datetime, datetime]:
    """The day's first instant and the next day's."""
    start = datetime.combine(day, time(0), TZ)
    return start, datetime.combine(date.fromordinal(day.toordinal() + 1), time(0), TZ)
