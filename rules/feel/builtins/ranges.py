"""Relations of points and ranges (DMN 1.5, 10.3.4.9)."""

# ruff: noqa: ARG001  (every built-in function takes the Run, whether or not it needs it)
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rules.feel.builtins.registry import builtin
from rules.feel.compare import less
from rules.feel.limits import Run
from rules.feel.values import Range


def _lt(left: Any, right: Any) -> bool:
    """Strictly less; raises ValueError where there is no order, so that the function yields null."""
    found = less(left, right)
    if found is None:
        raise ValueError
    return found


def _eq(left: Any, right: Any) -> bool:
    return not _lt(left, right) and not _lt(right, left)


def before(a: Any, b: Any) -> bool:
    low = b.low if isinstance(b, Range) else b
    high = a.high if isinstance(a, Range) else a
    both = (not isinstance(a, Range) or a.high_closed) and (not isinstance(b, Range) or b.low_closed)
    if not isinstance(a, Range) and not isinstance(b, Range):
        return _lt(a, b)
    return _lt(high, low) or (not both and _eq(high, low))


def meets(a: Range, b: Range) -> bool:
    return a.high_closed and b.low_closed and _eq(a.high, b.low)


def overlaps(a: Range, b: Range) -> bool:
    return not before(a, b) and not before(b, a)


def _starts_first(a: Range, b: Range) -> bool:
    return _lt(a.low, b.low) or (_eq(a.low, b.low) and a.low_closed and not b.low_closed)


def _ends_first(a: Range, b: Range) -> bool:
    return _lt(a.high, b.high) or (_eq(a.high, b.high) and b.high_closed and not a.high_closed)


def overlaps_before(a: Range, b: Range) -> bool:
    return _starts_first(a, b) and _ends_first(a, b) and overlaps(a, b)


def includes(a: Range, b: Any) -> bool:
    if isinstance(b, Range):
        return not _starts_first(b, a) and not _ends_first(a, b)
    above = _lt(a.low, b) or (a.low_closed and _eq(a.low, b))
    return above and (_lt(b, a.high) or (a.high_closed and _eq(b, a.high)))


def finishes(a: Any, b: Range) -> bool:
    if not isinstance(a, Range):
        return b.high_closed and _eq(a, b.high)
    return _eq(a.high, b.high) and a.high_closed == b.high_closed and not _starts_first(a, b)


def starts(a: Any, b: Range) -> bool:
    if not isinstance(a, Range):
        return b.low_closed and _eq(a, b.low)
    return _eq(a.low, b.low) and a.low_closed == b.low_closed and not _ends_first(b, a)


def coincides(a: Any, b: Any) -> bool:
    if not isinstance(a, Range):
        return _eq(a, b)
    return (
        _eq(a.low, b.low)
        and _eq(a.high, b.high)
        and (a.low_closed, a.high_closed) == (b.low_closed, b.high_closed)
    )


POINT = "number|string|date|time|datetime|days|months"
POINT_RANGE, RANGE_POINT = f"point: {POINT}, range: range", f"range: range, point: {POINT}"
RANGE_RANGE, POINT_POINT = "range1: range, range2: range", f"point1: {POINT}, point2: {POINT}"
Relation = Callable[[Any, Any], bool]

RELATIONS: tuple[tuple[str, Relation, tuple[str, ...]], ...] = (
    ("before", before, (POINT_POINT, POINT_RANGE, RANGE_POINT, RANGE_RANGE)),
    ("after", lambda a, b: before(b, a), (POINT_POINT, POINT_RANGE, RANGE_POINT, RANGE_RANGE)),
    ("meets", meets, (RANGE_RANGE,)),
    ("met by", lambda a, b: meets(b, a), (RANGE_RANGE,)),
    ("overlaps", overlaps, (RANGE_RANGE,)),
    ("overlaps before", overlaps_before, (RANGE_RANGE,)),
    ("overlaps after", lambda a, b: overlaps_before(b, a), (RANGE_RANGE,)),
    ("finishes", finishes, (POINT_RANGE, RANGE_RANGE)),
    ("finished by", lambda a, b: finishes(b, a), (RANGE_POINT, RANGE_RANGE)),
    ("includes", includes, (RANGE_POINT, RANGE_RANGE)),
    ("during", lambda a, b: includes(b, a), (POINT_RANGE, RANGE_RANGE)),
    ("starts", starts, (POINT_RANGE, RANGE_RANGE)),
    ("started by", lambda a, b: starts(b, a), (RANGE_POINT, RANGE_RANGE)),
    ("coincides", coincides, (POINT_POINT, RANGE_RANGE)),
)


def _register(name: str, relation: Relation, params: str) -> None:
    def body(run: Run, a: Any, b: Any) -> bool:
        return relation(a, b)

    builtin(f"{name}({params}) -> boolean")(body)


for _name, _relation, _forms in RELATIONS:
    for _form in _forms:
        _register(_name, _relation, _form)
