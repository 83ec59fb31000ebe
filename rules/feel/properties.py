"""What `value.name` means for dates, times, durations and ranges (DMN 1.5, table 65)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from rules.feel import types as T  # noqa: N812
from rules.feel.temporal import MICRO, offset_of
from rules.feel.types import FeelType
from rules.feel.values import Range, YearMonthDuration

Getter = tuple[FeelType, Callable[[Any], Any]]


def _zone_name(value: Any) -> str | None:
    if isinstance(value.tzinfo, ZoneInfo):
        return value.tzinfo.key
    return None if value.tzinfo is None else str(value.tzinfo).removeprefix("UTC").join(("", "")) or "Z"


def _seconds(value: Any) -> Decimal:
    return (
        Decimal(value.second) + Decimal(value.microsecond).scaleb(-6)
        if value.microsecond
        else Decimal(value.second)
    )


def _whole(get: Callable[[Any], int]) -> Getter:
    return (T.NUMBER, lambda value: Decimal(get(value)))


def _toward_zero(value: timedelta, unit: timedelta, within: timedelta | None = None) -> Decimal:
    sign = -1 if value < timedelta(0) else 1
    rest = abs(value) % within if within is not None else abs(value)
    return Decimal(sign * (rest // unit))


DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
_DATE: dict[str, Getter] = {
    "year": _whole(lambda v: v.year),
    "month": _whole(lambda v: v.month),
    "day": _whole(lambda v: v.day),
    "weekday": _whole(lambda v: v.isoweekday()),
}
_TIME: dict[str, Getter] = {
    "hour": _whole(lambda v: v.hour),
    "minute": _whole(lambda v: v.minute),
    "second": (T.NUMBER, _seconds),
    "time offset": (T.DAYS_DURATION, offset_of),
    "timezone": (T.STRING, _zone_name),
}
_DAYS: dict[str, Getter] = {
    "days": (T.NUMBER, lambda v: _toward_zero(v, DAY)),
    "hours": (T.NUMBER, lambda v: _toward_zero(v, HOUR, DAY)),
    "minutes": (T.NUMBER, lambda v: _toward_zero(v, MINUTE, HOUR)),
    "seconds": (T.NUMBER, lambda v: _fine(_toward_zero(v, MICRO, MINUTE))),
}
_MONTHS: dict[str, Getter] = {"years": _whole(lambda v: v.years), "months": _whole(lambda v: v.months)}
_RANGE: dict[str, Getter] = {
    "start": (T.ANY, lambda v: v.low),
    "end": (T.ANY, lambda v: v.high),
    "start included": (T.BOOLEAN, lambda v: v.low_closed),
    "end included": (T.BOOLEAN, lambda v: v.high_closed),
}


def _fine(micros: Decimal) -> Decimal:
    seconds = micros / 1_000_000
    return seconds.to_integral_value() if seconds == seconds.to_integral_value() else seconds.normalize()


PROPERTIES: Mapping[type, Mapping[str, Getter]] = {
    date: _DATE,
    time: _TIME,
    datetime: {**_DATE, **_TIME},
    timedelta: _DAYS,
    YearMonthDuration: _MONTHS,
    Range: _RANGE,
}
BY_KIND: Mapping[str, Mapping[str, Getter]] = {
    "date": _DATE,
    "time": _TIME,
    "date and time": PROPERTIES[datetime],
    "days and time duration": _DAYS,
    "years and months duration": _MONTHS,
    "range": _RANGE,
}


def property_of(value: Any, name: str) -> Any:
    """The property, or null where the value has none of that name."""
    getter = PROPERTIES.get(value.__class__, {}).get(name)
    return None if getter is None else getter[1](value)
