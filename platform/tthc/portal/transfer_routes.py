"""Papers and photographs of an application that go up in parts; what was broken off goes on (Đ10.1b).

The upload becomes a file of its paper by a request of its own, which may be repeated until its answer arrives.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask import Blueprint, abort, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from definitions.model import PaperDue
from tthc.dossiers.state import FileRef
from tthc.portal.apply_routes import _filling
from tthc.portal.filling import Filling
from tthc.portal.keeping import keep, place_of, put_in_place, require_room
from tthc.portal.told_files import told
from tthc.services import services
from tthc.web import tus
from tthc.web.access import access

blueprint = Blueprint("transfers", __name__, url_prefix="/nop-ho-so/<application_id>")
blueprint.after_request(tus.speak)


@blueprint.post("/giay-to/<paper_id>/tung-phan", defaults={"tray": False})
@blueprint.post("/giay-to/<paper_id>/ghep-anh/tung-phan", defaults={"tray": True})
@access("citizen")
def begin(application_id: str, paper_id: str, *, tray: bool) -> tus.Answer:
    filling = _filling(application_id)
    paper = _paper(filling, paper_id)
    return tus.begin(
        application_id,
        paper_id,
        lambda transfer: url_for(".part", application_id=application_id, transfer_id=transfer.id),
        tray=tray,
        room=lambda size, sha256: require_room(
            services(), filling, paper, tray=tray, size=size, sha256=sha256
        ),
    )


@blueprint.route("/tung-phan/<transfer_id>", methods=["GET", "HEAD", "PATCH", "DELETE"])
@access("citizen")
def part(application_id: str, transfer_id: str) -> BaseResponse:
    return tus.part(transfer_id, application_id)


@blueprint.post("/tung-phan/<transfer_id>/xong")
@access("citizen")
def finish(application_id: str, transfer_id: str) -> tus.Answer:
    """The file is judged and takes its place."""
    transfer = tus.found(transfer_id, application_id)
    filling = _filling(application_id)
    paper, s = _paper(filling, transfer.paper), services()

    def take(data: bytes) -> Mapping[str, Any]:
        name, mimetype = transfer.name, transfer.mimetype
        return asdict(keep(s, filling, paper, tray=transfer.tray, data=data, name=name, mimetype=mimetype))

    def again(done: Mapping[str, Any]) -> Mapping[str, Any]:
        file = FileRef(**done)
        put_in_place(s, filling, paper.id, file, tray=transfer.tray)
        return told(s, filling, paper.id, file, tray=transfer.tray)

    return tus.finish(transfer, take, again)


@blueprint.post("/tung-phan/<transfer_id>/bo")
@access("citizen")
def drop(application_id: str, transfer_id: str) -> BaseResponse:
    """Without script: what was broken off is no longer wanted."""
    transfer = tus.found(transfer_id, application_id)
    services().transfers.drop(transfer)
    where = "arranging.tray" if transfer.tray else "uploads.papers"
    at = {"paper_id": transfer.paper} if transfer.tray else {"_anchor": f"paper-{transfer.paper}"}
    return redirect(url_for(where, application_id=application_id, **at))  # type: ignore[arg-type]


def _paper(filling: Filling, paper_id: str) -> PaperDue:
    paper = place_of(filling, paper_id)
    if paper is None:
        abort(404)
    return paper
