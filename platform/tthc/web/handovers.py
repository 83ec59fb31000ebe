"""The rows of the control sheet, read off the history: who gave the dossier to whom, when, and whether in time."""

from datetime import datetime

from renderers.pdf.data import Handover, Result
from rules.calendar import TZ
from tthc.dossiers import events as ev
from tthc.dossiers.codec import event_from_json
from tthc.dossiers.state import Dossier, Task


def handovers(found: Dossier, agency: str) -> tuple[Handover, ...]:
    """One row a step that was entered; its result is computed from the time allotted to it (Đ12.2)."""
    rows: list[Handover] = []
    giver = "Bộ phận TN&TKQ"
    for entry in found.history:
        event = event_from_json(entry.type, entry.data)
        if not isinstance(event, ev.Moved):
            continue
        left = event.left
        if left is not None:
            rows.append(
                Handover(
                    agency=f"{agency} – {left.name}",
                    given_at=left.entered_at.astimezone(TZ),
                    taken_at=entry.at.astimezone(TZ),
                    giver=giver,
                    taker=entry.actor.name,
                    result=_result(left, entry.at),
                    note=event.reason,
                )
            )
            giver = entry.actor.name
    return tuple(rows)


def _result(left: Task, at: datetime) -> Result:
    if left.due is None:
        return ""
    return "on_time" if at <= left.due else "late"
