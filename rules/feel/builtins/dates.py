"""Dates, times and durations: making them, asking them, and the clock (DMN 1.5, 10.3.4.1, .7, .8, .10)."""

# ruff: noqa: ARG001  (every built-in function takes the Run, whether or not it needs it)
from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

from rules.feel.builtins.numbers import whole
from rules.feel.builtins.registry import builtin
from rules.feel.limits import Run
from rules.feel.temporal import MICRO, instant, parse_date, parse_date_time, parse_duration, parse_time, zone
from rules.feel.values import LOCAL, YearMonthDuration

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@builtin("date(from: string|date|datetime) -> date")
def to_date(run: Run, source: Any) -> Any:
    if isinstance(source, str):
        return parse_date(source)
    return source.date() if isinstance(source, datetime) else source


@builtin("date(year: number, month: number, day: number) -> date")
def date_of(run: Run, year: Decimal, month: Decimal, day: Decimal) -> Any:
    return date(whole(year), whole(month), whole(day))


@builtin("date and time(from: string|date|datetime) -> datetime")
def to_date_time(run: Run, source: Any) -> Any:
    if isinstance(source, str):
        return parse_date_time(source)
    return source if isinstance(source, datetime) else datetime(source.year, source.month, source.day)


@builtin("date and time(date: date|datetime, time: time) -> datetime")
def date_time_of(run: Run, day: Any, clock: time) -> Any:
    return datetime.combine(day.date() if isinstance(day, datetime) else day, clock)


@builtin("date and time(date and time: datetime, timezone: string) -> datetime")
def date_time_in(run: Run, moment: datetime, name: str) -> Any:
    wanted = zone(name)
    return None if wanted is None else instant(moment).astimezone(wanted)


def _clock(hour: Decimal, minute: Decimal, second: Decimal) -> time:
    micros = int(second * 1_000_000)
    if not 0 <= micros < 60_000_000:
        raise ValueError(str(second))
    return time(whole(hour), whole(minute), micros // 1_000_000, micros % 1_000_000)


@builtin(
    "date and time(year: number, month: number, day: number, hour: number, minute: number, second: number,"
    " offset?: days) -> datetime"
)
def date_time_parts(  # noqa: PLR0917
    run: Run,
    year: Decimal,
    month: Decimal,
    day: Decimal,
    hour: Decimal,
    minute: Decimal,
    second: Decimal,
    offset: timedelta | None = None,
) -> Any:
    moment = datetime.combine(date(whole(year), whole(month), whole(day)), _clock(hour, minute, second))
    return moment if offset is None else moment.replace(tzinfo=timezone(offset))


@builtin("time(from: string|time|date|datetime) -> time")
def to_time(run: Run, source: Any) -> Any:
    if isinstance(source, str):
        return parse_time(source)
    if isinstance(source, datetime):
        return source.timetz()
    return source if isinstance(source, time) else time(0, tzinfo=UTC)


@builtin("time(hour: number, minute: number, second: number, offset?: days) -> time")
def time_of(
    run: Run, hour: Decimal, minute: Decimal, second: Decimal, offset: timedelta | None = None
) -> Any:
    clock = _clock(hour, minute, second)
    return clock if offset is None else clock.replace(tzinfo=timezone(offset))


@builtin("duration(from: string|days|months) -> any")
def to_duration(run: Run, source: Any) -> Any:
    return parse_duration(source) if isinstance(source, str) else source


@builtin("years and months duration(from: date|datetime, to: date|datetime) -> months")
def months_between(run: Run, start: Any, end: Any) -> Any:
    """Whole months from one day to another; negative when the second comes first."""
    if isinstance(start, datetime) and isinstance(end, datetime) and (start.tzinfo or end.tzinfo):
        start, end = instant(start), instant(end).astimezone(instant(start).tzinfo)
    sign = 1
    first, last = _parts(start), _parts(end)
    if last < first:
        sign, first, last = -1, last, first
    months = (last[0] - first[0]) * 12 + last[1] - first[1]
    if last[2:] < first[2:]:
        months -= 1
    return YearMonthDuration(sign * months)


def _parts(value: Any) -> tuple[Any, ...]:
    clock = value.time() if isinstance(value, datetime) else time(0)
    return (value.year, value.month, value.day, clock)


@builtin("day of year(date: date|datetime) -> number")
def day_of_year(run: Run, day: date) -> Any:
    return Decimal(day.timetuple().tm_yday)


@builtin("day of week(date: date|datetime) -> string")
def day_of_week(run: Run, day: date) -> Any:
    return WEEKDAYS[day.weekday()]


@builtin("month of year(date: date|datetime) -> string")
def month_of_year(run: Run, day: date) -> Any:
    return MONTHS[day.month - 1]


@builtin("week of year(date: date|datetime) -> number")
def week_of_year(run: Run, day: date) -> Any:
    return Decimal(day.isocalendar().week)


@builtin("now() -> datetime")
def now(run: Run) -> Any:
    return run.now


@builtin("today() -> date")
def today(run: Run) -> Any:
    """The day in this product's zone."""
    if run.now is None:
        return None
    return run.now.astimezone(LOCAL).date() if run.now.tzinfo is not None else run.now.date()


def seconds(span: timedelta) -> Decimal:
    """Length in seconds, exact to the microsecond."""
    return (Decimal(span // MICRO) / 1_000_000).normalize()
