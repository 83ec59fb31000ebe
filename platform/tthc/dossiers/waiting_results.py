"""Results that wait for whoever they are for, the oldest first, and how often they were told (Đ15.1đ, Đ15.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pymongo import ASCENDING

from rules.calendar import TZ
from tthc.dossiers.codec import dossier_from_bson
from tthc.dossiers.repository import Dossiers
from tthc.dossiers.state import Dossier, OutboxEntry, Status

PAGE = 50
TELLING = ("result_ready", "notice_ready", "uncollected")
"""How the templates of notices begin that call for a result."""


@dataclass(frozen=True, slots=True)
class Told:
    """Notices of one occasion. `at`: of the last that went out, None where none did; `failed`: given up."""

    count: int
    at: datetime | None
    pending: int
    failed: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """`days`: whole days since the result was there; `early`: before the day that was promised."""

    dossier: Dossier
    days: int
    early: bool
    told: Told


def waiting_results(
    dossiers: Dossiers,
    agency: str,
    now: datetime,
    *,
    after: tuple[datetime, str] | None = None,
    limit: int = PAGE,
) -> tuple[Sequence[Waiting], tuple[datetime, str] | None]:
    """Those of an agency; the second part is what to pass on as `after` for the next page."""
    query: dict[str, object] = {"agency": agency, "status": Status.RESULT_READY.value}
    if after is not None:
        since, last = after[0].astimezone(UTC), after[1]
        query["$or"] = [{"solved_at": {"$gt": since}}, {"solved_at": since, "_id": {"$gt": last}}]
    found = dossiers.collection.find(query).sort([("solved_at", ASCENDING), ("_id", ASCENDING)])
    rows = [waiting(dossier_from_bson(row), now) for row in found.limit(limit + 1)]
    if len(rows) <= limit:
        return rows, None
    rows = rows[:limit]
    kept = rows[-1].dossier
    assert kept.solved_at is not None
    return rows, (kept.solved_at, kept.id)


def waiting(dossier: Dossier, now: datetime) -> Waiting:
    since = dossier.solved_at or now
    due = dossier.deadline.due if dossier.deadline else None
    days = (now.astimezone(TZ).date() - since.astimezone(TZ).date()).days
    return Waiting(dossier, days, due is not None and since < due, told(dossier.outbox))


def told(outbox: Sequence[OutboxEntry]) -> Told:
    about = [entry for entry in outbox if entry.template.startswith(TELLING)]
    done = [entry.done_at for entry in about if entry.state == "done" and entry.done_at is not None]
    return Told(
        len(done),
        max(done, default=None),
        sum(entry.state in {"pending", "leased"} for entry in about),
        sum(entry.state == "dead" for entry in about),
    )
