"""Reading notices: one's own inbox; and, where nothing goes outside, the local mailbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pymongo import DESCENDING
from pymongo.database import Database

from rules.calendar import TZ
from tthc.accounts.model import Account

PAGE = 50


@dataclass(frozen=True, slots=True)
class Note:
    """One message as it is shown. `channel` is "portal", "email" or "sms"."""

    id: str
    dossier: str
    channel: str
    to: str
    subject: str
    body: str
    at: datetime
    unread: bool = False
    link: str = ""


def addresses(account: Account) -> tuple[str, ...]:
    """Where notices to this account lie: its own id, and each function it holds in each agency."""
    held = sorted(f"{f}@{agency}" for agency, functions in account.functions.items() for f in functions)
    return (account.key, *held)


class Notes:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._inbox = database["inbox"]
        self._mailbox = database["mailbox"]

    def of(self, to: Sequence[str], limit: int = PAGE) -> tuple[Note, ...]:
        """The latest, the newest first."""
        rows = self._inbox.find({"to": {"$in": list(to)}}).sort("at", DESCENDING).limit(limit)
        return tuple(_note(row) for row in rows)

    def unread(self, to: Sequence[str]) -> int:
        """How many are unread, counted up to 100."""
        return self._inbox.count_documents({"to": {"$in": list(to)}, "read_at": None}, limit=100)

    def open(self, note_id: str, to: Sequence[str], now: datetime) -> Note | None:
        """The note, read from now on; `None` where it is not theirs."""
        mine = {"_id": note_id, "to": {"$in": list(to)}}
        self._inbox.update_one({**mine, "read_at": None}, {"$set": {"read_at": now}})
        row = self._inbox.find_one(mine)
        return _note(row) if row else None

    def read_all(self, to: Sequence[str], now: datetime) -> int:
        """Every note that lies there counts as read; how many were not."""
        found = self._inbox.update_many(
            {"to": {"$in": list(to)}, "read_at": None}, {"$set": {"read_at": now}}
        )
        return found.modified_count

    def mailbox(self, to: Sequence[str] | None = None, limit: int = PAGE) -> tuple[Note, ...]:
        """What would have gone outside: to these addresses, or everything."""
        match = {} if to is None else {"to": {"$in": list(to)}}
        return tuple(_note(row) for row in self._mailbox.find(match).sort("at", DESCENDING).limit(limit))


def _note(row: dict[str, Any]) -> Note:
    return Note(
        id=row["_id"],
        dossier=row["dossier"],
        channel=row.get("channel", "portal"),
        to=row["to"],
        subject=row["subject"],
        body=row["body"],
        at=row["at"].astimezone(TZ),
        unread=row.get("read_at", row["at"]) is None,
        link=row.get("link", ""),
    )
