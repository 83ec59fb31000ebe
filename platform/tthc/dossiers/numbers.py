"""Numbers of results and of receipts: from the agency's books, on the day they are given (Đ14.2, Đ15.1a). Pure."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol

from rules.calendar import TZ
from tthc.dossiers.booked import BookFacts
from tthc.dossiers.events import DocumentAdded, Event, FeesPaid
from tthc.dossiers.refusals import Refused

RULE = "Đ14.2"
RECEIPT_RULE = "Đ15.1a"
UNDRAWN = ""
"""Stands in an event until the service has drawn a number; an event with it is never written."""


class Numbers(Protocol):
    """The books of agencies. `key` says what a number is for: the same key again is the same number.

    Both raise `Refused`: the book cannot give a number, or the number is another paper's already.
    """

    def result_book(self, agency: str, day: date) -> BookFacts | None: ...

    def receipt_book(self, agency: str, day: date) -> BookFacts | None: ...

    def draw(self, book: BookFacts, day: date, *, key: str, by: str, at: datetime) -> str: ...

    def enter(
        self, book: BookFacts, text: str, day: date, *, key: str, by: str, at: datetime, why: str
    ) -> None: ...


def result_key(dossier_id: str, token: str) -> str:
    return f"ket-qua:{dossier_id}:{token}"


def receipt_key(dossier_id: str, command_id: str) -> str:
    return f"bien-lai:{dossier_id}:{command_id}"


def result_refusal(
    book: BookFacts | None, *, number: str, day: date | None, why: str, now: datetime, since: datetime | None
) -> Refused | None:
    """What is wrong with the number and day that were given for a result; `since`: when the dossier was accepted."""
    today = now.astimezone(TZ).date()
    if day is not None and day > today:
        return Refused("result", "Ngày ban hành không thể ở sau hôm nay.", RULE)
    if book is None:
        if not number or day is None:
            return Refused("result", "Ghi số, ký hiệu và ngày ban hành của kết quả.", RULE)
        return _backdated(day, since)
    if not number:
        if day is not None and day != today:
            return Refused(
                "backdated",
                f"Số lấy từ “{book.name}” mang ngày lấy số, là hôm nay {today:%d/%m/%Y}; không ghi lùi ngày.",
                RULE,
            )
        return None
    if not book.manual:
        return Refused(
            "number", f"Số, ký hiệu lấy từ “{book.name}”, không ghi bằng tay; để trống ô số.", RULE
        )
    if not why:
        return Refused("number_reason", "Ghi lý do không lấy số từ sổ.", RULE)
    if day is None:
        return Refused("result", "Ghi ngày ban hành của văn bản có số ghi tay.", RULE)
    return _backdated(day, since)


def _backdated(day: date, since: datetime | None) -> Refused | None:
    if since is None or day >= since.astimezone(TZ).date():
        return None
    return Refused(
        "backdated",
        f"Ngày ban hành không thể trước ngày tiếp nhận hồ sơ ({since.astimezone(TZ):%d/%m/%Y}).",
        RULE,
    )


def receipt_refusal(book: BookFacts | None, typed: str) -> Refused | None:
    if book is None or not typed or book.manual:
        return None
    return Refused(
        "receipt", f"Số biên lai lấy từ “{book.name}”, không ghi bằng tay; để trống ô số.", RECEIPT_RULE
    )


def wants_number(events: Iterable[Event]) -> bool:
    """Whether a result waits for a number of the book."""
    return any(
        isinstance(e, DocumentAdded) and e.document.book and e.document.number == UNDRAWN for e in events
    )


def wants_receipt(events: Iterable[Event]) -> bool:
    return any(isinstance(e, FeesPaid) and e.book and e.receipt == UNDRAWN for e in events)


def written_by_hand(events: Iterable[Event], book: BookFacts) -> DocumentAdded | None:
    """The result whose number was written by hand though there is a book."""
    for event in events:
        if isinstance(event, DocumentAdded) and event.document.kind == "result" and event.document.why:
            return event if event.document.number and not event.document.book and book.manual else None
    return None
