"""What all pages of one version share: the version with its text, the head, and the row of tabs."""

from dataclasses import dataclass
from typing import Any, Final

from flask import abort, url_for

from admin import texts
from admin.listing import Row, rows, shorten
from admin.views.base import WRITERS, may
from definitions.lifecycle import Version
from definitions.loader import Loaded
from definitions.review_time import left
from rules.calendar import Calendar
from tthc.accounts.session import current_account
from tthc.services import services

TABS: Final = (
    ("versions.overview", "Tổng quan"),
    ("versions.page", "Trang thủ tục"),
    ("versions.form", "Biểu mẫu"),
    ("versions.documents", "Văn bản in"),
    ("trying.start", "Chạy thử"),
    ("trying.coverage", "Độ phủ"),
    ("workflow.tab", "Quy trình"),
    ("pieces.pieces", "Bảng và điều kiện"),
    ("versions.text", "Nội dung"),
    ("versions.changes", "So sánh"),
    ("versions.impact", "Tác động"),
    ("comments.index", "Góp ý"),
    ("reviewing.desk", "Thẩm định"),
)


FOR_WRITERS: Final = frozenset({"pieces.pieces"})


@dataclass(frozen=True, slots=True)
class Shown:
    """A version with its text and what the text comes to."""

    version: Version
    row: Row
    text: str
    loaded: Loaded

    @property
    def at(self) -> dict[str, Any]:
        """What an address of one of its pages is made with."""
        return {"code": self.version.procedure, "version_id": self.version.id}


def open_version(code: str, version_id: str) -> Shown:
    """That version; answers 404 where there is none."""
    s = services()
    version = s.definitions.version(code, version_id)
    if version is None:
        abort(404)
    text = s.definitions.text(version)
    return Shown(version, rows(s, [version])[0], text, texts.loaded(version.text, text, f"{code}.yaml"))


def frame(shown: Shown, endpoint: str) -> dict[str, Any]:
    """The context of `admin/version.html`, the tab of that endpoint being open."""
    s, version = services(), shown.version
    counts = {"comments.index": s.remarks.open_counts([version.id]).get(version.id, 0)}
    return {
        "shown": shown,
        "version": version,
        "row": shown.row,
        "at": shown.at,
        "review_left": left(version, s.clock.now(), s.calendar("")),
        "tabs": [
            {
                "label": label,
                "url": url_for(name, **shown.at),
                "current": name == endpoint,
                "count": counts.get(name),
            }
            for name, label in TABS
            if name not in FOR_WRITERS or may(WRITERS)
        ],
        "breadcrumbs": [
            ("Bản cấu hình thủ tục", url_for("definitions.index")),
            (shorten(shown.row.name), None),
        ],
    }


def own_calendar() -> Calendar:
    """That of whoever looks: the province's, unless they belong to an agency."""
    return services().calendar(current_account().agency or "")
