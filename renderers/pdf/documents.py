"""The papers of a dossier: one function each, from plain data to PDF bytes.

Number, title and template come from the set of forms in force on the day of what the paper tells of
(`renderers.pdf.sets`): acceptance, request, refusal, apology, proposal of more time, withdrawal.
"""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Final, TypeAlias

from renderers.environment import environment
from renderers.pdf.data import (
    ApologyData,
    ControlData,
    ExtensionData,
    RatingData,
    ReceiptData,
    RefusalData,
    RegisterData,
    StopData,
    Subject,
    SubmittedData,
    SupplementData,
)
from renderers.pdf.engine import pdf, qr
from renderers.pdf.sandbox import drawn
from renderers.pdf.sets import DocumentForm, document_form
from renderers.text import there
from rules.i18n import in_vietnamese

SUBMITTED: Final = DocumentForm("submitted", "", "Biên nhận hồ sơ nộp trực tuyến", "", "")
COPIES: Final = ("Liên 1: giao người nộp hồ sơ", "Liên 2: lưu cùng hồ sơ")
"""The two liên of form 01."""

FormData: TypeAlias = (
    ReceiptData
    | SupplementData
    | RefusalData
    | ApologyData
    | ExtensionData
    | StopData
    | ControlData
    | RegisterData
    | RatingData
)


_ON: Final[Mapping[str, str]] = {
    "receipt": "received_at",
    "supplement": "issued_at",
    "refusal": "issued_at",
    "apology": "issued_at",
    "extension": "issued_at",
    "stop": "issued_at",
    "control": "issued_on",
    "register": "issued_on",
    "rating": "issued_on",
}
"""The day that picks the form of each kind."""
_BY_THE_AGENCY: Final = frozenset({"apology", "extension", "stop"})
"""What the head of the agency signs; the rest is the one-stop desk's own."""


def receipt(data: ReceiptData) -> bytes:
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả (Đ12.1b), each copy numbering its own pages."""
    return form_pdf("receipt", data)


def supplement(data: SupplementData) -> bytes:
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (Đ12.1a)."""
    return form_pdf("supplement", data)


def refusal(data: RefusalData) -> bytes:
    """Phiếu từ chối tiếp nhận giải quyết hồ sơ."""
    return form_pdf("refusal", data)


def apology(data: ApologyData) -> bytes:
    """Phiếu xin lỗi và hẹn lại ngày trả kết quả; văn bản xin lỗi và đề nghị gia hạn (Đ15.1d)."""
    return form_pdf("apology", data)


def extension(data: ExtensionData) -> bytes:
    """Phiếu đề nghị gia hạn thời gian giải quyết; văn bản xin lỗi và đề nghị gia hạn (Đ13.3đ)."""
    return form_pdf("extension", data)


def stop(data: StopData) -> bytes:
    """Thông báo dừng giải quyết hồ sơ."""
    return form_pdf("stop", data)


def control_sheet(data: ControlData) -> bytes:
    """Phiếu kiểm soát quá trình giải quyết hồ sơ (Đ12.2)."""
    return form_pdf("control", data)


def rating_slip(data: RatingData) -> bytes:
    """Phiếu đánh giá việc giải quyết thủ tục hành chính."""
    return form_pdf("rating", data)


def register_pdf(data: RegisterData) -> bytes:
    """Sổ theo dõi hồ sơ: landscape, one book a lĩnh vực, with totals."""
    return form_pdf("register", data)


def submitted_copy(data: SubmittedData) -> bytes:
    """What was handed in online, to keep or print (TT 32/2017)."""
    return pdf(html("submitted", data))


def form_pdf(kind: str, data: FormData, source: str | None = None) -> bytes:
    """A paper of that kind. `source`: a template that is being tried in the place of the form's own.

    Raises:
        LookupError: there is no such form on the day.
        renderers.pdf.sandbox.FormRefusedError: the template reaches for what it may not see.
    """
    copies = data.copies if isinstance(data, ReceiptData) else ("",)
    return pdf(*(html(kind, data, copy=copy, source=source) for copy in copies))


def form_day(kind: str, data: FormData) -> date:
    """The day that picks the form: that of what the paper tells of."""
    value = getattr(data, _ON[kind])
    assert isinstance(value, date)
    return _day(value)


@in_vietnamese()
def html(kind: str, data: FormData | SubmittedData, *, copy: str = "", source: str | None = None) -> str:
    """The paper before it becomes PDF."""
    values = {field.name: getattr(data, field.name) for field in fields(data)}
    subject: Subject | None = values.get("subject")
    told = {"number": "", **values, "copy": copy, "desk_head": False}
    if subject is not None:
        told["qr"] = qr(subject.qr or f"{subject.code}|{subject.procedure}")
    if isinstance(data, SubmittedData):
        told |= {"form": SUBMITTED, "on": _day(data.submitted_at)}
        return environment().get_template("documents/submitted.html").render(told)
    on = _day(values[_ON[kind]])
    form = document_form(kind, on)
    told |= {"form": form, "on": on, "desk_head": kind not in _BY_THE_AGENCY}
    return drawn(kind, form.file, told, source)


def _day(value: date | datetime) -> date:
    return there(value).date() if isinstance(value, datetime) else value
