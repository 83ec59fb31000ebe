"""Taking work, giving it back; and for several dossiers of a list at once, each on its own (Đ13 đầu, Đ13.2)."""

import uuid
from collections.abc import Callable

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response as BaseResponse

from tthc.accounts.session import current_actor
from tthc.dossiers.commands import Claim, Command, GiveBack, Reassign
from tthc.dossiers.refusals import Refused
from tthc.onestop import inboxes
from tthc.onestop.action_routes import Answer, run
from tthc.onestop.here import agency_here
from tthc.onestop.list_page import show_list
from tthc.services import services
from tthc.web.access import access
from tthc.web.idempotency import command_id

blueprint = Blueprint("claims", __name__, url_prefix="/motcua/<slug>")

MOST = 50


@blueprint.post("/ho-so/<dossier_id>/viec/<token>/nhan")
@access("staff")
def claim(slug: str, dossier_id: str, token: str) -> Answer:
    return run(slug, dossier_id, Claim(token), "Ông/bà đã nhận việc này.")


@blueprint.post("/ho-so/<dossier_id>/viec/<token>/tra-lai")
@access("staff")
def give_back(slug: str, dossier_id: str, token: str) -> Answer:
    command = GiveBack(token, request.form.get("reason", "").strip())
    return run(slug, dossier_id, command, "Đã trả lại việc; đồng nghiệp cùng chức năng nhận được.")


@blueprint.post("/hop/<inbox_id>/da-chon")
@access("staff")
def batch(slug: str, inbox_id: str) -> BaseResponse | tuple[str, int]:
    """What was ticked in a list: taken by oneself, or given to somebody; the list again, with each dossier's outcome."""
    agency, actor = agency_here(slug), current_actor()
    inbox = inboxes.find(inbox_id, actor)
    if inbox is None:
        abort(404)
    form = request.form
    chosen = list(dict.fromkeys(form.getlist("chosen")))[:MOST]
    made: Callable[[str], Command] | None = None
    if form.get("act") == "nhan":
        made = Claim
    elif form.get("act") == "giao":
        assignee, reason = form.get("assignee", ""), form.get("reason", "").strip()
        made = lambda token: Reassign(token, assignee, reason)  # noqa: E731 — one of two ways to make a command
    if made is None:
        abort(400)
    outcomes = [_one(each, made) for each in chosen]
    if not outcomes:
        outcomes = [("Chưa chọn hồ sơ nào", "đánh dấu ít nhất một hồ sơ ở cột đầu.", False)]
    return show_list(agency, actor, inbox, outcomes), 200 if all(o[2] for o in outcomes) else 409


def _one(ticked: str, made: Callable[[str], Command]) -> tuple[str, str, bool]:
    """One dossier of the batch: its number, what became of it, whether it was done. `ticked`: `dossier:task:version`."""
    s, actor = services(), current_actor()
    dossier_id, _, rest = ticked.partition(":")
    token, _, version = rest.partition(":")
    found = s.dossiers.read(dossier_id, actor)
    if found is None or not version.isdecimal():
        return "Hồ sơ không rõ", "không tìm thấy trong cơ quan này.", False
    number = found.code or found.reference
    # one press is one command for each dossier, however often it comes
    once = uuid.uuid5(uuid.UUID(command_id()), dossier_id).hex
    try:
        after = s.dossiers.execute(
            dossier_id, made(token), actor, command_id=once, expected_version=int(version)
        )
    except Refused as refusal:
        return number, refusal.sentence(), False
    task = after.task(token)
    return number, f"{task.name}: {task.assignee_name}." if task else "đã ghi nhận.", True
