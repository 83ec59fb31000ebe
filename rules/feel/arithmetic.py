"""Arithmetic on all values that have it; null for the rest, for overflow and for division by nought."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, DecimalException
from typing import Any

from rules.feel.limits import check_string
from rules.feel.temporal import MICRO, MONTHS_MOST, add_months, clock
from rules.feel.values import CONTEXT, YearMonthDuration, number


def add(left: Any, right: Any) -> Any:
    if left.__class__ is str and right.__class__ is str:
        check_string(len(left) + len(right))
        return left + right
    return _guarded(_add, left, right)


def subtract(left: Any, right: Any) -> Any:
    return _guarded(_subtract, left, right)


def multiply(left: Any, right: Any) -> Any:
    return _guarded(_multiply, left, right)


def divide(left: Any, right: Any) -> Any:
    return _guarded(_divide, left, right)


def power(left: Any, right: Any) -> Any:
    if left.__class__ is Decimal and right.__class__ is Decimal:
        return _guarded(CONTEXT.power, left, right)
    return None


def negate(value: Any) -> Any:
    if value.__class__ is Decimal:
        return CONTEXT.minus(value)
    if value.__class__ is timedelta:
        return _guarded(_multiply, value, Decimal(-1))
    return YearMonthDuration(-value.total) if value.__class__ is YearMonthDuration else None


OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "**": power,
}


def _guarded(operation: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    try:
        return operation(left, right)
    except (DecimalException, OverflowError, ZeroDivisionError):
        return None


def _add(left: Any, right: Any) -> Any:
    a, b = left.__class__, right.__class__
    if a is Decimal and b is Decimal:
        return CONTEXT.add(left, right)
    if a is timedelta:
        return left + right if b is timedelta else _shift(right, left)
    if b is timedelta:
        return _shift(left, right)
    if a is YearMonthDuration:
        return (
            _months(left.total + right.total) if b is YearMonthDuration else _shift_months(right, left.total)
        )
    return _shift_months(left, right.total) if b is YearMonthDuration else None


def _subtract(left: Any, right: Any) -> Any:
    a, b = left.__class__, right.__class__
    if a is Decimal and b is Decimal:
        return CONTEXT.subtract(left, right)
    if b is timedelta:
        return left - right if a is timedelta else _shift(left, -right)
    if b is YearMonthDuration:
        return (
            _months(left.total - right.total) if a is YearMonthDuration else _shift_months(left, -right.total)
        )
    if a is time and b is time:
        zoned = left.tzinfo is not None or right.tzinfo is not None
        return clock(left, zoned=zoned) - clock(right, zoned=zoned)
    if a is date and b is date:
        return left - right
    if a in {date, datetime} and b in {date, datetime}:
        return _between(_moment(left), _moment(right))
    return None


def _moment(value: Any) -> datetime:
    """A date meeting a date and time is its midnight, UTC."""
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day, tzinfo=UTC)


def _between(left: datetime, right: datetime) -> timedelta | None:
    if left.tzinfo is None and right.tzinfo is None:
        return left - right
    if left.tzinfo is None or right.tzinfo is None:
        return None
    return left.astimezone(UTC) - right.astimezone(UTC)


def _shift(value: Any, span: timedelta) -> Any:
    if value.__class__ is datetime:
        if value.tzinfo is None:
            return value + span
        return (value.astimezone(UTC) + span).astimezone(value.tzinfo)
    if value.__class__ is date:
        return (datetime(value.year, value.month, value.day) + span).date()
    if value.__class__ is time:
        moment = datetime(2000, 1, 1, value.hour, value.minute, value.second, value.microsecond)
        return (
            (moment + timedelta(seconds=span.seconds, microseconds=span.microseconds))
            .time()
            .replace(tzinfo=value.tzinfo)
        )
    return None


def _shift_months(value: Any, months: int) -> Any:
    return add_months(value, months) if value.__class__ in {date, datetime} else None


def _months(total: int) -> YearMonthDuration | None:
    return YearMonthDuration(total) if abs(total) <= MONTHS_MOST else None


def _multiply(left: Any, right: Any) -> Any:
    a, b = left.__class__, right.__class__
    if a is Decimal and b is Decimal:
        return CONTEXT.multiply(left, right)
    if a is Decimal:
        return _multiply(right, left) if b in {timedelta, YearMonthDuration} else None
    if b is not Decimal:
        return None
    if a is timedelta:
        return _micros(CONTEXT.multiply(_length(left), right))
    if a is YearMonthDuration:
        return _months(int(CONTEXT.multiply(Decimal(left.total), right)))
    return None


def _divide(left: Any, right: Any) -> Any:
    a, b = left.__class__, right.__class__
    if a is Decimal and b is Decimal:
        return CONTEXT.divide(left, right)
    if a is timedelta:
        if b is timedelta:
            return CONTEXT.divide(_length(left), _length(right))
        return _micros(CONTEXT.divide(_length(left), right)) if b is Decimal else None
    if a is YearMonthDuration:
        if b is YearMonthDuration:
            return CONTEXT.divide(Decimal(left.total), Decimal(right.total))
        return _months(int(CONTEXT.divide(Decimal(left.total), right))) if b is Decimal else None
    return None


def _length(span: timedelta) -> Decimal:
    return number(span // MICRO)


def _micros(length: Decimal) -> timedelta:
    return timedelta(microseconds=int(length.to_integral_value(ROUND_HALF_EVEN)))
