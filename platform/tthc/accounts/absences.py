"""Leaves: who is away from when until when, and which colleague does what was given to them meanwhile (Đ13 đầu).

A leave begins and ends by itself: whoever asks on a day is told of those in force on that day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bson import ObjectId
from pymongo import ASCENDING, DESCENDING
from pymongo.database import Database

from rules.calendar import TZ
from tthc.dossiers.context import StandIn

LONGEST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Absence:
    """`start` and `until` are both inclusive. `ended`: the last day it was in force, where it was cut short; the day
    before `start` for one that never began. `by_name`: who wrote it down.
    """

    id: str
    account: str
    name: str
    agency: str
    start: date
    until: date
    cover: str
    cover_name: str
    reason: str
    by_name: str
    at: datetime
    ended: date | None = None

    @property
    def last(self) -> date:
        return self.until if self.ended is None else min(self.until, self.ended)

    def going(self, now: datetime) -> bool:
        return self.start <= now.astimezone(TZ).date() <= self.last

    def over(self, now: datetime) -> bool:
        return self.last < now.astimezone(TZ).date()


class Absences:
    """The collection `absences`. A row is added, and at most cut short."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._rows = database["absences"]

    def ensure_indexes(self) -> None:
        self._rows.create_index([("cover", ASCENDING), ("agency", ASCENDING), ("last", ASCENDING)])
        self._rows.create_index([("agency", ASCENDING), ("account", ASCENDING), ("start", DESCENDING)])

    def add(
        self,
        *,
        account: str,
        name: str,
        agency: str,
        start: date,
        until: date,
        cover: str,
        cover_name: str,
        reason: str,
        by_name: str,
        at: datetime,
    ) -> str:
        row = {
            "_id": ObjectId(),
            "account": account,
            "name": name,
            "agency": agency,
            "start": start.isoformat(),
            "until": until.isoformat(),
            "last": until.isoformat(),
            "cover": cover,
            "cover_name": cover_name,
            "reason": reason,
            "by_name": by_name,
            "at": at,
        }
        self._rows.insert_one(row)
        return str(row["_id"])

    def get(self, absence_id: str) -> Absence | None:
        row = self._rows.find_one({"_id": ObjectId(absence_id)}) if ObjectId.is_valid(absence_id) else None
        return _absence(row) if row else None

    def of(self, account: str, agency: str, now: datetime | None = None) -> tuple[Absence, ...]:
        """Of one person, the latest first; with `now`, only those that are not over."""
        rows = self._rows.find({"agency": agency, "account": account}).sort("start", DESCENDING).limit(50)
        found = (_absence(row) for row in rows)
        return tuple(a for a in found if now is None or not a.over(now))

    def in_agency(self, agency: str, now: datetime) -> tuple[Absence, ...]:
        """Those that are not over, the first to begin first."""
        query = {"agency": agency, "last": {"$gte": now.astimezone(TZ).date().isoformat()}}
        rows = self._rows.find(query).sort("start", ASCENDING)
        return tuple(a for a in map(_absence, rows) if not a.over(now))

    def covered_by(self, account: str, agency: str, on: date) -> tuple[StandIn, ...]:
        """In whose place an account works on a day because they are away."""
        day = on.isoformat()
        query = {"cover": account, "agency": agency, "last": {"$gte": day}, "start": {"$lte": day}}
        rows = self._rows.find(query).sort("start", ASCENDING)
        return tuple(StandIn("thay", row["account"], row["name"]) for row in rows)

    def end(self, absence_id: str, last: date) -> None:
        """Cut short: in force up to `last`, inclusive."""
        self._rows.update_one({"_id": ObjectId(absence_id)}, {"$set": {"last": last.isoformat()}})


def overlaps(start: date, until: date, others: tuple[Absence, ...]) -> Absence | None:
    """One of these leaves that shares a day with the period."""
    return next((a for a in others if a.start <= until and start <= a.last), None)


def _absence(row: Mapping[str, Any]) -> Absence:
    until, last = date.fromisoformat(row["until"]), date.fromisoformat(row["last"])
    return Absence(
        str(row["_id"]),
        row["account"],
        row["name"],
        row["agency"],
        date.fromisoformat(row["start"]),
        until,
        row["cover"],
        row["cover_name"],
        row["reason"],
        row["by_name"],
        row["at"].astimezone(TZ),
        last if last < until else None,
    )
