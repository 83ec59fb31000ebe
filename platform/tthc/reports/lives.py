"""The lives of dossiers, kept beside them for reports: small rows, always as new as the dossier when they are read.

A write marks its dossier (`life_due`) in the very same update, and the mark is taken away only from the version whose
history was told: so a killed worker loses nothing, and two at once do no harm. Every reading first tells what is marked;
the workers' sweep leaves it little to do.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pymongo import ASCENDING, DESCENDING
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from tthc.dossiers.repository import Dossiers
from tthc.measures.completeness import missing
from tthc.measures.life import Life, life_of
from tthc.reports import kept

LIVES: Final = "dossier_lives"
AT_ONCE: Final = 300
"""How many lives one request tells at most before it answers with what is told; the sweep does the rest."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lives:
    """`dossiers`: where the histories are."""

    dossiers: Dossiers
    database: Database[dict[str, Any]]

    @property
    def _rows(self) -> Collection[dict[str, Any]]:
        return self.database[LIVES]

    def ensure_indexes(self) -> None:
        """And mark all dossiers once where lives were never kept, or were kept in another shape."""
        self._rows.create_index([("ag", ASCENDING), ("settled", ASCENDING)])
        self._rows.create_index([("was", ASCENDING), ("settled", ASCENDING)])
        self._rows.create_index([("settled", ASCENDING)])
        self._rows.create_index([("ag", ASCENDING), ("lacks", ASCENDING)])
        self._rows.create_index([("ag", ASCENDING), ("acc", DESCENDING), ("_id", DESCENDING)])
        shapes = self.database["dossier_lives_shape"]
        if shapes.find_one({"_id": "shape", "shape": kept.SHAPE}) is None:
            self.dossiers.collection.update_many({"life_due": {"$ne": True}}, {"$set": {"life_due": True}})
            shapes.replace_one({"_id": "shape"}, {"shape": kept.SHAPE}, upsert=True)

    def sweep(self, limit: int = AT_ONCE) -> int:
        """Tell the lives of dossiers that were written to; how many. One that cannot be told keeps no other waiting."""
        marked = self.dossiers.collection.find({"life_due": True}, {"_id": 1}).limit(limit)
        told = 0
        for row in list(marked):
            try:
                told += self._tell(str(row["_id"]))
            except (LookupError, ValueError, TypeError):
                log.exception("the life of dossier %s was not told", row["_id"])
        return told

    def waiting(self) -> int:
        """How many dossiers are still to be told."""
        return self.dossiers.collection.count_documents({"life_due": True})

    def of(self, agencies: Sequence[str] | None, start: datetime, end: datetime) -> Iterator[Life]:
        """Whatever may count in [start, end) for some agencies, or for all; each where it was just before `end`."""
        # solved for good before the period, it stands in none of its columns
        within = {
            "settled": {"$gte": kept.milliseconds(start)},
            "acc": {"$lt": kept.milliseconds(end)},
        }
        if agencies is None:
            yield from self._read(within)
            return
        own = frozenset(agencies)
        named = {"$in": sorted(own)}
        seen: set[str] = set()
        for life in (*self._read({"ag": named, **within}), *self._read({"was": named, **within})):
            if life.id not in seen and life.agency_at(end) in own:
                seen.add(life.id)
                yield life

    def lacking(self, agency: str) -> Iterator[Life]:
        """The dossiers that break a rule of completeness whatever the day, and all that are open."""
        yield from self._read({"ag": agency, "settled": kept.NEVER})
        yield from self._read({"ag": agency, "lacks": True, "settled": {"$lt": kept.NEVER}})

    def accepted(
        self, agency: str, start: datetime, end: datetime, *, after: tuple[int, str] | None, limit: int
    ) -> list[Life]:
        """Accepted in [start, end) and an agency's now, the earliest first; `after`: the last of the page before."""
        since, until = kept.milliseconds(start), kept.milliseconds(end)
        query: dict[str, Any] = {"ag": agency, "acc": {"$gte": since, "$lt": until}}
        if after is not None:
            at, last = after
            query["$or"] = [{"acc": {"$gt": at}}, {"acc": at, "_id": {"$gt": last}}]
        found = self._rows.find(query).sort([("acc", ASCENDING), ("_id", ASCENDING)]).limit(limit)
        return [kept.read(row) for row in found]

    def _read(self, query: dict[str, Any]) -> Iterator[Life]:
        return map(kept.read, self._rows.find(query).batch_size(2000))

    def _tell(self, dossier_id: str) -> bool:
        dossier = self.dossiers.get(dossier_id)
        if dossier is None:
            return False
        row = kept.written(life_of(dossier, missing), dossier.version)
        older = {"$or": [{"v": {"$lt": dossier.version}}, {"shape": {"$ne": kept.SHAPE}}]}
        try:
            self._rows.replace_one({"_id": dossier_id, **older}, row, upsert=True)
        except DuplicateKeyError:
            log.debug("the life of dossier %s was told already", dossier_id)
        self.dossiers.collection.update_one(
            {"_id": dossier_id, "version": dossier.version}, {"$unset": {"life_due": ""}}
        )
        return True
