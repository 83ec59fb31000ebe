"""Values as text: `string(…)`, and `literal` for a value as FEEL source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from rules.feel.limits import Run, check_string
from rules.feel.temporal import date_text, date_time_text, days_text, months_text, time_text
from rules.feel.values import Function, Range, YearMonthDuration, coerce

_PLAIN_KEY = re.compile(r"[^\W\d]\w*")


def number_text(value: Decimal) -> str:
    """Without exponent; trailing noughts as they are."""
    return format(value, "f") if value else "0"


def quoted(text: str) -> str:
    """A string literal of FEEL."""
    plain = (
        text.replace("\\", "\\\\")
        .replace('"', '\\"')
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t")
    )
    return f'"{plain}"'


def temporal_text(value: Any) -> str:
    if isinstance(value, datetime):
        return date_time_text(value)
    if isinstance(value, date):
        return date_text(value)
    if isinstance(value, time):
        return time_text(value)
    return days_text(value) if isinstance(value, timedelta) else months_text(value)


def _range_text(value: Range, inner: list[str]) -> str:
    low, high = inner
    if value.low is None:
        return f"({'<=' if value.high_closed else '<'} {high})"
    if value.high is None:
        return f"({'>=' if value.low_closed else '>'} {low})"
    return f"{'[' if value.low_closed else '('}{low}..{high}{']' if value.high_closed else ')'}"


def _text(value: Any, run: Run, *, source: bool) -> str:
    """The text within a list or context; as FEEL source, dates are written `@"…"`."""
    if value is None:
        return "null"
    if value.__class__ is bool:
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, (date, time, timedelta, YearMonthDuration)):
        return f'@"{temporal_text(value)}"' if source else temporal_text(value)
    if isinstance(value, Range):
        return _range_text(value, [_text(end, run, source=source) for end in (value.low, value.high)])
    if isinstance(value, list):
        return f"[{_joined((_text(item, run, source=source) for item in value), run)}]"
    if isinstance(value, dict):
        pairs = (f"{_key(key)}: {_text(item, run, source=source)}" for key, item in value.items())
        return f"{{{_joined(pairs, run)}}}"
    return f"function({', '.join(value.params)})" if isinstance(value, Function) else "null"


def _joined(parts: Iterable[str], run: Run) -> str:
    made: list[str] = []
    size = 0
    for part in parts:
        run.spend(1)
        size += len(part) + 2
        check_string(size)
        made.append(part)
    return ", ".join(made)


def _key(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) else quoted(key)


def text_of(value: Any, run: Run) -> str:
    """The result of `string(value)`."""
    if value.__class__ is str:
        return str(value)
    return _text(value, run, source=False)


def literal(value: object) -> str:
    """A value as FEEL source: `literal(date(2026, 1, 2))` is `@"2026-01-02"`."""
    return _text(coerce(value), Run(), source=True)
