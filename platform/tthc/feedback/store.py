"""Feedback as documents of the collection `feedback`, one each; a change is one write, guarded by the version."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from pymongo import ASCENDING, DESCENDING
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from renderers.text import folded
from tthc.dossiers.refusals import Refused
from tthc.feedback.model import Act, Asked, Feedback, Sender, State

PAGE: Final = 50
STALE: Final = "Người khác vừa xử lý phản ánh này; tải lại trang rồi làm tiếp."


class FeedbackStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._rows = database["feedback"]

    def ensure_indexes(self) -> None:
        self._rows.create_index([("agency", ASCENDING), ("state", ASCENDING), ("due", ASCENDING)])
        self._rows.create_index([("state", ASCENDING), ("due", ASCENDING)])
        self._rows.create_index([("asked.agency", ASCENDING), ("state", ASCENDING)])
        self._rows.create_index([("sender.account", ASCENDING), ("received_at", DESCENDING)])

    def add(self, made: Feedback) -> Feedback:
        """Sent twice under one id it is one: then what is there comes back, else `made` itself."""
        try:
            self._rows.insert_one(_row(made))
        except DuplicateKeyError:
            return self.get(made.id) or made
        return made

    def get(self, feedback_id: str) -> Feedback | None:
        row = self._rows.find_one({"_id": feedback_id})
        return _feedback(row) if row else None

    def change(
        self, feedback_id: str, expected: int | None, decide: Callable[[Feedback], Feedback]
    ) -> tuple[Feedback, Feedback]:
        """Before and after. Raises Refused where it is gone, stale, or the decision refuses."""
        found = self.get(feedback_id)
        if found is None:
            raise Refused("gone", "Không có phản ánh này.")
        if expected is not None and expected != found.version:
            raise Refused("stale", STALE)
        made = decide(found)
        guarded = {"_id": found.id, "version": found.version}
        if not self._rows.replace_one(guarded, _row(made)).matched_count:
            raise Refused("stale", STALE)
        return found, made

    def of_agency(self, agency: str | None, states: Sequence[State], limit: int = PAGE) -> list[Feedback]:
        """Whose answer the agency owes or gave, and what it is asked to help with; of all agencies for the centre."""
        wanted: dict[str, Any] = {"state": {"$in": [s.value for s in states]}}
        if agency is not None:
            wanted["$or"] = [{"agency": agency}, {"asked.agency": agency}]
        order = ASCENDING if tuple(states) == (State.OPEN,) else DESCENDING
        return [_feedback(row) for row in self._rows.find(wanted).sort("due", order).limit(limit)]

    def overdue(self, agency: str | None, now: datetime) -> int:
        late: dict[str, Any] = {"state": State.OPEN.value, "due": {"$lt": now}}
        return self._rows.count_documents(late if agency is None else {**late, "agency": agency})

    def waiting(self) -> Iterator[Feedback]:
        """All to which an answer is owed, the most urgent first."""
        for row in self._rows.find({"state": State.OPEN.value}).sort("due", ASCENDING):
            yield _feedback(row)

    def reminded(self, feedback_id: str, mark: str) -> None:
        """Write down that this was told; no change of the feedback itself, so its version stays."""
        self._rows.update_one({"_id": feedback_id}, {"$addToSet": {"reminded": mark}})

    def of_account(self, account: str, limit: int = PAGE) -> list[Feedback]:
        """The newest first."""
        rows = self._rows.find({"sender.account": account}).sort("received_at", DESCENDING).limit(limit)
        return [_feedback(row) for row in rows]

    def published(self, words: str = "", limit: int = PAGE) -> list[Feedback]:
        """The newest first; those that hold every word, whatever the diacritics."""
        wanted = folded(words).split()
        rows = self._rows.find({"state": State.PUBLISHED.value}).sort("answered_at", DESCENDING).limit(500)
        found = (_feedback(row) for row in rows)
        return [
            one
            for one in found
            if all(word in folded(f"{heading(one)} {one.public_text} {one.public_answer}") for word in wanted)
        ][:limit]


def heading(found: Feedback) -> str:
    """What was published before headings were moderated has its own."""
    return found.public_subject or found.subject


def _row(made: Feedback) -> dict[str, Any]:
    row = asdict(made)
    row["_id"] = row.pop("id")
    row["state"] = made.state.value
    row["asked"] = [asdict(one) for one in made.asked]
    row["history"] = [asdict(one) for one in made.history]
    return row


def _feedback(row: Mapping[str, Any]) -> Feedback:
    plain = {key: value for key, value in row.items() if key != "_id"}
    return Feedback(
        **{
            **plain,
            "id": row["_id"],
            "state": State(row["state"]),
            "sender": Sender(**row["sender"]),
            "asked": tuple(Asked(**one) for one in row["asked"]),
            "history": tuple(Act(**one) for one in row["history"]),
            "reminded": tuple(row.get("reminded", ())),
        }
    )
