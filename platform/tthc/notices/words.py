"""Words of notices that administrators wrote: dated versions, only added; without one the shipped words are used."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pymongo import ASCENDING, DESCENDING
from pymongo.database import Database
from pymongo.write_concern import WriteConcern

from rules.calendar import TZ


@dataclass(frozen=True, slots=True)
class Version:
    """`parts`: subject, portal, email, sms; `None` goes back to the shipped words. In force from `start` on."""

    start: date
    parts: Mapping[str, str] | None
    at: datetime
    by: str
    reason: str


class Words:
    """The collection `notice_words`."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._rows = database.get_collection("notice_words", write_concern=WriteConcern("majority", j=True))

    def ensure_indexes(self) -> None:
        self._rows.create_index([("template", ASCENDING), ("start", DESCENDING), ("_id", DESCENDING)])

    def parts(self, template: str, on: date) -> Mapping[str, str] | None:
        """The words in force on a day; `None` where the shipped ones are. Of one day the later version counts."""
        row = self._rows.find_one(
            {"template": template, "start": {"$lte": on.isoformat()}},
            sort=[("start", DESCENDING), ("_id", DESCENDING)],
        )
        return row["parts"] if row else None

    def versions(self, template: str) -> tuple[Version, ...]:
        """The latest first."""
        rows = self._rows.find({"template": template}).sort([("start", DESCENDING), ("_id", DESCENDING)])
        return tuple(
            Version(date.fromisoformat(r["start"]), r["parts"], r["at"].astimezone(TZ), r["by"], r["reason"])
            for r in rows
        )

    def add(
        self,
        template: str,
        parts: Mapping[str, str] | None,
        start: date,
        *,
        by: str,
        at: datetime,
        reason: str,
    ) -> None:
        self._rows.insert_one(
            {
                "template": template,
                "parts": dict(parts) if parts is not None else None,
                "start": start.isoformat(),
                "by": by,
                "at": at,
                "reason": reason,
            }
        )
