"""The values of FEEL as Python sees them, and how data from outside becomes such values.

Inside an evaluation every value is exactly one of: None, bool, Decimal, str, date, time, datetime,
YearMonthDuration, timedelta, list, dict (string keys), Range, Function; never a subclass, so that a
class comparison decides the kind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from enum import Enum
from typing import Any, Final
from zoneinfo import ZoneInfo

from rules.feel.errors import FeelLimitError
from rules.feel.limits import DATA_DEPTH, Run

LOCAL: tzinfo = ZoneInfo("Asia/Ho_Chi_Minh")
"""Where a clock reading without a zone is read when it meets one with a zone."""

CONTEXT = Context(prec=34, Emin=-6143, Emax=6144, traps=[InvalidOperation, DivisionByZero, Overflow])
"""IEEE 754 decimal128, the numbers of FEEL."""

SMALL = 10**30


@dataclass(frozen=True, slots=True, order=True)
class YearMonthDuration:
    """A length of time in calendar months, negative too; `P1Y2M` is 14."""

    total: int

    @property
    def years(self) -> int:
        return -(-self.total // 12) if self.total < 0 else self.total // 12

    @property
    def months(self) -> int:
        return self.total - 12 * self.years


@dataclass(frozen=True, slots=True)
class Range:
    """`[low..high]`; an end that is None is without bound. `closed` says whether the end itself
    belongs. `sign` is `=` or `!=` for the ranges `(=5)` and `(!=5)`, whose both ends are the value named.
    """

    low: Any
    high: Any
    low_closed: bool = True
    high_closed: bool = True
    sign: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """Something to call: `params` are its names, `invoke(run, arguments)` does it."""

    params: tuple[str, ...]
    invoke: Callable[[Run, list[Any]], Any]
    name: str = ""
    named: Callable[[Run, dict[str, Any]], Any] | None = None


FeelValue = (
    None
    | bool
    | Decimal
    | str
    | date
    | time
    | datetime
    | YearMonthDuration
    | timedelta
    | list[Any]
    | dict[str, Any]
    | Range
    | Function
)

KINDS: Mapping[type, str] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    date: "date",
    time: "time",
    datetime: "date and time",
    YearMonthDuration: "years and months duration",
    timedelta: "days and time duration",
    list: "list",
    dict: "context",
    Range: "range",
    Function: "function",
}
ATOMS = frozenset(KINDS) - {list, dict, Range}


def kind(value: object) -> str:
    return KINDS[value.__class__]


_COMMON: Final = tuple(Decimal(n) for n in range(1000))
"""Counts, days, ages: most whole numbers of most forms, made once."""


def number(value: int) -> Decimal:
    if 0 <= value < 1000:
        return _COMMON[value]
    return Decimal(value) if -SMALL < value < SMALL else CONTEXT.create_decimal(value)


def coerce(value: Any, depth: int = 0) -> Any:
    """Data from outside as a FEEL value; the same object when it already is one.

    Whole numbers and floats become Decimal, tuples and sets lists, enumerations their value; anything unknown
    becomes null, so that no expression can reach a Python object.
    """
    cls = value.__class__
    if cls in ATOMS:
        return value
    if cls is int:
        return number(value)
    if depth > DATA_DEPTH:
        raise FeelLimitError(f"Dữ liệu lồng nhau quá sâu (hơn {DATA_DEPTH} lớp).")
    if cls is list:
        for at, item in enumerate(value):
            clean = coerce(item, depth + 1)
            if clean is not item:
                return [*value[:at], clean, *(coerce(rest, depth + 1) for rest in value[at + 1 :])]
        return value
    if cls is dict:
        for key, item in value.items():
            if key.__class__ is not str or coerce(item, depth + 1) is not item:
                return {str(k): coerce(v, depth + 1) for k, v in value.items() if isinstance(k, str)}
        return value
    return _strange(value, depth)


def _strange(value: Any, depth: int) -> Any:
    if isinstance(value, Enum):
        return coerce(value.value, depth + 1)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return number(int(value))
    if isinstance(value, float):
        return Decimal(repr(float(value))) if abs(value) < float("inf") else None
    if isinstance(value, Decimal):
        return Decimal(value)
    if isinstance(value, datetime):
        return datetime.combine(value.date(), value.timetz())
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    if isinstance(value, timedelta):
        return timedelta(value.days, value.seconds, value.microseconds)
    if isinstance(value, Range):
        low, high = coerce(value.low, depth + 1), coerce(value.high, depth + 1)
        return (
            value
            if low is value.low and high is value.high
            else Range(low, high, value.low_closed, value.high_closed)
        )
    if isinstance(value, Mapping):
        return {str(k): coerce(v, depth + 1) for k, v in value.items() if isinstance(k, str)}
    if isinstance(value, AbstractSet):
        return sorted((coerce(v, depth + 1) for v in value), key=str)
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray, memoryview)):
        return [coerce(v, depth + 1) for v in value]
    return None
