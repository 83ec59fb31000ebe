"""Guidance and refusal at the counter, before anything is received: made from the entry screen, printed any time (Đ12.1a)."""

from collections.abc import Mapping

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from renderers.pdf.data import Person, RefusalData, Subject, SupplementData, SupplementLine
from tthc.accounts.session import current_account, current_actor
from tthc.dossiers.refusals import Refused
from tthc.onestop.counter_routes import filling_here
from tthc.onestop.here import agency_here
from tthc.onestop.slips import Kind, Slip, SlipItem, Slips, new_id
from tthc.portal.filling import Filling
from tthc.printed.drawing import drawn_form
from tthc.services import Services, services
from tthc.web.access import access
from tthc.web.files import send_bytes
from tthc.web.papers import office_at

blueprint = Blueprint("slips", __name__, url_prefix="/motcua/<slug>/tiep-nhan")

NO_CODE = "chưa cấp"


@blueprint.route("/them-moi/<application_id>/huong-dan", methods=["GET", "POST"])
@access("staff:tiep_nhan")
def write(slug: str, application_id: str) -> BaseResponse | str | tuple[str, int]:
    """What is wrong, paper by paper; nothing is received."""
    filling = filling_here(slug, application_id)
    shown = {"agency": agency_here(slug), "filling": filling, "typed": request.form}
    if request.method == "GET":
        return render_template("onestop/slip.html", **shown)
    kind: Kind = "refusal" if request.form.get("_action") == "turn_away" else "supplement"
    try:
        make_slip(filling, kind, request.form)
    except Refused as refusal:
        return render_template("onestop/slip.html", **shown, problem=refusal.sentence()), 409
    flash(
        "Đã lập phiếu từ chối tiếp nhận." if kind == "refusal" else "Đã lập phiếu yêu cầu bổ sung.",
    )
    return redirect(url_for("counter.index", slug=slug, _anchor="slips"))


@blueprint.get("/phieu/<slip_id>.pdf")
@access("staff:tiep_nhan")
def paper(slug: str, slip_id: str) -> Response:
    """The slip as it was given; it names the applicant, so drawing it is logged."""
    s = services()
    agency = agency_here(slug)
    slip = Slips(s.database).get(slip_id, agency.id)
    if slip is None:
        abort(404)
    office, subject = office_at(s, agency), _subject(s, slip)
    s.reads.log(current_actor(), slip.application, f"in:phieu-{slip.kind}", s.clock.now())
    if slip.kind == "refusal":
        refused = RefusalData(office, subject, (slip.note,), slip.at, slip.by_name)
        data = drawn_form(s.own_forms, "refusal", refused)
        return send_bytes(data, "application/pdf", f"tu-choi-{slip.id[:8]}.pdf")
    lines = tuple(SupplementLine(i.name, i.reason, original=i.original, photo=i.copy) for i in slip.items)
    made = SupplementData(office, subject, lines, slip.note, slip.at, slip.by_name, agency.facts().phone)
    data = drawn_form(s.own_forms, "supplement", made)
    return send_bytes(data, "application/pdf", f"yeu-cau-bo-sung-{slip.id[:8]}.pdf")


def make_slip(filling: Filling, kind: Kind, form: Mapping[str, str]) -> Slip:
    """From what is on the entry screen; `slip.<paper>`: what is wrong with that paper, `slip.note`: the rest.

    Raises:
        Refused: it would say nothing.
    """
    s = services()
    applicant = filling.application.applicant
    if not applicant.get("name"):
        raise Refused("applicant", "Ghi họ tên người nộp để lập phiếu.", "Đ12.1a")
    note = form.get("slip.note", "").strip()[:2000]
    items = tuple(
        SlipItem(paper.name, reason, paper.original, paper.copy)
        for paper in filling.assessment.papers
        if (reason := form.get(f"slip.{paper.id}", "").strip()[:500])
    )
    if kind == "refusal" and not note:
        raise Refused("reason", "Ghi lý do không tiếp nhận hồ sơ.", "Đ12.1a")
    if kind == "supplement" and not items:
        raise Refused("no_items", "Ghi lý do vào ít nhất một giấy tờ thiếu hoặc chưa đúng.", "Đ12.1a")
    account = current_account()
    slip = Slip(
        id=new_id(),
        kind=kind,
        agency=filling.application.agency,
        application=filling.application.id,
        procedure=filling.definition.procedure,
        procedure_name=filling.definition.name,
        applicant=dict(applicant),
        items=items if kind == "supplement" else (),
        note=note,
        at=s.clock.now(),
        by=account.key,
        by_name=account.name,
    )
    Slips(s.database).keep(slip)
    return slip


def _subject(s: Services, slip: Slip) -> Subject:
    who = slip.applicant
    person = Person(
        who.get("name", ""),
        who.get("citizen_number") or who.get("tax_number", ""),
        who.get("address", ""),
        who.get("phone", ""),
        who.get("email", ""),
    )
    address = s.settings.base_url + url_for("catalogue.procedure", code=slip.procedure)
    return Subject(NO_CODE, slip.procedure, slip.procedure_name, person, qr=address)
