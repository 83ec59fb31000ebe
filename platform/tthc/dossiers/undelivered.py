"""What the outboxes hold that is not done: given up after the last attempt, or still waiting. Reads only."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pymongo import ASCENDING

from tthc.dossiers.codec import from_data
from tthc.dossiers.repository import Dossiers
from tthc.dossiers.state import OutboxEntry

_FIELDS = {"outbox": 1, "code": 1, "reference": 1}


@dataclass(frozen=True, slots=True)
class Undone:
    """An entry, and the dossier it is of."""

    dossier: str
    code: str
    entry: OutboxEntry


class Undelivered:
    def __init__(self, dossiers: Dossiers) -> None:
        self._collection = dossiers.collection

    def dead(self, after: str = "", limit: int = 50) -> tuple[tuple[Undone, ...], str]:
        """Given up, by dossier; with the key of the next page, empty at the end. `limit`: dossiers."""
        query: dict[str, Any] = {"outbox_dead": True}
        if after:
            query["_id"] = {"$gt": after}
        rows = list(self._collection.find(query, _FIELDS).sort("_id", ASCENDING).limit(limit + 1))
        found = tuple(u for row in rows[:limit] for u in _undone(row) if u.entry.state == "dead")
        return found, str(rows[limit - 1]["_id"]) if len(rows) > limit else ""

    def every_dead(self) -> Iterator[Undone]:
        """All that was given up, read as it goes."""
        after = ""
        while True:
            found, after = self.dead(after)
            yield from found
            if not after:
                return

    def waiting(self, limit: int = 50) -> tuple[Undone, ...]:
        """Still to be done, the longest waiting first. `limit`: dossiers."""
        rows = self._collection.find({"outbox_due": {"$exists": True}}, _FIELDS)
        found = rows.sort("outbox_due", ASCENDING).limit(limit)
        return tuple(u for row in found for u in _undone(row) if u.entry.state in {"pending", "leased"})

    def counts(self) -> tuple[int, int]:
        """How many dossiers have something given up, and something waiting."""
        count = self._collection.count_documents
        return count({"outbox_dead": True}), count({"outbox_due": {"$exists": True}})


def _undone(row: Mapping[str, Any]) -> Iterator[Undone]:
    code = row.get("code") or row["reference"]
    for raw in row["outbox"]:
        yield Undone(str(row["_id"]), code, from_data(OutboxEntry, raw))
