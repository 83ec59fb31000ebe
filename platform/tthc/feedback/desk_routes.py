"""Feedback at an agency: what waits for an answer, by whom, until when; the centre sees every agency's (Đ17.2, Đ18, Đ23.1)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import get_args

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from rules.calendar import TZ
from tthc.accounts.session import current_account
from tthc.agencies.model import Agency, Level
from tthc.dossiers.refusals import Refused
from tthc.feedback import deciding
from tthc.feedback.model import CHANNELS, KINDS, STATE_LABELS, Channel, Feedback, Kind, Sender, State, id_of
from tthc.feedback.telling import ANSWERED, TAKEN, tell
from tthc.onestop.here import agency_here
from tthc.ratings.criteria import in_force
from tthc.services import services
from tthc.web.access import access
from tthc.web.idempotency import command_id

blueprint = Blueprint("feedback_desk", __name__, url_prefix="/motcua/<slug>/phan-anh")

LEADER = "phe_duyet"


@blueprint.get("")
@access("staff")
def index(slug: str) -> str:
    """Those that owe an answer, the most urgent first; then, on wish, those that were answered."""
    return _list(agency_here(slug), done=request.args.get("da-tra-loi") == "1")


@blueprint.post("")
@access("staff")
def log(slug: str) -> BaseResponse | tuple[str, int]:
    """Write down what came by telephone, letter or e-mail; the clock runs from when it came (Đ17.2b, Đ17.2d)."""
    s, agency = services(), agency_here(slug)
    now = s.clock.now()
    try:
        made = _taken(agency, now)
    except Refused as refusal:
        return _list(agency, typed=request.form, problem=refusal.sentence()), 422
    if s.feedback.add(made) is made:
        tell(s.letters, TAKEN, made, s.agencies.facts(made.agency).name, now)
    flash(f"Đã ghi phản ánh {made.id}. Đọc mã này cho người gửi để họ xem câu trả lời.")
    return redirect(url_for(".one", slug=slug, feedback_id=made.id))


@blueprint.get("/<feedback_id>")
@access("staff")
def one(slug: str, feedback_id: str) -> str:
    """With who sent it, so the reading is written down."""
    agency = agency_here(slug)
    found = _seen(agency, feedback_id)
    s = services()
    s.acts.log(
        current_account(), "feedback.read", s.clock.now(), kind="feedback", target=found.id, label=found.id
    )
    return _page(agency, found)


@blueprint.post("/<feedback_id>/<act>")
@access("staff")
def do(slug: str, feedback_id: str, act: str) -> BaseResponse | tuple[str, int]:
    """`act`: chuyen, hoi, gop-y, tra-loi, cong-khai, thoi-cong-khai."""
    s, agency = services(), agency_here(slug)
    found, now = _seen(agency, feedback_id), s.clock.now()
    decide = _decision(agency, act, now)
    if decide is None:
        abort(404)
    try:
        before, after = s.feedback.change(found.id, request.form.get("version", type=int), decide)
    except Refused as refusal:
        return _page(agency, _seen(agency, feedback_id), refusal.sentence(), request.form), 409
    if before.state is State.OPEN and after.state is State.ANSWERED:
        tell(s.letters, ANSWERED, after, s.agencies.facts(after.agency).name, now)
    flash(f"Đã ghi nhận: {after.history[-1].what}.")
    if not _sees(agency, after):
        return redirect(url_for(".index", slug=slug))
    return redirect(url_for(".one", slug=slug, feedback_id=after.id))


def _decision(agency: Agency, act: str, now: datetime) -> Callable[[Feedback], Feedback] | None:
    s, form, me = services(), request.form, current_account()
    own = agency.level is Level.CENTER

    def answering(found: Feedback) -> Feedback:
        if found.agency != agency.id and not own:
            raise Refused("not_yours", "Cơ quan khác trả lời phản ánh này.", "Đ18")
        return found

    def leading(found: Feedback) -> Feedback:
        if LEADER not in me.functions_at(agency.id):
            raise Refused("leader", "Lãnh đạo cơ quan duyệt việc công khai.", "Đ17.2c")
        return answering(found)

    to = s.agencies.get(form.get("agency", "")) or agency
    by = me.name
    acts: dict[str, Callable[[Feedback], Feedback]] = {
        "chuyen": lambda f: deciding.assign(
            answering(f), to.id, to.name, form.get("handler", "").strip(), now=now, by=by
        ),
        "hoi": lambda f: deciding.ask(answering(f), to.id, to.name, form.get("question", ""), now=now, by=by),
        "gop-y": lambda f: deciding.reply(f, agency.id, agency.name, form.get("reply", ""), now=now, by=by),
        "tra-loi": lambda f: deciding.answer(answering(f), form.get("answer", ""), now=now, by=by),
        "cong-khai": lambda f: deciding.publish(
            leading(f),
            *(form.get(f"public_{part}", "") for part in ("subject", "text", "answer")),
            now=now,
            by=by,
        ),
        "thoi-cong-khai": lambda f: deciding.withdraw(leading(f), form.get("reason", ""), now=now, by=by),
    }
    return acts.get(act)


def _taken(agency: Agency, now: datetime) -> Feedback:
    s, form = services(), request.form
    channel: Channel = next((each for each in get_args(Channel) if each == form.get("channel")), "portal")
    to = form.get("agency", "") if agency.level is Level.CENTER else agency.id
    if channel == "portal":
        raise Refused("channel", "Chọn phản ánh đến bằng đường nào.", "Đ17.2")
    if s.agencies.get(to) is None:
        raise Refused("agency", "Chọn cơ quan trả lời.", "Đ17.2")
    sender = Sender(*(form.get(name, "").strip()[:200] for name in ("name", "phone", "email")))
    kind: Kind = "question" if form.get("kind") == "question" else "feedback"
    subject, text = form.get("subject", ""), form.get("text", "")
    return deciding.take(
        id_of(s.settings.secret_key, command_id(), channel, to, sender.name, subject, text),
        kind,
        channel,
        subject,
        text,
        sender=sender,
        agency=to,
        calendar=s.calendar(to),
        now=now,
        by=current_account().name,
        received_at=_instant(form.get("received_at", "")),
    )


def _list(
    agency: Agency, *, done: bool = False, typed: Mapping[str, str] = MappingProxyType({}), problem: str = ""
) -> str:
    s = services()
    now, everywhere = s.clock.now(), agency.level is Level.CENTER
    states = (State.ANSWERED, State.PUBLISHED) if done else (State.OPEN,)
    return render_template(
        "onestop/feedback_list.html",
        agency=agency,
        rows=s.feedback.of_agency(None if everywhere else agency.id, states),
        done=done,
        names={a.id: a.name for a in s.agencies.all()},
        now=now,
        kinds=KINDS,
        labels=STATE_LABELS,
        channels={key: label for key, label in CHANNELS.items() if key != "portal"},
        agencies=s.agencies.active(now.astimezone(TZ).date()) if everywhere else (agency,),
        typed=typed,
        problem=problem,
        comments=_comments(agency, now),
    )


def _comments(agency: Agency, now: datetime) -> tuple[str, ...]:
    """What people wrote beside their ratings, for the agency's head: it is about whoever else reads here (Đ8.3)."""
    if LEADER not in current_account().functions_at(agency.id):
        return ()
    ratings = services().ratings
    return ratings.comments(in_force(ratings.sets, now.astimezone(TZ).date()), agency.id)


def _seen(agency: Agency, feedback_id: str) -> Feedback:
    found = services().feedback.get(feedback_id)
    if found is None or not _sees(agency, found):
        abort(404)
    return found


def _sees(agency: Agency, found: Feedback) -> bool:
    mine = found.agency == agency.id or any(asked.agency == agency.id for asked in found.asked)
    return mine or agency.level is Level.CENTER


def _page(agency: Agency, found: Feedback, problem: str = "", typed: object = None) -> str:
    s, me = services(), current_account()
    now = s.clock.now()
    return render_template(
        "onestop/feedback_one.html",
        agency=agency,
        found=found,
        answers=found.agency == agency.id or agency.level is Level.CENTER,
        leads=LEADER in me.functions_at(agency.id),
        asked_here=any(one.agency == agency.id and not one.reply for one in found.asked),
        names={a.id: a.name for a in s.agencies.all()},
        agencies=s.agencies.active(now.astimezone(TZ).date()),
        colleagues=[a.name for a in s.accounts.staff_with(found.agency)] if found.agency == agency.id else [],
        channels=CHANNELS,
        kinds=KINDS,
        labels=STATE_LABELS,
        now=now,
        problem=problem,
        typed=typed or {},
    )


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=TZ) if text else None
    except ValueError as error:
        raise Refused("instant", "Thời điểm nhận chưa đúng; chọn lại ngày và giờ.", "Đ18") from error
