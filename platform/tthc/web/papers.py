"""The printed papers of a dossier, drawn from its history as it stood when each was called for: a second print says what
the first said, on the form that was law on that day.
"""

import re
from datetime import date, datetime
from urllib.parse import urlencode

from flask import Response, abort, url_for

from definitions.assess import Assessment, assess
from definitions.model import Definition
from renderers.html.procedure import deadline_words, paper_words
from renderers.html.summary import render_summary
from renderers.pdf import documents as printed
from renderers.pdf.data import (
    ApologyData,
    Attached,
    ControlData,
    ExtensionData,
    FeeLine,
    Office,
    PaperLine,
    Person,
    RatingCriterion,
    RatingData,
    RatingOption,
    ReceiptData,
    RefusalData,
    StopData,
    Subject,
    SubmittedData,
    SupplementData,
    SupplementLine,
)
from renderers.pdf.sets import desk_name
from rules.calendar import TZ
from rules.i18n import noted
from tthc.agencies.model import Agency
from tthc.books.model import BookError
from tthc.dossiers import events as ev
from tthc.dossiers.amounts import rule_words
from tthc.dossiers.delivery import bearer_words
from tthc.dossiers.state import DocumentKind, Dossier, SupplementRequest
from tthc.dossiers.status import next_actor
from tthc.printed.drawing import drawn_form
from tthc.ratings.criteria import in_force
from tthc.services import Services
from tthc.web.files import send_bytes
from tthc.web.handovers import handovers, partners
from tthc.web.issued import Issued, after, before, one_of

RECEIVE = {
    "counter": "{desk}",
    "post": noted("Địa chỉ bưu chính: {address}"),
    "online": noted("Cổng Dịch vụ công (bản điện tử)"),
}
PAID = "đã nộp"  # vi: printed
HEAD = "Thủ trưởng cơ quan"  # vi: printed
"""Who signs what the agency itself writes; the name is left to the hand that signs."""


def receipt_response(
    s: Services, found: Dossier, nth: int | None = None, *, copies: tuple[str, ...] = ("",)
) -> Response:
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả (mẫu 01); 404 before acceptance and for immediate results (Đ12.1d)."""
    paper = _paper(found, "receipt", nth)
    then = after(found, paper)
    if then.accepted_at is None or then.deadline is None:
        abort(404)
    definition = s.definitions.by_hash(then.definition)
    office = office_of(s, then, paper.day)
    book, number = _entered(s, then, paper)
    data = ReceiptData(
        office=office,
        subject=subject_of(s, then),
        papers=_lines(s, then, definition),
        sets=1,
        time_words=then.deadline.label or _time_words(s, then, definition),
        received_at=then.accepted_at,
        due=then.deadline.original_due,
        receive_at=RECEIVE[then.receive_by].format(address=then.postal_address, desk=office.desk),
        receiver=paper.actor.name,
        fees=tuple(FeeLine(f.label, f.amount, PAID if f.paid_at else "") for f in then.fees if f.amount),
        book=book,
        book_number=number,
        lookup_code=then.reference,
        copies=copies,
        bearer=bearer_words(then.delivery),
    )
    return send_bytes(
        drawn_form(s.own_forms, "receipt", data), "application/pdf", f"giay-tiep-nhan-{found.code}.pdf"
    )


def two_copies(s: Services, found: Dossier, nth: int | None = None) -> Response:
    """The receipt as the desk prints it: one liên for the applicant, one for the dossier."""
    return receipt_response(s, found, nth, copies=printed.COPIES)


def submitted_copy_response(s: Services, found: Dossier) -> Response:
    """What was handed in, to keep (TT 32/2017)."""
    definition = s.definitions.by_hash(found.definition)
    names = {paper.id: paper.name for paper in definition.attachments}
    data = SubmittedData(
        office=office_of(s, found),
        subject=subject_of(s, found),
        submitted_at=found.submitted_at,
        answers=render_summary(definition.whole_form, found.answers or {}, level=3),
        files=tuple(
            Attached(names.get(paper.paper_id, ""), file.name, file.size, file.sha256)
            for paper in found.papers
            for file in paper.files
        ),
        fees=tuple(FeeLine(f.label, f.amount, f.explanation) for f in found.fees),
        declaration=found.declaration or definition.declaration,
        bearer=bearer_words(found.delivery),
        next_step=next_actor(found, s.agencies.facts(found.agency)).sentence,
    )
    return send_bytes(printed.submitted_copy(data), "application/pdf", f"ho-so-{found.reference}.pdf")


def supplement_response(s: Services, found: Dossier, nth: int | None = None) -> Response:
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (mẫu 02): the last one, or the `nth`."""
    paper = _paper(found, "supplement", nth)
    request = _request(paper.event)
    then = after(found, paper)
    definition = s.definitions.by_hash(then.definition)
    lines = tuple(
        SupplementLine(
            item.name or item.target,
            item.reason,
            original=asked.original if asked else 0,
            photo=asked.copy if asked else 0,
        )
        for item in request.items
        for asked in (definition.paper(item.target),)
    )
    data = SupplementData(
        office=office_of(s, then, paper.day),
        subject=subject_of(s, then),
        lines=lines,
        reason=request.note,
        issued_at=request.asked_at,
        guide=request.asked_by,
        guide_phone=request.phone,
        number=_number(found, paper, "notice"),
    )
    return send_bytes(
        drawn_form(s.own_forms, "supplement", data),
        "application/pdf",
        f"yeu-cau-bo-sung-{found.reference}.pdf",
    )


def refusal_response(s: Services, found: Dossier, nth: int | None = None) -> Response:
    """Phiếu từ chối tiếp nhận giải quyết hồ sơ (mẫu 03)."""
    paper = _paper(found, "refusal", nth)
    assert isinstance(paper.event, ev.IntakeRefused)
    then = after(found, paper)
    data = RefusalData(
        office=office_of(s, then, paper.day),
        subject=subject_of(s, then),
        reasons=tuple(line.strip() for line in paper.event.reason.splitlines() if line.strip()),
        issued_at=paper.at,
        receiver=paper.actor.name,
        number=_number(found, paper, "notice"),
    )
    return send_bytes(
        drawn_form(s.own_forms, "refusal", data), "application/pdf", f"tu-choi-{found.reference}.pdf"
    )


def apology_response(s: Services, found: Dossier, nth: int | None = None) -> Response:
    """Phiếu xin lỗi và hẹn lại ngày trả, or văn bản xin lỗi và đề nghị gia hạn, by its day (mẫu 04, Đ15.1d)."""
    paper = _paper(found, "apology", nth)
    assert isinstance(paper.event, ev.Apologised)
    then = before(found, paper)
    deadline = then.deadline
    due = (deadline.promised or deadline.due) if deadline is not None else None
    if then.accepted_at is None or due is None:
        abort(404)
    data = ApologyData(
        office=office_of(s, then, paper.day),
        subject=subject_of(s, then),
        received_at=then.accepted_at,
        due=due,
        new_due=paper.event.promised,
        reason=paper.event.reason,
        issued_at=paper.at,
        signer_title=HEAD,
        signer="",
        number=_number(found, paper, "apology"),
    )
    return send_bytes(
        drawn_form(s.own_forms, "apology", data), "application/pdf", f"xin-loi-{found.code}.pdf"
    )


def extension_response(s: Services, found: Dossier, nth: int | None = None) -> Response:
    """Phiếu đề nghị gia hạn, or văn bản xin lỗi và đề nghị gia hạn, by its day (Đ13.3đ)."""
    paper = _paper(found, "extension", nth)
    assert isinstance(paper.event, ev.ExtensionAsked)
    then, asked = before(found, paper), paper.event.request
    if then.accepted_at is None or then.deadline is None or then.deadline.due is None:
        abort(404)
    data = ExtensionData(
        office=office_of(s, then, paper.day),
        subject=subject_of(s, then),
        received_at=then.accepted_at,
        due=then.deadline.due,
        amount=rule_words(asked.rule),
        reason=asked.reason,
        basis=asked.basis,
        issued_at=paper.at,
        asker=asked.by_name,
        signer_title=HEAD,
        number=_number(found, paper, "extension"),
    )
    return send_bytes(
        drawn_form(s.own_forms, "extension", data), "application/pdf", f"de-nghi-gia-han-{found.code}.pdf"
    )


def stop_response(s: Services, found: Dossier, nth: int | None = None) -> Response:
    """Thông báo dừng giải quyết hồ sơ (mẫu 05 since 15/9/2025): the applicant withdrew what had been accepted."""
    paper = _paper(found, "stop", nth)
    assert isinstance(paper.event, ev.Withdrawn)
    then = before(found, paper)
    if then.accepted_at is None:
        abort(404)
    data = StopData(
        office=office_of(s, then, paper.day),
        subject=subject_of(s, then),
        received_at=then.accepted_at,
        asked_at=paper.at,
        reason=paper.event.reason,
        issued_at=paper.at,
        signer_title=HEAD,
        number=_number(found, paper, "notice"),
    )
    return send_bytes(
        drawn_form(s.own_forms, "stop", data), "application/pdf", f"dung-giai-quyet-{found.code}.pdf"
    )


def control_sheet_response(s: Services, found: Dossier, nth: int | None = None) -> Response:
    """Phiếu kiểm soát quá trình giải quyết hồ sơ: opened at acceptance, filled from the history to date (Đ12.2)."""
    paper = _paper(found, "control", nth)
    office = office_of(s, after(found, paper), paper.day)
    data = ControlData(
        office=office,
        subject=subject_of(s, found),
        rows=handovers(found, s.agencies.facts(found.agency), office.desk),
        issued_on=paper.day,
        partners=partners(found),
    )
    return send_bytes(
        drawn_form(s.own_forms, "control", data), "application/pdf", f"phieu-kiem-soat-{found.code}.pdf"
    )


def rating_response(s: Services, found: Dossier, nth: int | None = None) -> Response:
    """Phiếu đánh giá, handed out with the receipt (TT 01/2018 Đ13)."""
    paper = _paper(found, "rating", nth)
    then = after(found, paper)
    slip = in_force(s.ratings.sets, paper.day)
    criteria = tuple(
        RatingCriterion(c.question, tuple(RatingOption(a.label, a.points) for a in c.answers))
        for c in slip.asked
    )
    online = f"{s.settings.base_url}/danh-gia/phieu"
    data = RatingData(
        office_of(s, then, paper.day), subject_of(s, then), criteria, slip.legal_basis, paper.day, online
    )
    return send_bytes(
        drawn_form(s.own_forms, "rating", data), "application/pdf", f"phieu-danh-gia-{found.code}.pdf"
    )


def office_of(s: Services, found: Dossier, on: date | None = None) -> Office:
    """Who issues the papers of the dossier. `on`: the day of the paper, which says what the one-stop unit is called."""
    agency: Agency | None = s.agencies.get(found.agency)
    assert agency is not None
    return office_at(s, agency, on)


def office_at(s: Services, agency: Agency, on: date | None = None) -> Office:
    """The head of a paper that an agency issues on a day, today unless said."""
    parent = s.agencies.get(agency.parent) if agency.parent else None
    facts = agency.facts()
    return Office(
        parent=parent.name if parent else "",
        name=agency.name,
        desk=desk_name(agency.level, on or _day(s.clock.now())),
        place=_place(agency),
        phone=facts.phone,
        address=facts.address,
    )


def _paper(found: Dossier, kind: str, nth: int | None) -> Issued:
    """The paper, or 404: nothing has called for it, or it was no form of its day."""
    paper = one_of(found, kind, nth)
    if paper is None:
        abort(404)
    return paper


def _request(event: ev.Event) -> SupplementRequest:
    assert isinstance(event, (ev.SupplementRequested, ev.Moved))
    assert event.request is not None
    return event.request


def _number(found: Dossier, paper: Issued, kind: DocumentKind) -> str:
    """The number of the letter that was attached in the same breath, before its symbol; else a line is left for it."""
    numbers = (d.number for d in found.documents if d.kind == kind and d.at == paper.at and d.number)
    return next(numbers, "").partition("/")[0]


def _entered(s: Services, then: Dossier, paper: Issued) -> tuple[str, str]:
    """Quyển số and số thứ tự in the agency's register, where the agency keeps one here: entered once, at the first print."""
    try:
        drawn = s.books.draw(
            then.agency,
            "theo-doi",
            paper.day,
            key=f"theo-doi:{then.id}",
            by=paper.actor.name,
            at=s.clock.now(),
        )
    except BookError:
        return "", ""
    return str(drawn.day.year), drawn.text


def _day(at: datetime) -> date:
    return at.astimezone(TZ).date()


def _place(agency: Agency) -> str:
    """Địa danh of a letter (NĐ 30/2020): the commune's own name, else the province's."""
    named = re.search(r"(?:xã|phường|thị trấn) (.+)$", agency.name, re.IGNORECASE)  # vi: names
    return named[1] if named and agency.level == "xa" else "Sơn La"  # vi: printed


def subject_of(s: Services, found: Dossier) -> Subject:
    """Which dossier a paper is of. Its QR code opens the public page by code and reference (Đ16.3); the procedure's code and
    the applicant's number, which TT 01/2023/TT-VPCP asks for too, stand behind `#`, so that no browser sends them anywhere.
    """
    who = found.applicant
    code = found.code or found.reference
    number = who.citizen_number or who.tax_number
    marks = {"tthc": found.procedure, **({"dinhdanh": number} if number else {})}
    return Subject(
        code=code,
        procedure=found.procedure,
        procedure_name=found.procedure_name,
        person=Person(who.name, number, who.address, who.phone, who.email),
        qr=f"{s.settings.base_url}{url_for('track.track', ma=code, so=found.reference)}#{urlencode(marks)}",
    )


def _lines(s: Services, found: Dossier, definition: Definition) -> tuple[PaperLine, ...]:
    """The papers that were found right at the desk, or handed in."""
    due = {paper.id: paper for paper in _assessed(s, found, definition).papers}
    rows: list[PaperLine] = []
    for paper in definition.attachments:
        handed = found.paper(paper.id)
        if paper.id in found.checked or handed is not None:
            told = due.get(paper.id, paper)
            rows.append(PaperLine(paper.name, paper_words(told), max(1, told.original + told.copy)))
    return tuple(rows)


def _time_words(s: Services, found: Dossier, definition: Definition) -> str:
    row = _assessed(s, found, definition).deadline
    return deadline_words(row) if row else ""


def _assessed(s: Services, found: Dossier, definition: Definition) -> Assessment:
    """As of the day it was handed in."""
    return assess(
        definition,
        found.answers or {},
        now=found.submitted_at,
        channel=found.channel,
        agency=s.agencies.facts(found.agency).scope(),
        applicant={"kind": found.applicant.kind, "name": found.applicant.name},
    )
