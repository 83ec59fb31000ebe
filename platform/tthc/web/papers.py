"""The printed papers of a dossier, drawn from what is stored, so that a second print says what the first said."""

import re

from flask import Response, abort, url_for

from definitions.assess import Assessment, assess
from definitions.model import Definition
from renderers.html.procedure import deadline_words, paper_words
from renderers.html.summary import render_summary
from renderers.pdf import documents as printed
from renderers.pdf.data import (
    Attached,
    ControlData,
    FeeLine,
    Office,
    PaperLine,
    Person,
    ReceiptData,
    RefusalData,
    Subject,
    SubmittedData,
    SupplementData,
    SupplementLine,
)
from tthc.agencies.model import Agency
from tthc.dossiers.events import Accepted, type_name
from tthc.dossiers.state import Dossier, Status
from tthc.dossiers.status import next_actor
from tthc.services import Services
from tthc.web.files import send_bytes
from tthc.web.handovers import handovers

RECEIVE = {
    "counter": "Bộ phận Tiếp nhận và Trả kết quả",
    "post": "Địa chỉ bưu chính: {address}",
    "online": "Cổng Dịch vụ công (bản điện tử)",
}


def receipt_response(s: Services, found: Dossier) -> Response:
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả (TT 01/2018, mẫu 01); 404 before acceptance and for immediate results."""
    if found.accepted_at is None or found.deadline is None or found.immediate:
        abort(404)
    definition = s.definitions.by_hash(found.definition)
    data = ReceiptData(
        office=office_of(s, found),
        subject=subject_of(s, found),
        papers=_lines(s, found, definition),
        sets=1,
        time_words=found.deadline.label or _time_words(s, found, definition),
        received_at=found.accepted_at,
        due=found.deadline.due,
        receive_at=RECEIVE[found.receive_by].format(address=found.postal_address),
        receiver=_accepted_by(found),
        fees=tuple(FeeLine(f.label, f.amount, "đã nộp" if f.paid_at else "") for f in found.fees if f.amount),
        lookup_code=found.reference,
    )
    return send_bytes(printed.receipt(data), "application/pdf", f"giay-tiep-nhan-{found.code}.pdf")


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
        declaration=definition.declaration,
        next_step=next_actor(found, s.agencies.facts(found.agency)).sentence,
    )
    return send_bytes(printed.submitted_copy(data), "application/pdf", f"ho-so-{found.reference}.pdf")


def supplement_response(s: Services, found: Dossier) -> Response:
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (mẫu 02)."""
    request = found.supplement
    if request is None:
        abort(404)
    definition = s.definitions.by_hash(found.definition)
    lines = tuple(
        SupplementLine(
            item.name or item.target,
            item.reason,
            original=paper.original if paper else 0,
            photo=paper.copy if paper else 0,
        )
        for item in request.items
        for paper in (definition.paper(item.target),)
    )
    data = SupplementData(
        office=office_of(s, found),
        subject=subject_of(s, found),
        lines=lines,
        reason=request.note,
        issued_at=request.asked_at,
        guide=request.asked_by,
        guide_phone=request.phone,
    )
    return send_bytes(printed.supplement(data), "application/pdf", f"yeu-cau-bo-sung-{found.reference}.pdf")


def refusal_response(s: Services, found: Dossier) -> Response:
    """Phiếu từ chối tiếp nhận giải quyết hồ sơ (mẫu 03)."""
    last = found.history[-1]
    if found.status is not Status.REFUSED:
        abort(404)
    data = RefusalData(
        office=office_of(s, found),
        subject=subject_of(s, found),
        reasons=(str(last.data.get("reason", "")),),
        issued_at=last.at,
        receiver=last.actor.name,
    )
    return send_bytes(printed.refusal(data), "application/pdf", f"tu-choi-{found.reference}.pdf")


def control_sheet_response(s: Services, found: Dossier) -> Response:
    """Phiếu kiểm soát quá trình giải quyết hồ sơ: filled from the history (Đ12.2)."""
    if found.accepted_at is None:
        abort(404)
    agency = s.agencies.facts(found.agency)
    data = ControlData(
        office=office_of(s, found),
        subject=subject_of(s, found),
        rows=handovers(found, agency.name),
        issued_on=s.clock.now().date(),
    )
    return send_bytes(printed.control_sheet(data), "application/pdf", f"phieu-kiem-soat-{found.code}.pdf")


def office_of(s: Services, found: Dossier) -> Office:
    """Who issues the papers of the dossier."""
    agency: Agency | None = s.agencies.get(found.agency)
    assert agency is not None
    return office_at(s, agency)


def office_at(s: Services, agency: Agency) -> Office:
    """The head of a paper that an agency issues."""
    parent = s.agencies.get(agency.parent) if agency.parent else None
    facts = agency.facts()
    return Office(
        parent=parent.name if parent else "",
        name=agency.name,
        desk="BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ",
        place=_place(agency),
        phone=facts.phone,
        address=facts.address,
    )


def _place(agency: Agency) -> str:
    """Địa danh of a letter (NĐ 30/2020): the commune's own name, else the province's."""
    named = re.search(r"(?:xã|phường|thị trấn) (.+)$", agency.name, re.IGNORECASE)
    return named[1] if named and agency.level == "xa" else "Sơn La"


def _accepted_by(found: Dossier) -> str:
    """Who received the dossier, as they were called on the day (`Dossier.accepted_by` is an account's id)."""
    return next((e.actor.name for e in found.history if e.type == type_name(Accepted)), "")


def subject_of(s: Services, found: Dossier) -> Subject:
    """Which dossier a paper is of, with the address its QR code opens."""
    who = found.applicant
    return Subject(
        code=found.code or found.reference,
        procedure=found.procedure,
        procedure_name=found.procedure_name,
        person=Person(who.name, who.citizen_number or who.tax_number, who.address, who.phone, who.email),
        qr=s.settings.base_url + url_for("track.track", ma=found.code or found.reference),
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
