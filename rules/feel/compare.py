"""Equality and order of values, three-valued: null where the standard knows no answer."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from rules.feel.limits import Run
from rules.feel.temporal import clock, instant
from rules.feel.values import Function, Range, YearMonthDuration

SAME = frozenset({Decimal, str, bool, date, timedelta, YearMonthDuration})
"""Classes whose own equality is FEEL's."""
ORDERED = frozenset({Decimal, str, date, timedelta, YearMonthDuration})
"""Classes whose own order is FEEL's."""

MILLISECOND = timedelta(milliseconds=1)
"""Clock readings that differ by less are equal."""

Order = Callable[[Any, Any], bool]
ORDERS: dict[str, Order] = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def equal(left: Any, right: Any, run: Run) -> bool | None:
    """Whether two values are equal; None where their kinds differ."""
    if left is None or right is None:
        return left is right
    cls = left.__class__
    if cls is not right.__class__:
        return None
    if cls in SAME:
        return bool(left == right)
    if cls is datetime or cls is time:
        ends = _aligned(left, right)
        return bool(-MILLISECOND < ends[0] - ends[1] < MILLISECOND)
    if cls is list:
        if len(left) != len(right):
            return False
        run.spend(len(left))
        return all(equal(a, b, run) for a, b in zip(left, right, strict=True))
    if cls is dict:
        if left.keys() != right.keys():
            return False
        run.spend(len(left))
        return all(equal(value, right[key], run) for key, value in left.items())
    if isinstance(left, Range):
        signs = (left.low_closed, left.high_closed, left.sign)
        return (
            signs == (right.low_closed, right.high_closed, right.sign)
            and bool(equal(left.low, right.low, run))
            and bool(equal(left.high, right.high, run))
        )
    return left is right if isinstance(left, Function) else None


def _aligned(left: Any, right: Any) -> tuple[Any, Any]:
    """Two clock readings in a form that Python can compare."""
    if isinstance(left, time):
        zoned = left.tzinfo is not None or right.tzinfo is not None
        return clock(left, zoned=zoned), clock(right, zoned=zoned)
    if left.tzinfo is None and right.tzinfo is None:
        return left, right
    return instant(left), instant(right)


def ordered(order: Order, left: Any, right: Any) -> bool | None:
    """`left order right`; None where the two have no order."""
    cls = left.__class__
    if cls is not right.__class__:
        return None
    if cls in ORDERED:
        return order(left, right)
    if cls is datetime or cls is time:
        return order(*_aligned(left, right))
    return None


def less(left: Any, right: Any) -> bool | None:
    return ordered(operator.lt, left, right)


def within(value: Any, span: Range) -> bool | None:
    """Whether a value lies in the range."""
    if span.sign == "!=":
        found = ordered(operator.eq, value, span.low)
        return found if found is None else not found
    above: bool | None = True
    below: bool | None = True
    if span.low is not None:
        above = ordered(operator.ge if span.low_closed else operator.gt, value, span.low)
    if span.high is not None:
        below = ordered(operator.le if span.high_closed else operator.lt, value, span.high)
    if span.low is None and span.high is None:
        return None
    if above is False or below is False:
        return False
    return True if above and below else None


def contained(value: Any, wanted: Any, run: Run) -> bool | None:
    """`value in wanted`: equal to it, an element of it, or within it or one of its ranges."""
    if isinstance(wanted, Range):
        return equal(value, wanted, run) if isinstance(value, Range) else within(value, wanted)
    if wanted.__class__ is not list:
        return equal(value, wanted, run)
    run.spend(len(wanted))
    for item in wanted:
        if equal(value, item, run) or (isinstance(item, Range) and within(value, item)):
            return True
    if value.__class__ is list:
        return equal(value, wanted, run) is True
    return False
