"""Dates, times and durations as FEEL writes and reads them (ISO 8601, `@Zone` for a named zone)."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import ROUND_DOWN, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from rules.feel.values import LOCAL, YearMonthDuration

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_TIME = re.compile(
    r"(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|z|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z][A-Za-z0-9_+\-]*(?:/[A-Za-z0-9_+\-]+){0,2})?",
    re.ASCII,
)
_MONTHS = re.compile(r"(-)?P(?:(\d{1,11})Y)?(?:(\d{1,11})M)?", re.ASCII)
_DAYS = re.compile(
    r"(-)?P(?:(\d{1,12})D)?(T(?:(\d{1,14})H)?(?:(\d{1,16})M)?(?:(\d{1,17})(\.\d{0,18})?S)?)?", re.ASCII
)
MICRO = timedelta(microseconds=1)
MONTHS_MOST = 10**12


def zone(name: str) -> tzinfo | None:
    """A named zone; None when there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError):
        return None


def _zone_of(text: str | None) -> tzinfo | None:
    """The zone at the end of a time; raises ValueError."""
    if not text:
        return None
    if text in {"Z", "z"}:
        return UTC
    if text[0] == "@":
        found = zone(text[1:])
        if found is None:
            raise ValueError(text)
        return found
    hours, minutes, *seconds = (int(part) for part in text[1:].split(":"))
    if hours > 18 or minutes > 59:
        raise ValueError(text)
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds[0] if seconds else 0)
    return timezone(-offset if text[0] == "-" else offset)


def parse_date(text: str) -> date | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def parse_time(text: str) -> time | None:
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    micros = int(((match[4] or ".0")[1:] + "000000")[:6])
    try:
        return time(int(match[1]), int(match[2]), int(match[3]), micros, _zone_of(match[5]))
    except ValueError:
        return None


def parse_date_time(text: str) -> datetime | None:
    day, mark, clock = text.partition("T")
    found = parse_date(day)
    if found is None:
        return None
    midnight = clock.startswith("24:00:00")  # the end of the day is the beginning of the next
    at = parse_time(clock.replace("24", "00", 1) if midnight else clock) if mark else time(0)
    if at is None or (midnight and at.replace(tzinfo=None) != time(0)):
        return None
    moment = datetime.combine(found, at)
    try:
        return moment + timedelta(days=1) if midnight else moment
    except OverflowError:
        return None


def parse_duration(text: str) -> YearMonthDuration | timedelta | None:
    match = _MONTHS.fullmatch(text)
    if match is not None and (match[2] or match[3]):
        total = int(match[2] or 0) * 12 + int(match[3] or 0)
        if total > MONTHS_MOST:
            return None
        return YearMonthDuration(-total if match[1] else total)
    match = _DAYS.fullmatch(text)
    if match is None or text.endswith(("P", "T")):
        return None
    days, hours, minutes, seconds = (int(match[n] or 0) for n in (2, 4, 5, 6))
    micros = int((Decimal(f"0{match[7] or ''}") * 1_000_000).to_integral_value(ROUND_DOWN))
    try:
        span = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds, microseconds=micros)
    except OverflowError:
        return None
    return -span if match[1] else span


def parse_at(text: str) -> Any:
    """The value of `@"text"`, None when it is none."""
    if text.lstrip("-").startswith("P"):
        return parse_duration(text)
    if "T" in text and text[:1].isdigit() and "-" in text[:5]:
        return parse_date_time(text)
    return parse_date(text) or parse_time(text)


# -- writing ----------------------------------------------------------------------------------------------------


def _fraction(micros: int) -> str:
    return f".{micros:06d}".rstrip("0") if micros else ""


def zone_text(value: time | datetime) -> str:
    zone = value.tzinfo
    if zone is None:
        return ""
    if isinstance(zone, ZoneInfo):
        return f"@{zone.key}"
    offset = zone.utcoffset(None) or timedelta(0)
    if not offset:
        return "Z"
    seconds = int(offset.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("+", seconds)
    rest = f":{seconds % 60:02d}" if seconds % 60 else ""
    return f"{sign}{seconds // 3600:02d}:{seconds % 3600 // 60:02d}{rest}"


def time_text(value: time | datetime) -> str:
    return f"{value.hour:02d}:{value.minute:02d}:{value.second:02d}{_fraction(value.microsecond)}{zone_text(value)}"


def date_text(value: date) -> str:
    return f"{value.year:04d}-{value.month:02d}-{value.day:02d}"


def date_time_text(value: datetime) -> str:
    return f"{date_text(value)}T{time_text(value)}"


def months_text(value: YearMonthDuration) -> str:
    years, months = divmod(abs(value.total), 12)
    body = (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")
    return ("-P" if value.total < 0 else "P") + body


def days_text(value: timedelta) -> str:
    """`P1DT2H3M4.5S`; nothing is `PT0S`."""
    sign = "-" if value < timedelta(0) else ""
    value = abs(value)
    hours, rest = divmod(value.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    if seconds or value.microseconds:
        clock += f"{seconds}{_fraction(value.microseconds)}S"
    day = f"{value.days}D" if value.days else ""
    if not day and not clock:
        return "PT0S"
    return f"{sign}P{day}" + (f"T{clock}" if clock else "")


# -- reckoning --------------------------------------------------------------------------------------------------


def add_months(value: date, months: int) -> date | None:
    """The same day `months` later, or the last day of that month where it has no such day."""
    year, month = divmod(value.year * 12 + value.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    day = min(value.day, calendar.monthrange(year, month + 1)[1])
    return value.replace(year=year, month=month + 1, day=day)


def offset_of(value: time | datetime) -> timedelta | None:
    """Offset from UTC. A time of day in a named zone has the zone's standard one; None where there is no zone."""
    zone = value.tzinfo
    if zone is None:
        return None
    if isinstance(value, datetime) or not isinstance(zone, ZoneInfo):
        return value.utcoffset()
    return datetime(1970, 1, 1, tzinfo=zone).utcoffset()


def instant(value: datetime) -> datetime:
    """A date and time as an instant: one without a zone is read where this product is used."""
    return value if value.tzinfo is not None else value.replace(tzinfo=LOCAL)


def clock(value: time, *, zoned: bool) -> timedelta:
    """A time of day as the time since midnight, UTC when `zoned`."""
    since = timedelta(
        hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond
    )
    if not zoned:
        return since
    offset = offset_of(value)
    return since - (offset if offset is not None else timedelta(hours=7))
