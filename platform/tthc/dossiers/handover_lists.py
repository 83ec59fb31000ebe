"""The hand-over list of a day, and what waits to be given or taken (NĐ 61/2018 Điều 18)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from pymongo import ASCENDING

from tthc.dossiers.codec import from_data
from tthc.dossiers.custody import Destination, HandoverState, Original
from tthc.dossiers.repository import Dossiers
from tthc.dossiers.state import Applicant

MOST: Final = 500
"""Rows of one list: more than any desk hands over in a day."""

FIELDS: Final = (
    "code",
    "agency",
    "procedure_name",
    "applicant",
    "channel",
    "immediate",
    "accepted_at",
    "handover",
    "handover_to",
    "original",
)


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """A dossier in a list. `handover_to`: to whom, while it waits at reception; `handover`: once it was given."""

    id: str
    code: str
    agency: str
    procedure_name: str
    applicant: Applicant
    channel: str
    immediate: bool
    accepted_at: datetime
    handover: HandoverState | None = None
    handover_to: Destination | None = None
    original: Original | None = None

    @property
    def to(self) -> Destination | None:
        return self.handover.to if self.handover is not None else self.handover_to

    @property
    def electronic(self) -> bool:
        """Nothing to carry: it was in the inbox of whoever solves it the moment it was accepted."""
        return self.channel == "online"


class HandoverLists:
    """Reads only."""

    def __init__(self, dossiers: Dossiers) -> None:
        self._rows = dossiers.collection

    def to_give(self, agency: str) -> tuple[HandoverRow, ...]:
        """What reception still has, the longest there first."""
        return self._find({"handover_key": f"give@{agency}"})

    def to_take(self, functions: Iterable[str], agency: str) -> tuple[HandoverRow, ...]:
        """What was handed to any of these functions and nobody has confirmed."""
        return self._find({"handover_key": {"$in": [f"take@{f}@{agency}" for f in sorted(functions)]}})

    def count(self, functions: Iterable[str], agency: str, *, gives: bool) -> int:
        keys = [f"take@{f}@{agency}" for f in sorted(functions)]
        if gives:
            keys.append(f"give@{agency}")
        return self._rows.count_documents({"handover_key": {"$in": keys}})

    def between(self, agency: str, start: datetime, end: datetime) -> tuple[HandoverRow, ...]:
        """What an agency accepted, or handed over, from `start` on and before `end`."""
        within = {"$gte": start.astimezone(UTC), "$lt": end.astimezone(UTC)}
        accepted = self._find({"agency": agency, "accepted_at": within})
        given = self._find({"agency": agency, "handover.given_at": within})
        found = {row.id: row for row in (*accepted, *given) if not row.immediate}
        return tuple(sorted(found.values(), key=lambda row: (row.accepted_at, row.id)))

    def _find(self, query: Mapping[str, Any]) -> tuple[HandoverRow, ...]:
        found = self._rows.find(query, dict.fromkeys(FIELDS, 1))
        found = found.sort([("accepted_at", ASCENDING), ("_id", ASCENDING)]).limit(MOST)
        return tuple(from_data(HandoverRow, {**row, "id": row["_id"]}) for row in found)
