"""Uploads that go up in parts and go on where they were broken off (Đ10.1b): the store behind tus 1.0.0.

A part is put first and counted afterwards, in one conditional write: a part sent twice, or by two windows at once, is
counted once, and one that nobody counted is thrown away. What was finished is remembered until the sweep, so that
asking again after a lost answer finishes nothing twice.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from bson import Binary
from pymongo import ASCENDING, ReturnDocument
from pymongo.collection import Collection
from pymongo.database import Database

from forms.attachments import UploadError
from rules.i18n import gettext

LASTS: Final = timedelta(days=1)
"""How long an upload may stand still before its parts are thrown away."""
MOST_PART: Final = 1024 * 1024
"""Bytes of one part at most."""
LEAST_PART: Final = 16 * 1024
"""Bytes of one part at least, the last aside: nobody fills the store with crumbs."""
MOST_OPEN: Final = 20
MOST_WAITING: Final = 100 * 1024 * 1024
"""Unfinished uploads of one account, and their bytes together, at most."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """One file on its way. `tray`: a photograph that is to be joined with others before it is a paper; `sha256`: of the
    whole, as the sender says, empty where it could not tell; `done`: the stored file, once there is one.
    """

    id: str
    owner: str
    application: str
    paper: str
    tray: bool
    name: str
    mimetype: str
    size: int
    sha256: str
    offset: int
    parts: tuple[str, ...] = ()
    done: Mapping[str, Any] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        return self.offset == self.size


class Transfers:
    """Every read and write names the owner, so nobody goes on with another's."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._rows: Collection[dict[str, Any]] = database["transfers"]
        self._parts: Collection[dict[str, Any]] = database["transfer_parts"]

    def ensure_indexes(self) -> None:
        self._rows.create_index([("owner", ASCENDING), ("application", ASCENDING), ("sha256", ASCENDING)])
        self._rows.create_index([("touched_at", ASCENDING)])
        self._parts.create_index([("transfer", ASCENDING)])

    def begin(
        self,
        *,
        owner: str,
        application: str,
        paper: str,
        tray: bool,
        name: str,
        mimetype: str,
        size: int,
        sha256: str,
        now: datetime,
    ) -> Transfer:
        """A new upload, or the one that brought a part of the same content to the same place before.

        Raises:
            UploadError: too much is under way already.
        """
        place = {"owner": owner, "application": application, "paper": paper, "tray": tray}
        if sha256:
            before = self._rows.find_one({**place, "sha256": sha256, "size": size})
            if before is not None:
                return _transfer(before)
        waiting = [row["size"] for row in self._rows.find({"owner": owner, "done": {}}, {"size": 1})]
        if len(waiting) >= MOST_OPEN or sum(waiting) + size > MOST_WAITING:
            raise UploadError(
                gettext("Ông/bà đang có nhiều tệp tải dở. Tải tiếp hoặc bỏ bớt những tệp ấy rồi tải tệp này.")
            )
        row: dict[str, Any] = {
            "_id": secrets.token_hex(16),
            **place,
            "name": name,
            "mimetype": mimetype,
            "size": size,
            "sha256": sha256,
            "offset": 0,
            "parts": [],
            "done": {},
            "touched_at": now,
        }
        self._rows.insert_one(row)
        return _transfer(row)

    def get(self, transfer_id: str, owner: str, application: str) -> Transfer | None:
        row = self._rows.find_one({"_id": transfer_id, "owner": owner, "application": application})
        return _transfer(row) if row else None

    def arrived(self, transfer_id: str, owner: str) -> Transfer | None:
        """One that came whole for no paper, but to go along with a form."""
        row = self._rows.find_one({"_id": transfer_id, "owner": owner, "paper": ""})
        found = _transfer(row) if row else None
        return found if found is not None and found.whole else None

    def open_of(self, owner: str, application: str) -> tuple[Transfer, ...]:
        """Broken off or still running, of one application."""
        rows = self._rows.find({"owner": owner, "application": application, "done": {}})
        return tuple(_transfer(row) for row in rows.sort("_id", ASCENDING))

    def append(self, transfer: Transfer, offset: int, data: bytes, now: datetime) -> Transfer | None:
        """The upload with one part more; `None` where it does not stand at `offset` (any more)."""
        part = f"{transfer.id}:{secrets.token_hex(8)}"
        self._parts.insert_one({"_id": part, "transfer": transfer.id, "data": Binary(data)})
        row = self._rows.find_one_and_update(
            {"_id": transfer.id, "owner": transfer.owner, "offset": offset, "done": {}},
            {"$inc": {"offset": len(data)}, "$push": {"parts": part}, "$set": {"touched_at": now}},
            return_document=ReturnDocument.AFTER,
        )
        if row is None:
            self._parts.delete_one({"_id": part})
            return None
        return _transfer(row)

    def content(self, transfer: Transfer) -> bytes:
        """All parts in their order."""
        found = {row["_id"]: row["data"] for row in self._parts.find({"_id": {"$in": list(transfer.parts)}})}
        return b"".join(bytes(found[part]) for part in transfer.parts)

    def finish(self, transfer: Transfer, file: Mapping[str, Any], now: datetime) -> None:
        """The content is a stored file now; the parts are no longer needed."""
        self._rows.update_one(
            {"_id": transfer.id}, {"$set": {"done": dict(file), "parts": [], "touched_at": now}}
        )
        self._parts.delete_many({"transfer": transfer.id})

    def drop(self, transfer: Transfer) -> None:
        self._rows.delete_one({"_id": transfer.id, "owner": transfer.owner})
        self._parts.delete_many({"transfer": transfer.id})

    def sweep(self, now: datetime) -> int:
        """Throw away what has stood still for a day; how many uploads."""
        swept = 0
        for row in self._rows.find({"touched_at": {"$lt": now - LASTS}}, {"_id": 1}):
            self._rows.delete_one({"_id": row["_id"]})
            self._parts.delete_many({"transfer": row["_id"]})
            swept += 1
        return swept


def _transfer(row: Mapping[str, Any]) -> Transfer:
    return Transfer(
        id=row["_id"],
        owner=row["owner"],
        application=row["application"],
        paper=row["paper"],
        tray=row["tray"],
        name=row["name"],
        mimetype=row["mimetype"],
        size=row["size"],
        sha256=row["sha256"],
        offset=row["offset"],
        parts=tuple(row["parts"]),
        done=row["done"],
    )
