"""From an uploaded file to a stored one: read with a bound, judged by content, kept by checksum (Đ9.1e, Đ10.1b)."""

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime

from flask import request
from werkzeug.datastructures import FileStorage

from forms.attachments import UploadError, accept
from forms.file_kinds import FileKind
from forms.legibility import doubts
from rules.i18n import gettext, ngettext
from tthc.dossiers.state import FileRef
from tthc.services import Services

MAX_UPLOAD_BYTES = 10 * 1024 * 1024
IMAGES_AND_PDF = frozenset(FileKind)


def taken(accept: Sequence[str]) -> frozenset[FileKind]:
    """The kinds of files a paper names; all of them where it names none."""
    return frozenset(FileKind(kind) for kind in accept) or IMAGES_AND_PDF


def store_upload(
    sent: FileStorage,
    services: Services,
    now: datetime,
    by: str,
    *,
    kinds: frozenset[FileKind] = IMAGES_AND_PDF,
) -> FileRef:
    """Check and keep one file.

    Raises:
        UploadError: a sentence for the person who sent it; nothing was stored.
    """
    data = read_upload(sent)
    return keep_bytes(data, sent.filename or "", sent.mimetype or "", services, now=now, by=by, kinds=kinds)


def keep_bytes(
    data: bytes,
    name: str,
    mimetype: str,
    services: Services,
    *,
    now: datetime,
    by: str,
    kinds: frozenset[FileKind] = IMAGES_AND_PDF,
) -> FileRef:
    """The same for a file that came in parts. What makes a photograph hard to read is noted beside it.

    Raises:
        UploadError: a sentence for the person who sent it; nothing was stored.
    """
    accepted = accept(data, name, mimetype, kinds=kinds, max_bytes=MAX_UPLOAD_BYTES)
    file = services.files.put(data, name=accepted.name, kind=str(accepted.kind), now=now, by=by)
    if accepted.kind is not FileKind.PDF:
        services.files.note(file.sha256, doubts(data))
    return file


def read_upload(sent: FileStorage) -> bytes:
    """At most one byte more than is taken, which is enough to refuse it."""
    with closing(sent):
        return sent.stream.read(MAX_UPLOAD_BYTES + 1)


def chosen_files(name: str, room: int) -> list[FileStorage]:
    """The files that were chosen in a posted form; `room`: how many more are taken.

    Raises:
        UploadError: none was, or too many.
    """
    sent = [file for file in request.files.getlist(name) if file.filename]
    if not sent:
        raise UploadError(gettext("Chọn một tệp trước khi tải lên."))
    if len(sent) > room:
        raise UploadError(
            ngettext(
                "Loại giấy tờ này chỉ nhận thêm được {n} tệp; gộp các trang vào một tệp .pdf rồi tải lên.",
                "Loại giấy tờ này chỉ nhận thêm được {n} tệp; gộp các trang vào một tệp .pdf rồi tải lên.",
                room,
            ).format(n=room)
        )
    return sent
