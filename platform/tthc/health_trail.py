"""When each part was last seen to work, and last seen to fail: one row a part, for the administrators' page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pymongo.database import Database

from rules.calendar import TZ

PULSE = "workers"


@dataclass(frozen=True, slots=True)
class Seen:
    """`detail` is of the last failure."""

    ok_at: datetime | None = None
    failed_at: datetime | None = None
    detail: str = ""


class HealthTrail:
    """The collection `health`."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._rows = database["health"]

    def note(self, name: str, at: datetime, *, ok: bool, detail: str = "") -> None:
        seen = {"ok_at": at} if ok else {"failed_at": at, "detail": detail[:300]}
        self._rows.update_one({"_id": name}, {"$set": seen}, upsert=True)

    def of(self) -> Mapping[str, Seen]:
        """By part; a part that was never looked at is not there."""
        return {str(row["_id"]): _seen(row) for row in self._rows.find()}

    def pulse(self) -> datetime | None:
        """When a worker last did what the beat sent it."""
        row = self._rows.find_one({"_id": PULSE}, {"ok_at": 1})
        return row["ok_at"].astimezone(TZ) if row and row.get("ok_at") else None


def _seen(row: Mapping[str, Any]) -> Seen:
    times = {k: row[k].astimezone(TZ) for k in ("ok_at", "failed_at") if row.get(k)}
    return Seen(**times, detail=row.get("detail") or "")
