"""Deliveries: claimed with a lease, done or failed, tried again later, given up at last (design §4).

Entries live in their dossier. Every change of one goes by `outbox_revision`, so that two workers never both win;
commands only append. `outbox_due` is the next instant at which the sweep must look; `outbox_dead` marks a
dossier in which something was given up.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from pymongo import ASCENDING

from tthc.dossiers.codec import from_data, milliseconds, to_bson
from tthc.dossiers.repository import Dossiers
from tthc.dossiers.state import OutboxEntry

LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 8
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=4)
RACES = 50
NEVER_ENDED = "Lần nào gửi tiến trình cũng dừng giữa chừng; xem nhật ký của bộ xử lý công việc nền."


@dataclass(frozen=True, slots=True)
class Claim:
    """An entry leased to one worker until `entry.lease_until`."""

    dossier: str
    entry: OutboxEntry


class Outbox:
    """`claim`, then `done` or `fail`; a worker that dies says nothing, and its lease runs out."""

    def __init__(self, dossiers: Dossiers) -> None:
        self._collection = dossiers.collection

    def due(self, now: datetime, limit: int = 100) -> tuple[str, ...]:
        """Ids of the dossiers that have something to deliver, longest waiting first: what the sweep re-offers."""
        found = self._collection.find({"outbox_due": {"$lte": now.astimezone(UTC)}}, {"_id": 1})
        return tuple(str(d["_id"]) for d in found.sort("outbox_due", ASCENDING).limit(limit))

    def claim(self, now: datetime, worker: str, dossier: str | None = None) -> Claim | None:
        """Lease the next entry, of one dossier or of any; `None` where there is nothing to do.

        An entry during which the worker died each time is given up, like one that failed each time.
        """
        for candidate in (dossier,) if dossier is not None else self.due(now):
            while (claimed := self._change(candidate, lambda e: _lease(e, now, worker))) is not None:
                if claimed.state == "leased":
                    return Claim(candidate, claimed)
        return None

    def done(self, dossier: str, entry_id: str, worker: str, now: datetime) -> bool:
        """Delivered. False where the lease was lost to another worker, whose word then counts."""

        def finish(entry: OutboxEntry) -> OutboxEntry:
            return replace(entry, state="done", done_at=now, lease_until=None, error="")

        return self._change(dossier, lambda entries: _own(entries, entry_id, worker, finish)) is not None

    def leave(self, dossier: str, entry_id: str, worker: str, now: datetime) -> bool:
        """Not sent, because whom it is for does without it on this channel."""

        def finish(entry: OutboxEntry) -> OutboxEntry:
            return replace(entry, state="unwanted", done_at=now, lease_until=None, error="")

        return self._change(dossier, lambda entries: _own(entries, entry_id, worker, finish)) is not None

    def fail(self, dossier: str, entry_id: str, worker: str, now: datetime, error: str) -> bool:
        """Not delivered: tried again after 30 s, 1 min, 2 min … up to 4 h; dead after the last attempt."""

        def finish(entry: OutboxEntry) -> OutboxEntry:
            if entry.attempts >= MAX_ATTEMPTS:
                return replace(entry, state="dead", lease_until=None, error=error)
            again = now + min(FIRST_WAIT * 2 ** (entry.attempts - 1), LONGEST_WAIT)
            return replace(entry, state="pending", next_at=again, lease_until=None, error=error)

        return self._change(dossier, lambda entries: _own(entries, entry_id, worker, finish)) is not None

    def revive(self, dossier: str, entry_id: str, now: datetime) -> bool:
        """Try a dead entry again, from the first attempt."""

        def pick(entries: Sequence[OutboxEntry]) -> OutboxEntry | None:
            entry = next((e for e in entries if e.id == entry_id and e.state == "dead"), None)
            return entry and replace(entry, state="pending", attempts=0, next_at=now, error="")

        return self._change(dossier, pick) is not None

    def _change(
        self, dossier: str, pick: Callable[[Sequence[OutboxEntry]], OutboxEntry | None]
    ) -> OutboxEntry | None:
        """Replace the one entry that `pick` answers, and set the dossier's `outbox_due` anew."""
        for _ in range(RACES):
            document = self._collection.find_one(
                {"_id": dossier}, {"outbox": 1, "outbox_revision": 1, "outbox_due": 1}
            )
            if document is None:
                return None
            entries = [from_data(OutboxEntry, raw) for raw in document["outbox"]]
            changed = pick(entries)
            if changed is not None:
                changed = from_data(OutboxEntry, to_bson(changed))
                place = next(i for i, e in enumerate(entries) if e.id == changed.id)
                entries[place] = changed
            when = _next_due(entries)
            if changed is None and document.get("outbox_due") == when:
                return None
            update: dict[str, Any] = {"$inc": {"outbox_revision": 1}, "$set": {}}
            if changed is not None:
                update["$set"][f"outbox.{place}"] = to_bson(changed)
            if when is None:
                update["$unset"] = {"outbox_due": ""}
            else:
                update["$set"]["outbox_due"] = to_bson(when)
            if any(e.state == "dead" for e in entries):
                update["$set"]["outbox_dead"] = True
            else:
                update.setdefault("$unset", {})["outbox_dead"] = ""
            if not update["$set"]:
                del update["$set"]
            written = self._collection.update_one(
                {"_id": dossier, "outbox_revision": document["outbox_revision"]}, update
            )
            if written.modified_count:
                return changed
        raise RuntimeError(f"the outbox of {dossier} is changed faster than it can be read")


def _lease(entries: Sequence[OutboxEntry], now: datetime, worker: str) -> OutboxEntry | None:
    for entry in entries:
        free = entry.state == "pending" and entry.next_at <= now
        lost = entry.state == "leased" and entry.lease_until is not None and entry.lease_until <= now
        if lost and entry.attempts >= MAX_ATTEMPTS:
            return replace(entry, state="dead", lease_until=None, error=entry.error or NEVER_ENDED)
        if free or lost:
            until = milliseconds(now + LEASE)
            return replace(
                entry, state="leased", attempts=entry.attempts + 1, lease_until=until, leased_by=worker
            )
    return None


def _own(
    entries: Sequence[OutboxEntry],
    entry_id: str,
    worker: str,
    finish: Callable[[OutboxEntry], OutboxEntry],
) -> OutboxEntry | None:
    entry = next((e for e in entries if e.id == entry_id), None)
    if entry is None or entry.state != "leased" or entry.leased_by != worker:
        return None
    return finish(entry)


def _next_due(entries: Sequence[OutboxEntry]) -> datetime | None:
    dues = [e.next_at for e in entries if e.state == "pending"]
    dues += [e.lease_until for e in entries if e.state == "leased" and e.lease_until is not None]
    return min(dues, default=None)
