"""What administrators decided about the calendar: rows that are only added, the latest of each thing in force.

The shipped calendar stays under them as it is; a row is numbered, and the next number can be taken only once, so two
who edit at the same time do not undo one another.
"""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Literal

from pymongo import ASCENDING, DESCENDING
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError
from pymongo.write_concern import WriteConcern

from definitions import calendars as shipped
from definitions.cache import Lru
from rules.calendar import TZ, Calendar

Scope = Literal["year", "hours"]
PROVINCE = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """`scope` "year": `data` is `{confirmed, source, off}` of `year`, the whole of it. `scope` "hours": `data` is
    `{sessions}` of `agency`, or of the province where that is empty. `seq`: its place among all.
    """

    seq: int
    scope: Scope
    data: Mapping[str, Any]
    at: datetime
    by: str
    reason: str
    year: int = 0
    agency: str = PROVINCE


@dataclass(slots=True)
class _Read:
    """The rows as of a revision, and the calendars laid out from them."""

    seq: int
    layer: Mapping[str, object]
    fingerprint: str
    made: Lru[Calendar] = field(default_factory=lambda: Lru(32))


class Calendars:
    """One a process. Every question looks at the latest row's number first, so all processes agree at once."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._rows = database.get_collection(
            "calendar_decisions", write_concern=WriteConcern("majority", j=True)
        )
        self._lock = threading.Lock()
        self._read: _Read | None = None

    def ensure_indexes(self) -> None:
        self._rows.create_index([("scope", ASCENDING), ("year", ASCENDING), ("_id", DESCENDING)])

    def revision(self) -> int:
        row = self._rows.find_one({}, {"_id": 1}, sort=[("_id", DESCENDING)])
        return int(row["_id"]) if row else 0

    def decisions(self) -> tuple[Decision, ...]:
        """All, the first first."""
        return tuple(_decision(row) for row in self._rows.find().sort("_id", ASCENDING))

    def decide(
        self,
        scope: Scope,
        data: Mapping[str, Any],
        *,
        by: str,
        at: datetime,
        reason: str,
        seen: int,
        year: int = 0,
        agency: str = PROVINCE,
    ) -> bool:
        """Add a decision after the one numbered `seen`; false where somebody else decided since."""
        row = {
            "_id": seen + 1,
            "scope": scope,
            "data": dict(data),
            "year": year,
            "agency": agency,
            "by": by,
            "at": at,
            "reason": reason,
        }
        try:
            self._rows.insert_one(row)
        except DuplicateKeyError:
            return False
        return True

    def year(self, year: int) -> Mapping[str, Any]:
        """What is in force for a year: `{confirmed, source, off}`; empty where nobody said anything of it."""
        for layer in reversed((*shipped.layers(), self._now().layer)):
            years = layer.get("years")
            if isinstance(years, Mapping) and year in years:
                found: Mapping[str, Any] = years[year]
                return found
        return {}

    def years(self) -> tuple[int, ...]:
        layers = (*shipped.layers(), self._now().layer)
        found = {int(y) for layer in layers for y in _mapping(layer.get("years"))}
        return tuple(sorted(found, reverse=True))

    def layers(self) -> tuple[Mapping[str, object], ...]:
        """All that the calendar is made of, the shipped layers first."""
        layer = self._now().layer
        return (*shipped.layers(), *((layer,) if layer else ()))

    def fingerprint(self) -> str:
        """Changes when anything does that a calendar is made of."""
        return self._now().fingerprint

    def calendar(self, agency: str | None = None) -> Calendar:
        """The working calendar of an agency; of the province where it has no hours of its own."""
        read = self._now()
        if not read.layer:
            return shipped.shipped(unit=agency)
        return _made(self.layers(), read.made, agency)

    def tried(self, layer: Mapping[str, object]) -> Callable[[str], Calendar]:
        """The calendars as they would be with one more layer; nothing is kept. Raises ValueError where it cannot be."""
        layers, made = (*self.layers(), layer), Lru[Calendar](32)
        _made(layers, made, None)
        return lambda agency: _made(layers, made, agency)

    def _now(self) -> _Read:
        seq = self.revision()
        with self._lock:
            if self._read is None or self._read.seq != seq:
                layer = layer_of(self.decisions())
                told = json.dumps([shipped.fingerprint(), layer], default=str, sort_keys=True)
                mark = sha256(told.encode()).hexdigest()[:16] if layer else shipped.fingerprint()
                self._read = _Read(seq, layer, mark)
            return self._read


def _made(layers: "tuple[Mapping[str, object], ...]", made: Lru[Calendar], agency: str | None) -> Calendar:
    """One calendar for all agencies without hours of their own: to lay out a hundred years takes a while."""
    own = any(agency in _mapping(layer.get("units")) for layer in layers)
    key = agency if own and agency else PROVINCE
    found = made.get(key)
    if found is None:
        found = Calendar.from_data(*layers, unit=key or None)
        made.put(key, found)
    return found


def layer_of(decisions: "tuple[Decision, ...]") -> Mapping[str, object]:
    """The decisions as one layer over the shipped calendar (shape: `rules.calendar.data`); empty where there are none."""
    years: dict[int, Any] = {}
    hours: dict[str, Any] = {}
    for decision in sorted(decisions, key=lambda d: d.seq):
        if decision.scope == "year":
            years[decision.year] = decision.data
        else:
            hours[decision.agency] = [_session(row) for row in decision.data["sessions"]]
    if not years and not hours:
        return {}
    units = {agency: {"sessions": rows} for agency, rows in hours.items() if agency}
    return {"id": "quan-tri", "years": years, "sessions": hours.get(PROVINCE, []), "units": units}


def read_back(layer: Mapping[str, object]) -> Mapping[str, object]:
    """A layer as a form makes it, with days as dates where the calendar wants them."""

    def rows(found: Mapping[str, Any]) -> dict[str, Any]:
        return {**found, "sessions": [_session(row) for row in found.get("sessions") or ()]}

    units = {agency: rows(found) for agency, found in _mapping(layer.get("units")).items()}
    return {"id": "quan-tri", **rows(layer), "units": units}


def _session(row: Mapping[str, Any]) -> dict[str, Any]:
    days = {k: date.fromisoformat(row[k]) for k in ("from", "to") if row.get(k)}
    return {**row, **days}


def _mapping(value: object) -> Mapping[Any, Any]:
    return value if isinstance(value, Mapping) else {}


def _decision(row: Mapping[str, Any]) -> Decision:
    return Decision(
        seq=int(row["_id"]),
        scope=row["scope"],
        data=row["data"],
        at=row["at"].astimezone(TZ),
        by=row["by"],
        reason=row["reason"],
        year=int(row["year"]),
        agency=row["agency"],
    )
