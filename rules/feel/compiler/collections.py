"""Lists, contexts, ranges, paths, filters and loops as closures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from rules.feel import tree
from rules.feel.builtins.numbers import whole
from rules.feel.compiler.builder import Builder, Code, Frame, Scope, builds
from rules.feel.compiler.calls import define
from rules.feel.limits import LIST, Run, check_list, weight
from rules.feel.properties import property_of
from rules.feel.values import Range, YearMonthDuration, number

ENDS = frozenset({Decimal, str, date, time, datetime, timedelta, YearMonthDuration})


@builds(tree.ListNode)
def build_list(b: Builder, node: tree.ListNode, scope: Scope | None) -> Code:
    items = [b.build(item, scope) for item in node.items]

    def run(s: Frame) -> Any:
        return [item(s) for item in items]

    return run


@builds(tree.ContextNode)
def build_context(b: Builder, node: tree.ContextNode, scope: Scope | None) -> Code:
    """Each entry sees those before it; a function also sees itself."""
    entries: list[tuple[str, int, Code]] = []
    for entry in node.entries:
        inner = b.bind(scope, entry.key)
        if isinstance(entry.value, tree.FunctionDefinition):
            code = define(b, entry.value, inner, inner.slot)
        else:
            code = b.build(entry.value, scope)
        entries.append((entry.key, inner.slot, code))
        scope = inner

    def run(s: Frame) -> Any:
        built: dict[str, Any] = {}
        for key, slot, code in entries:
            built[key] = s[slot] = code(s)
        return built

    return run


@builds(tree.RangeNode)
def build_range(b: Builder, node: tree.RangeNode, scope: Scope | None) -> Code:
    low = b.build(node.low, scope) if node.low is not None else None
    high = b.build(node.high, scope) if node.high is not None else None
    low_closed, high_closed, sign = node.low_closed, node.high_closed, node.sign

    def run(s: Frame) -> Any:
        start = low(s) if low is not None else None
        end = high(s) if high is not None else None
        if low is not None and high is not None and (start is None or start.__class__ is not end.__class__):
            return None  # an end that is null is not an end left open
        if (end if start is None else start).__class__ not in ENDS:
            return None
        return Range(start, end, low_closed, high_closed, sign)

    return run


# -- paths ------------------------------------------------------------------------------------------------------


@builds(tree.Path)
def build_path(b: Builder, node: tree.Path, scope: Scope | None) -> Code:
    base, name = b.build(node.base, scope), node.name

    def run(s: Frame) -> Any:
        value = base(s)
        return value.get(name) if value.__class__ is dict else step(value, name, s[1])

    return run


def step(value: Any, name: str, run: Run) -> Any:
    """`value.name`; over a list, the list of it for each element."""
    if value.__class__ is dict:
        return value.get(name)
    if value.__class__ is list:
        run.spend(len(value))
        return [step(item, name, run) for item in value]
    return None if value is None else property_of(value, name)


# -- filters ----------------------------------------------------------------------------------------------------


@builds(tree.Filter)
def build_filter(b: Builder, node: tree.Filter, scope: Scope | None) -> Code:
    base = b.build(node.base, scope)
    if _is_number(node.condition):
        position = b.build(node.condition, scope)

        def index(s: Frame) -> Any:
            return _at(base(s), position(s))

        return index
    inner = b.bind(scope, None)
    slot, condition, price = inner.slot, b.build(node.condition, inner), price_of(node.condition)

    def run(s: Frame) -> Any:
        items = base(s)
        if items.__class__ is not list:
            items = [] if items is None else [items]
        s[1].spend(len(items) * price)
        kept = []
        for item in items or [None]:  # an empty list too must tell a position from a condition
            s[slot] = item
            verdict = condition(s)
            if verdict is True:
                kept.append(item)
            elif verdict.__class__ is Decimal:
                return _at(items, verdict)
            elif verdict is not False and verdict is not None:
                return None
        return kept if items else []

    return run


def _is_number(node: tree.Node) -> bool:
    if isinstance(node, tree.Negation):
        node = node.operand
    return isinstance(node, tree.Literal) and isinstance(node.value, Decimal)


def _at(items: Any, position: Any) -> Any:
    if items.__class__ is not list:
        items = [] if items is None else [items]
    if position != position.to_integral_value() or abs(position) > LIST:
        return None
    at = int(position)
    if 1 <= at <= len(items):
        return items[at - 1]
    return items[at] if -len(items) <= at <= -1 else None


# -- loops ------------------------------------------------------------------------------------------------------


def domain(source: Any) -> Any:
    """What a loop goes over: a list, the whole numbers or days of a range, or a single value; None for null."""
    if source.__class__ is list:
        return source
    if isinstance(source, Range):
        return _span(source.low, source.high, source.low_closed, source.high_closed)
    return None if source is None else [source]


def _span(low: Any, high: Any, low_closed: bool = True, high_closed: bool = True) -> Any:
    """Whole numbers or days from one end to the other, downwards too; None where there is no such series."""
    try:
        if low.__class__ is Decimal and high.__class__ is Decimal:
            first, last = whole(low), whole(high)
            make: Callable[[int], Any] = number
        elif low.__class__ is date and high.__class__ is date:
            first, last = low.toordinal(), high.toordinal()
            make = date.fromordinal
        else:
            return None
    except ValueError:
        return None
    by = 1 if first <= last else -1
    first += 0 if low_closed else by
    last -= 0 if high_closed else by
    size = max(0, (last - first) * by + 1)
    check_list(size)
    return map(make, range(first, last + by, by)) if size else []


@builds(tree.Iteration)
def build_iteration(b: Builder, node: tree.Iteration, scope: Scope | None) -> Code:
    """Code that yields the domain of one `name in source`."""
    source = b.build(node.source, scope)
    if node.end is None:

        def over(s: Frame) -> Any:
            return domain(source(s))

        return over
    end = b.build(node.end, scope)

    def between(s: Frame) -> Any:
        return _span(source(s), end(s))

    return between


def loops(
    b: Builder, node: tree.For | tree.Quantified, scope: Scope | None
) -> tuple[list[tuple[int, Code]], Scope]:
    """Slot and domain of each iteration, and the scope of the body."""
    made: list[tuple[int, Code]] = []
    for iteration in node.iterations:
        code = b.build(iteration, scope)
        scope = b.bind(scope, iteration.name)
        made.append((scope.slot, code))
    assert scope is not None
    return made, scope


def price_of(node: tree.Node) -> int:
    """What one round of a loop costs."""
    return weight(sum(1 for _ in tree.walk(node)))


class NoDomainError(Exception):
    """A loop over null."""


def rounds(s: Frame, plan: list[tuple[int, Code]], price: int, at: int = 0) -> Iterator[None]:
    """Go through all combinations, binding the slots; each round takes `price` from the budget."""
    slot, code = plan[at]
    values = code(s)
    if values is None:
        raise NoDomainError
    run, last = s[1], at == len(plan) - 1
    for value in values:
        run.left -= price
        if run.left < 0:
            run.spend(0)
        s[slot] = value
        if last:
            yield
        else:
            yield from rounds(s, plan, price, at + 1)


@builds(tree.For)
def build_for(b: Builder, node: tree.For, scope: Scope | None) -> Code:
    plan, inner = loops(b, node, scope)
    uses_partial = any(isinstance(n, tree.Name) and n.name == "partial" for n in tree.walk(node.body))
    inner = b.bind(inner, "partial")
    partial, body, price = inner.slot, b.build(node.body, inner), price_of(node)

    def run(s: Frame) -> Any:
        made: list[Any] = []
        try:
            for _ in rounds(s, plan, price):
                if uses_partial:
                    s[1].spend(len(made) >> 3)
                    s[partial] = made.copy()
                made.append(body(s))
        except NoDomainError:
            return None
        check_list(len(made))
        return made

    return run


@builds(tree.Quantified)
def build_quantified(b: Builder, node: tree.Quantified, scope: Scope | None) -> Code:
    plan, inner = loops(b, node, scope)
    body, decides, price = b.build(node.body, inner), not node.every, price_of(node)

    def run(s: Frame) -> Any:
        certain = True
        try:
            for _ in rounds(s, plan, price):
                verdict = body(s)
                if verdict is decides:
                    return decides
                if verdict is None:
                    certain = False
                elif verdict.__class__ is not bool:
                    return None
        except NoDomainError:
            return None
        return (not decides) if certain else None

    return run
