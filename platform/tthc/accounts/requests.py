"""Đ25.6: an agency's own administrator asks for an account, the centre grants or refuses it. Each is decided once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from bson import ObjectId
from pymongo import ASCENDING, DESCENDING
from pymongo.database import Database

from rules.calendar import TZ

State = Literal["waiting", "granted", "refused"]


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for; `reason` is the asker's, `answer` the reason of whoever decided."""

    id: str
    agency: str
    name: str
    login: str
    unit: str
    functions: tuple[str, ...]
    until: date | None
    reason: str
    asked_by: str
    asked_name: str
    at: datetime
    state: State = "waiting"
    answer: str = ""
    decided_name: str = ""


class Requests:
    """The collection `account_requests`."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._rows = database["account_requests"]

    def ensure_indexes(self) -> None:
        self._rows.create_index([("state", ASCENDING), ("at", ASCENDING)])
        self._rows.create_index([("agency", ASCENDING), ("at", DESCENDING)])

    def ask(self, request: Request) -> str:
        """Keep it; its id (that of `request` is ignored)."""
        row = {
            "_id": ObjectId(),
            "agency": request.agency,
            "name": request.name,
            "login": request.login,
            "unit": request.unit,
            "functions": list(request.functions),
            "until": request.until.isoformat() if request.until else None,
            "reason": request.reason,
            "asked_by": request.asked_by,
            "asked_name": request.asked_name,
            "at": request.at,
            "state": "waiting",
        }
        self._rows.insert_one(row)
        return str(row["_id"])

    def get(self, request_id: str) -> Request | None:
        row = self._rows.find_one({"_id": ObjectId(request_id)}) if ObjectId.is_valid(request_id) else None
        return _request(row) if row else None

    def waiting(self) -> tuple[Request, ...]:
        """The longest waiting first."""
        return tuple(_request(row) for row in self._rows.find({"state": "waiting"}).sort("at", ASCENDING))

    def of(self, agency: str, limit: int = 50) -> tuple[Request, ...]:
        """An agency's, the latest first."""
        rows = self._rows.find({"agency": agency}).sort("at", DESCENDING).limit(limit)
        return tuple(_request(row) for row in rows)

    def decide(self, request_id: str, state: State, answer: str, name: str) -> bool:
        """Grant or refuse what still waits; false where somebody decided before."""
        written = self._rows.update_one(
            {"_id": ObjectId(request_id), "state": "waiting"},
            {"$set": {"state": state, "answer": answer, "decided_name": name}},
        )
        return bool(written.matched_count)

    def put_back(self, request_id: str) -> None:
        """It waits again: the account could not be made after all."""
        self._rows.update_one(
            {"_id": ObjectId(request_id)}, {"$set": {"state": "waiting", "answer": "", "decided_name": ""}}
        )


def _request(row: Mapping[str, Any]) -> Request:
    return Request(
        id=str(row["_id"]),
        agency=row["agency"],
        name=row["name"],
        login=row["login"],
        unit=row["unit"],
        functions=tuple(row["functions"]),
        until=date.fromisoformat(row["until"]) if row.get("until") else None,
        reason=row["reason"],
        asked_by=row["asked_by"],
        asked_name=row["asked_name"],
        at=row["at"].astimezone(TZ),
        state=row["state"],
        answer=row.get("answer") or "",
        decided_name=row.get("decided_name") or "",
    )
