"""From one kind of value to another (DMN 1.5, 10.3.4.1), and `not` and `is`."""

# ruff: noqa: ARG001  (every built-in function takes the Run, whether or not it needs it)
from __future__ import annotations

import re
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from rules.feel.builtins.registry import builtin
from rules.feel.compare import equal
from rules.feel.limits import Run, check_string
from rules.feel.temporal import zone_text
from rules.feel.text import text_of
from rules.feel.values import CONTEXT

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


@builtin("number(from: string, grouping separator?: string, decimal separator?: string) -> number")
def to_number(run: Run, source: str, grouping: str | None = None, point: str | None = None) -> Any:
    if grouping not in {None, " ", ",", "."} or point not in {None, ",", "."}:
        return None
    if grouping is not None and grouping == point:
        return None
    plain = source.replace(grouping, "") if grouping else source
    plain = plain.replace(point, ".") if point else plain
    return CONTEXT.create_decimal(plain) if len(plain) < 400 and _NUMBER.fullmatch(plain) else None


@builtin("number(from: number) -> number")
def number_itself(run: Run, source: Decimal) -> Any:
    return source


@builtin("string(from: any) -> string")
def to_string(run: Run, source: Any) -> Any:
    if source is None or source.__class__ is str:
        return source
    made = text_of(source, run)
    check_string(len(made))
    return made


@builtin("not(negand: any) -> boolean")
def negation(run: Run, negand: Any) -> Any:
    return not negand if negand.__class__ is bool else None


@builtin("is(value1?: any, value2?: any) -> boolean")
def same(run: Run, left: Any = None, right: Any = None) -> Any:
    """The same in the value's own domain: clock readings of different zones are not, even of one instant."""
    if left.__class__ is not right.__class__:
        return False
    if isinstance(left, (time, datetime)):
        return left.replace(tzinfo=None) == right.replace(tzinfo=None) and _offset(left) == _offset(right)
    return equal(left, right, run) is True


def _offset(value: Any) -> str:
    """A named zone is not the offset it happens to have."""
    return zone_text(value)


@builtin("range(from: string) -> range")
def to_range(run: Run, source: str) -> Any:
    from rules.feel.rangetext import parse_range

    return parse_range(source, run)
