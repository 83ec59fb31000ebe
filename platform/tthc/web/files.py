"""Handing a stored file to somebody who may have it. Its bytes are checked against its checksum on every reading."""

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from flask import Response
from werkzeug.http import dump_options_header

from definitions.model import Definition
from forms.uploads import held_files
from rules.workflow.model import APPLICANT
from tthc.dossiers.state import ISSUED, Dossier, FileRef
from tthc.services import Services

_TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}


def send_stored(services: Services, file: FileRef) -> Response:
    """Shown in place, as the kind its content proved to be, never as anything a browser would run."""
    return send_bytes(services.files.read(file.sha256), _TYPES[file.kind], file.name)


def send_bytes(data: bytes, mimetype: str, name: str) -> Response:
    response = Response(data, mimetype=mimetype)
    response.headers["Content-Disposition"] = disposition("inline", name)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def disposition(how: str, name: str) -> str:
    """The header's value: a name of other letters goes along encoded (RFC 6266), since no server sends it as it is."""
    plain = unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D"))  # vi: letters
    options = {"filename": plain.encode("ascii", "ignore").decode()}
    if options["filename"] != name:
        options["filename*"] = f"UTF-8''{quote(name, safe='')}"
    return dump_options_header(how, options)


def answered_file(file: Mapping[str, Any], at: datetime, by: str) -> FileRef:
    """A file that answers a field, as the stored file it is."""
    return FileRef(file["sha256"], file["name"], file["size"], file["kind"], at, by)


def find_file(
    found: Dossier, definition: Definition, sha256: str, *, for_applicant: bool = False
) -> FileRef | None:
    """A file of the dossier. The applicant sees what they handed in, drafts they were asked about, and what was
    issued to them once the dossier has ended.
    """
    files = [file for paper in found.papers for file in paper.files]
    files += [
        answered_file(file, found.submitted_at, found.owner or "")
        for _path, file in held_files(definition.fields, found.answers or {})
    ]
    waits = any(task.function == APPLICANT for task in found.tasks)
    for document in found.documents:
        if document.file is None:
            continue
        own = document.by == found.owner
        asked = document.kind == "draft" and found.supplement is None and waits
        if not for_applicant or asked or own or (document.kind in ISSUED and found.closed):
            files.append(document.file)
    return next((file for file in files if file.sha256 == sha256), None)


def in_sensitive_paper(found: Dossier, definition: Definition, sha256: str) -> bool:
    """Whether reading this file is reading a sensitive paper."""
    sensitive = {paper.id for paper in definition.attachments if paper.sensitive}
    return any(
        file.sha256 == sha256 for paper in found.papers if paper.paper_id in sensitive for file in paper.files
    )
