"""Numeric functions (DMN 1.5, 10.3.4.5)."""

# ruff: noqa: ARG001  (every built-in function takes the Run, whether or not it needs it)
from __future__ import annotations

from datetime import timedelta
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)
from typing import Any

from rules.feel.builtins.registry import builtin
from rules.feel.limits import Run
from rules.feel.values import CONTEXT, YearMonthDuration

SCALE_LEAST, SCALE_MOST = -6111, 6176


def whole(value: Decimal) -> int:
    """A whole number of ordinary size; raises ValueError for any other."""
    if value != value.to_integral_value() or abs(value) > 10**15:
        raise ValueError(str(value))
    return int(value)


def rounded(value: Decimal, scale: Decimal | None, mode: str) -> Decimal | None:
    """`value` with `scale` digits after the point (negative: before it)."""
    places = 0 if scale is None else int(scale.to_integral_value(ROUND_DOWN))
    if not SCALE_LEAST <= places <= SCALE_MOST:
        return None
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -places:
        return value
    return value.quantize(Decimal(1).scaleb(-places), mode, CONTEXT)


@builtin("decimal(n: number, scale: number) -> number")
def decimal(run: Run, n: Decimal, scale: Decimal) -> Any:
    return rounded(n, scale, ROUND_HALF_EVEN)


@builtin("floor(n: number, scale?: number) -> number")
def floor(run: Run, n: Decimal, scale: Decimal | None = None) -> Any:
    return rounded(n, scale, ROUND_FLOOR)


@builtin("ceiling(n: number, scale?: number) -> number")
def ceiling(run: Run, n: Decimal, scale: Decimal | None = None) -> Any:
    return rounded(n, scale, ROUND_CEILING)


@builtin("round up(n: number, scale: number) -> number")
def round_up(run: Run, n: Decimal, scale: Decimal) -> Any:
    return rounded(n, scale, ROUND_UP)


@builtin("round down(n: number, scale: number) -> number")
def round_down(run: Run, n: Decimal, scale: Decimal) -> Any:
    return rounded(n, scale, ROUND_DOWN)


@builtin("round half up(n: number, scale: number) -> number")
def round_half_up(run: Run, n: Decimal, scale: Decimal) -> Any:
    return rounded(n, scale, ROUND_HALF_UP)


@builtin("round half down(n: number, scale: number) -> number")
def round_half_down(run: Run, n: Decimal, scale: Decimal) -> Any:
    return rounded(n, scale, ROUND_HALF_DOWN)


@builtin("abs(n: number|days|months) -> @same")
def absolute(run: Run, n: Any) -> Any:
    if isinstance(n, YearMonthDuration):
        return YearMonthDuration(abs(n.total))
    return abs(n) if isinstance(n, timedelta) else CONTEXT.abs(n)


@builtin("modulo(dividend: number, divisor: number) -> number")
def modulo(run: Run, dividend: Decimal, divisor: Decimal) -> Any:
    """The sign is the divisor's: `dividend - divisor * floor(dividend / divisor)`."""
    rest = CONTEXT.remainder(dividend, divisor)
    return CONTEXT.add(rest, divisor) if rest and (rest < 0) != (divisor < 0) else CONTEXT.plus(rest)


@builtin("sqrt(number: number) -> number")
def sqrt(run: Run, n: Decimal) -> Any:
    run.spend(20)
    return CONTEXT.sqrt(n)


@builtin("log(number: number) -> number")
def log(run: Run, n: Decimal) -> Any:
    run.spend(100)
    return CONTEXT.ln(n) if n > 0 else None


@builtin("exp(number: number) -> number")
def exp(run: Run, n: Decimal) -> Any:
    run.spend(100)
    return CONTEXT.exp(n)


@builtin("odd(number: number) -> boolean")
def odd(run: Run, n: Decimal) -> Any:
    return n == n.to_integral_value() and CONTEXT.remainder(n, Decimal(2)) != 0 if abs(n) < 10**34 else False


@builtin("even(number: number) -> boolean")
def even(run: Run, n: Decimal) -> Any:
    return CONTEXT.remainder(n, Decimal(2)) == 0 if abs(n) < 10**34 else True
