"""One version with what its text comes to, and the frame in which every tab shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, url_for

from admin import texts
from admin.listing import Row, rows, shorten
from definitions.lifecycle import Version
from definitions.loader import Loaded
from rules.calendar import Calendar
from tthc.accounts.session import current_account
from tthc.services import services


@dataclass(frozen=True, slots=True)
class Shown:
    """A version with its text and what the text comes to."""

    version: Version
    row: Row
    text: str
    loaded: Loaded


def shown_version(code: str, version_id: str) -> Shown:
    """404 where there is none."""
    s = services()
    version = s.definitions.version(code, version_id)
    if version is None:
        abort(404)
    text = s.definitions.text(version)
    return Shown(version, rows(s, [version])[0], text, texts.loaded(version.text, text, f"{code}.yaml"))


def framed(current: str, shown: Shown, tabs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """What `admin/version.html` needs. `tabs`: (page of the versions' view, or endpoint of another; label)."""
    at: dict[str, Any] = {"code": shown.version.procedure, "version_id": shown.version.id}
    return {
        "shown": shown,
        "version": shown.version,
        "row": shown.row,
        "at": at,
        "tabs": [
            {
                "label": label,
                "url": url_for(name if "." in name else f"versions.{name}", **at),
                "current": name == current,
            }
            for name, label in tabs
        ],
        "breadcrumbs": [
            ("Bản cấu hình thủ tục", url_for("definitions.index")),
            (shorten(shown.row.name), None),
        ],
    }


def own_calendar() -> Calendar:
    """That of whoever looks: the province's, unless they belong to an agency."""
    return services().calendar(current_account().agency or "")
