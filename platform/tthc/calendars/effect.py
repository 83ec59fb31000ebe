"""What a changed calendar would do to the due dates promised: told before it is saved, done by the sweep after it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from rules.calendar import Calendar
from tthc.dossiers.solving import recount
from tthc.dossiers.state import Dossier


@dataclass(frozen=True, slots=True)
class Moved:
    """One dossier whose due date the change moves."""

    dossier: str
    code: str
    agency: str
    before: datetime
    after: datetime


def moved(dossiers: Iterable[Dossier], calendar_of: Callable[[str], Calendar]) -> tuple[Moved, ...]:
    """Those that it moves; the same rule as `tthc.dossiers.decide_calendar`."""
    found = []
    for dossier in dossiers:
        deadline, accepted_at = dossier.deadline, dossier.accepted_at
        if deadline is None or deadline.due is None or accepted_at is None or dossier.solved_at is not None:
            continue
        calendar = calendar_of(dossier.agency)
        counted = recount(deadline, accepted_at, calendar, deadline.pauses, deadline.extensions)
        if counted.due is not None and counted.due != deadline.due:
            code = dossier.code or dossier.reference
            found.append(Moved(dossier.id, code, dossier.agency, deadline.due, counted.due))
    return tuple(found)
