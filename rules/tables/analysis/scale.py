"""The ordered kinds of value as numbers on a line, and the line cut at given points.

Dates count days, times and lengths of time whole seconds, years and months months: nothing is said about what lies
between two seconds.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, Final

from rules.feel import YearMonthDuration
from rules.feel.temporal import instant
from rules.feel.values import CONTEXT, LOCAL

_EPOCH: Final = datetime(1, 1, 1, tzinfo=UTC)
_SECOND: Final = timedelta(seconds=1)


class NotOnScaleError(ValueError):
    """A value that the line has no place for, such as a fraction of a second or a time with a zone."""


@dataclass(frozen=True, slots=True)
class Scale:
    """`place` of a value on the line, the value `at` a place, and the two ends of the line (None: none)."""

    place: Callable[[Any], Decimal]
    at: Callable[[Decimal], Any]
    whole: bool
    low: Decimal | None = None
    high: Decimal | None = None


def _time_place(value: time) -> Decimal:
    if value.tzinfo is not None or value.microsecond:
        raise NotOnScaleError
    return Decimal(value.hour * 3600 + value.minute * 60 + value.second)


def _seconds(length: timedelta) -> Decimal:
    if length.microseconds:
        raise NotOnScaleError
    return Decimal(length // _SECOND)


SCALES: Final[Mapping[str, Scale]] = {
    "number": Scale(lambda value: value, lambda place: place, whole=False),
    "date": Scale(
        lambda value: Decimal(value.toordinal()),
        lambda place: date.fromordinal(int(place)),
        whole=True,
        low=Decimal(date.min.toordinal()),
        high=Decimal(date.max.toordinal()),
    ),
    "time": Scale(
        _time_place,
        lambda place: time(int(place) // 3600, int(place) // 60 % 60, int(place) % 60),
        whole=True,
        low=Decimal(0),
        high=Decimal(86399),
    ),
    "date and time": Scale(
        lambda value: _seconds(instant(value) - _EPOCH),
        lambda place: (_EPOCH + timedelta(seconds=int(place))).astimezone(LOCAL),
        whole=True,
        # a day inside the calendar's ends, so that no zone leads out of it
        low=Decimal(86400),
        high=_seconds(datetime(9999, 12, 30, tzinfo=UTC) - _EPOCH),
    ),
    "days and time duration": Scale(_seconds, lambda place: timedelta(seconds=int(place)), whole=True),
    "years and months duration": Scale(
        lambda value: Decimal(value.total), lambda place: YearMonthDuration(int(place)), whole=True
    ),
}


def pieces(
    scale: Scale, cuts: Iterable[Any], low: Any = None, high: Any = None, *, whole: bool = False
) -> list[Any]:
    """One value from each piece of the line between `low` and `high`: every cut, and what lies between two cuts,
    before the first and after the last. Raises NotOnScaleError and decimal's exceptions.
    """
    whole = whole or scale.whole
    bottom = scale.low if low is None else scale.place(low)
    top = scale.high if high is None else scale.place(high)
    places = sorted({scale.place(cut) for cut in cuts} | {end for end in (bottom, top) if end is not None})
    if not places:
        return [scale.at(Decimal(0))]
    found: list[Decimal | None] = [_before(places[0])]
    for left, right in zip(places, [*places[1:], None], strict=True):
        found.append(left)
        found.append(_after(left) if right is None else _between(left, right, whole=whole))
    return [
        scale.at(place)
        for place in found
        if place is not None
        and (bottom is None or bottom <= place)
        and (top is None or place <= top)
        and (not whole or place == place.to_integral_value())
    ]


def _before(place: Decimal) -> Decimal:
    one = CONTEXT.subtract(place.to_integral_value(ROUND_CEILING, CONTEXT), Decimal(1))
    return one if one < place else CONTEXT.subtract(place, abs(place))


def _after(place: Decimal) -> Decimal:
    one = CONTEXT.add(place.to_integral_value(ROUND_FLOOR, CONTEXT), Decimal(1))
    return one if one > place else CONTEXT.add(place, abs(place))


def _between(left: Decimal, right: Decimal, *, whole: bool) -> Decimal | None:
    """A value between, a whole one when there is one; None where there is none."""
    one = _after(left)
    if left < one < right:
        return one
    if whole:
        return None
    middle = CONTEXT.divide(CONTEXT.add(left, right), Decimal(2))
    return middle if left < middle < right else None
