"""Feedback and questions for everybody: write one, look up its answer by its code, read what was published (Đ17.2, Đ18)."""

from flask import Blueprint, render_template, request

from rules.calendar import TZ
from rules.i18n import gettext
from tthc.accounts.session import signed_in
from tthc.dossiers.refusals import Refused
from tthc.feedback.deciding import take
from tthc.feedback.model import KINDS, STATE_LABELS, Kind, Sender, id_of, read_id
from tthc.feedback.telling import TAKEN, tell
from tthc.services import services
from tthc.web.access import access
from tthc.web.idempotency import command_id
from tthc.web.limits import limiter

blueprint = Blueprint("feedback", __name__)

_BOXES = {"contact": "phone"}
"""Where a mistake is mended that does not bear the name of a box."""
TRAP = "website"
"""A box that no person sees: what fills it in is a machine."""


@blueprint.route("/phan-anh", methods=["GET", "POST"])
@access("public")
@limiter.limit("10 per hour", methods=["POST"])
def write() -> str | tuple[str, int]:
    """To which agency, what, and where the answer goes. An account fills in the sender; the page that leads here may say
    what about: `?loai=hoi`, `?co-quan=` (an agency's id), `?ho-so=` (a dossier's number).
    """
    s = services()
    now, me = s.clock.now(), signed_in()
    agencies = s.agencies.active(now.astimezone(TZ).date())
    if request.method == "GET":
        typed = {
            "kind": "question" if request.args.get("loai") == "hoi" else "feedback",
            "agency": request.args.get("co-quan", "")[:80],
        }
        if number := request.args.get("ho-so", "")[:40]:
            typed["text"] = f"Số hồ sơ: {number}\n\n"  # vi: the beginning of what the agency reads
        if me is not None:
            typed |= {"name": me.name, "phone": me.phone, "email": me.email}
        return _form(typed, agencies)
    typed = {
        key: request.form.get(key, "").strip()
        for key in ("kind", "agency", "subject", "text", "name", "phone", "email")
    }
    kind: Kind = "question" if typed["kind"] == "question" else "feedback"
    if request.form.get(TRAP):
        return _form(typed, agencies, gettext("Ông/bà để trống ô dành cho máy.")), 422
    if typed["agency"] not in {a.id for a in agencies}:
        return _form(typed, agencies, gettext("Ông/bà chọn cơ quan nhận."), "agency"), 422
    sender = Sender(typed["name"][:200], typed["phone"][:20], typed["email"][:200], me.key if me else "")
    words = (typed["kind"], typed["agency"], typed["subject"], typed["text"], typed["name"])
    try:
        made = take(
            id_of(s.settings.secret_key, command_id(), *words),
            kind,
            "portal",
            typed["subject"],
            typed["text"],
            sender=sender,
            agency=typed["agency"],
            calendar=s.calendar(typed["agency"]),
            now=now,
            by="Người gửi",  # vi: kept in the trail
        )
    except Refused as refusal:
        return _form(typed, agencies, gettext(refusal.message), _BOXES.get(refusal.code, refusal.code)), 422
    kept = s.feedback.add(made)
    if kept is made:  # sent again, or the page loaded anew: it was told of before
        tell(s.letters, TAKEN, made, s.agencies.facts(made.agency).name, now)
    return render_template("portal/feedback_sent.html", found=kept, agency=s.agencies.facts(made.agency))


@blueprint.route("/phan-anh/xem", methods=["GET", "POST"])
@access("public")
@limiter.limit("30 per minute")
@limiter.limit("40 per hour", deduct_when=lambda response: response.status_code == 404)
def look() -> str | tuple[str, int]:
    """By the code alone, which cannot be guessed: the question, where it stands, the answer; the sender's name is not shown."""
    code = request.form.get("ma", "").strip()
    found = services().feedback.get(read_id(code)) if code else None
    agency = services().agencies.facts(found.agency) if found else None
    page = render_template(
        "portal/feedback_look.html", code=code, found=found, agency=agency, labels=STATE_LABELS
    )
    return (page, 404) if code and found is None else page


@blueprint.get("/hoi-dap")
@access("public")
def questions() -> str:
    """What was asked and answered, after moderation (Đ17.2c)."""
    words = request.args.get("q", "").strip()[:100]
    s = services()
    rows = s.feedback.published(words)
    names = {row.agency: s.agencies.facts(row.agency).name for row in rows}
    return render_template("portal/questions.html", rows=rows, words=words, names=names, kinds=KINDS)


@blueprint.get("/phan-anh/cua-toi")
@access("citizen")
def mine() -> str:
    me = signed_in()
    rows = services().feedback.of_account(me.key) if me else []
    return render_template("portal/feedback_mine.html", rows=rows, labels=STATE_LABELS)


def _form(typed: dict[str, str], agencies: object, problem: str = "", at: str = "") -> str:
    """`at`: id of the box to be mended, where there is one."""
    return render_template(
        "portal/feedback.html", typed=typed, agencies=agencies, problem=problem, at=at, kinds=KINDS, trap=TRAP
    )
