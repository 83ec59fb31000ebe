"""“Tiếp nhận” → “Thêm mới”: a paper dossier typed, scanned, ticked and accepted on one screen (Đ12.1b, Đ12.1d)."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from definitions.model import PaperDue
from forms.answers import act, merge, row_action, with_first_rows
from forms.attachments import UploadError
from forms.collect import collect
from forms.model import FieldError
from forms.prefill import prefill
from forms.uploads import has_files, held_files
from renderers.html.form import render_fields
from rules.calendar import TZ
from tthc.accounts.session import current_account, current_actor
from tthc.dossiers.refusals import Refused
from tthc.onestop.counter import (
    immediate,
    look_at_counter,
    owner_of,
    posted_delivery,
    registration,
)
from tthc.onestop.here import agency_here
from tthc.onestop.parts import parts, place_of
from tthc.onestop.slips import Slips
from tthc.portal.applicants import applicant_errors, posted_applicant, profile_of
from tthc.portal.apply_routes import RECEIVE_LABELS
from tthc.portal.filling import Filling
from tthc.portal.finding import index_of
from tthc.portal.keeping import infected_papers, keep
from tthc.services import services
from tthc.web.access import access
from tthc.web.context import held_words
from tthc.web.field_files import not_sent_by, posted_files
from tthc.web.files import answered_file, send_stored
from tthc.web.sending import parts_url
from tthc.web.tus import found
from tthc.web.uploads import chosen_files, read_upload

SLIPS_SHOWN = timedelta(days=7)

blueprint = Blueprint("counter", __name__, url_prefix="/motcua/<slug>/tiep-nhan")


@blueprint.get("")
@access("staff:tiep_nhan")
def index(slug: str) -> str:
    """What can be received here, found by typing three letters; and what I have begun."""
    s = services()
    agency = agency_here(slug)
    now = s.clock.now()
    offered = [
        d
        for d in s.definitions.list_published(now.date())
        if any(a.id == agency.id for a in s.agencies.offering(d.offered_by, now.date()))
    ]
    offered.sort(key=lambda d: d.name)
    query = request.args.get("q", "").strip()
    if query:
        keys = index_of(offered).find(query)
        by_code = {d.procedure: d for d in offered}
        offered = [by_code[key] for key in keys]
    begun = [a for a in s.applications.open_of(current_account().key) if a.agency == agency.id]
    names = {a.id: s.definitions.by_hash(a.definition).name for a in begun}
    return render_template(
        "onestop/intake.html",
        agency=agency,
        offered=offered,
        query=query,
        begun=begun,
        names=names,
        slips=Slips(s.database).latest(agency.id, now - SLIPS_SHOWN),
    )


@blueprint.post("/them-moi")
@access("staff:tiep_nhan")
def start(slug: str) -> BaseResponse:
    s = services()
    agency = agency_here(slug)
    now = s.clock.now()
    definition = s.definitions.published(request.form.get("procedure", ""), now.date())
    if definition is None or not any(
        a.id == agency.id for a in s.agencies.offering(definition.offered_by, now.date())
    ):
        abort(404)
    application = s.applications.start(
        owner=current_account().key,
        procedure=definition.procedure,
        definition=definition.hash,
        agency=agency.id,
        answers={},
        now=now,
        applicant={"kind": "person"},
    )
    return redirect(url_for(".entry", slug=slug, application_id=application.id))


@blueprint.route("/them-moi/<application_id>", methods=["GET", "POST"])
@access("staff:tiep_nhan")
def entry(slug: str, application_id: str) -> BaseResponse | str | tuple[str, int]:
    """The one screen. Every press keeps everything; `_action` says what else it means."""
    filling = filling_here(slug, application_id)
    obstacle = filling.obstacle
    if request.method == "GET":
        return _show(slug, filling, problem=obstacle)
    filling, pressed, refused = _keep(filling)
    if refused:
        return _show(slug, filling, refused=refused), 422
    if request.form.get("_action") in {"phone", "phone_stop"}:
        return _phone(slug, filling)
    if request.form.get("_action") == "slip":
        return redirect(url_for("slips.write", slug=slug, application_id=application_id))
    if pressed or request.form.get("_action") != "accept":
        return _show(slug, filling)
    if obstacle:
        return _show(slug, filling, problem=obstacle), 409
    if blocked := infected_papers(services(), filling):
        papers = ", ".join(paper.name for paper in filling.assessment.papers if paper.id in blocked)
        problem = f"Bản quét của “{papers}” bị chặn vì có mã độc: xóa bản ấy, quét lại rồi tiếp nhận."
        return _show(slug, filling, problem=problem), 409
    problems = applicant_errors(filling.application.applicant)
    wrong = [e for e in filling.assessment.submission.errors if e.severity == "error"]
    if problems or wrong:
        return _show(slug, filling, applicant_problems=problems, show_errors=True), 422
    return _accept(slug, filling)


@blueprint.post("/them-moi/<application_id>/doi")
@access("staff:tiep_nhan")
def live(slug: str, application_id: str) -> BaseResponse | str:
    """The screen as the answers now make it: form, papers and fees together."""
    filling = filling_here(slug, application_id)
    filling, _, refused = _keep(filling)
    return render_template(
        "onestop/entry_live.html", **_shown(slug, filling, show_errors=False, refused=refused)
    )


@blueprint.post("/them-moi/<application_id>/giay-to/<paper_id>")
@access("staff:tiep_nhan")
def scan(slug: str, application_id: str, paper_id: str) -> BaseResponse | tuple[str, int]:
    """Scans of one paper (Đ12.1b), without script; with script they go up in parts (`scan_routes`)."""
    filling = filling_here(slug, application_id)
    paper = paper_here(filling, paper_id)
    s = services()
    try:
        for sent in chosen_files("file", filling.application.room(paper_id, paper.max_files)):
            data, name, mimetype = read_upload(sent), sent.filename or "", sent.mimetype or ""
            keep(s, filling, paper, tray=False, data=data, name=name, mimetype=mimetype)
            filling = filling_here(slug, application_id)
    except UploadError as error:
        return _show(slug, filling, upload_errors={paper_id: str(error)}), 422
    return redirect(url_for(".entry", slug=slug, application_id=application_id, _anchor=f"paper-{paper_id}"))


@blueprint.post("/them-moi/<application_id>/tung-phan/<transfer_id>/bo")
@access("staff:tiep_nhan")
def drop(slug: str, application_id: str, transfer_id: str) -> BaseResponse:
    """Without script: what was broken off is no longer wanted."""
    s, transfer = services(), found(transfer_id, application_id)
    s.transfers.drop(transfer)
    anchor = f"paper-{transfer.paper}"
    return redirect(url_for(".entry", slug=slug, application_id=application_id, _anchor=anchor))


@blueprint.post("/them-moi/<application_id>/giay-to/<paper_id>/<sha256>/xoa")
@access("staff:tiep_nhan")
def unscan(slug: str, application_id: str, paper_id: str, sha256: str) -> BaseResponse:
    filling = filling_here(slug, application_id)
    if filling.definition.paper(paper_id) is None:
        abort(404)
    s = services()
    s.applications.remove_file(filling.application, paper_id, sha256, s.clock.now())
    if request.accept_mimetypes.best == "application/json":
        return jsonify(removed=sha256)
    return redirect(url_for(".entry", slug=slug, application_id=application_id, _anchor=f"paper-{paper_id}"))


@blueprint.get("/them-moi/<application_id>/giay-to/<paper_id>/<sha256>")
@access("staff:tiep_nhan")
def view(slug: str, application_id: str, paper_id: str, sha256: str) -> BaseResponse:
    filling = filling_here(slug, application_id)
    file = next((f for f in filling.application.files.get(paper_id, ()) if f.sha256 == sha256), None)
    if file is None:
        abort(404)
    return send_stored(services(), file)


@blueprint.get("/them-moi/<application_id>/tep/<sha256>")
@access("staff:tiep_nhan")
def answered(slug: str, application_id: str, sha256: str) -> BaseResponse:
    """A file that answers a field, looked at by the official who took it in."""
    filling = filling_here(slug, application_id)
    held = held_files(filling.definition.fields, filling.application.answers)
    file = next((file for _path, file in held if file["sha256"] == sha256), None)
    if file is None:
        abort(404)
    s = services()
    return send_stored(s, answered_file(file, s.clock.now(), filling.application.owner))


def _phone(slug: str, filling: Filling) -> BaseResponse:
    """A QR code with which a telephone sends photographs to this draft, or the end of it."""
    s = services()
    application, now = filling.application, s.clock.now()
    if request.form.get("_action") == "phone":
        s.phone_links.make(
            application=application.id, owner=application.owner, agency=application.agency, now=now
        )
    else:
        s.phone_links.stop(application.id, application.owner, now)
    return redirect(url_for(".entry", slug=slug, application_id=application.id, _anchor="phone"))


def _accept(slug: str, filling: Filling) -> BaseResponse | tuple[str, int]:
    s = services()
    application = filling.application
    now = s.clock.now()
    if not_sent_by(filling.definition.fields, application.answers, s, application.owner):
        abort(403)  # no page of this site makes such answers
    owner = owner_of(s, application.applicant)
    command = (
        immediate(filling, request.form, owner)
        if filling.definition.workflow.immediate
        else registration(
            filling,
            method=request.form.get("method", ""),
            receipt=request.form.get("receipt", ""),
            owner=owner,
        )
    )
    try:
        outcome = s.dossiers.start(
            filling.definition, command, current_actor(), command_id=f"counter:{application.id}"
        )
    except Refused as refusal:
        return _show(slug, filling, problem=refusal.sentence(), show_errors=bool(refusal.errors)), 409
    s.applications.mark_submitted(application.id, now)
    s.phone_links.stop(application.id, application.owner, now)
    flash(
        "Đã tiếp nhận, trả kết quả và kết thúc hồ sơ."
        if outcome.closed
        else "Đã tiếp nhận hồ sơ. In giấy tiếp nhận và hẹn trả kết quả cho người nộp."
    )
    return redirect(url_for("workspace.dossier", slug=slug, dossier_id=outcome.id, moi=1))


def filling_here(slug: str, application_id: str) -> Filling:
    """The draft of whoever is signed in, at this agency; one that was received leads to its dossier."""
    s = services()
    agency = agency_here(slug)
    application = s.applications.get(application_id, current_account().key)
    if application is None or application.agency != agency.id:
        abort(404)
    if application.submitted_at is not None:
        abort(redirect(url_for("workspace.dossier", slug=slug, dossier_id=application_id)))
    return look_at_counter(s, application, s.clock.now())


def paper_here(filling: Filling, paper_id: str) -> PaperDue:
    """A paper that can be scanned; 404 for any other."""
    papers = (paper for paper in filling.assessment.papers if paper.id == paper_id)
    return next(papers, None) or abort(404)


def _keep(filling: Filling) -> tuple[Filling, bool, tuple[FieldError, ...]]:
    """The filling with what was posted, whether a list's or a file's button sent it, and what is wrong with files."""
    s = services()
    now = s.clock.now()
    source = request.form.to_dict(flat=False)
    fields = filling.definition.fields
    answers = merge(fields, filling.application.answers, collect(fields, source))
    posted = posted_files(fields, answers, s, now, current_account().key)
    answers = posted.answers
    pressed = row_action(source)
    if pressed is not None:
        answers = act(fields, with_first_rows(fields, answers), pressed)
    applicant = posted_applicant(request.form)
    answers = prefill(fields, answers, profile_of(applicant), blanks=True)
    way = request.form.get("receive_by", "")
    changed = replace(
        filling.application,
        answers=answers,
        applicant=applicant,
        delivery=posted_delivery(request.form),
        checked=tuple(request.form.getlist("checked")),
        receive_by=way if way in filling.definition.receive_by else "",
        postal_address=request.form.get("postal_address", "").strip()[:500],
    )
    fresh = look_at_counter(s, s.applications.save(filling.application, changed, now), now)
    return fresh, pressed is not None or posted.pressed, posted.errors


def _show(
    slug: str,
    filling: Filling,
    *,
    problem: str = "",
    show_errors: bool = False,
    applicant_problems: dict[str, str] | None = None,
    upload_errors: dict[str, str] | None = None,
    refused: tuple[FieldError, ...] = (),
) -> str:
    return render_template(
        "onestop/entry.html",
        **_shown(slug, filling, show_errors=show_errors, refused=refused),
        receipt_book=services().numbers.receipt_book(agency_here(slug).id, today()),
        problem=problem,
        applicant_problems=applicant_problems or {},
        upload_errors=upload_errors or {},
        show_errors=show_errors,
    )


def today() -> date:
    return services().clock.now().astimezone(TZ).date()


def _shown(
    slug: str, filling: Filling, *, show_errors: bool, refused: tuple[FieldError, ...] = ()
) -> dict[str, object]:
    definition = filling.definition
    submission = filling.assessment.submission
    now = services().clock.now()
    chosen = request.form.get("_part", "")
    if not chosen and not (show_errors and not submission.valid):  # refused: begin where something is wrong
        chosen = request.form.get("_opened", "")
    shown = parts(definition, submission, chosen)
    forms = [
        (
            part,
            render_fields(
                part.page.fields,
                replace(submission, errors=[*refused, *submission.errors]),
                with_first_rows(part.page.fields, filling.application.answers),
                show=show_errors or frozenset(error.path for error in refused),
                now=now,
                scope=filling.scope,
                file_url=lambda sha256: url_for(
                    ".answered", slug=slug, application_id=filling.application.id, sha256=sha256
                ),
                file_state=held_words,
                file_parts=partial(parts_url, filling.application.id),
            )
            if part.opened
            else "",
        )
        for part in shown
    ]
    return {
        "slug": slug,
        "agency": agency_here(slug),
        "filling": filling,
        "application": filling.application,
        "definition": definition,
        "forms": forms,
        "takes_files": has_files(definition.fields),
        "parted": not all(part.opened for part in shown),
        "place_of": partial(place_of, shown),
        "now": now,
        "unfinished": services().transfers.open_of(filling.application.owner, filling.application.id),
        "drop_url": lambda one: url_for(
            ".drop", slug=slug, application_id=filling.application.id, transfer_id=one.id
        ),
        "phone": services().phone_links.living(filling.application.id, filling.application.owner, now),
        "ways": [(way, RECEIVE_LABELS[way]) for way in definition.receive_by],
    }
