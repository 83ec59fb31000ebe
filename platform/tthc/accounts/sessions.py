"""Where an account is signed in: one row a browser, seen and ended by its owner or an administrator (Đ10.1c).

A session is alive while its row is; the cookie alone opens nothing. Of the session's secret only the hash is kept, so
that nobody who reads the database can sign in with it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from pymongo import ASCENDING, DESCENDING
from pymongo.database import Database

from rules.calendar import TZ
from tthc.clock import Clock, ManualClock

LASTS: Final = timedelta(hours=10)
SEEN_EVERY: Final = timedelta(minutes=5)  # a read a request, a write only this often
KEPT: Final = timedelta(days=30)
LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class SessionRow:
    """`id`: of the row, which opens nothing; `stamp`: the account's when it signed in."""

    id: str
    account: str
    stamp: str
    begun_at: datetime
    seen_at: datetime
    address: str
    browser: str


class Sessions:
    """The collection `sessions`."""

    def __init__(self, database: Database[dict[str, Any]], clock: Clock | ManualClock | None = None) -> None:
        """`clock`: the wall's unless given, since by it the cookies end that the rows stand for."""
        self._rows = database["sessions"]
        self._clock = clock or Clock()

    def ensure_indexes(self) -> None:
        self._rows.create_index([("account", ASCENDING), ("seen_at", DESCENDING)])

    def open(self, secret: str, account: str, stamp: str, *, address: str = "", browser: str = "") -> None:
        """Somebody signed in; rows of the account that nobody used for a month go."""
        now = self._clock.now()
        self._rows.delete_many({"account": account, "seen_at": {"$lt": now - KEPT}})
        row = {
            "_id": row_id(secret),
            "account": account,
            "stamp": stamp,
            "begun_at": now,
            "seen_at": now,
            "address": address[:LONGEST],
            "browser": browser[:LONGEST],
            "ended_at": None,
        }
        self._rows.replace_one({"_id": row["_id"]}, row, upsert=True)

    def alive(self, secret: str, account: str) -> bool:
        """Whether this secret is signed in to the account; that it was seen now is noted now and then."""
        if not secret:
            return False
        now = self._clock.now()
        row = self._rows.find_one({"_id": row_id(secret), "account": account, "ended_at": None})
        if row is None or row["seen_at"] < now - LASTS:
            return False
        if row["seen_at"] < now - SEEN_EVERY:
            self._rows.update_one({"_id": row["_id"], "ended_at": None}, {"$set": {"seen_at": now}})
        return True

    def of(self, account: str, stamp: str) -> tuple[SessionRow, ...]:
        """Those alive, the one seen last first; a changed password (`stamp`) has ended the ones before it."""
        alive = {
            "account": account,
            "stamp": stamp,
            "ended_at": None,
            "seen_at": {"$gte": self._clock.now() - LASTS},
        }
        return tuple(_row(found) for found in self._rows.find(alive).sort("seen_at", DESCENDING).limit(50))

    def end(self, account: str, row: str) -> bool:
        """End one; false where the account has no such session alive."""
        ended = self._rows.update_one(
            {"_id": row, "account": account, "ended_at": None}, {"$set": {"ended_at": self._clock.now()}}
        )
        return bool(ended.modified_count)

    def end_all(self, account: str, *, but: str = "") -> int:
        """End every one of an account, except the row `but`; how many there were."""
        ended = self._rows.update_many(
            {"account": account, "ended_at": None, "_id": {"$ne": but}},
            {"$set": {"ended_at": self._clock.now()}},
        )
        return int(ended.modified_count)


def row_id(secret: str) -> str:
    """The row of a session's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _row(found: Mapping[str, Any]) -> SessionRow:
    return SessionRow(
        id=found["_id"],
        account=found["account"],
        stamp=found["stamp"],
        begun_at=found["begun_at"].astimezone(TZ),
        seen_at=found["seen_at"].astimezone(TZ),
        address=found["address"],
        browser=found["browser"],
    )
