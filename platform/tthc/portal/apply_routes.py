"""Filling and handing in an application, page by page, with and without JavaScript (Đ10.1, ux.md §3).

Every POST first keeps what was typed, right or wrong, then says what is to be mended. The submit button carries the
application's id, which becomes the dossier's: however often it is pressed, one dossier comes of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from flask import Blueprint, Response, abort, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from definitions.model import Definition
from forms.answers import act, merge, row_action, with_first_rows
from forms.collect import collect
from forms.model import FieldError, Page
from forms.prefill import prefill
from forms.uploads import has_files
from renderers.html.form import render_page, render_summary
from renderers.text import clock as clock_words
from rules.calendar import TZ
from rules.i18n import gettext, noted
from tthc.accounts.session import current_account, current_actor, signed_in
from tthc.dossiers.refusals import Refused
from tthc.dossiers.submission import declaration_of
from tthc.portal import postage, wish, wizard
from tthc.portal.applications import Application
from tthc.portal.behalf import begun, scope_of
from tthc.portal.filling import Filling, again, look, look_in_force, receiving_complete
from tthc.portal.handing_in import CHANGED_MEANWHILE, seen, submission
from tthc.portal.just_opened import Asked
from tthc.portal.keeping import infected_papers, left_behind
from tthc.portal.needs_routes import AGENCY, carried
from tthc.portal.refused import as_shown, sentence
from tthc.portal.reusing import offer
from tthc.services import services
from tthc.web.access import access
from tthc.web.context import held_words
from tthc.web.field_files import blocked_files, not_sent_by, posted_files
from tthc.web.sending import parts_url

blueprint = Blueprint("apply", __name__)

# what a page is shown with (`?sua=`): its mistakes, or a word that answers brought up more questions
MISTAKES = "1"
MORE = "them"

# pages that an application has no more once its case ends
_AFTER_THE_FORM = frozenset({"apply.receive", "apply.review", "uploads.papers"})

_LOOKS_FOR_DOSSIER = frozenset({"apply.resume", "apply.review"})

RECEIVE_LABELS = {
    "counter": noted("Nhận tại Bộ phận Một cửa"),
    "post": noted("Nhận qua bưu chính công ích"),
    "online": noted("Nhận bản điện tử trên Cổng"),
}


@blueprint.post("/thu-tuc/<code>/nop")
@access("public")
def start(code: str) -> BaseResponse:
    """Begin an application with the definition in force now, at the agency chosen; who has not signed in does so first."""
    form = request.form.to_dict(flat=False)
    account = signed_in()
    if account is not None:
        return _begun(code, form)
    if not _agency_of(_in_force(code), form):
        return _no_agency(code)
    wish.keep(code, form, services().clock.now())
    return redirect(url_for("accounts.sign_in", next=url_for(".begin", code=code)))


@blueprint.get("/thu-tuc/<code>/nop")
@access("citizen")
def begin(code: str) -> BaseResponse:
    """Go on, after signing in, with what was pressed before."""
    form = wish.taken(code, services().clock.now())
    return _begun(code, form) if form else redirect(url_for("catalogue.procedure", code=code, _anchor="nop"))


def _in_force(code: str) -> Definition:
    s = services()
    published = s.definitions.published(code, s.clock.now().date())
    if published is None:
        abort(404)
    return published


def _agency_of(definition: Definition, form: Mapping[str, list[str]]) -> str:
    """The agency chosen, of those where the procedure is offered; empty where none is."""
    s = services()
    chosen = next((form[name][0] for name in ("agency", AGENCY) if form.get(name)), "")
    offering = {agency.id for agency in s.agencies.offering(definition.offered_by, s.clock.now().date())}
    return chosen if chosen in offering else ""


def _no_agency(code: str) -> BaseResponse:
    return redirect(url_for("catalogue.procedure", code=code, thieu="co-quan", _anchor="nop"))


def _begun(code: str, form: Mapping[str, list[str]]) -> BaseResponse:
    s = services()
    now = s.clock.now()
    account = current_account()
    if account.staff:
        abort(403)
    published = _in_force(code)
    agency = _agency_of(published, form)
    if not agency:
        return _no_agency(code)
    behalf = form.get("behalf") == ["yes"]
    applicant, delivery = begun(account) if behalf else ({}, {})
    known = prefill(published.fields, {}, {} if behalf else account.profile_values())
    application = s.applications.start(
        owner=account.key,
        procedure=published.procedure,
        definition=published.hash,
        agency=agency,
        answers={**known, **carried(published, form)},
        now=now,
        applicant=applicant,
        delivery=delivery,
    )
    first = look(s, application, scope_of(application, account), now).steps[0]
    return redirect(_url(application, first))


@blueprint.get("/nop-ho-so/<application_id>")
@access("citizen")
def resume(application_id: str) -> BaseResponse:
    """Where the citizen left off: the first step not yet done."""
    filling = _filling(application_id)
    done = set(filling.application.done)
    wanted = next((step for step in filling.steps if step.id not in done), filling.steps[-1])
    return redirect(_url(filling.application, wanted))


@blueprint.route("/nop-ho-so/<application_id>/trang/<page_id>", methods=["GET", "POST"])
@access("citizen")
def page(application_id: str, page_id: str) -> BaseResponse | str | tuple[str, int]:
    filling = _filling(application_id)
    step = wizard.find(filling.steps, page_id)
    if step is None or step.page is None:
        return redirect(url_for(".resume", application_id=application_id))
    if request.method == "GET":
        told = request.args.get("sua")
        return _show_page(filling, step, errors=told == MISTAKES, more=told == MORE)
    asked = Asked(filling.assessment.submission.visible, request.form)
    kept = _keep(filling, step.page)
    filling = kept.filling
    if kept.refused:
        # what a file lacks is known only now: it is told at once, with the page's other mistakes if it is to go on
        return _show_page(filling, step, errors=True, refused=kept.refused, alone=kept.pressed), 422
    if kept.pressed:
        return redirect(_url(filling.application, step))
    mistakes = [e for e in _page_errors(filling, step.page) if e.severity == "error"]
    if request.form.get("_action") == "back":
        previous = wizard.before(filling.steps, step)
        return redirect(_url(filling.application, previous or step))
    if mistakes:
        # shown by a GET, so that loading the page again never posts an older copy over what was typed since
        return redirect(_url(filling.application, step, MISTAKES if asked.mistakes(mistakes) else MORE))
    if asked.opened(step.page, filling.assessment.submission):
        # what may be left out is asked as well, a relief of fees say: without script it would be passed by
        return redirect(_url(filling.application, step, MORE))
    s = services()
    s.applications.save(filling.application, filling.application, s.clock.now(), page_done=step.id)
    return redirect(_url(filling.application, wizard.after(filling.steps, step)))


@blueprint.post("/nop-ho-so/<application_id>/luu/<page_id>")
@access("citizen")
def autosave(application_id: str, page_id: str) -> BaseResponse:
    """Keep what was typed; answers `{"saved": "Đã lưu lúc 14:32"}`."""
    filling = _filling(application_id)
    step = wizard.find(filling.steps, page_id)
    if step is None or step.page is None:
        return _gone()
    _keep(filling, step.page)
    return jsonify(saved=gettext("Đã lưu lúc {time}").format(time=clock_words(services().clock.now())))


@blueprint.post("/nop-ho-so/<application_id>/doi/<page_id>")
@access("citizen")
def live(application_id: str, page_id: str) -> BaseResponse | str:
    """The page as the answers now make it: what a change shows, hides or computes. Keeps the answers too."""
    filling = _filling(application_id)
    step = wizard.find(filling.steps, page_id)
    if step is None or step.page is None:
        return _gone()
    kept = _keep(filling, step.page)
    told = frozenset(request.form.getlist("_touched")) | {error.path for error in kept.refused}
    return str(_form_html(kept.filling, step.page, errors=told, refused=kept.refused))


@blueprint.route("/nop-ho-so/<application_id>/nhan-ket-qua", methods=["GET", "POST"])
@access("citizen")
def receive(application_id: str) -> BaseResponse | str | tuple[str, int]:
    """The fee explained, the time, and how the result is to be received (Đ8.2)."""
    filling = _filling(application_id)
    errors: dict[str, str] = {}
    if request.method == "POST":
        s = services()
        way = request.form.get("receive_by", "")
        chosen = replace(
            filling.application,
            receive_by=way if way in filling.definition.receive_by else "",
            postal_address=request.form.get("postal_address", "").strip()[:500],
        )
        complete = receiving_complete(filling.definition, chosen)
        saved = s.applications.save(
            filling.application, chosen, s.clock.now(), page_done=wizard.RECEIVE.id if complete else None
        )
        filling = replace(filling, application=saved)
        if request.form.get("_action") == "back":
            return redirect(_url(saved, wizard.before(filling.steps, wizard.RECEIVE) or wizard.RECEIVE))
        if complete:
            return redirect(_url(saved, wizard.REVIEW))
        errors = (
            {"receive_by": gettext("Chọn một cách nhận kết quả.")}
            if not chosen.receive_by
            else {
                "postal_address": gettext(
                    "Nhập địa chỉ nhận kết quả qua bưu chính: số nhà, bản/tổ, xã/phường, tỉnh."
                )
            }
        )
    html = render_template(
        "portal/receive.html",
        **_shared(filling, wizard.RECEIVE),
        errors=errors,
        ways=[(way, gettext(RECEIVE_LABELS[way])) for way in filling.definition.receive_by],
        address=filling.application.postal_address or current_account().address,
        phone=current_account().phone,
        carrier=postage.in_force(services().clock.now().astimezone(TZ).date()),
    )
    return (html, 422) if errors else html


@blueprint.route("/nop-ho-so/<application_id>/kiem-tra", methods=["GET", "POST"])
@access("citizen")
def review(application_id: str) -> BaseResponse | str | tuple[str, int]:
    """Everything on one page, the declaration (Đ26.2), and the one button."""
    filling = _filling(application_id)
    problem = filling.obstacle
    unfinished = _unfinished(filling)
    undeclared = False
    if request.method == "POST" and not problem:
        if request.form.get("declared") != "yes":
            undeclared = True
            problem = gettext("Đánh dấu vào ô cam đoan trước khi nộp hồ sơ.")
        elif request.form.get("seen") != seen(filling.application):
            problem = gettext(CHANGED_MEANWHILE)
        elif not unfinished:
            return _hand_in(filling)
    html = render_template(
        "portal/review.html",
        **_shared(filling, wizard.REVIEW),
        problem=problem,
        undeclared=undeclared,
        unfinished=[wizard.find(filling.steps, step) for step in unfinished],
        receive_label=gettext(RECEIVE_LABELS.get(filling.application.receive_by, "")),
    )
    return (html, 422) if request.method == "POST" else html


@blueprint.get("/nop-ho-so/<application_id>/huong-giai-quyet")
@access("citizen")
def end(application_id: str) -> BaseResponse | str:
    """Where the answers lead to no dossier here: why, and what to do instead."""
    filling = _filling(application_id)
    case = filling.assessment.case
    if case is None or case.ends is None:
        return redirect(url_for(".resume", application_id=application_id))
    return render_template("portal/end.html", **_shared(filling, wizard.END), case=case, ends=case.ends)


@blueprint.post("/nop-ho-so/<application_id>/bo")
@access("citizen")
def discard(application_id: str) -> BaseResponse:
    """Throw an application away that was never handed in."""
    services().applications.discard(application_id, current_account().key)
    return redirect(url_for("mine.index"))


def _unfinished(filling: Filling) -> tuple[str, ...]:
    """Ids of the steps to go back to, in their order."""
    wrong: set[str | None] = set(filling.unfinished())
    if infected_papers(services(), filling):
        wrong.add(wizard.PAPERS.id)
    for error in blocked_files(filling.definition.fields, filling.application.answers, services()):
        wrong.add(wizard.step_of_path(filling.definition, error.path))
    return tuple(step.id for step in filling.steps if step.id in wrong)


def _hand_in(filling: Filling) -> BaseResponse | tuple[str, int]:
    s = services()
    application = filling.application
    foreign = not_sent_by(filling.definition.fields, application.answers, s, application.owner)
    if foreign:
        abort(403)  # no page of this site makes such answers
    command = submission(filling, current_account())
    try:
        outcome = s.dossiers.start(
            s.definitions.by_hash(application.definition),
            command,
            current_actor(),
            command_id=f"submit:{application.id}",
        )
    except Refused as refusal:
        return render_template(
            "portal/review.html",
            **_shared(filling, wizard.REVIEW),
            problem=sentence(as_shown(refusal, filling.assessment, command.papers), filling.definition),
            undeclared=False,
            unfinished=[],
            receive_label=gettext(RECEIVE_LABELS[application.receive_by]),
        ), 409
    s.applications.mark_submitted(application.id, s.clock.now())
    return redirect(url_for("mine.dossier", dossier_id=outcome.id, moi=1))


def _filling(application_id: str) -> Filling:
    """The owner's application; one already handed in leads to its dossier, an unknown one to 404."""
    s = services()
    account = current_account()
    application = s.applications.get(application_id, account.key)
    if application is None:
        abort(404)
    if application.submitted_at is None and request.endpoint in _LOOKS_FOR_DOSSIER:
        application = _really_open(application)
    if application.submitted_at is not None:
        new = 1 if request.method == "POST" and request.endpoint == "apply.review" else None
        abort(redirect(url_for("mine.dossier", dossier_id=application_id, moi=new)))
    filling = look_in_force(s, application, scope_of(application, account), s.clock.now())
    if filling.assessment.ended and request.endpoint in _AFTER_THE_FORM:
        abort(redirect(url_for("apply.end", application_id=application_id)))
    if filling.moved and request.endpoint != "apply.review":
        flash(filling.obstacle, "warn")  # the review page says it itself, where the person stands
    return filling


def _really_open(application: Application) -> Application:
    """Handed in, but the process died before it was noted here: the dossier is there, so that is noted now, and nothing
    that is typed from now on is typed in vain.
    """
    s = services()
    found = s.repository.get(application.id)
    if found is None:
        return application
    s.applications.mark_submitted(application.id, found.submitted_at)
    return replace(application, submitted_at=found.submitted_at)


@dataclass(frozen=True, slots=True)
class _Kept:
    """`pressed`: by a button that changes the page, so the page shows itself again; `refused`: files not taken."""

    filling: Filling
    pressed: bool
    refused: tuple[FieldError, ...]


def _keep(filling: Filling, page: Page) -> _Kept:
    """Store what the posted page says and the files it brought, and do what its buttons ask."""
    s = services()
    now = s.clock.now()
    source = request.form.to_dict(flat=False)
    answers = merge(page.fields, filling.application.answers, collect(page.fields, source))
    posted = posted_files(page.fields, answers, s, now, current_account().key)
    answers = posted.answers
    earlier = offer(s, filling, page, answers) if "_reuse" in request.form else None
    if earlier is not None and earlier.dossier.id == request.form["_reuse"]:
        answers = dict(earlier.answers)
        flash(
            gettext("Đã lấy lại thông tin đã khai. Ông/bà xem lại, sửa chỗ nào đã khác rồi bấm “Tiếp tục”.")
        )
    pressed = row_action(source)
    if pressed is not None:
        answers = act(page.fields, with_first_rows(page.fields, answers), pressed)
    before = filling.application
    saved = s.applications.save(before, replace(before, answers=answers), now)
    stays = pressed is not None or posted.pressed or "_reuse" in request.form
    return _Kept(again(s, filling, saved, now), stays, posted.errors)


def _page_errors(filling: Filling, page: Page, refused: Sequence[FieldError] = ()) -> list[FieldError]:
    ids = {field.id for field in page.fields}
    told = {error.path for error in refused}
    found = [e for e in filling.assessment.submission.errors if e.path.split(".", 1)[0] in ids]
    return [*refused, *(error for error in found if error.path not in told)]


def _form_html(
    filling: Filling,
    page: Page,
    *,
    errors: bool | frozenset[str],
    refused: Sequence[FieldError] = (),
    alone: bool = False,
) -> object:
    """`refused`: mistakes with posted files, told in place of others at their fields; `alone`: and of all others."""
    shown = with_first_rows(page.fields, filling.application.answers)
    return render_page(
        page,
        replace(
            filling.assessment.submission, errors=refused if alone else _page_errors(filling, page, refused)
        ),
        shown,
        show=errors,
        now=services().clock.now(),
        scope=filling.scope,
        file_url=partial(_file_url, filling.application),
        file_state=held_words,
        file_parts=partial(parts_url, filling.application.id),
    )


def _file_url(application: Application, sha256: str) -> str:
    return url_for("uploads.answered", application_id=application.id, sha256=sha256)


def _show_page(
    filling: Filling,
    step: wizard.Step,
    *,
    errors: bool,
    more: bool = False,
    refused: Sequence[FieldError] = (),
    alone: bool = False,
) -> str:
    assert step.page is not None
    return render_template(
        "portal/page.html",
        **_shared(filling, step),
        form_html=_form_html(filling, step.page, errors=errors, refused=refused, alone=alone),
        takes_files=has_files(step.page.fields),
        earlier=offer(services(), filling, step.page, filling.application.answers),
        more=more,
    )


def _shared(filling: Filling, step: wizard.Step) -> dict[str, object]:
    previous = wizard.before(filling.steps, step)
    return {
        "filling": filling,
        "application": filling.application,
        "definition": filling.definition,
        "agency": filling.agency,
        "step": step,
        "steps": filling.steps,
        "summary_html": _summary(filling) if step.kind is wizard.Kind.REVIEW else "",
        "number": wizard.number(filling.steps, step),
        "total": len(filling.steps),
        "back_url": _url(filling.application, previous) if previous else None,
        "declaration": gettext(declaration_of(filling.definition)),
        "left_behind": left_behind(services(), filling) if step.kind is wizard.Kind.REVIEW else (),
        "seen": seen(filling.application) if step.kind is wizard.Kind.REVIEW else "",
        "step_url": lambda other, fix=None: _url(filling.application, other, fix),
    }


def _summary(filling: Filling) -> object:
    submission = filling.assessment.submission
    return render_summary(
        filling.definition.whole_form,
        submission.clean,
        visible=submission.visible,
        change=lambda page_id: url_for("apply.page", application_id=filling.application.id, page_id=page_id),
        file_url=partial(_file_url, filling.application),
        file_state=held_words,
    )


def _url(application: Application, step: wizard.Step, fix: str | None = None) -> str:
    match step.kind:
        case wizard.Kind.BEHALF:
            return url_for("behalf.person", application_id=application.id)
        case wizard.Kind.PAGE:
            return url_for("apply.page", application_id=application.id, page_id=step.id, sua=fix)
        case wizard.Kind.PAPERS:
            return url_for("uploads.papers", application_id=application.id)
        case wizard.Kind.RECEIVE:
            return url_for("apply.receive", application_id=application.id)
        case wizard.Kind.REVIEW:
            return url_for("apply.review", application_id=application.id)
        case wizard.Kind.END:
            return url_for("apply.end", application_id=application.id)


def _gone() -> BaseResponse:
    """For scripts: the page they belong to is no more; the full page tells the rest."""
    return Response(gettext("Trang này đã thay đổi. Hãy tải lại trang."), status=409, mimetype="text/plain")
