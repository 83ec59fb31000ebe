"""String functions (DMN 1.5, 10.3.4.3). Positions count characters from 1."""

# ruff: noqa: ARG001  (every built-in function takes the Run, whether or not it needs it)
from __future__ import annotations

from decimal import Decimal
from typing import Any

from rules.feel import patterns
from rules.feel.builtins.numbers import whole
from rules.feel.builtins.registry import builtin
from rules.feel.limits import Run, check_list, check_string


@builtin("substring(string: string, start position: number, length?: number) -> string")
def substring(run: Run, text: str, start: Decimal, length: Decimal | None = None) -> Any:
    at = whole(start)
    if at == 0 or abs(at) > len(text):
        return None
    first = at - 1 if at > 0 else len(text) + at
    if length is None:
        return text[first:]
    size = int(length)
    return text[first : first + size] if size >= 1 else None


@builtin("string length(string: string) -> number")
def string_length(run: Run, text: str) -> Any:
    return Decimal(len(text))


@builtin("upper case(string: string) -> string")
def upper_case(run: Run, text: str) -> Any:
    return text.upper()


@builtin("lower case(string: string) -> string")
def lower_case(run: Run, text: str) -> Any:
    return text.lower()


@builtin("substring before(string: string, match: string) -> string")
def substring_before(run: Run, text: str, match: str) -> Any:
    before, found, _ = text.partition(match) if match else ("", "", "")
    return before if found else ""


@builtin("substring after(string: string, match: string) -> string")
def substring_after(run: Run, text: str, match: str) -> Any:
    return text.partition(match)[2] if match else text


@builtin("contains(string: string, match: string) -> boolean")
def contains(run: Run, text: str, match: str) -> Any:
    return match in text


@builtin("starts with(string: string, match: string) -> boolean")
def starts_with(run: Run, text: str, match: str) -> Any:
    return text.startswith(match)


@builtin("ends with(string: string, match: string) -> boolean")
def ends_with(run: Run, text: str, match: str) -> Any:
    return text.endswith(match)


@builtin("matches(input: string, pattern: string, flags?: string) -> boolean")
def matches(run: Run, text: str, pattern: str, flags: str | None = None) -> Any:
    return patterns.search(run, pattern, flags or "", text)


@builtin("replace(input: string, pattern: string, replacement: string, flags?: string) -> string")
def replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None = None) -> Any:
    return patterns.replace(run, pattern, flags or "", text, replacement)


@builtin("split(string: string, delimiter: string) -> list<string>")
def split(run: Run, text: str, delimiter: str) -> Any:
    parts = patterns.split(run, delimiter, text)
    if parts is not None:
        check_list(len(parts))
    return parts


@builtin("string join(list: list, delimiter?: string) -> string")
def string_join(run: Run, items: list[Any], delimiter: str | None = None) -> Any:
    """Nulls are left out."""
    kept = [item for item in items if item is not None]
    if any(item.__class__ is not str for item in kept):
        return None
    glue = delimiter or ""
    check_string(sum(len(item) for item in kept) + len(glue) * len(kept))
    return glue.join(kept)
