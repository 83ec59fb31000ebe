"""What was paid for a dossier, on paper: a receipt of the agency's book, or a slip where it has none (Đ15.1a)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from renderers.environment import environment
from renderers.pdf.data import FeeLine, Office, Subject
from renderers.pdf.engine import pdf, qr
from renderers.pdf.sets import DocumentForm
from renderers.text import there
from rules.i18n import in_vietnamese

RECEIPT: Final = DocumentForm("fee_receipt", "", "Biên lai thu phí, lệ phí", "", "")
SLIP: Final = DocumentForm("fee_receipt", "", "Phiếu thu phí, lệ phí", "", "")


@dataclass(frozen=True, slots=True)
class FeeReceiptData:
    """`number`: as it is written, empty for a slip; `booked`: drawn from the agency's book of receipts; `method`: in words."""

    office: Office
    subject: Subject
    number: str
    booked: bool
    lines: tuple[FeeLine, ...]
    method: str
    paid_at: datetime
    cashier: str


def fee_receipt(data: FeeReceiptData) -> bytes:
    """The PDF of it."""
    return pdf(html(data))


@in_vietnamese()
def html(data: FeeReceiptData) -> str:
    """The paper before it becomes PDF."""
    subject = data.subject
    return (
        environment()
        .get_template("documents/fee_receipt.html")
        .render(
            data=data,
            office=data.office,
            subject=subject,
            number=data.number,
            on=there(data.paid_at).date(),
            desk_head=True,
            qr=qr(subject.qr or f"{subject.code}|{subject.procedure}"),
            form=RECEIPT if data.booked else SLIP,
        )
    )
