"""The paper original and the hand-over on the dossier's own page (Đ12.3)."""

from flask import Blueprint, request

from tthc.dossiers.commands import HandOver, MoveOriginal, TakeOver
from tthc.onestop.action_routes import Answer, run
from tthc.onestop.workspace_routes import own_dossier_here
from tthc.web.access import access

blueprint = Blueprint("custody", __name__, url_prefix="/motcua/<slug>/ho-so/<dossier_id>")


@blueprint.post("/ban-giao")
@access("staff:tiep_nhan")
def give(slug: str, dossier_id: str) -> Answer:
    note = request.form.get("note", "").strip()[:500]
    return run(slug, dossier_id, HandOver(note=note), "Đã bàn giao hồ sơ.")


@blueprint.post("/nhan-ban-giao")
@access("staff")
def take(slug: str, dossier_id: str) -> Answer:
    return run(slug, dossier_id, TakeOver(), "Đã nhận bàn giao hồ sơ.")


@blueprint.post("/ban-giay")
@access("staff")
def move(slug: str, dossier_id: str) -> Answer:
    """`to`: a place, or `place:account` for a colleague there."""
    own_dossier_here(slug, dossier_id)
    place, _, account = request.form.get("to", "").partition(":")
    command = MoveOriginal(
        place,
        assignee=account or None,
        receiver=request.form.get("receiver", "").strip()[:200],
        note=request.form.get("note", "").strip()[:500],
    )
    return run(slug, dossier_id, command, "Đã ghi nơi giữ bản giấy.")
