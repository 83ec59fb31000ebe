"""The log of who read whose dossier, and when (Đ9.1e; law 91/2025 on personal data)."""

from datetime import datetime
from typing import Any

from pymongo import ASCENDING, DESCENDING
from pymongo.database import Database

from tthc.dossiers.context import Actor


class ReadLog:
    """Rows `{dossier, what, by, name, agency, at}` in the collection `reads`; never changed, never masked."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._rows = database["reads"]

    def ensure_indexes(self) -> None:
        self._rows.create_index([("dossier", ASCENDING), ("at", DESCENDING)])

    def log(self, actor: Actor, dossier: str, what: str, at: datetime) -> None:
        self._rows.insert_one(
            {
                "dossier": dossier,
                "what": what,
                "by": actor.id,
                "name": actor.name,
                "agency": actor.agency,
                "at": at,
            }
        )

    def of(self, dossier: str, limit: int = 100) -> list[dict[str, Any]]:
        return list(self._rows.find({"dossier": dossier}).sort("at", DESCENDING).limit(limit))
