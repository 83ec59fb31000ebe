"""A dossier as a line of a list: what is due and how much working time is left, how old it is, where it stands, who has it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rules.calendar import TZ, Calendar, CalendarRangeError
from rules.deadlines import Unit, remaining_text
from tthc.dossiers.context import Actor
from tthc.dossiers.decide_claims import claimable, giver
from tthc.dossiers.queries import Row
from tthc.dossiers.state import Task
from tthc.onestop.filters import CHANNELS
from tthc.onestop.inboxes import WITH_APPLICANT


@dataclass(frozen=True, slots=True)
class Line:
    """`left`: working time until the next date, or since it passed; `age`: since it was handed in; `chosen`: what a tick
    beside it sends, empty where this reader may neither take nor give what is open in it.
    """

    row: Row
    left: str
    age: str
    channel: str
    paused: bool
    chosen: str


def lines(
    rows: Sequence[Row], actor: Actor, now: datetime, calendar_of: Callable[[str], Calendar]
) -> list[Line]:
    calendars: dict[str, Calendar] = {}
    for row in rows:
        if row.agency not in calendars:
            calendars[row.agency] = calendar_of(row.agency)
    return [_line(row, actor, now, calendars[row.agency]) for row in rows]


def _line(row: Row, actor: Actor, now: datetime, calendar: Calendar) -> Line:
    paused = row.status in WITH_APPLICANT and row.next_due is None
    task = None if row.closed else workable(row.open_tasks, actor)
    return Line(
        row,
        "" if row.closed or paused else left(row.next_due, now, calendar),
        age(row.submitted_at, now),
        CHANNELS.get(row.channel, row.channel),
        paused,
        f"{row.id}:{task.id}:{row.version}" if task is not None else "",
    )


def workable(tasks: Sequence[Task], actor: Actor) -> Task | None:
    """The open task that this reader may take, else the one that they may give to somebody."""
    free = next((task for task in tasks if claimable(task, actor)), None)
    return free or next((task for task in tasks if giver(task, actor) is not None), None)


def left(due: datetime | None, now: datetime, calendar: Calendar) -> str:
    """`còn 1 ngày 4 giờ làm việc`; empty without a date, or where the calendar does not reach."""
    if due is None:
        return ""
    try:
        minutes = calendar.minutes_between(now, due) if due >= now else -calendar.minutes_between(due, now)
    except CalendarRangeError:
        return ""
    return remaining_text(minutes, Unit.WORKING_DAY) if minutes else ""


def age(since: datetime, now: datetime) -> str:
    """In calendar days, as people reckon how long they have waited."""
    days = (now.astimezone(TZ).date() - since.astimezone(TZ).date()).days
    return f"{days} ngày" if days > 0 else "hôm nay"
