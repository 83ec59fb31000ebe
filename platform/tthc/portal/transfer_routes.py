"""Uploads in parts, by tus 1.0.0 (creation, checksum, termination, expiration): what was broken off goes on (Đ10.1b).

A part is kept or it is not: a connection cut in the middle of one costs that part alone. The upload becomes a file of its
paper by a request of its own, which may be repeated until its answer arrives.
"""

import base64
import binascii
import hashlib
from dataclasses import asdict
from datetime import timedelta
from email.utils import format_datetime
from typing import Final

from flask import Blueprint, Response, abort, jsonify, make_response, redirect, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from definitions.model import PaperDue
from forms.attachments import UploadError
from rules.i18n import gettext
from tthc.accounts.session import current_account
from tthc.dossiers.state import FileRef
from tthc.portal.apply_routes import _filling
from tthc.portal.filling import Filling
from tthc.portal.keeping import keep, place_of, put_in_place, require_room
from tthc.portal.told_files import told
from tthc.portal.transfers import LASTS, LEAST_PART, MOST_PART, Transfer
from tthc.services import services
from tthc.web.access import access
from tthc.web.uploads import MAX_UPLOAD_BYTES

blueprint = Blueprint("transfers", __name__, url_prefix="/nop-ho-so/<application_id>")

VERSION: Final = "1.0.0"
OFFSET: Final = "application/offset+octet-stream"
_HEXADECIMAL: Final = frozenset("0123456789abcdef")


class ChecksumMismatchError(HTTPException):
    """tus: the part did not arrive as it was sent; the same part is to be sent again."""

    code = 460
    description = "Phần vừa gửi bị sai trên đường truyền; hệ thống sẽ gửi lại."  # vi: read by programs alone

    @property
    def name(self) -> str:
        return "Checksum Mismatch"


@blueprint.after_request
def speak(response: Response) -> Response:
    response.headers["Tus-Resumable"] = VERSION
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/giay-to/<paper_id>/tung-phan", defaults={"tray": False})
@blueprint.post("/giay-to/<paper_id>/ghep-anh/tung-phan", defaults={"tray": True})
@access("citizen")
def begin(application_id: str, paper_id: str, *, tray: bool) -> BaseResponse | tuple[BaseResponse, int]:
    """A place to send parts to; the one there is for what was broken off. 201 with `Location` and `Upload-Offset`."""
    filling = _filling(application_id)
    paper = _paper(filling, paper_id)
    size = _number("Upload-Length")
    told_of = _metadata(request.headers.get("Upload-Metadata", ""))
    s = services()
    try:
        _require_size(size)
        sha256 = _digest(told_of.get("sha256", ""))
        require_room(s, filling, paper, tray=tray, size=size, sha256=sha256)
        transfer = s.transfers.begin(
            owner=current_account().key,
            application=application_id,
            paper=paper_id,
            tray=tray,
            name=told_of.get("filename", "")[:300],
            mimetype=told_of.get("filetype", "")[:100],
            size=size,
            sha256=sha256,
            now=s.clock.now(),
        )
    except UploadError as error:
        return jsonify(error=str(error)), 422
    response = make_response(jsonify(offset=transfer.offset, most=MOST_PART), 201)
    response.headers["Location"] = url_for(".part", application_id=application_id, transfer_id=transfer.id)
    return _at(response, transfer)


@blueprint.route("/tung-phan/<transfer_id>", methods=["GET", "HEAD", "PATCH", "DELETE"])
@access("citizen")
def part(application_id: str, transfer_id: str) -> BaseResponse:
    """HEAD: how much has arrived. PATCH: one part more. DELETE: it is no longer wanted."""
    transfer = _transfer(application_id, transfer_id)
    if request.method == "DELETE":
        services().transfers.drop(transfer)
        return make_response("", 204)
    if request.method != "PATCH":
        return _at(make_response("", 200), transfer)
    if request.mimetype != OFFSET:
        abort(415)
    offset, data = _number("Upload-Offset"), _body(transfer)
    if offset != transfer.offset:
        abort(_at(make_response("", 409), transfer))
    _compare(data)
    longer = services().transfers.append(transfer, offset, data, services().clock.now())
    if longer is None:  # another window was faster
        abort(_at(make_response("", 409), _transfer(application_id, transfer_id)))
    return _at(make_response("", 204), longer)


@blueprint.post("/tung-phan/<transfer_id>/xong")
@access("citizen")
def finish(application_id: str, transfer_id: str) -> BaseResponse | tuple[BaseResponse, int]:
    """All parts have arrived: the file is judged and takes its place. The answer is the same however often it is asked for.
    422 `{error}`: it is not taken; its parts are thrown away.
    """
    transfer = _transfer(application_id, transfer_id)
    filling = _filling(application_id)
    paper = _paper(filling, transfer.paper)
    if not transfer.whole:
        abort(_at(make_response("", 409), transfer))
    s = services()
    if transfer.done:
        file = FileRef(**transfer.done)
        put_in_place(s, filling, paper.id, file, tray=transfer.tray)
        return jsonify(told(s, filling, paper.id, file, tray=transfer.tray))
    data = s.transfers.content(transfer)
    try:
        _require_whole(transfer, data)
        file = keep(
            s, filling, paper, tray=transfer.tray, data=data, name=transfer.name, mimetype=transfer.mimetype
        )
    except UploadError as error:
        s.transfers.drop(transfer)
        return jsonify(error=str(error)), 422
    s.transfers.finish(transfer, asdict(file), s.clock.now())
    return jsonify(told(s, filling, paper.id, file, tray=transfer.tray))


@blueprint.post("/tung-phan/<transfer_id>/bo")
@access("citizen")
def drop(application_id: str, transfer_id: str) -> BaseResponse:
    """Without script: what was broken off is no longer wanted."""
    transfer = _transfer(application_id, transfer_id)
    services().transfers.drop(transfer)
    where = "arranging.tray" if transfer.tray else "uploads.papers"
    at = {"paper_id": transfer.paper} if transfer.tray else {"_anchor": f"paper-{transfer.paper}"}
    return redirect(url_for(where, application_id=application_id, **at))  # type: ignore[arg-type]


def _transfer(application_id: str, transfer_id: str) -> Transfer:
    found = services().transfers.get(transfer_id, current_account().key, application_id)
    if found is None:
        abort(404, gettext("Lần tải này không còn; ông/bà chọn lại tệp."))
    return found


def _require_size(size: int) -> None:
    if size > MAX_UPLOAD_BYTES:
        raise UploadError(
            gettext(
                "Tệp vượt {most} MB. Quét hoặc chụp ở độ nét vừa phải, hoặc tách thành nhiều tệp."
            ).format(most=MAX_UPLOAD_BYTES // 1024 // 1024)
        )
    if size == 0:
        raise UploadError(gettext("Tệp rỗng. Mở lại tệp trên máy để xem có nội dung, rồi tải lên lần nữa."))


def _require_whole(transfer: Transfer, data: bytes) -> None:
    if transfer.sha256 and hashlib.sha256(data).hexdigest() != transfer.sha256:
        raise UploadError(gettext("Tệp không lên được nguyên vẹn. Ông/bà chọn lại tệp rồi tải lên lần nữa."))


def _paper(filling: Filling, paper_id: str) -> PaperDue:
    paper = place_of(filling, paper_id)
    if paper is None:
        abort(404)
    return paper


def _at(response: BaseResponse, transfer: Transfer) -> BaseResponse:
    response.headers["Upload-Offset"] = str(transfer.offset)
    response.headers["Upload-Length"] = str(transfer.size)
    ends = services().clock.now() + timedelta(seconds=LASTS.total_seconds())
    response.headers["Upload-Expires"] = format_datetime(ends)
    return response


def _body(transfer: Transfer) -> bytes:
    """The part, whole; 413 where it is longer than a part or than the file may be."""
    most = min(MOST_PART, transfer.size - transfer.offset)
    data = request.stream.read(most + 1)
    if len(data) > most:
        abort(413)
    if len(data) < min(LEAST_PART, transfer.size - transfer.offset):
        abort(400)
    return data


def _compare(data: bytes) -> None:
    """`Upload-Checksum: sha256 …` where the sender could make one (a page without HTTPS cannot)."""
    name, _, value = request.headers.get("Upload-Checksum", "").partition(" ")
    if not name:
        return
    if name != "sha256":
        abort(400)
    try:
        said = base64.b64decode(value, validate=True)
    except binascii.Error:
        abort(400)
    if hashlib.sha256(data).digest() != said:
        raise ChecksumMismatchError


def _number(header: str) -> int:
    text = request.headers.get(header, "")
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        abort(400)
    return int(text)


def _metadata(text: str) -> dict[str, str]:
    """`filename dGVz,filetype aW1h` → its pairs."""
    found: dict[str, str] = {}
    for pair in filter(None, (each.strip() for each in text.split(","))):
        key, _, value = pair.partition(" ")
        try:
            found[key] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            abort(400)
    return found


def _digest(text: str) -> str:
    return text if len(text) == 64 and set(text) <= _HEXADECIMAL else ""
