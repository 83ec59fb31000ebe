"""Slips given at the counter for papers that were not received: what is missing (Mẫu 02), or why not (Mẫu 03). No code is
drawn and no dossier made (Đ12.1a); the slip itself is kept as it was given, and never changed.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from pymongo import ASCENDING, DESCENDING
from pymongo.database import Database

from rules.calendar import TZ

Kind = Literal["supplement", "refusal"]


@dataclass(frozen=True, slots=True)
class SlipItem:
    """A paper that is missing or wrong; `original`, `copy`: how many of each are wanted."""

    name: str
    reason: str
    original: int = 0
    copy: int = 0


@dataclass(frozen=True, slots=True)
class Slip:
    """`applicant`: as typed on the entry screen; `note`: the guidance beside the items, or the reason of a refusal."""

    id: str
    kind: Kind
    agency: str
    application: str
    procedure: str
    procedure_name: str
    applicant: Mapping[str, str]
    items: tuple[SlipItem, ...]
    note: str
    at: datetime
    by: str
    by_name: str


class Slips:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._rows = database["counter_slips"]

    def ensure_indexes(self) -> None:
        self._rows.create_index([("agency", ASCENDING), ("at", DESCENDING)])

    def keep(self, slip: Slip) -> None:
        row = {name: getattr(slip, name) for name in Slip.__dataclass_fields__ if name not in {"id", "items"}}
        items = [[one.name, one.reason, one.original, one.copy] for one in slip.items]
        self._rows.insert_one({**row, "_id": slip.id, "applicant": dict(slip.applicant), "items": items})

    def get(self, slip_id: str, agency: str) -> Slip | None:
        row = self._rows.find_one({"_id": slip_id, "agency": agency})
        return _slip(row) if row else None

    def latest(self, agency: str, since: datetime, limit: int = 20) -> tuple[Slip, ...]:
        rows = self._rows.find({"agency": agency, "at": {"$gte": since}}).sort("at", DESCENDING).limit(limit)
        return tuple(_slip(row) for row in rows)


def new_id() -> str:
    return uuid.uuid4().hex


def _slip(row: Mapping[str, Any]) -> Slip:
    told = {name: row[name] for name in Slip.__dataclass_fields__ if name not in {"id", "items", "at"}}
    items = tuple(SlipItem(*one) for one in row["items"])
    return Slip(id=row["_id"], items=items, at=row["at"].astimezone(TZ), **told)
