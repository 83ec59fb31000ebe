"""The registry in MongoDB. One decision with all the rows it enters is one document, so it is written whole or not at all;
rows are only ever added. A slip is one document guarded by `rev`; a published list is written once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from pymongo import ASCENDING, DESCENDING
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from rules.calendar import local
from tthc.registry import codec
from tthc.registry.codec import Document
from tthc.registry.model import Decision, Entry, RegistryError
from tthc.registry.publications import Publication
from tthc.registry.roadmap import Goal
from tthc.registry.slips import Slip, Told

LISTED: Final = 200
"""How many slips, lists and decisions a page shows, the newest first."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one decision entered at one time."""

    id: str
    decision: Decision
    entries: tuple[Entry, ...]
    by: str
    at: datetime


class RegistryStore:
    """Reads and writes what the registry keeps."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._batches: Collection[Document] = database["registry_decisions"]
        self._slips: Collection[Document] = database["registry_slips"]
        self._goals: Collection[Document] = database["registry_goals"]
        self._publications: Collection[Document] = database["registry_publications"]

    def ensure_indexes(self) -> None:
        self._batches.create_index([("rows.key", ASCENDING)], unique=True)
        self._batches.create_index([("rows.code", ASCENDING)])
        self._slips.create_index([("rows.version", ASCENDING)])
        self._slips.create_index([("at", DESCENDING)])
        self._publications.create_index([("at", DESCENDING)])

    # the catalogue

    def entries(self, code: str | None = None) -> tuple[Entry, ...]:
        """All rows of all times, or those of one procedure, as they were entered."""
        found = self._batches.find({} if code is None else {"rows.code": code}).sort("at", ASCENDING)
        return tuple(
            entry for batch in found for entry in _batch(batch).entries if code is None or entry.code == code
        )

    def enter(self, decision: Decision, entries: Sequence[Entry], by: str, at: datetime) -> str:
        """All the rows at once; id of the batch. Raises RegistryError where one began that day already."""
        batch_id = uuid4().hex
        rows = [codec.entry_out(replace(entry, id=f"{batch_id}-{at_}")) for at_, entry in enumerate(entries)]
        keys = [row["key"] for row in rows]
        try:
            if len(set(keys)) != len(keys) or self._batches.count_documents(
                {"rows.key": {"$in": keys}}, limit=1
            ):
                raise RegistryError(_TAKEN, "start")
            self._batches.insert_one(
                {"_id": batch_id, "decision": codec.decision_out(decision), "rows": rows, "by": by, "at": at}
            )
        except DuplicateKeyError as error:
            raise RegistryError(_TAKEN, "start") from error
        return batch_id

    def batch(self, batch_id: str) -> Batch | None:
        found = self._batches.find_one({"_id": batch_id})
        return None if found is None else _batch(found)

    def batches(self) -> tuple[Batch, ...]:
        return tuple(_batch(found) for found in self._batches.find().sort("at", DESCENDING).limit(LISTED))

    # slips

    def slips(self) -> tuple[Slip, ...]:
        return tuple(
            codec.slip_in(found) for found in self._slips.find().sort("at", DESCENDING).limit(LISTED)
        )

    def slip(self, slip_id: str) -> Slip | None:
        found = self._slips.find_one({"_id": slip_id})
        return None if found is None else codec.slip_in(found)

    def slips_with(self, version_id: str) -> tuple[Slip, ...]:
        """The slips that put this version forward, oldest first."""
        found = self._slips.find({"rows.version": version_id}).sort("at", ASCENDING)
        return tuple(codec.slip_in(one) for one in found)

    def save_slip(self, slip: Slip) -> Slip:
        """As it is now, if nobody changed it since it was read; raises RegistryError otherwise."""
        fresh = replace(slip, rev=slip.rev + 1)
        document = codec.slip_out(fresh)
        if slip.rev == 0:
            self._slips.insert_one(document)
        elif not self._slips.replace_one({"_id": slip.id, "rev": slip.rev}, document).matched_count:
            raise RegistryError("Phiếu vừa được người khác sửa; ông/bà tải lại trang rồi làm lại.")
        return fresh

    def add_told(self, slip_id: str, told: Told) -> None:
        """A notice of its sending; whoever writes the slip at the same moment reads it again."""
        change = {"$push": {"told": codec.told_out(told)}, "$inc": {"rev": 1}}
        self._slips.update_one({"_id": slip_id}, change)

    # the roadmap

    def goals(self) -> tuple[Goal, ...]:
        """By day."""
        found = self._goals.find().sort([("day", ASCENDING), ("code", ASCENDING)])
        return tuple(codec.goal_in(one) for one in found)

    def add_goal(self, goal: Goal) -> None:
        self._goals.insert_one(codec.goal_out(goal))

    def withdraw_goal(self, goal_id: str, reason: str) -> bool:
        """False where there is no such goal, or it was withdrawn already."""
        done = self._goals.update_one({"_id": goal_id, "withdrawn": ""}, {"$set": {"withdrawn": reason}})
        return bool(done.matched_count)

    # published lists

    def publications(self) -> tuple[Publication, ...]:
        found = self._publications.find().sort("at", DESCENDING).limit(LISTED)
        return tuple(codec.publication_in(one) for one in found)

    def publication(self, publication_id: str) -> Publication | None:
        found = self._publications.find_one({"_id": publication_id})
        return None if found is None else codec.publication_in(found)

    def add_publication(self, publication: Publication) -> None:
        self._publications.insert_one(codec.publication_out(publication))


_TAKEN: Final = "Một thủ tục trong bảng đã có dòng bắt đầu từ ngày đó; ông/bà xem lại danh mục rồi nhập lại."


def _batch(found: Document) -> Batch:
    return Batch(
        found["_id"],
        codec.decision_in(found["decision"]),
        tuple(codec.entry_in(row, found) for row in found["rows"]),
        found["by"],
        local(found["at"]),
    )
