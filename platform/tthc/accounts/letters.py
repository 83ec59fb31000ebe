"""Letters about accounts: an outbox of their own, since they are about no dossier, and the worker that empties it.

What a letter says (a code) is kept encrypted until it is handed over, and not at all afterwards. `now` is always given.
"""

import json
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from cryptography.fernet import InvalidToken
from pymongo import ASCENDING, ReturnDocument
from pymongo.database import Database

from renderers.messages import Message
from renderers.messages.letters import letter
from tthc.accounts.boxes import box
from tthc.dossiers.outbox import FIRST_WAIT, LEASE, MAX_ATTEMPTS, Claim
from tthc.dossiers.state import OutboxEntry
from tthc.notices.worker import OutboxWorker

LASTS: Final = timedelta(days=1)
KEPT: Final = timedelta(days=30)
PREFIX: Final = "account_"
_PAGES: Final[Mapping[str, str]] = {
    "known": "/quen-mat-khau",
    "changed": "/quen-mat-khau",
    "feedback_taken": "/phan-anh/xem",
    "feedback_answered": "/phan-anh/xem",
}


class Letters:
    """The collection `account_letters`: written by requests, claimed with a lease by workers (`Deliveries`)."""

    def __init__(
        self, database: Database[dict[str, Any]], secret_key: str, tell: Callable[[str, str], None]
    ) -> None:
        """`tell`: who is told that there is something to send."""
        self._rows = database["account_letters"]
        self._box = box(secret_key, "letters")
        self._tell = tell

    def ensure_indexes(self) -> None:
        self._rows.create_index([("state", ASCENDING), ("next_at", ASCENDING)])
        self._rows.create_index([("to", ASCENDING), ("made_at", ASCENDING)])

    def put(
        self,
        template: str,
        contact: str,
        data: Mapping[str, object],
        now: datetime,
        lasts: timedelta = LASTS,
    ) -> str:
        """A letter to a telephone number or an e-mail address; after `lasts` it is of no use and not sent. Its id."""
        found = secrets.token_hex(16)
        self._rows.delete_many({"made_at": {"$lt": now - KEPT}})
        self._rows.insert_one(
            {
                "_id": found,
                "template": template,
                "channel": channel_of(contact),
                "to": contact,
                "box": self._box.encrypt(json.dumps(dict(data)).encode()).decode(),
                "state": "pending",
                "attempts": 0,
                "made_at": now,
                "next_at": now,
                "expires_at": now + lasts,
                "error": "",
            }
        )
        self._tell("", found)
        return found

    def recent(self, template: str, contact: str, since: datetime) -> int:
        """How many such letters were put to this address since then."""
        return self._rows.count_documents({"to": contact, "template": template, "made_at": {"$gt": since}})

    def claim(self, now: datetime, worker: str, dossier: str | None = None) -> Claim | None:
        self._rows.update_many(
            {"state": {"$in": ["pending", "leased"]}, "expires_at": {"$lte": now}},
            {"$set": {"state": "dead", "error": "Quá hạn gửi."}, "$unset": {"box": ""}},
        )
        row = self._rows.find_one_and_update(
            {"state": {"$in": ["pending", "leased"]}, "next_at": {"$lte": now}},
            {
                "$set": {"state": "leased", "leased_by": worker, "next_at": now + LEASE},
                "$inc": {"attempts": 1},
            },
            sort=[("next_at", ASCENDING)],
            return_document=ReturnDocument.AFTER,
        )
        if row is None:
            return None
        entry = OutboxEntry(
            id=row["_id"],
            channel=row["channel"],
            template=row["template"],
            to=row["to"],
            data=self._open(row.get("box")),
            next_at=row["next_at"],
            kind="letter",
            state="leased",
            attempts=row["attempts"],
        )
        return Claim("", entry)

    def done(self, dossier: str, entry_id: str, worker: str, now: datetime) -> bool:
        return self._end(entry_id, worker, {"state": "done", "done_at": now, "error": ""}, drop=True)

    def leave(self, dossier: str, entry_id: str, worker: str, now: datetime) -> bool:
        return self._end(entry_id, worker, {"state": "unwanted", "done_at": now, "error": ""}, drop=True)

    def fail(self, dossier: str, entry_id: str, worker: str, now: datetime, error: str) -> bool:
        row = self._rows.find_one({"_id": entry_id}) or {}
        attempts = int(row.get("attempts", MAX_ATTEMPTS))
        if attempts >= MAX_ATTEMPTS:
            return self._end(entry_id, worker, {"state": "dead", "error": error[:300]}, drop=True)
        again = now + FIRST_WAIT * 2 ** (attempts - 1)
        return self._end(entry_id, worker, {"state": "pending", "next_at": again, "error": error[:300]})

    def _end(self, entry_id: str, worker: str, changes: Mapping[str, object], *, drop: bool = False) -> bool:
        update: dict[str, Any] = {"$set": dict(changes)}
        if drop:
            update["$unset"] = {"box": ""}
        mine = {"_id": entry_id, "state": "leased", "leased_by": worker}
        return bool(self._rows.update_one(mine, update).modified_count)

    def _open(self, kept: str | None) -> Mapping[str, object]:
        """Nothing where it was kept under another key of the installation: the words then say what they lack."""
        try:
            found: Mapping[str, object] = json.loads(self._box.decrypt(kept.encode())) if kept else {}
        except InvalidToken:
            found = {}
        return found


class LetterWorker(OutboxWorker):
    """Sends letters as the other sends notices; their words and links are their own."""

    def _message(self, claim: Claim) -> Message:
        return letter(claim.entry.template, claim.entry.channel, self._facts(claim))

    def _link(self, claim: Claim) -> str:
        return _PAGES.get(claim.entry.template, "/tai-khoan")


def channel_of(contact: str) -> Any:
    """“email” or “sms”."""
    return "email" if "@" in contact else "sms"
