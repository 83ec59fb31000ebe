"""Feedback that waits for its answer is put before the agency's leader: at half of its time, and when it is overdue (Đ18)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, Literal

from pymongo.database import Database

from renderers.messages import Message
from renderers.text import instant
from rules.calendar import Calendar
from tthc.agencies.model import Agency
from tthc.feedback.model import Feedback, State
from tthc.feedback.store import FeedbackStore
from tthc.notices.channels import Inbox, Parcel

Stage = Literal["half", "late"]

LEADER: Final = "phe_duyet"
_TITLES: Final[dict[Stage, str]] = {
    "half": "Phản ánh, hỏi đáp: đã qua nửa thời gian trả lời",
    "late": "Phản ánh, hỏi đáp: quá hạn trả lời",
}


def reached(found: Feedback, now: datetime, calendar: Calendar) -> Stage | None:
    """The last stage that has come by `now`, in the agency's working time; none of what was answered."""
    if found.state is not State.OPEN:
        return None
    if now > found.due:
        return "late"
    used = calendar.minutes_between(found.received_at, now)
    return "half" if used * 2 >= calendar.minutes_between(found.received_at, found.due) else None


class FeedbackReminders:
    def __init__(
        self,
        database: Database[dict[str, Any]],
        store: FeedbackStore,
        agency_of: Callable[[str], Agency | None],
        calendar_of: Callable[[str], Calendar],
    ) -> None:
        self._inbox = Inbox(database)
        self._store = store
        self._agency_of = agency_of
        self._calendar_of = calendar_of

    def sweep(self, now: datetime) -> int:
        """Puts what is due by `now` into the inboxes; how many reminders went out.

        Each stage is told once at each agency that answers: whoever is given it late hears of it too. Sent before it is
        recorded: a sweep that dies between the two sends the same notice again, which its id keeps from lying there twice.
        Where both stages passed while nobody looked, only the last is told.
        """
        sent = 0
        for found in self._store.waiting():
            stage = reached(found, now, self._calendar_of(found.agency))
            agency = self._agency_of(found.agency)
            if stage is None or agency is None or _mark(found, stage) in found.reminded:
                continue
            self._inbox.send(_parcel(found, stage, agency), now)
            self._store.reminded(found.id, _mark(found, stage))
            sent += 1
        return sent


def _mark(found: Feedback, stage: Stage) -> str:
    return f"{stage}@{found.agency}"


def _parcel(found: Feedback, stage: Stage, agency: Agency) -> Parcel:
    """Without the sender's name: who that is, is read where the reading is written down."""
    body = f"“{found.subject}” ({found.id}).\nNhận lúc {instant(found.received_at)}, hạn trả lời {instant(found.due)}."
    to = f"{LEADER}@{found.agency}"
    return Parcel(
        id=f"feedback:{found.id}:{stage}:{to}",
        dossier="",
        template=f"feedback_{stage}",
        to=to,
        message=Message(_TITLES[stage], body),
        link=f"/motcua/{agency.slug}/phan-anh/{found.id}",
    )
