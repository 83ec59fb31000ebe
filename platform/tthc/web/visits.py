"""How often the portal's pages are opened: a count a day and kind of page, of nobody (law.md 2.1.10, “thống kê truy cập”).

One number is raised; no address, account, cookie or path is kept, so nothing here can be asked for or has to be deleted.
Programs that say that they are one are not counted. A count that cannot be written is no reason not to show a page.
"""

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask import Flask, Response, request
from pymongo.database import Database
from pymongo.errors import PyMongoError

from rules.calendar import TZ
from rules.i18n import noted
from tthc.services import services

COLLECTION: Final = "visits"
KINDS: Final[Mapping[str, str]] = {
    "home": noted("Trang chủ"),
    "find": noted("Tìm, xem thủ tục và cơ quan"),
    "apply": noted("Kê khai, nộp hồ sơ"),
    "follow": noted("Theo dõi, tra cứu hồ sơ"),
    "say": noted("Phản ánh, hỏi đáp, đánh giá"),
    "figures": noted("Số liệu công khai"),
}
_KIND_OF: Final[Mapping[str, str]] = {
    "catalogue.home": "home",
    "catalogue": "find",
    "agency_pages": "find",
    "needs": "find",
    "news": "find",
    "apply": "apply",
    "uploads": "apply",
    "behalf": "apply",
    "pay": "follow",
    "mine": "follow",
    "own_papers": "follow",
    "result": "follow",
    "track": "follow",
    "ratings": "say",
    "feedback": "say",
    "public_figures": "figures",
}
_PROGRAM: Final = re.compile(r"bot\b|crawl|spider|slurp|preview|monitor|^(curl|wget|python)", re.IGNORECASE)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Day:
    """`pages`: how many of each kind of `KINDS` were opened."""

    day: date
    pages: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.pages.values())


def install(app: Flask) -> None:
    @app.after_request
    def count(response: Response) -> Response:
        kind = kind_of(request.endpoint or "")
        if kind and _opened(response):
            s = services()
            day = s.clock.now().astimezone(TZ).date()
            try:
                raise_count(s.database, day, kind)
            except PyMongoError as error:
                _log.warning("a visit was not counted: %s", type(error).__name__)
        return response


def kind_of(endpoint: str) -> str:
    """Of `KINDS`; empty for what is not a page of the portal."""
    return _KIND_OF.get(endpoint) or _KIND_OF.get(endpoint.partition(".")[0], "")


def _opened(response: Response) -> bool:
    """A whole page that somebody looks at: not a part that a script fetches, not a search engine's."""
    return (
        request.method == "GET"
        and response.status_code == 200
        and response.mimetype == "text/html"
        and request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
        and not _PROGRAM.search(request.user_agent.string)
    )


def raise_count(database: Database[dict[str, Any]], day: date, kind: str) -> None:
    database[COLLECTION].update_one({"_id": day.isoformat()}, {"$inc": {kind: 1}}, upsert=True)


def days(database: Database[dict[str, Any]], first: date, last: date) -> tuple[Day, ...]:
    """The days of a period on which somebody came, the earliest first."""
    found = database[COLLECTION].find({"_id": {"$gte": first.isoformat(), "$lte": last.isoformat()}})
    return tuple(
        Day(date.fromisoformat(row["_id"]), {kind: int(row.get(kind, 0)) for kind in KINDS})
        for row in found.sort("_id", 1)
    )


def total(found: Iterable[Day]) -> int:
    return sum(each.total for each in found)
