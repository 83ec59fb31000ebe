"""Uploads in parts by tus 1.0.0 (creation, checksum, termination, expiration): the protocol, for every place that takes files.

A part is kept or it is not: a connection cut in the middle of one costs that part alone. What becomes of the whole is each
place's own: a paper of an application (`tthc.portal.transfer_routes`), a scan at the counter (`tthc.onestop.scan_routes`), a
file that goes along with a form (`tthc.web.sending`).
"""

import base64
import binascii
import hashlib
from collections.abc import Callable, Mapping
from datetime import timedelta
from email.utils import format_datetime
from typing import Any, Final

from flask import Response, abort, jsonify, make_response, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from forms.attachments import UploadError
from rules.i18n import gettext
from tthc.accounts.session import current_account
from tthc.portal.transfers import LASTS, LEAST_PART, MOST_PART, Transfer
from tthc.services import services
from tthc.web.uploads import MAX_UPLOAD_BYTES

VERSION: Final = "1.0.0"
OFFSET: Final = "application/offset+octet-stream"
_HEXADECIMAL: Final = frozenset("0123456789abcdef")

Answer = BaseResponse | tuple[BaseResponse, int]


class ChecksumMismatchError(HTTPException):
    """tus: the part did not arrive as it was sent; the same part is to be sent again."""

    code = 460
    description = "Phần vừa gửi bị sai trên đường truyền; hệ thống sẽ gửi lại."  # vi: read by programs alone

    @property
    def name(self) -> str:
        return "Checksum Mismatch"


def speak(response: Response) -> Response:
    """What every answer carries: for a blueprint's `after_request`."""
    response.headers["Tus-Resumable"] = VERSION
    response.headers["Cache-Control"] = "no-store"
    return response


def begin(
    application: str,
    paper: str,
    url: Callable[[Transfer], str],
    *,
    tray: bool = False,
    room: Callable[[int, str], None] = lambda _size, _sha256: None,
) -> Answer:
    """A place to send parts to; the one there is for what was broken off. 201 with `Location` and `Upload-Offset`, 422
    `{error}`. `room`: raises UploadError where a file of that size and checksum has no place.
    """
    size = _number("Upload-Length")
    told_of = _metadata(request.headers.get("Upload-Metadata", ""))
    s = services()
    try:
        _require_size(size)
        sha256 = _digest(told_of.get("sha256", ""))
        room(size, sha256)
        transfer = s.transfers.begin(
            owner=current_account().key,
            application=application,
            paper=paper,
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
    response.headers["Location"] = url(transfer)
    return _at(response, transfer)


def found(transfer_id: str, application: str) -> Transfer:
    """One's own upload; 404 for any other."""
    transfer = services().transfers.get(transfer_id, current_account().key, application)
    if transfer is None:
        abort(404, gettext("Lần tải này không còn; ông/bà chọn lại tệp."))
    return transfer


def part(transfer_id: str, application: str) -> BaseResponse:
    """HEAD: how much has arrived. PATCH: one part more. DELETE: it is no longer wanted."""
    transfer = found(transfer_id, application)
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
        abort(_at(make_response("", 409), found(transfer_id, application)))
    return _at(make_response("", 204), longer)


def finish(
    transfer: Transfer,
    take: Callable[[bytes], Mapping[str, Any]],
    again: Callable[[Mapping[str, Any]], Mapping[str, Any]],
) -> Answer:
    """All parts have arrived. `take`: judges the content and puts it in its place, or raises UploadError: 422 `{error}`, and
    the parts are thrown away; `again`: what to answer, from what is remembered of it, however often it is asked for.
    """
    s = services()
    if transfer.done:
        return jsonify(again(transfer.done))
    try:
        done = take(content(transfer))
    except UploadError as error:
        s.transfers.drop(transfer)
        return jsonify(error=str(error)), 422
    s.transfers.finish(transfer, done, s.clock.now())
    return jsonify(again(done))


def _require_size(size: int) -> None:
    if size > MAX_UPLOAD_BYTES:
        raise UploadError(
            gettext(
                "Tệp vượt {most} MB. Quét hoặc chụp ở độ nét vừa phải, hoặc tách thành nhiều tệp."
            ).format(most=MAX_UPLOAD_BYTES // 1024 // 1024)
        )
    if size == 0:
        raise UploadError(gettext("Tệp rỗng. Mở lại tệp trên máy để xem có nội dung, rồi tải lên lần nữa."))


def content(transfer: Transfer) -> bytes:
    """All of it; 409 where parts are lacking. Raises UploadError where it is not what was said."""
    if not transfer.whole:
        abort(_at(make_response("", 409), transfer))
    data = services().transfers.content(transfer)
    if transfer.sha256 and hashlib.sha256(data).hexdigest() != transfer.sha256:
        raise UploadError(gettext("Tệp không lên được nguyên vẹn. Ông/bà chọn lại tệp rồi tải lên lần nữa."))
    return data


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
