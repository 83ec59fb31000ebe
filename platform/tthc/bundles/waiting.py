"""A file that somebody is about to import, kept until they say yes: one a person, for an hour, no longer than needed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bson import Binary
from pymongo.database import Database

MAX_BYTES: Final = 8 * 1024 * 1024
"""One document of the database holds it."""
KEPT: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Waiting:
    """`sha256`: by which the page that was read names it."""

    name: str
    data: bytes
    sha256: str


class WaitingFiles:
    """By account. Nothing in here is a definition yet."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._rows = database["bundle_uploads"]

    def put(self, account: str, name: str, data: bytes, now: datetime) -> Waiting:
        """Instead of what the account had here before; what others left is thrown away when its hour is over."""
        self._rows.delete_many({"at": {"$lt": now - KEPT}})
        digest = hashlib.sha256(data).hexdigest()
        row = {"_id": account, "name": name, "data": Binary(data), "sha256": digest, "at": now}
        self._rows.replace_one({"_id": account}, row, upsert=True)
        return Waiting(name, data, digest)

    def get(self, account: str, now: datetime) -> Waiting | None:
        row = self._rows.find_one({"_id": account, "at": {"$gte": now - KEPT}})
        return None if row is None else Waiting(row["name"], bytes(row["data"]), row["sha256"])

    def drop(self, account: str) -> None:
        self._rows.delete_one({"_id": account})
