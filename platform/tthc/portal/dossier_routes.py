"""A citizen's own dossiers: where each stands, what to do now, supplement, withdrawal, confirmation (Đ10, Đ26)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from definitions.assess import Assessment, assess
from definitions.model import Definition, Paper
from forms.answers import act, row_action, with_first_rows
from forms.attachments import UploadError
from forms.model import Answers, FieldError, Page
from forms.uploads import held_files
from renderers.html.form import render_fields, render_summary
from rules.calendar import TZ
from rules.i18n import gettext
from tthc.accounts.session import current_account, current_actor
from tthc.dossiers import view
from tthc.dossiers.commands import Act, Supply, Withdraw
from tthc.dossiers.decide_malware import to_send_again
from tthc.dossiers.decide_return import online_refusal
from tthc.dossiers.ending import ending
from tthc.dossiers.refunds import REASONS, RefundsView, reasons_open, why_not
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Dossier, FileRef, PaperFiles, Status, SupplementRequest, Task
from tthc.dossiers.status import NextActor, next_actor
from tthc.portal import postage
from tthc.portal.ahead import coming, counted
from tthc.portal.just_handed_in import ahead
from tthc.portal.own_rows import own_rows
from tthc.portal.refused import as_shown
from tthc.portal.supplement_mistakes import Places, paper_path
from tthc.portal.supplementing import (
    BLOCKED,
    about,
    asked_fees,
    asked_fields,
    asked_pages,
    asked_papers,
    gather,
    lacking_papers,
    only_blocked,
    wanted,
)
from tthc.portal.todo import Todo, todos, urgency
from tthc.portal.why import shown_fees, why_date
from tthc.services import services
from tthc.web.access import access
from tthc.web.context import held_words
from tthc.web.fee_receipts import payments
from tthc.web.field_files import keep_files, kept_files, not_sent_by, posted_files
from tthc.web.files import find_file, send_stored
from tthc.web.idempotency import command_id
from tthc.web.papers import receipt_response, submitted_copy_response
from tthc.web.sending import parts_url
from tthc.web.sent_files import sent_files
from tthc.web.speaking import shown_definition, words_of
from tthc.web.story import applicant_story
from tthc.web.ties import ties
from tthc.web.uploads import store_upload

blueprint = Blueprint("mine", __name__)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A step that waits for the applicant, with the draft it is about."""

    task: Task
    help: str
    actions: Sequence[view.Possible]
    draft: FileRef | None


@blueprint.get("/ho-so")
@access("citizen")
def index() -> str:
    """Those that need me first, then the rest, then what I have begun and not handed in."""
    s = services()
    account = current_account()
    now = s.clock.now()
    page, first = own_rows(), not request.args.get("sau")
    dossiers = [found for row in page.rows if (found := s.repository.get(row.id))]
    begun = s.applications.open_of(account.key) if first else ()
    names = {a.id: shown_definition(s.definitions.by_hash(a.definition)).name for a in begun}
    rows = [_row(one, now) for one in dossiers]
    rows.sort(key=lambda row: urgency(row[2], row[0], now))
    return render_template(
        "portal/dossiers.html",
        rows=rows,
        begun=begun,
        names=names,
        now=now,
        following=page.after,
        first=first,
    )


@blueprint.get("/ho-so/<dossier_id>")
@access("citizen")
def dossier(dossier_id: str) -> str:
    return show_own(own_dossier(dossier_id))


@blueprint.post("/ho-so/<dossier_id>/rut")
@access("citizen")
def withdraw(dossier_id: str) -> BaseResponse | tuple[str, int]:
    return _command(
        own_dossier(dossier_id),
        Withdraw(reason=request.form.get("reason", "").strip()),
        gettext("Đã ghi nhận việc rút hồ sơ."),
        box="withdraw-reason",
    )


@blueprint.post("/ho-so/<dossier_id>/buoc/<token>/<action>")
@access("citizen")
def answer(dossier_id: str, token: str, action: str) -> BaseResponse | tuple[str, int]:
    """What the applicant answers at a step that waits for them: confirm a draft, or say what is wrong."""
    found = own_dossier(dossier_id)
    return _command(
        found,
        Act(token=token, action=action, reason=request.form.get("reason", "").strip()),
        gettext("Đã gửi câu trả lời của ông/bà."),
        box=f"reason-{action}",
    )


@blueprint.route("/ho-so/<dossier_id>/bo-sung", methods=["GET", "POST"])
@access("citizen")
def supplement(dossier_id: str) -> BaseResponse | str | tuple[str, int]:
    """Only what is asked, beside what was handed in before, with the official's reason (ux.md §3)."""
    found = own_dossier(dossier_id)
    asked = wanted(found)
    if asked is None:
        return redirect(url_for(".dossier", dossier_id=dossier_id))
    s = services()
    definition = shown_definition(s.definitions.by_hash(found.definition))
    stored = found.answers or {}
    if request.method == "GET":
        return _show_supplement(found, definition, asked, asked_pages(definition, asked), dict(stored))
    source = request.form.to_dict(flat=False)

    def errors_of(answers: Answers) -> Sequence[FieldError]:
        return _assessed(found, definition, answers).submission.errors

    pages, answers = gather(definition, asked, stored, source, errors_of)
    fields = tuple(field for page in pages for field in page.fields)
    before = frozenset(str(file["sha256"]) for _, file in held_files(definition.fields, answers))
    posted = posted_files(fields, kept_files(fields, answers), s, s.clock.now(), current_account().key)
    answers = posted.answers
    if posted.errors:
        return _show_supplement(found, definition, asked, pages, answers, wrong=posted.errors), 422
    if posted.pressed:
        return _show_supplement(found, definition, asked, pages, answers)
    if not_sent_by(definition.fields, answers, s, current_account().key, before):
        abort(403)  # no page of this site makes such answers
    if (pressed := row_action(source)) is not None:
        for page in pages:
            answers = act(page.fields, with_first_rows(page.fields, answers), pressed)
        return _show_supplement(found, definition, asked, pages, answers)
    papers, unread = _replaced(found, asked, _papers(found, definition, asked, answers))
    if unread:
        return _show_supplement(found, definition, asked, pages, answers, wrong=unread), 422
    try:
        s.dossiers.execute(
            found.id,
            Supply(
                answers=answers if pages else None, papers=papers, note=request.form.get("note", "").strip()
            ),
            current_actor(),
            command_id=command_id(),
        )
    except Refused as refusal:
        shown = as_shown(refusal, _assessed(found, definition, answers), (*found.papers, *papers))
        return _show_supplement(found, definition, asked, pages, answers, refusal=shown), 409
    flash(gettext("Đã gửi phần bổ sung. Cán bộ sẽ kiểm tra tiếp."))
    return redirect(url_for(".dossier", dossier_id=dossier_id))


@blueprint.get("/ho-so/<dossier_id>/tep/<sha256>")
@access("citizen")
def file(dossier_id: str, sha256: str) -> BaseResponse:
    """A file of one's own dossier: what was handed in, the draft to confirm, the result."""
    found = own_dossier(dossier_id)
    s = services()
    ref = find_file(found, s.definitions.by_hash(found.definition), sha256, for_applicant=True)
    if ref is None:
        abort(404)
    return send_stored(s, ref)


@blueprint.get("/ho-so/<dossier_id>/giay-tiep-nhan.pdf")
@access("citizen")
def receipt(dossier_id: str) -> BaseResponse:
    return receipt_response(services(), own_dossier(dossier_id))


@blueprint.get("/ho-so/<dossier_id>/ban-in.pdf")
@access("citizen")
def copy(dossier_id: str) -> BaseResponse:
    """What was handed in, to keep (TT 32/2017)."""
    return submitted_copy_response(services(), own_dossier(dossier_id))


def own_dossier(dossier_id: str) -> Dossier:
    found = services().repository.get(dossier_id)
    if found is None or found.owner != current_account().key:
        abort(404)
    return found


def _again(found: Dossier) -> str | None:
    """The page of the procedure to hand in anew, of a dossier that was not received or was withdrawn; None where nobody takes
    it any more.
    """
    s = services()
    if found.status not in {Status.REFUSED, Status.WITHDRAWN}:
        return None
    today = s.clock.now().astimezone(TZ).date()
    taken = s.definitions.published(found.procedure, today)
    return url_for("catalogue.procedure", code=found.procedure) if taken else None


def _mine(dossier_id: str) -> str:
    """The address of one of the reader's own dossiers; empty for any other."""
    found = services().repository.get(dossier_id)
    own = found is not None and found.owner == current_account().key
    return url_for(".dossier", dossier_id=dossier_id) if own else ""


def _waiting(found: Dossier, definition: Definition) -> list[Waiting]:
    s = services()
    possible = view.possible(
        definition, found, current_actor(), s.agencies.facts(found.agency), s.clock.now()
    )
    drafts = (d.file for d in reversed(found.documents) if d.kind == "draft" and d.file is not None)
    draft = next(drafts, None) if found.supplement is None else None
    rows: list[Waiting] = []
    for task in found.tasks:
        actions = [p for p in possible if p.command == "act" and p.token == task.id]
        step = definition.workflow.step(task.step)
        if actions:
            rows.append(Waiting(task, step.help if step else "", actions, draft))
    return rows


def _row(found: Dossier, now: datetime) -> tuple[Dossier, NextActor, tuple[Todo, ...]]:
    with words_of(found):
        return found, next_actor(found, services().agencies.facts(found.agency)), _todos(found, now)


def _todos(found: Dossier, now: datetime) -> tuple[Todo, ...]:
    s = services()
    level = s.definitions.by_hash(found.definition).service_level
    return todos(found, level, s.agencies.facts(found.agency), now)


def show_own(found: Dossier, problem: str = "", at: str = "", typed: Mapping[str, str] | None = None) -> str:
    """`problem`: why something was refused; `at`: id of the box to be mended, where there is one; `typed`: what stood in the
    boxes, by their ids.
    """
    s = services()
    definition = shown_definition(s.definitions.by_hash(found.definition))
    # what lies ahead is told of a dossier that nobody has taken up, not whenever that address is opened again
    new = request.args.get("moi") == "1" and found.status is Status.SUBMITTED
    agency, calendar, now = s.agencies.facts(found.agency), s.calendar(found.agency), s.clock.now()
    with words_of(found):
        return render_template(
            "portal/dossier.html",
            dossier=found,
            definition=definition,
            agency=agency,
            timeline=applicant_story(found, calendar, agency, coming(definition, found)),
            next=next_actor(found, agency),
            todos=todos(found, definition.service_level, agency, now),
            counted=counted(found, calendar),
            waiting=_waiting(found, definition),
            tied=ties(found, _mine, staff=False),
            new=new,
            send_again=wanted(found) is not None and bool(to_send_again(found)),
            ahead=ahead(s, found, definition) if new else None,
            online=online_refusal(found, definition.service_level),
            payments=payments(found),
            payable_online=bool(s.payments.offered(definition, found)),
            refunds=RefundsView(
                reasons_open(found), why_not(found), {code: gettext(text) for code, text in REASONS.items()}
            ),
            problem=problem,
            at=at,
            typed=typed or {},
            now=now,
            carrier=postage.in_force(now.astimezone(TZ).date()),
            ended=ending(found),
            again=_again(found),
            fee_lines=shown_fees(found, found.fees),
            reason=why_date(found, calendar),
        )


def _command(
    found: Dossier, command: Act | Withdraw, said: str, *, box: str
) -> BaseResponse | tuple[str, int]:
    """`box`: id of the one on the page in which the reason is typed."""
    try:
        services().dossiers.execute(
            found.id,
            command,
            current_actor(),
            command_id=command_id(),
            expected_version=request.form.get("version", type=int),
        )
    except Refused as refusal:
        at = box if refusal.code in {"reason", "too_long"} else ""
        with words_of(found):
            # what is mended by typing needs no law behind it
            problem = gettext(refusal.message) if at else refusal.sentence()
        return show_own(own_dossier(found.id), problem, at, {box: command.reason}), 409
    flash(said)
    return redirect(url_for(".dossier", dossier_id=found.id))


def _replaced(
    found: Dossier, asked: SupplementRequest, shown: Sequence[Paper]
) -> tuple[tuple[PaperFiles, ...], tuple[FieldError, ...]]:
    """The papers of which files were sent, and what is wrong with those that cannot be taken. Where only a blocked file is
    wrong with a paper, its other files stay.
    """
    s = services()
    blocked = {each.sha256 for each in found.blocked}
    papers: list[PaperFiles] = []
    wrong: list[FieldError] = []
    for paper in shown:
        sent = sent_files(f"paper.{paper.id}")
        try:
            files = tuple(store_upload(file, s, s.clock.now(), current_account().key) for file in sent)
        except UploadError as error:
            wrong.append(FieldError(paper_path(paper.id), gettext(str(error))))
        else:
            old = found.paper(paper.id)
            if files and old is not None and only_blocked(asked, paper.id):
                stay = tuple(f for f in old.files if f.sha256 not in blocked)
                papers.append(PaperFiles(paper.id, (*stay, *files), old.presented, old.note))
            elif files:
                papers.append(PaperFiles(paper.id, files))
    return tuple(papers), tuple(wrong)


def _assessed(found: Dossier, definition: Definition, answers: Answers) -> Assessment:
    """As the kernel looks at them: on the day of handing in."""
    account = current_account()
    return assess(
        definition,
        answers,
        now=found.submitted_at,
        channel=found.channel,
        agency=services().agencies.facts(found.agency).scope(),
        applicant={"kind": account.kind, "name": account.name},
    )


def _papers(
    found: Dossier, definition: Definition, asked: SupplementRequest, answers: Answers
) -> tuple[Paper, ...]:
    """Those asked about, and of an online dossier those that the new answers ask for."""
    handed = {paper.paper_id: paper for paper in found.papers if paper.files}
    online = found.channel == "online"
    also = lacking_papers(_assessed(found, definition, answers), handed) if online else frozenset()
    return asked_papers(definition, asked, also)


def _show_supplement(
    found: Dossier,
    definition: Definition,
    asked: SupplementRequest,
    pages: tuple[Page, ...],
    answers: dict[str, object],
    *,
    refusal: Refused | None = None,
    wrong: Sequence[FieldError] = (),
) -> str:
    """`wrong`: mistakes in what was sent, beside those that the form finds itself; `refusal`: why it was not taken."""
    s = services()
    refused = bool(wrong) or refusal is not None
    assessment = _assessed(found, definition, answers)
    handed = {file["sha256"] for _, file in held_files(definition.fields, found.answers or {})}

    def file_url(sha256: str) -> str:
        return url_for(".file", dossier_id=found.id, sha256=sha256) if sha256 in handed else ""

    questions = asked_fields(pages, asked)
    shown = [
        {
            "id": one.field.id,
            "label": one.field.label,
            "wrong": one.items,
            "before": render_summary(
                (one.field,), found.answers or {}, file_url=file_url, file_state=held_words
            ),
            "controls": render_fields(
                (one.field,),
                assessment.submission,
                with_first_rows((one.field,), answers),
                show=refused,
                now=s.clock.now(),
                file_url=file_url,
                file_state=held_words,
                file_parts=partial(parts_url, found.id),
            ),
        }
        for one in questions
        if one.field is not None
    ]
    papers = [(paper, about(asked, paper.id)) for paper in _papers(found, definition, asked, answers)]
    fields = tuple(one.field.id for one in questions if one.field is not None)
    places = Places(fields, {paper.id: paper.name for paper, _ in papers})
    with words_of(found):
        mistakes = places.mistakes(assessment.submission.errors, wrong, refusal) if refused else ()
        problem = refusal.sentence() if refusal is not None else ""
    return render_template(
        "portal/supplement.html",
        dossier=found,
        definition=definition,
        shown=shown,
        mistakes=mistakes,
        kept_files=keep_files(tuple(field for page in pages for field in page.fields), answers),
        agency=s.agencies.facts(found.agency),
        papers=papers,
        asked=asked,
        blocked=gettext(BLOCKED),
        kept=frozenset(paper.id for paper, _ in papers if only_blocked(asked, paper.id)),
        owed=asked_fees(asked, found.fees),
        until=next((t.until for t in _todos(found, s.clock.now()) if t.kind == "supplement"), None),
        note=request.form.get("note", ""),
        problem=problem,
    )
