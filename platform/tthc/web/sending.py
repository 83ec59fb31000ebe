"""Files that go along with a form, sent in parts before the form is: a field's, a draft, a result, minutes (Đ10.1b).

What has arrived waits under the form's own name for it (`place`) until the form names it (`tthc.web.sent_files`), at most a
day. A place says nothing but where the same file goes on; whoever sends reaches their own uploads alone.
"""

import re
from typing import Final

from flask import Blueprint, abort, jsonify, url_for
from werkzeug.wrappers import Response as BaseResponse

from forms.attachments import UploadError, accept
from tthc.portal.transfers import Transfer
from tthc.services import services
from tthc.web import tus
from tthc.web.access import access
from tthc.web.uploads import IMAGES_AND_PDF, MAX_UPLOAD_BYTES

blueprint = Blueprint("sending", __name__, url_prefix="/tai-len/<place>")
blueprint.after_request(tus.speak)
_PLACE: Final = re.compile(r"[\w.~-]{1,200}")


def parts_url(*place: str) -> str:
    """The address that takes a file of this place in parts."""
    return url_for("sending.begin", place="~".join(place))


@blueprint.post("/tung-phan")
@access("signed_in")
def begin(place: str) -> tus.Answer:
    if not _PLACE.fullmatch(place):
        abort(404)
    return tus.begin(place, "", lambda transfer: url_for(".part", place=place, transfer_id=transfer.id))


@blueprint.route("/tung-phan/<transfer_id>", methods=["GET", "HEAD", "PATCH", "DELETE"])
@access("signed_in")
def part(place: str, transfer_id: str) -> BaseResponse:
    return tus.part(transfer_id, place)


@blueprint.post("/tung-phan/<transfer_id>/xong")
@access("signed_in")
def finish(place: str, transfer_id: str) -> tus.Answer:
    """It is whole, and of a kind that is taken at all: `{id, name, size, sha256}`, `id` for the form to name. The form's own
    conditions, and malware, are judged with the form. 422 `{error}`: it is not taken; its parts are thrown away.
    """
    transfer = tus.found(transfer_id, place)
    if transfer.done:
        return _told(transfer, transfer.done["sha256"])
    try:
        data = tus.content(transfer)
        found = accept(
            data, transfer.name, transfer.mimetype, kinds=IMAGES_AND_PDF, max_bytes=MAX_UPLOAD_BYTES
        )
    except UploadError as error:
        services().transfers.drop(transfer)
        return jsonify(error=str(error)), 422
    return _told(transfer, found.sha256)


def _told(transfer: Transfer, sha256: str) -> BaseResponse:
    return jsonify(id=transfer.id, name=transfer.name, size=transfer.size, sha256=sha256)
