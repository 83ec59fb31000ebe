"""Scans of a paper dossier that go up in parts (Đ12.1b): a large one over a commune's line survives a cut."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask import Blueprint, url_for
from werkzeug.wrappers import Response as BaseResponse

from tthc.dossiers.state import FileRef
from tthc.onestop.counter_routes import filling_here, paper_here
from tthc.portal.keeping import keep, put_in_place, require_room
from tthc.portal.told_files import told
from tthc.services import services
from tthc.web import tus
from tthc.web.access import access

blueprint = Blueprint("scans", __name__, url_prefix="/motcua/<slug>/tiep-nhan/them-moi/<application_id>")
blueprint.after_request(tus.speak)


@blueprint.post("/giay-to/<paper_id>/tung-phan")
@access("staff:tiep_nhan")
def begin(slug: str, application_id: str, paper_id: str) -> tus.Answer:
    filling = filling_here(slug, application_id)
    paper, s = paper_here(filling, paper_id), services()
    return tus.begin(
        application_id,
        paper_id,
        lambda one: url_for(".part", slug=slug, application_id=application_id, transfer_id=one.id),
        room=lambda size, sha256: require_room(s, filling, paper, tray=False, size=size, sha256=sha256),
    )


@blueprint.route("/tung-phan/<transfer_id>", methods=["GET", "HEAD", "PATCH", "DELETE"])
@access("staff:tiep_nhan")
def part(slug: str, application_id: str, transfer_id: str) -> BaseResponse:  # noqa: ARG001 - the agency is checked
    return tus.part(transfer_id, application_id)


@blueprint.post("/tung-phan/<transfer_id>/xong")
@access("staff:tiep_nhan")
def finish(slug: str, application_id: str, transfer_id: str) -> tus.Answer:
    transfer = tus.found(transfer_id, application_id)
    filling = filling_here(slug, application_id)
    paper, s = paper_here(filling, transfer.paper), services()

    def take(data: bytes) -> Mapping[str, Any]:
        name, mimetype = transfer.name, transfer.mimetype
        return asdict(keep(s, filling, paper, tray=False, data=data, name=name, mimetype=mimetype))

    def again(done: Mapping[str, Any]) -> Mapping[str, Any]:
        file = FileRef(**done)
        put_in_place(s, filling, paper.id, file, tray=False)
        return told(s, filling, paper.id, file, tray=False, slug=slug)

    return tus.finish(transfer, take, again)
