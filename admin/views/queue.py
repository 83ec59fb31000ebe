"""The review desk's queue: what waits, by the working time left of the three days (Đ9.3b); both sides see the same clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flask import request, url_for
from flask_admin import expose

from admin.listing import PAGE, Row, names, rows
from admin.views.base import ADMINS, PUBLISHERS, REVIEWERS, WRITERS, Page, may
from definitions.lifecycle import State, Version
from definitions.review_time import left, registered_at, tally
from rules.calendar import Calendar, local
from tthc.accounts.session import current_account
from tthc.services import services

FILTERS: Final[Mapping[str, tuple[str, tuple[State, ...], str]]] = {
    "": ("Chờ thẩm định", (State.REGISTERED,), "Không có bản nào đang chờ thẩm định"),
    "da-duyet": ("Đã duyệt, chờ công bố", (State.APPROVED,), "Không có bản nào chờ công bố"),
    "da-tra-lai": ("Đã trả lại", (State.RETURNED,), "Không có bản nào đang được trả lại"),
    "cua-toi": (
        "Của tôi",
        (State.REGISTERED, State.APPROVED, State.RETURNED),
        "Ông/bà chưa đăng ký hay thẩm định bản nào còn dở",
    ),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row. `left`: working time, `tone` of its badge; `registered`: «19/11/2026 10:00» as a moment; `open`: remarks not settled."""

    row: Row
    registered: datetime | None
    left: str
    tone: str
    reviewer: str
    open: int


class Queue(Page):
    """/quan-tri/tham-dinh: reviewers, publishers and administrators see everybody's, an author his own."""

    rules = (WRITERS, REVIEWERS, PUBLISHERS, ADMINS)

    @expose("/")
    def index(self) -> str:
        s, me = services(), current_account().key
        chosen = request.args.get("loc", "")
        if chosen not in FILTERS:
            chosen = ""
        everybody = may(REVIEWERS) or may(PUBLISHERS) or may(ADMINS)
        now, calendar = s.clock.now(), s.calendar("")

        def of(key: str) -> tuple[Version, ...]:
            return tuple(
                version
                for version in s.definitions.in_state(*FILTERS[key][1])
                if (everybody and key != "cua-toi") or me in {version.author, version.reviewer}
            )

        found = {key: of(key) for key in FILTERS}
        versions = found[chosen][:PAGE]
        counts, who = s.remarks.open_counts([version.id for version in versions]), names(s)
        every = s.definitions.in_state(*State)
        mine = every if everybody else tuple(v for v in every if v.author == me)
        return self.show(
            "admin/queue.html",
            chips=[
                {
                    "label": label,
                    "url": url_for(".index", loc=key or None),
                    "current": key == chosen,
                    "count": len(found[key]),
                }
                for key, (label, _, _) in FILTERS.items()
            ],
            mixed=len(FILTERS[chosen][1]) > 1,
            nothing=FILTERS[chosen][2],
            waiting=[
                Waiting(
                    row,
                    registered_at(row.version),
                    *_clock(row.version, now, calendar),
                    who(row.version.reviewer) if row.version.reviewer else "",
                    counts.get(row.version.id, 0),
                )
                for row in rows(s, versions)
            ],
            more=len(found[chosen]) - len(versions),
            overdue=sum(v.due is not None and v.due < now for v in found[""]),
            tally=tally(mine, now.year, calendar),
            year=now.year,
            everybody=everybody,
        )


def _clock(version: Version, now: datetime, calendar: Calendar) -> tuple[str, str]:
    """What is left, and its tone: «còn 1 ngày 3 giờ làm việc», «hôm nay, còn 2 giờ làm việc», «quá hạn 1 ngày làm việc»."""
    words, end = left(version, now, calendar), version.due
    if end is None or not words:
        return "", ""
    if now > end:
        return words, "bad"
    return (f"hôm nay, {words}", "warn") if local(now).date() == end.date() else (words, "ok")
