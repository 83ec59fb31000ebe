"""A file of an application as pages and scripts are told of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for

from forms.legibility import HINTS
from rules.i18n import gettext, noted
from tthc.dossiers.state import FileRef
from tthc.portal.filling import Filling
from tthc.services import Services

STANDINGS: Mapping[str, str] = {
    "waiting": noted("Đang kiểm tra mã độc"),
    "infected": noted("Bị chặn vì có mã độc, phải gửi tệp khác"),
}


def hints(services: Services, files: Sequence[FileRef]) -> Mapping[str, tuple[str, ...]]:
    """By SHA-256, what may make a photograph hard to read, as sentences."""
    noted = services.files.doubts(file.sha256 for file in files if file.kind != "pdf")
    return {
        sha256: tuple(gettext(HINTS[key]) for key in keys if key in HINTS) for sha256, keys in noted.items()
    }


def told(
    services: Services, filling: Filling, paper_id: str, file: FileRef, *, tray: bool, slug: str = ""
) -> dict[str, Any]:
    """The answer to a script that sent the file (`js/upload.js`). `slug`: of the agency at whose counter it was scanned."""
    at: dict[str, Any] = {
        "application_id": filling.application.id,
        "paper_id": paper_id,
        "sha256": file.sha256,
        **({"slug": slug} if slug else {}),
    }
    standing = services.files.standings([file.sha256]).get(file.sha256, "")
    where = "arranging" if tray else "uploads"
    view, remove = ("counter.view", "counter.unscan") if slug else (f"{where}.view", f"{where}.remove")
    return {
        "name": file.name,
        "size": file.size,
        "sha256": file.sha256,
        "kind": file.kind,
        "view": "" if standing else url_for(view, **at),
        "remove": url_for(remove, **at),
        "state": gettext(STANDINGS.get(standing, "")),
        "hints": list(hints(services, [file]).get(file.sha256, ())),
    }
