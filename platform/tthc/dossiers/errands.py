"""What the system itself has to do once an event is stored, beside telling people: pure, so that the outbox is written with
the event. The worker that carries them out is `tthc.children`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from rules.workflow.model import Outcome
from tthc.dossiers import events as ev
from tthc.dossiers.family import ChildStanding
from tthc.dossiers.state import Dossier, OutboxEntry

OPEN: Final = "child_open"
"""Open the dossier that a step waits for."""
ENDED: Final = "child_ended"
"""Tell the dossier that opened this one how it ended."""


def errands(event: ev.Event, dossier: Dossier, seq: int, now: datetime) -> tuple[OutboxEntry, ...]:
    """The errands of one event; `dossier` is as the event left it, `seq` its place in history."""
    if isinstance(event, ev.ChildWanted):
        child = event.child
        return (_errand(f"{dossier.id}:{seq}:{OPEN}", OPEN, child.id, {"task": child.task}, now),)
    ended = _ended(event)
    if ended is None or dossier.parent is None:
        return ()
    standing, reason = ended
    data = {"task": dossier.parent.task, "standing": standing, "reason": reason}
    return (_errand(f"{dossier.id}:{seq}:{ENDED}", ENDED, dossier.parent.id, data, now),)


def _ended(event: ev.Event) -> tuple[ChildStanding, str] | None:
    """How a dossier ended, for the one that waits for it; whatever is no result is a refusal to it."""
    match event:
        case ev.Ended(outcome=Outcome.RETURNED):
            return "returned", ""
        case ev.Ended(reason=reason) | ev.IntakeRefused(reason=reason):
            return "declined", reason
        case ev.Withdrawn(reason=reason):
            return "declined", f"Người nộp đã rút hồ sơ. {reason}".strip()
        case _:
            return None


def _errand(entry_id: str, kind: str, to: str, data: Mapping[str, object], now: datetime) -> OutboxEntry:
    return OutboxEntry(entry_id, "system", kind, to, data, now, kind=kind)
