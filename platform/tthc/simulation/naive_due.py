"""A due date counted the slow way: minute by minute, day by day, from the working calendar's days and sessions.

Written apart from `rules.deadlines`: no bisection, no positions, no intervals; only «is this minute worked?» and «is this day
worked?», asked one after the other.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import takewhile
from math import ceil
from typing import Any, Final

from rules.calendar import TZ, Calendar

MINUTE: Final = timedelta(minutes=1)
DAY: Final = timedelta(days=1)
_MOST_DAYS: Final = 800

Pauses = Sequence[tuple[datetime, datetime | None]]


def recounted(
    calendar: Calendar,
    deadline: Mapping[str, Any],
    start: datetime,
    pauses: Pauses,
    extensions: Sequence[Mapping[str, Any]] = (),
) -> datetime | None:
    """The due date of a deadline as it lies in the database; `None` where there is none, or the clock stands."""
    stood = tuple((_minute(a), None if b is None else _minute(b)) for a, b in pauses)
    at = _counted(calendar, deadline, _minute(start), stood)
    for extension in extensions:
        if at is None:
            return None
        granted = _minute(datetime.fromisoformat(str(extension["granted_at"])))
        at = _counted(calendar, extension["rule"], max(at, granted), stood)
    return at


def _counted(calendar: Calendar, rule: Mapping[str, Any], start: datetime, pauses: Pauses) -> datetime | None:
    total = Decimal(str(rule["amount"])) + sum(Decimal(str(a["amount"])) for a in rule.get("additions") or ())
    unit = str(rule["unit"])
    by_day = rule.get("return_at") == "end_of_day" or (unit == "working_day" and total == 0)
    if rule.get("cutoff"):
        start = _received(calendar, start, time.fromisoformat(str(rule["cutoff"])))
    match unit:
        case "unspecified":
            return None
        case "hour":
            return _used_up(_line(start), ceil(total * 60), pauses)
        case "working_hour" | "working_day" if not by_day:
            per = 60 if unit == "working_hour" else 480
            return _worked(calendar, start, ceil(total * per), pauses)
        case "working_hour" | "working_day":
            return _to_the_end(calendar, unit, total, start, pauses)
        case _:
            if rule.get("return_at") == "same_clock":
                raise ValueError("this count knows no calendar days that keep the time of day")
            return _days(calendar, unit, int(total), start, pauses)


def _to_the_end(
    calendar: Calendar, unit: str, total: Decimal, start: datetime, pauses: Pauses
) -> datetime | None:
    if unit == "working_hour":
        at = _worked(calendar, start, ceil(total * 60), pauses)
        return None if at is None else _closing(calendar, at.date())
    last = _opening(calendar, start).date()
    for _ in range(int(total)):
        last = _next_working_day(calendar, (last if _ else start.date()) + DAY)
    if total != int(total):  # a part of a day is so many hours of work, which may run into the day after
        reached = _worked(calendar, start, ceil(total * 480), ())
        last = last if reached is None else max(last, reached.date())
    closing = _closing(calendar, last)
    most = sum(1 for _ in takewhile(lambda at: at < closing, _worked_line(calendar, start)))
    at = _worked(calendar, start, most, pauses)
    return None if at is None else _closing(calendar, at.date())


def _days(calendar: Calendar, unit: str, total: int, start: datetime, pauses: Pauses) -> datetime | None:
    """Days by the calendar: the first is not counted; a last day that is off moves on (BLDS Đ147.2, Đ148.5)."""
    left = total if unit == "day" else (_months(start.date(), total) - start.date()).days
    cursor = start.date()
    for begun, ended in pauses:
        if ended is not None and ended <= start:
            continue
        if begun >= _closing(calendar, cursor + left * DAY):
            break
        if ended is None:
            return None
        left = max(0, left - (max(begun.date(), cursor) - cursor).days)
        cursor = _opening(calendar, ended).date()
    return _closing(calendar, cursor + left * DAY)


def _worked(calendar: Calendar, start: datetime, minutes: int, pauses: Pauses) -> datetime | None:
    if minutes == 0:
        return _opening(calendar, start)
    return _used_up(_worked_line(calendar, start), minutes, pauses)


def _used_up(line: Iterator[datetime], minutes: int, pauses: Pauses) -> datetime | None:
    """The end of the last of so many minutes that do not lie in a pause; `None` where the clock stands before."""
    left = minutes
    for at in line:
        if left == 0:
            return at
        pause = next((p for p in pauses if p[0] <= at and (p[1] is None or at < p[1])), None)
        if pause is None:
            left -= 1
            if left == 0:
                return at + MINUTE
        elif pause[1] is None:
            return None
    raise ValueError("the count does not come to an end")


def _received(calendar: Calendar, start: datetime, cutoff: time) -> datetime:
    if calendar.is_working_day(start.date()) and start.time() > cutoff:
        return _opening(calendar, datetime.combine(start.date() + DAY, time(), TZ))
    return _opening(calendar, start)


def _opening(calendar: Calendar, at: datetime) -> datetime:
    """The instant itself while the office works, else when it opens next."""
    for day in _on(at.date()):
        for opens, closes in calendar.sessions(day):
            if at < closes:
                return max(at, opens)
    raise ValueError("the office never opens again")


def _closing(calendar: Calendar, day: date) -> datetime:
    return calendar.sessions(_next_working_day(calendar, day))[-1][1]


def _next_working_day(calendar: Calendar, day: date) -> date:
    return next(each for each in _on(day) if calendar.sessions(each))


def _on(day: date) -> Iterator[date]:
    for number in range(_MOST_DAYS):
        yield day + number * DAY


def _line(start: datetime) -> Iterator[datetime]:
    """Every minute from here on."""
    for number in range(_MOST_DAYS * 24 * 60):
        yield start + number * MINUTE


def _worked_line(calendar: Calendar, start: datetime) -> Iterator[datetime]:
    """Every minute from here on in which the office works."""
    for day in _on(start.date()):
        for opens, closes in calendar.sessions(day):
            at = max(opens, start)
            while at < closes:
                yield at
                at += MINUTE


def _months(day: date, count: int) -> date:
    """The same day of a later month, else that month's last."""
    month = day.month - 1 + count
    year, month = day.year + month // 12, month % 12 + 1
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise ValueError(day)


def _minute(at: datetime) -> datetime:
    """In Việt Nam's time, cut to the minute, which is what deadlines are read to."""
    return at.astimezone(TZ).replace(second=0, microsecond=0)
