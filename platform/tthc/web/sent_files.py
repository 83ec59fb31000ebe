"""The files that came with a posted form: chosen in it, or sent in parts before it and named by it (`tthc.web.sending`)."""

import io
from typing import Final

from flask import Response, after_this_request, request
from werkzeug.datastructures import FileStorage

from tthc.accounts.session import current_account
from tthc.dossiers.files import FileDamagedError, FileMissingError
from tthc.portal.transfers import Transfer
from tthc.services import services

UP: Final = "_up."
"""Before the name of the form's box for files: ids of what was sent in parts (js/upload.js)."""
MOST: Final = 20


def sent_files(name: str) -> list[FileStorage]:
    """Those of one box, each as if it had come with the form; what somebody else sent, or what is gone, is not among them."""
    chosen = [file for file in request.files.getlist(name) if file.filename]
    s, owner = services(), current_account().key
    arrived = [s.transfers.arrived(each, owner) for each in request.form.getlist(UP + name)[:MOST]]
    named = [(one, _content(one)) for one in arrived if one is not None]
    taken = [(one, data) for one, data in named if data is not None]
    if taken:
        _afterwards([one for one, _ in taken], owner)
    return [
        *chosen,
        *(FileStorage(io.BytesIO(data), one.name, name, one.mimetype or None) for one, data in taken),
    ]


def _content(transfer: Transfer) -> bytes | None:
    """From its parts; from the store where a form took it before, so that a form sent twice says the same twice."""
    s = services()
    if not transfer.done:
        return s.transfers.content(transfer)
    try:
        return s.files.read(transfer.done["sha256"], held=True)
    except (FileMissingError, FileDamagedError):
        return None


def _afterwards(transfers: list[Transfer], owner: str) -> None:
    """A form that was taken needs the parts no more; one that was refused may be sent again with the same files."""

    @after_this_request
    def done_with(response: Response) -> Response:
        if response.status_code < 400:
            s = services()
            for one in transfers:
                if s.files.sent_by(one.sha256, owner):
                    s.transfers.finish(one, {"sha256": one.sha256}, s.clock.now())
                else:  # not taken, which the page tells
                    s.transfers.drop(one)
        return response
