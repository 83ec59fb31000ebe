"""List functions and `sort` (DMN 1.5, 10.3.4.4 and 10.3.4.11)."""

# ruff: noqa: ARG001  (every built-in function takes the Run, whether or not it needs it)
from __future__ import annotations

import functools
from datetime import timedelta
from decimal import Decimal
from typing import Any

from rules.feel.arithmetic import add, multiply
from rules.feel.builtins.numbers import whole
from rules.feel.builtins.registry import builtin
from rules.feel.compare import equal, less
from rules.feel.limits import LIST, Run, check_list
from rules.feel.values import CONTEXT, Function, YearMonthDuration


def numbers(values: list[Any]) -> bool:
    return all(v.__class__ is Decimal for v in values)


@builtin("list contains(list: list, element: any) -> boolean")
def list_contains(run: Run, items: list[Any], element: Any) -> Any:
    return any(equal(item, element, run) for item in items)


@builtin("count(list: list) -> number")
def count(run: Run, items: list[Any]) -> Any:
    return Decimal(len(items))


def _extreme(items: list[Any], *, largest: bool) -> Any:
    if not items:
        return None
    best = items[0]
    if less(best, best) is None:
        return None
    for item in items[1:]:
        before = less(best, item) if largest else less(item, best)
        if before is None:
            return None
        if before:
            best = item
    return best


@builtin("min(list*: any) -> @element")
def minimum(run: Run, items: list[Any]) -> Any:
    return _extreme(items, largest=False)


@builtin("max(list*: any) -> @element")
def maximum(run: Run, items: list[Any]) -> Any:
    return _extreme(items, largest=True)


@builtin("sum(list*: any) -> @element")
def total(run: Run, items: list[Any]) -> Any:
    """Numbers, or durations of one kind."""
    if not items or items[0].__class__ not in {Decimal, timedelta, YearMonthDuration}:
        return None
    result = items[0]
    for item in items[1:]:
        if item.__class__ is not result.__class__:
            return None
        result = add(result, item)
    return CONTEXT.plus(result) if isinstance(result, Decimal) else result


@builtin("product(list*: any) -> number")
def product(run: Run, items: list[Any]) -> Any:
    return functools.reduce(multiply, items) if items and numbers(items) else None


@builtin("mean(list*: any) -> number")
def mean(run: Run, items: list[Any]) -> Any:
    if not items or not numbers(items):
        return None
    return CONTEXT.divide(functools.reduce(CONTEXT.add, items), Decimal(len(items)))


@builtin("median(list*: any) -> number")
def median(run: Run, items: list[Any]) -> Any:
    if not items or not numbers(items):
        return None
    ranked = sorted(items)
    middle = len(ranked) // 2
    if len(ranked) % 2:
        return ranked[middle]
    return CONTEXT.divide(CONTEXT.add(ranked[middle - 1], ranked[middle]), Decimal(2))


@builtin("stddev(list*: any) -> number")
def stddev(run: Run, items: list[Any]) -> Any:
    """Of a sample: the divisor is one less than the count."""
    if len(items) < 2 or not numbers(items):
        return None
    middle = CONTEXT.divide(functools.reduce(CONTEXT.add, items), Decimal(len(items)))
    squares = [CONTEXT.power(CONTEXT.subtract(item, middle), Decimal(2)) for item in items]
    return CONTEXT.sqrt(CONTEXT.divide(functools.reduce(CONTEXT.add, squares), Decimal(len(items) - 1)))


@builtin("mode(list*: any) -> list<number>")
def mode(run: Run, items: list[Any]) -> Any:
    if not numbers(items):
        return None
    counts: dict[Decimal, int] = {}
    for item in items:
        counts[item] = counts.get(item, 0) + 1
    most = max(counts.values(), default=0)
    return sorted(item for item, times in counts.items() if times == most)


@builtin("all(list*: any) -> boolean")
def every(run: Run, items: list[Any]) -> Any:
    if any(item is False for item in items):
        return False
    return True if all(item is True for item in items) else None


@builtin("any(list*: any) -> boolean")
def some(run: Run, items: list[Any]) -> Any:
    if any(item is True for item in items):
        return True
    return False if all(item is False for item in items) else None


@builtin("sublist(list: list, start position: number, length?: number) -> @list")
def sublist(run: Run, items: list[Any], start: Decimal, length: Decimal | None = None) -> Any:
    at = place(start, len(items))
    if at is None:
        return None
    if length is None:
        return items[at:]
    size = whole(length)
    return items[at : at + size] if 0 <= size <= len(items) - at else None


def place(position: Decimal, length: int) -> int | None:
    """A position counted from 1, or from the end when negative, as an index; None where there is nothing."""
    at = int(position) if abs(position) <= LIST else 0
    if 1 <= at <= length:
        return at - 1
    return length + at if -length <= at <= -1 else None


@builtin("append(list: list, item*: any) -> @list")
def append(run: Run, items: list[Any], new: list[Any]) -> Any:
    check_list(len(items) + len(new))
    return [*items, *new]


@builtin("concatenate(list*: any) -> @list")
def concatenate(run: Run, lists: list[Any]) -> Any:
    joined: list[Any] = []
    for part in lists:
        if part is None:
            return None
        joined.extend(part if part.__class__ is list else [part])
        run.spend(len(joined) if len(joined) > 1000 else 1)
        check_list(len(joined))
    return joined


@builtin("insert before(list: list, position: number, newItem: any) -> @list")
def insert_before(run: Run, items: list[Any], position: Decimal, new: Any) -> Any:
    at = place(position, len(items))
    check_list(len(items) + 1)
    return None if at is None else [*items[:at], new, *items[at:]]


@builtin("remove(list: list, position: number) -> @list")
def remove(run: Run, items: list[Any], position: Decimal) -> Any:
    at = place(position, len(items))
    return None if at is None else items[:at] + items[at + 1 :]


@builtin("list replace(list: list, position: number, newItem: any) -> @list")
def list_replace_at(run: Run, items: list[Any], position: Decimal, new: Any) -> Any:
    at = place(position, len(items))
    return None if at is None else [*items[:at], new, *items[at + 1 :]]


@builtin("list replace(list: list, match: function, newItem: any) -> @list")
def list_replace_matching(run: Run, items: list[Any], match: Function, new: Any) -> Any:
    if len(match.params) != 2:
        return None
    found = [match.invoke(run, [item, new]) for item in items]
    if any(answer.__class__ is not bool for answer in found):
        return None
    return [new if answer else item for item, answer in zip(items, found, strict=True)]


@builtin("reverse(list: list) -> @list")
def reverse(run: Run, items: list[Any]) -> Any:
    return items[::-1]


@builtin("index of(list: list, match: any) -> list<number>")
def index_of(run: Run, items: list[Any], match: Any) -> Any:
    return [Decimal(at) for at, item in enumerate(items, 1) if equal(item, match, run)]


def _distinct(run: Run, items: list[Any]) -> list[Any]:
    kept: list[Any] = []
    hashed: set[Any] = set()
    for item in items:
        if item.__class__ in {Decimal, str}:
            if item not in hashed:
                hashed.add(item)
                kept.append(item)
            continue
        run.spend(len(kept))
        if not any(equal(item, other, run) for other in kept):
            kept.append(item)
    return kept


@builtin("distinct values(list: list) -> @list")
def distinct_values(run: Run, items: list[Any]) -> Any:
    return _distinct(run, items)


@builtin("union(list*: any) -> @list")
def union(run: Run, lists: list[Any]) -> Any:
    joined = concatenate(run, lists)
    return None if joined is None else _distinct(run, joined)


@builtin("flatten(list: list) -> list")
def flatten(run: Run, items: list[Any]) -> Any:
    flat: list[Any] = []
    _flatten(run, items, flat)
    return flat


def _flatten(run: Run, items: list[Any], into: list[Any]) -> None:
    run.spend(len(items))
    for item in items:
        if item.__class__ is list:
            _flatten(run, item, into)
        else:
            into.append(item)
            check_list(len(into))


@builtin("sort(list: list, precedes?: function) -> @list")
def sort(run: Run, items: list[Any], precedes: Function | None = None) -> Any:
    """Stable; null where two elements have no order."""

    def compared(left: Any, right: Any) -> int:
        run.spend(1)
        before = less(left, right) if precedes is None else precedes.invoke(run, [left, right])
        if before is True:
            return -1
        if before is None:
            raise ValueError
        after = less(right, left) if precedes is None else precedes.invoke(run, [right, left])
        return 1 if after is True else 0

    return sorted(items, key=functools.cmp_to_key(compared))
