"""Head and tabs of a version, for pages about it that are views of their own."""

from typing import Any

from flask import url_for

from admin.listing import shorten
from admin.views.versions import TABS, Shown


def frame(shown: Shown, current: str, page: str) -> dict[str, Any]:
    """What `admin/version.html` draws around a page that belongs to the tab `current`."""
    at: dict[str, Any] = {"code": shown.version.procedure, "version_id": shown.version.id}
    crumbs: list[tuple[str, str | None]] = [
        ("Bản cấu hình thủ tục", url_for("definitions.index")),
        (shorten(shown.row.name), url_for("versions.overview", **at)),
        (page, None),
    ]
    return {
        "shown": shown,
        "version": shown.version,
        "row": shown.row,
        "at": at,
        "tabs": [
            {"label": label, "url": url_for(f"versions.{view}", **at), "current": view == current}
            for view, label in TABS
        ],
        "breadcrumbs": crumbs,
    }
