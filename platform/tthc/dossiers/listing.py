"""Lists of dossiers as officials ask for them: narrowed by many things at once, in an order, a page at a time.

Pages go by key, never by offset: the next page begins after the last row shown and the page before ends before the
first one, so no page costs more than another and none jumps when a dossier comes in meanwhile (ux.md §6).
"""

import base64
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from pymongo import ASCENDING, DESCENDING

from tthc.dossiers.conditions import together
from tthc.dossiers.queries import FIELDS, Lists, Row, row_of
from tthc.dossiers.repository import FAR
from tthc.dossiers.search import words
from tthc.dossiers.state import Status

PAGE = 15
"""Rows of a page: with its styles and scripts it stays a light one on a telephone."""

COUNTED = 1000
"""Beyond so many, a list says “hơn”: counting on says nothing to anybody and takes time."""


STRETCH = timedelta(days=14)
"""So much of the time of handing in is read at once: the rows of a page and few more, at whatever size of agency."""

WHOLE_NUMBER = 9
"""Digits from which on a number typed is taken for a whole one: the old identity cards have as many."""


class Order(StrEnum):
    """`DUE`: what is due first comes first; the others by the day of handing in."""

    DUE = "due"
    NEWEST = "newest"
    OLDEST = "oldest"


_SORTS: Mapping[Order, tuple[str, int]] = {
    Order.DUE: ("next_due", ASCENDING),
    Order.NEWEST: ("submitted_at", DESCENDING),
    Order.OLDEST: ("submitted_at", ASCENDING),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is to hold; all that is set must hold. Empty or `None` asks for nothing.

    `agencies`: dossiers of these; `functions` with `at`: dossiers in which one of these functions has a task in that
    agency, and with `holders` a task that one of these accounts (`None`: nobody) has. `step`: name of an open task;
    `assignee`: account id of somebody who has a task; `unclaimed`: has a task of one of these functions, in the agency
    `unclaimed_at`, that nobody has; `text`: words typed.
    Instants: from inclusive, before exclusive.
    """

    agencies: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    at: str = ""
    holders: tuple[str | None, ...] = ()
    statuses: tuple[Status, ...] = ()
    due_from: datetime | None = None
    due_before: datetime | None = None
    procedures: tuple[str, ...] | None = None
    step: str = ""
    channel: str = ""
    assignee: str = ""
    unclaimed: tuple[str, ...] = ()
    unclaimed_at: str = ""
    handed_from: datetime | None = None
    handed_before: datetime | None = None
    text: str = ""

    def query(self) -> dict[str, Any]:
        """As MongoDB is asked."""
        parts: list[dict[str, Any]] = []
        if self.agencies:
            parts.append({"agency": _one_of(self.agencies)})
        if self.at:
            parts.append({"task_keys": _one_of([f"{name}@{self.at}" for name in self.functions])})
            if self.holders:
                held = {
                    "function": _one_of(self.functions),
                    "agency": self.at,
                    "assignee": _one_of(self.holders),
                }
                parts.append({"open_tasks": {"$elemMatch": held}})
        if self.statuses:
            parts.append({"status": _one_of([s.value for s in self.statuses])})
        parts += _between("next_due", self.due_from, self.due_before)
        parts += _between("submitted_at", self.handed_from, self.handed_before)
        if self.procedures is not None:
            parts.append({"procedure": _one_of(self.procedures)})
        if self.step:
            parts.append({"open_tasks.name": self.step})
        if self.channel:
            parts.append({"channel": self.channel})
        if self.assignee:
            parts.append({"task_keys": f"~{self.assignee}"})
        if self.unclaimed:
            nobody = {
                "assignee": None,
                "function": _one_of(self.unclaimed),
                "agency": self.unclaimed_at,
            }
            parts.append({"open_tasks": {"$elemMatch": nobody}})
        if self.text:
            # what was typed and holds no word finds nothing, rather than everything; the longest finds the fewest
            typed = sorted(words(self.text), key=len, reverse=True) or [""]
            found = [_found_by(word) for word in typed]
            parts.append({"search": found[0] if found == [typed[0]] else {"$all": found}})
        return together(*parts)


@dataclass(frozen=True, slots=True)
class Listed:
    """A page. `before`, `after`: what to pass on for the page before and the next one, `None` where there is none."""

    rows: tuple[Row, ...]
    before: str | None = None
    after: str | None = None


class Listing(Lists):
    """Reads only."""

    def page(
        self,
        *wanted: Wanted,
        order: Order = Order.DUE,
        after: str | None = None,
        before: str | None = None,
        limit: int = PAGE,
        near: datetime | None = None,
    ) -> Listed:
        """The rows that meet all of `wanted`. `near`: about when the newest were handed in, where that is known.

        Raises ValueError for a page key that is none of this order's.
        """
        back = before is not None and after is None
        key = before if back else after
        parts = [w.query() for w in wanted]
        sort = sorting(order, back=back)
        field, _ = sort[0]
        documents: list[dict[str, Any]] = []
        # a date asked for leaves out what has none, and what words find is few
        few = any(w.due_before is not None or w.text for w in wanted)
        split = order is Order.DUE and not few
        read = None if key is None else _read(key, order)
        by_time = _by_time(order, read, near, back=back) if order is not Order.DUE and not few else None
        for stretch in by_time or _stretches(order, read, back=back, split=split):
            if len(documents) > limit:
                break
            found = self._collection.find(together(*parts, stretch), dict.fromkeys(FIELDS, 1))
            documents += found.sort(sort).limit(limit + 1 - len(documents))
        more, documents = len(documents) > limit, documents[:limit]
        if back:
            documents.reverse()
        earlier = more if back else key is not None
        later = key is not None if back else more
        return Listed(
            tuple(row_of(d) for d in documents),
            _key(documents[0], field, order) if documents and earlier else None,
            _key(documents[-1], field, order) if documents and later else None,
        )

    def count(self, *wanted: Wanted, limit: int = COUNTED) -> int:
        """How many meet all of `wanted`, counted up to `limit`."""
        return self._collection.count_documents(together(*(w.query() for w in wanted)), limit=limit)

    def by_agency(self, wanted: Wanted) -> Mapping[str, int]:
        """How many of each agency's dossiers meet `wanted`; agencies without any are left out."""
        stages = [{"$match": wanted.query()}, {"$group": {"_id": "$agency", "count": {"$sum": 1}}}]
        return {str(row["_id"]): int(row["count"]) for row in self._collection.aggregate(stages)}

    def handed_in(self, procedures: Sequence[str], since: datetime) -> Mapping[str, int]:
        """How many dossiers of each of these procedures were handed in since then; procedures without any are left out."""
        wanted: dict[str, Any] = {"procedure": {"$in": list(procedures)}, "submitted_at": {"$gte": since}}
        stages: list[dict[str, Any]] = [
            {"$match": wanted},
            {"$group": {"_id": "$procedure", "count": {"$sum": 1}}},
        ]
        return {str(row["_id"]): int(row["count"]) for row in self._collection.aggregate(stages)}


def sorting(order: Order, *, back: bool = False) -> list[tuple[str, int]]:
    """As MongoDB is told: the order's own field, then the id, so that no two rows stand in the same place."""
    field, direction = _SORTS[order]
    way = -direction if back else direction
    return [(field, way), ("_id", way)]


def _stretches(
    order: Order, key: tuple[datetime, str] | None, *, back: bool, split: bool
) -> list[dict[str, Any]]:
    """The parts that a page is read in, one after the other until it is full: what stands at the key's own instant, then
    what lies beyond; where `split`, first what has a due date, then the rest, which is most of what an agency ever did.
    Each is a plain bound that an index knows, and a server that sorts what it finds sorts few.
    """
    field, way = sorting(order, back=back)[0]
    more = "$gt" if way == ASCENDING else "$lt"
    none = {field: FAR}
    if not split:
        if key is None:
            return [{}]
        return [{field: key[0], "_id": {more: key[1]}}, {field: {more: key[0]}}]
    if key is None:
        return [{field: {"$lt": FAR}}, none]
    at, last = key
    same = {field: at, "_id": {more: last}}
    if at >= FAR:
        return [same, {field: {"$lt": FAR}}] if back else [same]
    return [same, {field: {"$lt": at}}] if back else [same, {field: {"$gt": at, "$lt": FAR}}, none]


def _found_by(word: str) -> str | re.Pattern[str]:
    """A whole number of a person or of a telephone is looked up as it is, any other word by its beginning."""
    whole = not word or (word.isdecimal() and len(word) >= WHOLE_NUMBER)
    return word if whole else re.compile(f"^{re.escape(word)}")


def _by_time(
    order: Order, key: tuple[datetime, str] | None, near: datetime | None, *, back: bool
) -> list[dict[str, Any]] | None:
    """As `_stretches`, by the time of handing in: what is nearest to where the page begins comes first, the rest only
    where that does not fill it. `None` where nobody knows where it begins.
    """
    field, way = sorting(order, back=back)[0]
    on = way == ASCENDING
    beyond, up_to = ("$gt", "$lte") if on else ("$lt", "$gte")
    if key is None:
        if near is None or on:
            return None
        edge = (near - STRETCH).astimezone(UTC)
        return [{field: {up_to: edge}}, {field: {beyond: edge}}]
    at, last = key
    edge = at + STRETCH if on else at - STRETCH
    same = {field: at, "_id": {beyond: last}}
    return [same, {field: {beyond: at, up_to: edge}}, {field: {beyond: edge}}]


def _one_of(values: Any) -> Any:
    found = list(values)
    return found[0] if len(found) == 1 and found[0] is not None else {"$in": found}


def _between(field: str, start: datetime | None, end: datetime | None) -> list[dict[str, Any]]:
    bounds = {"$gte": start, "$lt": end}
    within = {key: at.astimezone(UTC) for key, at in bounds.items() if at is not None}
    return [{field: within}] if within else []


def _key(document: Mapping[str, Any], field: str, order: Order) -> str:
    told = json.dumps([order.value, document[field].astimezone(UTC).isoformat(), document["_id"]])
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def _read(key: str, order: Order) -> tuple[datetime, str]:
    """A page key as `_key` wrote it. Raises ValueError for anything else: it came from outside."""
    told = json.loads(base64.urlsafe_b64decode((key + "=" * (-len(key) % 4)).encode()))
    if not isinstance(told, list) or len(told) != 3 or not all(isinstance(part, str) for part in told):
        raise ValueError("not a page key")
    if told[0] != order.value:
        raise ValueError("a page key of another order")
    at = datetime.fromisoformat(told[1])
    if at.tzinfo is None:
        raise ValueError("a page key without a time zone")
    return at, told[2]
