"""Batches in the database, and the way through them.

`dossier_moves` holds one row for each dossier of a batch, `dossier_move_batches` its head, which is written last: rows
without a head are of a batch that nobody ordered. Whoever works through a batch may die at any line: each dossier is
moved by a command whose id follows from batch and dossier, so that a move carried out but not yet written into its row is
found done, and nothing is done twice. `open` of a head says that something is left, for the sweep.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from pymongo import ASCENDING, DESCENDING
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from rules.calendar import local
from tthc.dossiers.codes import DURABLE
from tthc.dossiers.commands import MoveBack, MoveToVersion
from tthc.dossiers.context import SYSTEM
from tthc.dossiers.refusals import Refused
from tthc.dossiers.service import DossierService
from tthc.moves.model import Batch, Chosen, Move, Order, Row

CHUNK: Final = 25
"""How many one request works through at most; the sweep does the rest."""
FAULT: Final = "Hệ thống gặp lỗi với hồ sơ này, hồ sơ giữ nguyên; ông/bà báo quản trị hệ thống."
STOPPED: Final = "Đợt chuyển được hoàn tác trước khi đến lượt hồ sơ này."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Moves:
    """Opening, working through and undoing."""

    dossiers: DossierService
    database: Database[dict[str, Any]]

    def ensure_indexes(self) -> None:
        self._rows.create_index([("batch", ASCENDING), ("state", ASCENDING), ("place", ASCENDING)])
        self._heads.create_index([("open", ASCENDING), ("order.at", ASCENDING)])
        self._heads.create_index([("procedure", ASCENDING), ("order.at", DESCENDING)])

    @property
    def _rows(self) -> Collection[dict[str, Any]]:
        return self.database.get_collection("dossier_moves", write_concern=DURABLE)

    @property
    def _heads(self) -> Collection[dict[str, Any]]:
        return self.database.get_collection("dossier_move_batches", write_concern=DURABLE)

    def open(self, batch: Batch, chosen: Sequence[Chosen]) -> Batch:
        """Order a batch; the same id again is the same batch, whatever else is chosen."""
        if self._heads.find_one({"_id": batch.id}, {"_id": 1}) is None:
            for place, one in enumerate(chosen):
                row = {**asdict(one), "told": list(one.told), "batch": batch.id, "place": place}
                fresh = {**row, "state": Row.WAITING.value, "why": ""}
                self._rows.update_one(
                    {"_id": _row_id(batch.id, one.dossier)}, {"$setOnInsert": fresh}, upsert=True
                )
            head = {
                "_id": batch.id,
                "procedure": batch.procedure,
                "version": batch.version,
                "to": batch.to,
                "order": asdict(batch.order),
                "undo": None,
                "open": True,
            }
            try:
                self._heads.insert_one(head)
            except DuplicateKeyError:
                log.info("batch %s was ordered twice at once", batch.id)
        found = self.get(batch.id)
        assert found is not None
        return found

    def get(self, batch_id: str) -> Batch | None:
        head = self._heads.find_one({"_id": batch_id})
        if head is None:
            return None
        rows = self._rows.find({"batch": batch_id}).sort("place", ASCENDING)
        return _batch(head, tuple(_move(row) for row in rows))

    def of(self, procedure: str, version: str) -> tuple[Batch, ...]:
        """Those that led to this version, the newest first."""
        heads = self._heads.find({"procedure": procedure, "version": version}).sort("order.at", DESCENDING)
        found = (self.get(str(head["_id"])) for head in heads)
        return tuple(batch for batch in found if batch is not None)

    def undo(self, batch_id: str, order: Order) -> None:
        """Order that a batch be led back; a second order changes nothing."""
        self._heads.update_one(
            {"_id": batch_id, "undo": None}, {"$set": {"undo": asdict(order), "open": True}}
        )

    def sweep(self, limit: int = CHUNK) -> int:
        """Go on with whatever is left, the oldest batch first; how many rows were done."""
        done = 0
        for head in list(self._heads.find({"open": True}, {"_id": 1}).sort("order.at", ASCENDING)):
            if done < limit:
                done += self.run(str(head["_id"]), limit - done)
        return done

    def run(self, batch_id: str, limit: int = CHUNK) -> int:
        """Work through so many rows of a batch; how many were done. Two at once do no harm."""
        head = self._heads.find_one({"_id": batch_id})
        if head is None:
            return 0
        if head["undo"] is not None:
            self._turn_back(batch_id)
        waiting = {"batch": batch_id, "state": {"$in": [state.value for state in Row if state.open]}}
        batch, done = _batch(head, ()), 0
        for row in list(self._rows.find(waiting).sort("place", ASCENDING).limit(limit)):
            done += self._one(batch, _move(row))
        if self._rows.count_documents(waiting, limit=1) == 0:
            # an order to undo that came meanwhile opens it again, and is not overwritten
            self._heads.update_one({"_id": batch_id, "undo": head["undo"]}, {"$set": {"open": False}})
        return done

    def _turn_back(self, batch_id: str) -> None:
        for before, after, why in (
            (Row.WAITING, Row.STOPPED, STOPPED),
            (Row.MOVED, Row.RETURNING, ""),
        ):
            self._rows.update_many(
                {"batch": batch_id, "state": before.value}, {"$set": {"state": after.value, "why": why}}
            )

    def _one(self, batch: Batch, row: Move) -> bool:
        """One dossier there, or back."""
        if row.state is Row.RETURNING:
            order = batch.undo
            assert order is not None
            command = MoveBack(command_id(batch.id, row.dossier), order.reason, order.by, order.by_name)
            ends = Row.RETURNED, Row.KEPT
            command_of = f"back:{command_id(batch.id, row.dossier)}"
            return self._carry_out(
                batch, row, lambda: self.dossiers.execute(row.dossier, command, SYSTEM, command_of), ends
            )
        order = batch.order
        move = MoveToVersion(
            batch.to, order.reason, order.decision, order.by, order.by_name, despite=row.despite
        )
        return self._carry_out(
            batch,
            row,
            lambda: self.dossiers.execute(row.dossier, move, SYSTEM, command_id(batch.id, row.dossier)),
            (Row.MOVED, Row.REFUSED),
        )

    def _carry_out(self, batch: Batch, row: Move, act: Callable[[], object], ends: tuple[Row, Row]) -> bool:
        state, why = ends[0], ""
        try:
            act()
        except Refused as refused:
            if refused.code == "busy":
                return False  # it stays in the queue
            state, why = ends[1], refused.message
        except (LookupError, ValueError):
            log.exception("dossier %s of batch %s was not moved", row.dossier, batch.id)
            state, why = ends[1], FAULT
        key = {"_id": _row_id(batch.id, row.dossier)}
        change = {"$set": {"state": state.value, "why": why}}
        written = self._rows.update_one({**key, "state": row.state.value}, change)
        if not written.matched_count and state is Row.MOVED:
            # it was ordered back while it was under way: then it goes back as well
            turned = {"state": Row.RETURNING.value, "why": ""}
            self._rows.update_one({**key, "state": Row.STOPPED.value}, {"$set": turned})
            self._heads.update_one({"_id": batch.id}, {"$set": {"open": True}})
        return True


def command_id(batch: str, dossier: str) -> str:
    """Of the move of a dossier by a batch."""
    return f"move:{batch}:{dossier}"


def _row_id(batch: str, dossier: str) -> str:
    return f"{batch}:{dossier}"


def _move(row: Mapping[str, Any]) -> Move:
    return Move(
        dossier=str(row["dossier"]),
        name=str(row["name"]),
        agency=str(row["agency"]),
        state=Row(row["state"]),
        told=tuple(row["told"]),
        why=str(row["why"]),
        despite=bool(row["despite"]),
    )


def _order(raw: Mapping[str, Any]) -> Order:
    return Order(raw["by"], raw["by_name"], local(raw["at"]), raw["reason"], raw["decision"])


def _batch(head: Mapping[str, Any], rows: tuple[Move, ...]) -> Batch:
    return Batch(
        id=str(head["_id"]),
        procedure=str(head["procedure"]),
        version=str(head["version"]),
        to=str(head["to"]),
        order=_order(head["order"]),
        undo=None if head["undo"] is None else _order(head["undo"]),
        rows=rows,
    )
