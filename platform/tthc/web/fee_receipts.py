"""The receipts of a dossier: one for each time that something was paid (Đ15.1a)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Response, abort

from renderers.pdf.data import FeeLine
from renderers.pdf.fee_receipt import FeeReceiptData, fee_receipt
from rules.i18n import gettext, in_vietnamese, noted
from tthc.dossiers.codec import event_from_json
from tthc.dossiers.events import FeesPaid, type_name
from tthc.dossiers.state import Dossier
from tthc.dossiers.view import METHODS
from tthc.services import Services
from tthc.web.files import send_bytes
from tthc.web.papers import office_of, subject_of

_PAID = type_name(FeesPaid)
BY_BANK = noted("Thu tự động qua ngân hàng")
"""Where the receipts of the counter name who took the money."""


@dataclass(frozen=True, slots=True)
class Paid:
    """`seq`: of the event in the history, by which its receipt is named; `cashier`: as called on the day."""

    seq: int
    at: datetime
    amount: int
    number: str
    booked: bool
    method: str
    fee_ids: tuple[str, ...]
    cashier: str


def payments(found: Dossier) -> Sequence[Paid]:
    """In the order in which they were made."""
    made: list[Paid] = []
    for entry in found.history:
        if entry.type != _PAID:
            continue
        event = event_from_json(entry.type, entry.data)
        assert isinstance(event, FeesPaid)
        method = gettext(METHODS.get(event.method, event.method))
        if event.transaction:
            method = gettext("{method}, mã giao dịch {number}").format(
                method=method, number=event.transaction
            )
        made.append(
            Paid(
                entry.seq,
                entry.at,
                event.amount,
                event.receipt,
                bool(event.book),
                method,
                event.fee_ids,
                gettext(BY_BANK) if event.transaction else entry.actor.name,
            )
        )
    return made


@in_vietnamese()
def receipt_response(s: Services, found: Dossier, seq: int) -> Response:
    """The receipt of one payment; 404 where there was none."""
    paid = next((each for each in payments(found) if each.seq == seq), None)
    if paid is None:
        abort(404)
    fees = {fee.id: fee for fee in found.fees}
    data = FeeReceiptData(
        office=office_of(s, found),
        subject=subject_of(s, found),
        number=paid.number,
        booked=paid.booked,
        lines=tuple(FeeLine(fees[i].label, fees[i].amount) for i in paid.fee_ids if i in fees),
        method=paid.method,
        paid_at=paid.at,
        cashier=paid.cashier,
    )
    return send_bytes(
        fee_receipt(data), "application/pdf", f"bien-lai-{found.code or found.reference}-{seq}.pdf"
    )
