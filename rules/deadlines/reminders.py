"""When to look ahead at a due date: half of its time used up, and so many working days before it.

Both are counted in working time whatever the unit of the deadline: people are reminded when they are at work.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from rules.calendar import Calendar, local
from rules.deadlines.count import merge
from rules.deadlines.model import Pause


def halfway(
    start: datetime, due: datetime, calendar: Calendar, pauses: Iterable[Pause] = ()
) -> datetime | None:
    """Where half of the working time from `start` to `due` has run, the pauses left out; `None` where there is none.

    A pause that still stands counts for nothing: whoever ends it counts again.
    """
    start, due = local(start), local(due)
    stood = [p for p in merge(pauses) if p.end is not None and p.start < due and p.end > start]
    runs: list[tuple[datetime, datetime]] = []
    cursor = start
    for pause in stood:
        assert pause.end is not None
        runs.append((cursor, max(cursor, pause.start)))
        cursor = max(cursor, pause.end)
    runs.append((cursor, max(cursor, due)))
    minutes = [calendar.minutes_between(*run) for run in runs]
    left = sum(minutes) // 2
    if not left:
        return None
    for (begins, _), length in zip(runs, minutes, strict=True):
        if left <= length:
            return calendar.add_minutes(begins, left)
        left -= length
    return None


def days_before(due: datetime, days: int, calendar: Calendar) -> datetime:
    """The same time of day `days` working days earlier: «01 ngày làm việc trước ngày hết hạn»."""
    due = local(due)
    day: date = due.date()
    for _ in range(days):
        day -= timedelta(days=1)
        while not calendar.is_working_day(day):
            day -= timedelta(days=1)
    return datetime.combine(day, due.timetz())
