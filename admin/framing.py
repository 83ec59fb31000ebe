"""Head and tabs of a version, for pages about it that are views of their own."""

from typing import Any

from flask import url_for

from admin import version_page
from admin.listing import shorten
from admin.version_page import Shown


def frame(shown: Shown, current: str, page: str) -> dict[str, Any]:
    """What `admin/version.html` draws around a page that belongs to the tab `current`."""
    crumbs: list[tuple[str, str | None]] = [
        ("Bản cấu hình thủ tục", url_for("definitions.index")),
        (shorten(shown.row.name), url_for("versions.overview", **shown.at)),
        (page, None),
    ]
    return {**version_page.frame(shown, f"versions.{current}"), "breadcrumbs": crumbs}
