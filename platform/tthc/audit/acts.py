"""The log of administrative acts (Đ6, Đ24.2, Đ24.4): rows that are added and never changed."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bson import ObjectId
from pymongo import ASCENDING, DESCENDING
from pymongo.database import Database
from pymongo.write_concern import WriteConcern

from rules.calendar import TZ
from tthc.accounts.model import Account
from tthc.dossiers.codec import to_json

ACTS = "admin_acts"
PAGE = 50
COVERED = "(không ghi)"
_SECRET = frozenset({"password", "password_hash", "stamp", "token"})


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `what`: a word of `WORDS`; `kind` with `target` name the thing; `before` and `after` hold only what
    changed, as plain JSON; neither ever holds a secret.
    """

    id: str
    at: datetime
    by: str
    name: str
    what: str
    kind: str
    target: str
    label: str = ""
    reason: str = ""
    before: Mapping[str, object] = field(default_factory=dict)
    after: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ActPage:
    """`after`: what to pass on for the next page, `None` at the end."""

    rows: tuple[Act, ...]
    after: str | None


class ActLog:
    """The collection `admin_acts`."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._rows = database.get_collection(ACTS, write_concern=WriteConcern(w="majority", j=True))

    def ensure_indexes(self) -> None:
        self._rows.create_index([("at", DESCENDING), ("_id", DESCENDING)])
        self._rows.create_index([("by", ASCENDING), ("at", DESCENDING)])
        self._rows.create_index([("target", ASCENDING), ("at", DESCENDING)])

    def log(
        self,
        who: Account,
        what: str,
        at: datetime,
        *,
        kind: str,
        target: str,
        label: str = "",
        reason: str = "",
        before: Mapping[str, object] | None = None,
        after: Mapping[str, object] | None = None,
    ) -> Act:
        """Write an act down; `before` and `after` may be whole: what is the same in both is left out."""
        old, new = changed(before or {}, after or {})
        row = {
            "_id": ObjectId(),  # of one process each is greater than the one before
            "at": at,
            "by": who.key,
            "name": who.name,
            "what": what,
            "kind": kind,
            "target": target,
            "label": label,
            "reason": reason.strip(),
            "before": old,
            "after": new,
        }
        self._rows.insert_one(row)
        return _act(row)

    def find(
        self,
        *,
        by: str = "",
        target: str = "",
        since: datetime | None = None,
        until: datetime | None = None,
        after: str | None = None,
        limit: int = PAGE,
    ) -> ActPage:
        """The latest first. Raises ValueError for a page key that is none."""
        query: dict[str, Any] = {}
        if by:
            query["by"] = by
        if target:
            query["target"] = target
        query |= between(since, until)
        return ActPage(*paged(self._rows, query, after, limit, _act))


def changed(
    before: Mapping[str, object], after: Mapping[str, object]
) -> tuple[dict[str, object], dict[str, object]]:
    """Only what differs, as plain JSON, secrets covered."""
    old, new = _plain(before), _plain(after)
    differ = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    return {k: old[k] for k in differ if k in old}, {k: new[k] for k in differ if k in new}


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    read = to_json(dict(values))
    assert isinstance(read, dict)
    return {key: COVERED if key in _SECRET else value for key, value in read.items()}


def between(since: datetime | None, until: datetime | None) -> dict[str, Any]:
    """The condition on `at`: from `since` on, before `until`."""
    bounds = {"$gte": since, "$lt": until}
    within = {key: at.astimezone(UTC) for key, at in bounds.items() if at is not None}
    return {"at": within} if within else {}


def paged(
    rows: Any, query: dict[str, Any], after: str | None, limit: int, read: Any
) -> tuple[tuple[Any, ...], str | None]:
    """One page of rows with `at`, the latest first, and the key of the next; by key, never by offset (ux.md §6)."""
    if after:
        at, last = page_key(after)
        beyond = {"$or": [{"at": {"$lt": at}}, {"at": at, "_id": {"$lt": last}}]}
        query = {"$and": [query, beyond]} if query else beyond
    found = list(rows.find(query).sort([("at", DESCENDING), ("_id", DESCENDING)]).limit(limit + 1))
    following = None
    if len(found) > limit:
        found = found[:limit]
        following = written_key(found[-1]["at"], str(found[-1]["_id"]))
    return tuple(read(row) for row in found), following


def written_key(at: datetime, last: str) -> str:
    told = json.dumps([at.astimezone(UTC).isoformat(), last])
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def page_key(after: str) -> tuple[datetime, Any]:
    """A key as `paged` wrote it; raises ValueError for anything else: it came from outside."""
    try:
        at, last = json.loads(base64.urlsafe_b64decode((after + "=" * (-len(after) % 4)).encode()))
        return datetime.fromisoformat(at), _id(str(last))
    except (TypeError, KeyError) as error:
        raise ValueError("not a page key") from error


def _id(text: str) -> Any:
    """Rows that the driver named have ObjectIds, which do not compare with text."""
    return ObjectId(text) if ObjectId.is_valid(text) and len(text) == 24 else text


def _act(row: Mapping[str, Any]) -> Act:
    return Act(
        id=str(row["_id"]),
        at=row["at"].astimezone(TZ),
        by=row["by"],
        name=row["name"],
        what=row["what"],
        kind=row["kind"],
        target=row["target"],
        label=row.get("label") or "",
        reason=row.get("reason") or "",
        before=row.get("before") or {},
        after=row.get("after") or {},
    )
