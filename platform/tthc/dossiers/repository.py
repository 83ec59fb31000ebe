"""Dossiers in the database: one document each, and one atomic, durable write for each command (design §4)."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, cast

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from tthc.dossiers.codec import dossier_from_bson, dossier_to_bson, to_bson
from tthc.dossiers.codes import DURABLE
from tthc.dossiers.file_places import stored_files
from tthc.dossiers.handing_over import destination, handover_key, is_waiting
from tthc.dossiers.search import tokens
from tthc.dossiers.solving import UNALLOCATED
from tthc.dossiers.state import CLOSED, UNDER_WAY, Dossier, Status
from tthc.dossiers.status import national, open_tasks
from tthc.dossiers.values import replace

DOSSIERS = "dossiers"

# sorts after every due date: what has none comes last
FAR = datetime(9999, 12, 31, tzinfo=UTC)

INDEXES = (
    IndexModel([("code", ASCENDING)], name="code", unique=True, sparse=True),
    IndexModel([("reference", ASCENDING)], name="reference", unique=True),
    IndexModel([("owner", ASCENDING), ("submitted_at", DESCENDING), ("_id", DESCENDING)], name="owner"),
    IndexModel([("task_keys", ASCENDING), ("next_due", ASCENDING), ("_id", ASCENDING)], name="inbox"),
    IndexModel(
        [("agency", ASCENDING), ("status", ASCENDING), ("next_due", ASCENDING), ("_id", ASCENDING)],
        name="agency_status",
    ),
    IndexModel([("agency", ASCENDING), ("next_due", ASCENDING), ("_id", ASCENDING)], name="agency_due"),
    IndexModel(
        [("agency", ASCENDING), ("submitted_at", DESCENDING), ("_id", DESCENDING)], name="agency_newest"
    ),
    IndexModel([("next_due", ASCENDING), ("agency", ASCENDING)], name="due"),
    IndexModel([("agency", ASCENDING), ("search", ASCENDING)], name="search"),
    IndexModel([("agency", ASCENDING), ("submitted_at", ASCENDING)], name="agency_submitted"),
    IndexModel([("agency", ASCENDING), ("accepted_at", ASCENDING)], name="agency_accepted"),
    IndexModel(
        [("procedure", ASCENDING), ("submitted_at", DESCENDING), ("_id", DESCENDING)], name="procedure"
    ),
    IndexModel([("timer_due", ASCENDING)], name="timer_due", sparse=True),
    IndexModel([("outbox_due", ASCENDING)], name="outbox_due", sparse=True),
    IndexModel([("outbox_dead", ASCENDING), ("_id", ASCENDING)], name="outbox_dead", sparse=True),
    IndexModel([("handover_key", ASCENDING), ("accepted_at", ASCENDING)], name="handover", sparse=True),
    IndexModel([("agency", ASCENDING), ("handover.given_at", ASCENDING)], name="agency_handed_over"),
    IndexModel([("rules_due", ASCENDING)], name="rules_due", sparse=True),
    IndexModel([("life_due", ASCENDING)], name="life_due", sparse=True),
    IndexModel([("files", ASCENDING)], name="files"),
)


class CodeTakenError(Exception):
    """The code drawn is another dossier's already; draw again."""


class ReferenceTakenError(Exception):
    """The reference drawn is another dossier's already; draw again."""


class Dossiers:
    """The collection. It stores what it is given; what may be stored, `decide` has said."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self.collection: Collection[dict[str, Any]] = database.get_collection(DOSSIERS, write_concern=DURABLE)

    def ensure_indexes(self) -> None:
        self.collection.create_indexes(list(INDEXES))
        # of dossiers written before there was such a list
        for row in self.collection.find({"files": {"$exists": False}}):
            found = dossier_from_bson(row)
            here = {"_id": found.id, "version": found.version}
            self.collection.update_one(here, {"$set": {"files": stored_files(found)}})

    def get(self, dossier_id: str) -> Dossier | None:
        return self._one({"_id": dossier_id})

    def by_code(self, code: str) -> Dossier | None:
        return self._one({"code": code})

    def by_reference(self, reference: str) -> Dossier | None:
        return self._one({"reference": reference})

    def insert(self, dossier: Dossier, rules_due: datetime | None = None) -> Dossier | None:
        """Store a new dossier; `None` where one with this id is there already (a doubled submission). `rules_due`: when
        its event rules are to be asked (`tthc.dossiers.watching`).
        """
        _require_codes(dossier)
        due = _due(dossier)
        if rules_due is not None:
            due["rules_due"] = to_bson(rules_due)
        try:
            self.collection.insert_one({**dossier_to_bson(dossier), **_derived(dossier), **due})
        except DuplicateKeyError as error:
            if self.collection.count_documents({"_id": dossier.id}, limit=1):
                return None
            raise _taken(error) from error
        return dossier

    def apply(self, before: Dossier, after: Dossier, rules_due: datetime | None = None) -> Dossier | None:
        """Write one command's outcome; `None` where another write came first (decide again).

        History and outbox are appended to, never rewritten: deliveries go on beside commands.
        """
        _require_codes(after)
        update = update_of(before, after, rules_due)
        try:
            # as atomic as find-and-modify, whose document nobody needs here; the embedded server scans for that one
            written = self.collection.update_one({"_id": before.id, "version": before.version}, update)
        except DuplicateKeyError as error:
            raise _taken(error) from error
        return after if written.matched_count else None

    def with_timers_due(self, now: datetime, limit: int) -> list[tuple[str, str]]:
        """`(dossier id, timer id)` of what has come due, earliest first."""
        rows = self.collection.find({"timer_due": {"$lte": now.astimezone(UTC)}}, {"timers": 1})
        found = [
            (timer["due"], str(row["_id"]), str(timer["id"]))
            for row in rows.sort("timer_due", ASCENDING).limit(limit)
            for timer in row["timers"]
            if timer["due"] <= now
        ]
        return [(dossier, timer) for _, dossier, timer in sorted(found)][:limit]

    def with_rules_due(self, now: datetime, limit: int) -> list[tuple[str, int]]:
        """`(dossier id, seq)` of the dossiers whose event rules are to be asked, longest waiting first; `seq`: the last
        event they were asked about, 0 at first.
        """
        rows = self.collection.find({"rules_due": {"$lte": now.astimezone(UTC)}}, {"rules_seen": 1})
        found = rows.sort("rules_due", ASCENDING).limit(limit)
        return [(str(row["_id"]), int(row.get("rules_seen", 0))) for row in found]

    def rules_asked(self, dossier: Dossier, again: datetime | None) -> bool:
        """The event rules of a dossier were asked about all of its history; `again`: when next, though nobody does
        anything. False where somebody wrote in between: that write is still to be looked at.
        """
        update: dict[str, Any] = {"$set": {"rules_seen": len(dossier.history)}}
        if again is None:
            update["$unset"] = {"rules_due": ""}
        else:
            update["$set"]["rules_due"] = to_bson(again)
        written = self.collection.update_one({"_id": dossier.id, "version": dossier.version}, update)
        return bool(written.matched_count)

    def postpone_rules(self, dossier_id: str, seen: datetime, until: datetime) -> None:
        """Let a dossier whose rules cannot be asked wait, so that it keeps no other waiting; unless it was written to
        after `seen`.
        """
        self.collection.update_one(
            {"_id": dossier_id, "rules_due": {"$lte": seen.astimezone(UTC)}},
            {"$set": {"rules_due": to_bson(until)}},
        )

    def with_due_dates(self) -> list[tuple[str, int]]:
        """`(dossier id, version)` of all that are under way and have a due date."""
        rows = self.collection.find(
            {"status": {"$in": [s.value for s in UNDER_WAY]}, "deadline.due": {"$ne": None}}, {"version": 1}
        )
        return [(str(row["_id"]), int(row["version"])) for row in rows]

    def with_files(self, sha256s: Iterable[str], closed_since: datetime) -> list[tuple[str, list[str]]]:
        """`(dossier id, all its files)` of those not yet ended, or not before `closed_since`, that refer to any of these."""
        alive = [
            {"status": {"$in": [s.value for s in Status if s not in CLOSED]}},
            {"ended_at": {"$gte": closed_since.astimezone(UTC)}},
        ]
        query = {"files": {"$in": list(sha256s)}, "$or": alive}
        rows = self.collection.find(query, {"files": 1}).sort("_id", ASCENDING)
        return [(str(row["_id"]), list(row["files"])) for row in rows]

    def open_at(self, agency: str, functions: Iterable[str]) -> list[str]:
        """Ids of the dossiers under way that are an agency's, or in which it has a task for any of these functions."""
        keys = [f"{function}@{agency}" for function in functions]
        going = {"$in": [s.value for s in Status if s not in CLOSED]}
        query = {"$or": [{"agency": agency, "status": going}, {"task_keys": {"$in": keys}}]}
        return [str(row["_id"]) for row in self.collection.find(query, {"_id": 1}).sort("_id", ASCENDING)]

    def _one(self, query: Mapping[str, object]) -> Dossier | None:
        document = self.collection.find_one(query)
        return None if document is None else dossier_from_bson(document)


def update_of(before: Dossier, after: Dossier, rules_due: datetime | None = None) -> dict[str, Any]:
    """What the database is told of one command. `rules_due`: when event rules look at it next, if ever."""
    document = dossier_to_bson(replace(after, history=(), outbox=()))
    for appended in ("_id", "history", "outbox", "version"):
        del document[appended]
    entries = after.history[len(before.history) :]
    notices = after.outbox[len(before.outbox) :]
    update: dict[str, Any] = {
        "$set": {**document, **_derived(after), "life_due": True},
        "$push": {"history": {"$each": to_bson(entries)}},
        "$inc": {"version": 1},
    }
    for name, due in (
        ("timer_due", after.timers[0].due if after.timers else None),
        ("rules_due", rules_due),
        ("handover_key", handover_key(after)),
    ):
        if due is not None:
            update["$set"][name] = to_bson(due)
        else:
            update.setdefault("$unset", {})[name] = ""
    if notices:
        update["$push"]["outbox"] = {"$each": to_bson(notices)}
        update["$inc"]["outbox_revision"] = 1
        update["$min"] = {"outbox_due": to_bson(min(n.next_at for n in notices))}
    return update


def _derived(dossier: Dossier) -> dict[str, Any]:
    """What only queries read; everything here follows from the dossier itself.

    `task_keys`: `function@agency`, and `~account` for a task given to one person, so one index serves each inbox.
    """
    tasks = open_tasks(dossier)
    keys = [f"{t.function}@{t.agency}" for t in tasks]
    keys += [f"~{t.assignee}" for t in tasks if t.assignee]
    dues = [t.due for t in tasks if t.due is not None]
    # a result that waits to be fetched was solved: it is due no more (Đ15.2)
    deadline = dossier.deadline if dossier.solved_at is None else None
    if deadline is not None and deadline.due is not None and tasks:
        dues.append(deadline.due)
    return {
        "open_tasks": to_bson(tasks),
        "task_keys": keys,
        "next_due": to_bson(min(dues, default=FAR)),
        "national": national(dossier),
        "search": tokens(dossier),
        "files": stored_files(dossier),
        "handover_to": to_bson(destination(dossier)) if is_waiting(dossier) else None,
    }


def _due(dossier: Dossier) -> dict[str, Any]:
    """The sweep's fields of a new dossier; absent where there is nothing to sweep."""
    due: dict[str, Any] = {"outbox_revision": 0, "life_due": True}
    if dossier.timers:
        due["timer_due"] = to_bson(dossier.timers[0].due)
    if (key := handover_key(dossier)) is not None:
        due["handover_key"] = key
    if dossier.outbox:
        due["outbox_due"] = to_bson(min(n.next_at for n in dossier.outbox))
    return due


def _require_codes(dossier: Dossier) -> None:
    if dossier.code == UNALLOCATED or not dossier.reference:
        raise ValueError("a dossier is written with its own reference and code")


def _taken(error: DuplicateKeyError) -> Exception:
    pattern = cast("Mapping[str, Any]", (error.details or {}).get("keyPattern", {}))
    if "code" in pattern:
        return CodeTakenError()
    return ReferenceTakenError() if "reference" in pattern else error
