"""The papers of a dossier: one function each, from plain data to PDF bytes.

Number and title come from the set of forms in force on the day of issue (`renderers.pdf.sets`).
"""

from dataclasses import fields
from datetime import date, datetime
from typing import Final

from renderers.environment import environment
from renderers.pdf.data import (
    ApologyData,
    ControlData,
    Office,
    ReceiptData,
    RefusalData,
    Subject,
    SubmittedData,
    SupplementData,
)
from renderers.pdf.engine import pdf, qr
from renderers.pdf.sets import DocumentForm, document_form
from renderers.text import there

SUBMITTED: Final = DocumentForm("submitted", "", "Biên nhận hồ sơ nộp trực tuyến", "", "")


def receipt(data: ReceiptData) -> bytes:
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả (Đ12.1b)."""
    return pdf(html("receipt", data, data.received_at, desk_head=True))


def supplement(data: SupplementData) -> bytes:
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (Đ12.1a)."""
    return pdf(html("supplement", data, data.issued_at, desk_head=True))


def refusal(data: RefusalData) -> bytes:
    """Phiếu từ chối tiếp nhận giải quyết hồ sơ."""
    return pdf(html("refusal", data, data.issued_at, desk_head=True))


def apology(data: ApologyData) -> bytes:
    """Phiếu xin lỗi và hẹn lại ngày trả kết quả (Đ15.1d)."""
    return pdf(html("apology", data, data.issued_at))


def control_sheet(data: ControlData) -> bytes:
    """Phiếu kiểm soát quá trình giải quyết hồ sơ."""
    return pdf(html("control", data, data.issued_on))


def submitted_copy(data: SubmittedData) -> bytes:
    """What was handed in online, to keep or print (TT 32/2017)."""
    return pdf(html("submitted", data, data.submitted_at))


def html(
    kind: str,
    data: ReceiptData | SupplementData | RefusalData | ApologyData | ControlData | SubmittedData,
    on: date | datetime,
    *,
    desk_head: bool = False,
) -> str:
    """The paper before it becomes PDF. `desk_head`: issued by the one-stop desk, under its agency's name."""
    issued = there(on).date() if isinstance(on, datetime) else on
    form = SUBMITTED if kind == "submitted" else document_form(kind, issued)
    values = {field.name: getattr(data, field.name) for field in fields(data)}
    office: Office = values["office"]
    subject: Subject = values["subject"]
    return (
        environment()
        .get_template(f"documents/{kind}.html")
        .render(
            {
                "number": "",
                **values,
                "fee_lines": values.get("fees", ()),
                "office": office,
                "subject": subject,
                "form": form,
                "on": issued,
                "qr": qr(subject.qr or f"{subject.code}|{subject.procedure}"),
                "desk_head": desk_head,
            }
        )
    )
