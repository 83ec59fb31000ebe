"""The province's own templates in MongoDB; written once, never changed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bson import ObjectId
from pymongo import ASCENDING
from pymongo.database import Database

from renderers.pdf.sets import set_on
from rules.calendar import TZ
from tthc.printed.model import Own, in_force


class OwnForms:
    """What the province wrote for each kind of form."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._rows = database["printed_forms"]

    def ensure_indexes(self) -> None:
        self._rows.create_index([("kind", ASCENDING), ("set_start", ASCENDING), ("start", ASCENDING)])

    def of(self, kind: str, set_start: date) -> tuple[Own, ...]:
        """All rows of a form of a set, as they were written."""
        found = self._rows.find({"kind": kind, "set_start": set_start.isoformat()}).sort(
            [("at", ASCENDING), ("_id", ASCENDING)]
        )
        return tuple(_read(row) for row in found)

    def get(self, row_id: str) -> Own | None:
        row = self._rows.find_one({"_id": row_id})
        return None if row is None else _read(row)

    @staticmethod
    def new_id() -> str:
        """Of one process each is greater than the one before."""
        return str(ObjectId())

    def add(self, own: Own) -> None:
        """Written once. The day is asked about before (`model.require_start`)."""
        self._rows.insert_one(
            {
                "_id": own.id,
                "kind": own.kind,
                "set_start": own.set_start.isoformat(),
                "start": own.start.isoformat(),
                "text": own.text,
                "basis": own.basis,
                "by": own.by,
                "by_name": own.by_name,
                "at": own.at,
            }
        )

    def text(self, kind: str, on: date) -> str | None:
        """What a paper of that day is drawn by; `None` where that is the shipped form."""
        one = set_on(kind, on)
        if one is None:
            return None
        found = in_force(self.of(kind, one.start), one.start, on)
        return found.text if found is not None else None


def _read(row: Mapping[str, Any]) -> Own:
    at: datetime = row["at"]
    return Own(
        row["_id"],
        row["kind"],
        date.fromisoformat(row["set_start"]),
        date.fromisoformat(row["start"]),
        row["text"],
        row["basis"],
        row["by"],
        row["by_name"],
        at.astimezone(TZ),
    )
