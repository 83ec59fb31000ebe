"""When, and to whom, reception hands a dossier over: read off the dossier and the calendar. Pure.

NĐ 61/2018 Điều 18: the same working day; at the start of the next one when it was received after 15:00. A dossier that
came online is in the inbox of whoever solves it with its acceptance, and waits for nobody's hands.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import cast

from definitions.workflow_words import capital
from rules.calendar import TZ, Calendar
from tthc.dossiers.codec import from_data
from tthc.dossiers.context import RECEPTION
from tthc.dossiers.custody import FUNCTION_OF, Destination, place_of
from tthc.dossiers.permissions import function_name
from tthc.dossiers.state import Dossier, Task

STAFF = frozenset(FUNCTION_OF.values())


def on_paper(dossier: Dossier) -> bool:
    """Whether a bundle of paper came in with it, which somebody has to carry."""
    return dossier.channel != "online" and not dossier.immediate


def destination(dossier: Dossier) -> Destination | None:
    """To whom acceptance sent the dossier; `None` before it, and where it stays at reception."""
    for entry in dossier.history:
        if entry.type != "moved" or entry.data["left"] is not None:
            continue
        raw = cast("list[Mapping[str, object]]", entry.data["entered"])
        tasks = [from_data(Task, one) for one in raw]
        first = next((t for t in tasks if t.function in STAFF and t.function != RECEPTION), None)
        return None if first is None else _destination(dossier, first)
    return None


def _destination(dossier: Dossier, first: Task) -> Destination:
    own = first.agency == str(dossier.history[0].data["agency"])
    agency = dossier.agency if own else first.agency  # its own work went with it to a successor
    name = first.unit_name or first.agency_name or capital(function_name(first.function))
    return Destination(place_of(first.function), first.function, agency, name)


def is_waiting(dossier: Dossier) -> bool:
    """Whether reception still has to hand it over."""
    return (
        dossier.accepted_at is not None
        and not dossier.closed
        and on_paper(dossier)
        and dossier.handover is None
        and destination(dossier) is not None
    )


def given_by(accepted_at: datetime, calendar: Calendar, cutoff: time, grace: int) -> datetime:
    """By when a dossier received at that instant is handed over: the end of that working day, or, after `cutoff`,
    `grace` minutes after the next one begins.
    """
    at = accepted_at.astimezone(TZ)
    day = at.date()
    if calendar.is_working_day(day) and at.time() <= cutoff and at <= calendar.end_of_day(day):
        return calendar.end_of_day(day)
    day = calendar.add_working_days(day, 1)
    return calendar.sessions(day)[0][0] + timedelta(minutes=grace)


def handover_key(dossier: Dossier) -> str | None:
    """What lists find it by: `give@agency` while reception has it, `take@function@agency` until it is confirmed."""
    if is_waiting(dossier):
        return f"give@{dossier.agency}"
    handover = dossier.handover
    if handover is None or handover.taken_at is not None or dossier.closed:
        return None
    return f"take@{handover.to.function}@{handover.to.agency}"
