"""What officials do to a dossier. Each POST is one command; a refusal shows the dossier again with what was typed."""

from datetime import date, datetime, time

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forms.attachments import UploadError
from rules.calendar import TZ, instant_text
from tthc.accounts.session import current_account, current_actor
from tthc.dossiers.commands import (
    Accept,
    Act,
    Command,
    CompleteImmediately,
    LogCall,
    RecordPayment,
    Refuse,
    RequestSupplement,
)
from tthc.dossiers.permissions import may_read
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Dossier, SupplementItem
from tthc.onestop.detail import show_dossier, supplement_targets
from tthc.onestop.here import agency_here
from tthc.onestop.making import Making
from tthc.onestop.signing_step import signed_act
from tthc.onestop.workspace_routes import dossier_here
from tthc.services import services
from tthc.signing.model import SigningError
from tthc.web.access import access
from tthc.web.idempotency import command_id
from tthc.web.uploads import store_upload

blueprint = Blueprint("act", __name__, url_prefix="/motcua/<slug>/ho-so/<dossier_id>")

Answer = BaseResponse | tuple[str, int]

OWN = "-"
"""Of what the draft is: no document of the definition, but the file that is sent, or the draft there is."""

ANSWERED_AT = time(17, 0)
"""Until when on the day that agencies are to answer by."""

NO_LONGER = (
    "Văn bản theo mẫu này không dùng được cho hồ sơ ở bước này. Chọn văn bản khác, hoặc tải tệp của ông/bà."
)


@blueprint.post("/tiep-nhan")
@access("staff:tiep_nhan")
def accept(slug: str, dossier_id: str) -> Answer:
    checked = tuple(request.form.getlist("checked"))
    return run(slug, dossier_id, Accept(checked=checked), "Đã tiếp nhận hồ sơ.")


@blueprint.post("/tra-ngay")
@access("staff:tiep_nhan")
def complete(slug: str, dossier_id: str) -> Answer:
    """A dossier handed in online whose result is given at once (Đ12.1d)."""
    form = request.form
    checked = tuple(form.getlist("checked"))
    method = form.get("method", "")
    command = CompleteImmediately(
        checked=checked,
        originals_checked=checked,
        result=form.get("result", "").strip(),
        recipient=form.get("recipient", "").strip(),
        reason=form.get("reason", "").strip(),
        method=method if method in {"cash", "transfer", "card"} else None,  # type: ignore[arg-type]
        receipt=form.get("receipt", "").strip()[:60],
    )
    return run(slug, dossier_id, command, "Đã trả kết quả và kết thúc hồ sơ.")


@blueprint.post("/bo-sung")
@access("staff:tiep_nhan")
def ask_supplement(slug: str, dossier_id: str) -> Answer:
    """Item by item: each with its own reason (Đ10.2c)."""
    found = dossier_here(slug, dossier_id)
    command = RequestSupplement(items=_items(found), note=request.form.get("note", "").strip())
    return run(slug, dossier_id, command, "Đã gửi yêu cầu bổ sung cho người nộp.")


@blueprint.post("/tu-choi")
@access("staff:tiep_nhan")
def refuse(slug: str, dossier_id: str) -> Answer:
    reason = request.form.get("reason", "").strip()
    return run(slug, dossier_id, Refuse(reason=reason), "Đã từ chối tiếp nhận hồ sơ.")


@blueprint.post("/goi-dien")
@access("staff:tiep_nhan")
def log_call(slug: str, dossier_id: str) -> Answer:
    """Guidance given by telephone (Đ10.2c)."""
    command = LogCall(
        phone=request.form.get("phone", "").strip(), content=request.form.get("content", "").strip()
    )
    return run(slug, dossier_id, command, "Đã ghi lại cuộc gọi hướng dẫn.")


@blueprint.post("/thu-phi")
@access("staff:tiep_nhan")
def pay(slug: str, dossier_id: str) -> Answer:
    method = request.form.get("method", "cash")
    command = RecordPayment(
        fee_ids=tuple(request.form.getlist("fee")),
        method=method if method in {"cash", "transfer", "card"} else "cash",  # type: ignore[arg-type]
        receipt=request.form.get("receipt", "").strip()[:60],
    )
    return run(slug, dossier_id, command, "Đã ghi nhận thu phí, lệ phí.")


@blueprint.post("/buoc/<token>/<action>")
@access("staff")
def step(slug: str, dossier_id: str, token: str, action: str) -> Answer:
    """Take one of the step's actions, with whatever it needs: reason, colleague, draft, result, number and day.

    `made`: the document of the definition to be the draft; a file that was sent is taken instead.
    """
    form = request.form
    s = services()
    found = dossier_here(slug, dossier_id)  # no file is stored for a dossier of another agency
    try:
        files = tuple(
            store_upload(sent, s, s.clock.now(), current_account().key)
            for sent in request.files.getlist("file")
            if sent.filename
        )
        issued_on = date.fromisoformat(form["issued_on"]) if form.get("issued_on") else None
        answer_by = date.fromisoformat(form["answer_by"]) if form.get("answer_by") else None
        returned_at = posted_instant("returned_at")
    except UploadError as error:
        return refused(slug, dossier_id, str(error), 422)
    except ValueError:
        return refused(slug, dossier_id, "Nhập ngày theo dạng ngày/tháng/năm, ví dụ 23/11/2026.", 422)
    reason = form.get("reason", "").strip()
    made, task = form.get("made", OWN), found.task(token)
    if made != OWN and not files and task is not None:
        making = Making(s, s.definitions.by_hash(found.definition), found)
        document = making.draft(task, action, made)
        if document is None:
            return refused(slug, dossier_id, NO_LONGER, 409)
        files = (making.stored(document, reason),)
    command = Act(
        token=token,
        action=action,
        reason=reason,
        assignee=form.get("assignee") or None,
        files=files,
        number=form.get("number", "").strip()[:60],
        issued_on=issued_on,
        signed_by=form.get("signed_by", "").strip()[:200],
        recipient=form.get("recipient", "").strip()[:200],
        originals_checked=tuple(form.getlist("originals")),
        note=form.get("note", "").strip()[:2000],
        items=_items(found),
        chosen=tuple(dict.fromkeys(form.getlist("chosen"))),
        question=form.get("question", "").strip(),
        answer_by=datetime.combine(answer_by, ANSWERED_AT, TZ) if answer_by is not None else None,
        why=form.get("why", "").strip()[:500],
        returned_at=returned_at,
    )
    definition = s.definitions.by_hash(found.definition)
    at = definition.workflow.step(task.step) if task is not None else None
    way = at.action(action) if at is not None else None
    if at is not None and way is not None:
        try:
            command = signed_act(found, at, way, command, _version())
        except Refused as refusal:
            return refused(slug, dossier_id, refusal.sentence(), 409)
        except (SigningError, UploadError) as error:
            return refused(slug, dossier_id, str(error), 422)
    return run(slug, dossier_id, command, "Đã ghi nhận.")


def posted_instant(name: str) -> datetime | None:
    """A local wall-clock time of the posted form, None where it is not there; raises ValueError."""
    text = request.form.get(name, "").strip()
    if not text:
        return None
    told = datetime.fromisoformat(text)
    return told if told.tzinfo is not None else told.replace(tzinfo=TZ)


def _items(found: Dossier) -> tuple[SupplementItem, ...]:
    """What is to be completed: each paper or answer beside which a reason was written."""
    definition = services().definitions.by_hash(found.definition)
    return tuple(
        SupplementItem(target=target, reason=reason, name=name.split(": ", 1)[-1])
        for target, name in supplement_targets(found, definition)
        if (reason := request.form.get(f"reason.{target}", "").strip())
    )


def _version() -> int | None:
    """What the person's page showed; the kernel refuses a command made on an older state."""
    return request.form.get("version", type=int)


def run(slug: str, dossier_id: str, command: Command, said: str) -> Answer:
    """Carry out a command of the posted form; back to the dossier, or to it with the refusal and what was typed."""
    found = dossier_here(slug, dossier_id)
    actor = current_actor()
    try:
        after = services().dossiers.execute(
            found.id, command, actor, command_id=command_id(), expected_version=_version()
        )
    except Refused as refusal:
        sentence = _stale(slug, dossier_id) if refusal.code == "stale" else refusal.sentence()
        return refused(slug, dossier_id, sentence, 409)
    flash(said)
    if not may_read(after, actor):  # asked about it, and with this answer it has ended
        return redirect(url_for("workspace.home", slug=slug))
    return redirect(url_for("workspace.dossier", slug=slug, dossier_id=dossier_id))


def _stale(slug: str, dossier_id: str) -> str:
    """What somebody else did meanwhile; the page that comes back shows it already."""
    last = dossier_here(slug, dossier_id).history[-1]
    return (
        f"Hồ sơ vừa được cập nhật ở nơi khác: {last.actor.name or 'Hệ thống'}, lúc {instant_text(last.at)}. "
        "Trang này đã là bản mới nhất; ông/bà xem lại rồi bấm lần nữa."
    )


def refused(slug: str, dossier_id: str, sentence: str, status: int) -> tuple[str, int]:
    typed = {key: value for key, value in request.form.items() if not key.startswith(("csrf", "command"))}
    page = show_dossier(agency_here(slug), dossier_here(slug, dossier_id), problem=sentence, typed=typed)
    return page, status
