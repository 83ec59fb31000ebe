"""Text messages that came in, each with its answer on its way out: one row is the message and the outbox entry (Đ16.1b).

Rows of the collection `sms_inbound`, named by the gateway's id of the message: told twice, it is answered once. A worker
claims with a lease as in `tthc.dossiers.outbox`; whoever died is followed by another, who sends with the same id.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from pymongo import ASCENDING, DESCENDING, ReturnDocument
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError
from pymongo.write_concern import WriteConcern

from renderers.messages import Message
from rules.calendar import TZ
from tthc.dossiers.outbox import FIRST_WAIT, LEASE, LONGEST_WAIT, MAX_ATTEMPTS, NEVER_ENDED
from tthc.notices.channels import DeliveryError, Parcel

PER_HOUR: Final = 10
PER_DAY: Final = 30
KEPT: Final = timedelta(days=30)
TEMPLATE: Final = "sms_status"


@dataclass(frozen=True, slots=True)
class Received:
    """`again`: it had come before. `reply`: empty where the sender asked so often that silence is the answer."""

    id: str
    reply: str
    state: str
    again: bool = False


class Inbound:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._rows = database.get_collection("sms_inbound", write_concern=WriteConcern("majority", j=True))

    def ensure_indexes(self) -> None:
        self._rows.create_index([("from", ASCENDING), ("at", DESCENDING)])
        self._rows.create_index([("state", ASCENDING), ("next_at", ASCENDING)])
        self._rows.create_index([("at", ASCENDING)])

    def get(self, message_id: str) -> Received | None:
        row = self._rows.find_one({"_id": message_id})
        return Received(row["_id"], row["reply"], row["state"], again=True) if row else None

    def take(
        self,
        message_id: str,
        sender: str,
        text: str,
        now: datetime,
        *,
        answer: Callable[[], str],
        enough: str,
    ) -> Received:
        """Keep a message with its answer; one that came before is not looked at again.

        Past the limit of a number the answer is `enough`, once an hour, and then nothing.
        """
        if (before := self.get(message_id)) is not None:
            return before
        reply = self._reply(sender, now, answer, enough)
        state = "pending" if reply else "silent"
        row = {
            "_id": message_id,
            "from": sender,
            "text": text[:200],
            "at": now,
            "reply": reply,
            "state": state,
            "limited": reply in {"", enough},
            "attempts": 0,
            "next_at": now,
        }
        try:
            self._rows.insert_one(row)
        except DuplicateKeyError:
            found = self.get(message_id)
            assert found is not None
            return found
        return Received(message_id, reply, state)

    def _reply(self, sender: str, now: datetime, answer: Callable[[], str], enough: str) -> str:
        def since(hours: int, **more: object) -> int:
            asked = {"from": sender, "at": {"$gt": now - timedelta(hours=hours)}, **more}
            return self._rows.count_documents(asked, limit=PER_DAY)

        if since(1) < PER_HOUR and since(24) < PER_DAY:
            return answer()
        return "" if since(1, limited=True) else enough

    def run_once(self, send: Callable[[Parcel], None], worker: str, now: datetime, limit: int) -> int:
        """Send what is due; how many went out. What is older than a month is forgotten."""
        self._rows.delete_many({"at": {"$lt": now - KEPT}})
        sent = 0
        for _ in range(limit):
            row = self._claim(worker, now)
            if row is None:
                break
            sent += self._send(row, send, worker, now)
        return sent

    def _claim(self, worker: str, now: datetime) -> dict[str, Any] | None:
        free = {"state": "pending", "next_at": {"$lte": now}}
        lost = {"state": "leased", "lease_until": {"$lte": now}}
        return self._rows.find_one_and_update(
            {"$or": [free, lost]},
            {
                "$set": {"state": "leased", "leased_by": worker, "lease_until": now + LEASE},
                "$inc": {"attempts": 1},
            },
            sort=[("next_at", ASCENDING)],
            return_document=ReturnDocument.AFTER,
        )

    def _send(self, row: dict[str, Any], send: Callable[[Parcel], None], worker: str, now: datetime) -> bool:
        mine = {"_id": row["_id"], "leased_by": worker, "state": "leased"}
        if row["attempts"] > MAX_ATTEMPTS:
            self._rows.update_one(mine, {"$set": {"state": "dead", "error": NEVER_ENDED}})
            return False
        try:
            send(Parcel(f"sms-in:{row['_id']}", "", TEMPLATE, row["from"], Message("", row["reply"])))
        except Exception as error:  # noqa: BLE001 — a fault in one answer holds up no other
            told = str(error) if isinstance(error, DeliveryError) else type(error).__name__
            over = row["attempts"] >= MAX_ATTEMPTS
            again = now + min(FIRST_WAIT * 2 ** (row["attempts"] - 1), LONGEST_WAIT)
            change = {"state": "dead"} if over else {"state": "pending", "next_at": again}
            self._rows.update_one(mine, {"$set": {**change, "error": told[:300]}})
            return False
        return self._rows.update_one(mine, {"$set": {"state": "done", "done_at": now}}).modified_count == 1

    def of(self, message_id: str) -> dict[str, Any] | None:
        """The row as it is, its instants on a Vietnamese clock: what the trial page shows."""
        row = self._rows.find_one({"_id": message_id})
        return {**row, "at": row["at"].astimezone(TZ)} if row else None
