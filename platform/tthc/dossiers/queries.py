"""Lists of dossiers: what a row holds, the applicant's own, what waits for another system (inboxes: `listing`). Pages go by
key, never by offset (ux.md §6).
"""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pymongo import ASCENDING, DESCENDING

from tthc.dossiers.codec import from_data
from tthc.dossiers.repository import FAR, Dossiers
from tthc.dossiers.state import CLOSED, Applicant, DeadlineState, Proposal, Status, Task

PAGE = 50

FIELDS = (
    "code",
    "reference",
    "procedure",
    "procedure_name",
    "definition",
    "agency",
    "channel",
    "applicant",
    "owner",
    "status",
    "national",
    "submitted_at",
    "updated_at",
    "accepted_at",
    "intake_due",
    "ended_at",
    "solved_at",
    "deadline",
    "open_tasks",
    "next_due",
    "version",
    "proposals",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A dossier as lists show it. `next_due`: the nearest of its dates, `None` where it has none."""

    id: str
    version: int
    code: str | None
    reference: str
    procedure: str
    procedure_name: str
    definition: str
    agency: str
    channel: str
    applicant: Applicant
    owner: str | None
    status: Status
    national: int
    submitted_at: datetime
    updated_at: datetime
    accepted_at: datetime | None
    solved_at: datetime | None
    ended_at: datetime | None
    deadline: DeadlineState | None
    open_tasks: tuple[Task, ...]
    next_due: datetime | None
    proposals: tuple[Proposal, ...] = ()

    @property
    def closed(self) -> bool:
        return self.status in CLOSED


@dataclass(frozen=True, slots=True)
class Page:
    """`after`: what to pass on for the next page, `None` at the end."""

    rows: tuple[Row, ...]
    after: str | None


class Lists:
    """Reads only."""

    def __init__(self, dossiers: Dossiers) -> None:
        self._collection = dossiers.collection

    def for_client(
        self,
        functions: Sequence[str],
        agencies: Sequence[str],
        procedures: Sequence[str],
        *,
        after: str | None = None,
        limit: int = PAGE,
    ) -> Page:
        """What waits for any of these functions in any of these agencies, nearest due first; `procedures`: only of
        these, where there are any.
        """
        query: dict[str, Any] = {"task_keys": {"$in": [f"{f}@{a}" for f in functions for a in agencies]}}
        if procedures:
            query["procedure"] = {"$in": list(procedures)}
        return self._page(query, after, limit)

    def owned(self, owner: str, *, after: str | None = None, limit: int = PAGE) -> Page:
        """An applicant's own dossiers, newest first."""
        query: dict[str, Any] = {"owner": owner}
        if after is not None:
            key, last = _read(after)
            query["$or"] = [{"submitted_at": {"$lt": key}}, {"submitted_at": key, "_id": {"$lt": last}}]
        found = self._collection.find(query, dict.fromkeys(FIELDS, 1))
        found = found.sort([("submitted_at", DESCENDING), ("_id", DESCENDING)]).limit(limit + 1)
        return _cut(list(found), limit, "submitted_at")

    def accepted_of(self, owner: str, *, limit: int) -> tuple[tuple[str, str], ...]:
        """`(dossier id, procedure)` of an applicant's newest dossiers that were accepted."""
        found = self._collection.find({"owner": owner, "accepted_at": {"$ne": None}}, {"procedure": 1})
        found = found.sort([("submitted_at", DESCENDING), ("_id", DESCENDING)]).limit(limit)
        return tuple((str(row["_id"]), str(row["procedure"])) for row in found)

    def _page(self, query: dict[str, Any], after: str | None, limit: int) -> Page:
        if after is not None:
            key, last = _read(after)
            beyond = {"$or": [{"next_due": {"$gt": key}}, {"next_due": key, "_id": {"$gt": last}}]}
            query = {"$and": [query, beyond]}
        found = self._collection.find(query, dict.fromkeys(FIELDS, 1))
        found = found.sort([("next_due", ASCENDING), ("_id", ASCENDING)]).limit(limit + 1)
        return _cut(list(found), limit, "next_due")


def _cut(documents: list[dict[str, Any]], limit: int, key: str) -> Page:
    """One document more than the page was asked for: whether there is a next one."""
    after = None
    if len(documents) > limit:
        documents = documents[:limit]
        last = documents[-1]
        told = json.dumps([last[key].astimezone(UTC).isoformat(), last["_id"]])
        after = base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")
    return Page(tuple(row_of(d) for d in documents), after)


def _read(after: str) -> tuple[datetime, str]:
    """A page key as `_cut` wrote it. Raises ValueError for anything else: it came from outside."""
    padded = after + "=" * (-len(after) % 4)
    key, last = json.loads(base64.urlsafe_b64decode(padded.encode()))
    if not isinstance(key, str) or not isinstance(last, str):
        raise ValueError("not a page key")  # noqa: TRY004 — one kind of error for one kind of mistake
    return datetime.fromisoformat(key), last


def row_of(document: Mapping[str, Any]) -> Row:
    data = {**document, "id": document["_id"], "code": document.get("code")}
    if document["next_due"].astimezone(UTC) == FAR:
        data["next_due"] = None
    return from_data(Row, data)
