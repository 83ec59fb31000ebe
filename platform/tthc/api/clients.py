"""Who may answer through the door: another system with a key of its own, for some agencies and functions.

Of a key only its SHA-256 is kept: 256 random bits need no slow hash, and who reads the database learns no key.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from pymongo import ASCENDING, DESCENDING
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from tthc.dossiers.context import Actor
from tthc.dossiers.state import Dossier, Task

PREFIX: Final = "tthc_"
KEPT: Final = timedelta(days=90)
"""How long a key of idempotency is held against what came with it; the dossier itself remembers for ever."""


@dataclass(frozen=True, slots=True)
class Client:
    """`procedures`, `steps`: codes and step ids it is let see; empty is all of the agencies' and functions'."""

    id: str
    name: str
    agencies: tuple[str, ...]
    functions: tuple[str, ...]
    created_at: datetime
    procedures: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    revoked_at: datetime | None = None

    def covers(self, dossier: Dossier, task: Task) -> bool:
        return (
            task.agency in self.agencies
            and task.function in self.functions
            and (not self.procedures or dossier.procedure in self.procedures)
            and (not self.steps or task.step in self.steps)
        )

    def actor(self, agency: str) -> Actor:
        """As the kernel and the history know it, in one of its agencies."""
        return Actor(f"client:{self.id}", self.name, "client", agency, frozenset(self.functions))


class Clients:
    """The clients, what they called, and which requests were theirs."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._rows = database["api_clients"]
        self._calls = database["api_calls"]
        self._requests = database["api_requests"]

    def ensure_indexes(self) -> None:
        self._rows.create_index("key", unique=True)
        self._calls.create_index([("client", ASCENDING), ("at", DESCENDING)])
        self._requests.create_index("at", expireAfterSeconds=int(KEPT.total_seconds()))

    def add(
        self,
        name: str,
        agencies: Sequence[str],
        functions: Sequence[str],
        now: datetime,
        *,
        procedures: Sequence[str] = (),
        steps: Sequence[str] = (),
    ) -> tuple[Client, str]:
        """The new client, and its key: shown this once, kept nowhere."""
        key = PREFIX + secrets.token_urlsafe(32)
        row: dict[str, Any] = {
            "_id": secrets.token_hex(4),
            "key": _hash(key),
            "name": name,
            "agencies": list(agencies),
            "functions": list(functions),
            "procedures": list(procedures),
            "steps": list(steps),
            "created_at": now,
            "revoked_at": None,
        }
        self._rows.insert_one(row)
        return _client(row), key

    def by_key(self, key: str) -> Client | None:
        """Whose key this is; `None` for one that never was, or is revoked."""
        row = self._rows.find_one({"key": _hash(key), "revoked_at": None})
        return _client(row) if row is not None else None

    def all(self) -> tuple[Client, ...]:
        return tuple(_client(row) for row in self._rows.find().sort("created_at", ASCENDING))

    def revoke(self, client_id: str, now: datetime) -> bool:
        """From now on its key opens nothing; false where there is no such client, or no more."""
        gone = self._rows.update_one({"_id": client_id, "revoked_at": None}, {"$set": {"revoked_at": now}})
        return bool(gone.modified_count)

    def log(self, client: str, method: str, path: str, status: int, at: datetime) -> None:
        self._calls.insert_one({"client": client, "method": method, "path": path, "status": status, "at": at})

    def calls(self, client: str, limit: int = 100) -> list[dict[str, Any]]:
        return list(self._calls.find({"client": client}).sort("at", DESCENDING).limit(limit))

    def first_asked(self, client: str, key: str, fingerprint: str, at: datetime) -> bool:
        """Whether this key of idempotency is new, or came with the very same request before."""
        request = f"{client}:{hashlib.sha256(key.encode()).hexdigest()}"
        try:
            self._requests.insert_one({"_id": request, "fingerprint": fingerprint, "at": at})
        except DuplicateKeyError:
            return self._requests.count_documents({"_id": request, "fingerprint": fingerprint}, limit=1) > 0
        return True


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _client(row: dict[str, Any]) -> Client:
    return Client(
        id=str(row["_id"]),
        name=row["name"],
        agencies=tuple(row["agencies"]),
        functions=tuple(row["functions"]),
        created_at=row["created_at"],
        procedures=tuple(row["procedures"]),
        steps=tuple(row["steps"]),
        revoked_at=row["revoked_at"],
    )
