"""Literals, names, arithmetic, comparison and logic as closures, with short ways for numbers."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal, DecimalException
from typing import Any

from rules.feel import tree
from rules.feel.arithmetic import OPERATIONS, negate, power
from rules.feel.compare import ORDERED, ORDERS, SAME, contained, equal, ordered
from rules.feel.compiler.builder import UNSET, Builder, Code, Frame, Scope, builds, constant
from rules.feel.types import meets
from rules.feel.values import ATOMS, CONTEXT, coerce

Operation = Callable[[Any, Any], Any]
QUICK: dict[str, Operation] = {
    "+": CONTEXT.add,
    "-": CONTEXT.subtract,
    "*": CONTEXT.multiply,
    "/": CONTEXT.divide,
}


@builds(tree.Literal)
def build_literal(_b: Builder, node: tree.Literal, _scope: Scope | None) -> Code:
    return constant(node.value)


@builds(tree.Name)
def build_name(b: Builder, node: tree.Name, scope: Scope | None) -> Code:
    return b.lookup(node.name, scope)


@builds(tree.Negation)
def build_negation(b: Builder, node: tree.Negation, scope: Scope | None) -> Code:
    if isinstance(node.operand, tree.Literal):
        return constant(negate(node.operand.value))
    operand = b.build(node.operand, scope)

    def run(s: Frame) -> Any:
        return negate(operand(s))

    return run


@builds(tree.Arithmetic)
def build_arithmetic(b: Builder, node: tree.Arithmetic, scope: Scope | None) -> Code:
    left = b.build(node.left, scope)
    if node.op == "**":
        return _power(b.build(node.left, scope), b.build(node.right, scope))
    general: Operation = OPERATIONS[node.op]
    quick: Operation = QUICK.get(node.op, general)
    if isinstance(node.right, tree.Literal) and node.right.value.__class__ is Decimal:
        return _with_number(left, node.right.value, quick, general)
    right = b.build(node.right, scope)

    def run(s: Frame) -> Any:
        x, y = left(s), right(s)
        if x.__class__ is Decimal and y.__class__ is Decimal:
            try:
                return quick(x, y)
            except DecimalException:
                return None
        result = general(x, y)
        if result.__class__ is str:
            s[1].spend(len(result) >> 6)
        return result

    return run


def _power(left: Code, right: Code) -> Code:
    def run(s: Frame) -> Any:
        s[1].spend(200)  # it may cost as much as that many additions
        return power(left(s), right(s))

    return run


def _with_number(left: Code, y: Decimal, quick: Callable[..., Any], general: Callable[..., Any]) -> Code:
    def run(s: Frame) -> Any:
        x = left(s)
        if x.__class__ is Decimal:
            try:
                return quick(x, y)
            except DecimalException:
                return None
        return general(x, y)

    return run


@builds(tree.Comparison)
def build_comparison(b: Builder, node: tree.Comparison, scope: Scope | None) -> Code:
    datum = b.datum(node.left, scope)
    if datum is not None and isinstance(node.right, tree.Literal):
        if node.op in {"=", "!="} and node.right.value.__class__ in SAME:
            return _datum_is(*datum, node.right.value, negated=node.op == "!=")
        if node.op in ORDERS and node.right.value.__class__ in ORDERED:
            return _datum_against(*datum, node.right.value, ORDERS[node.op])
    left = b.build(node.left, scope)
    if node.op in {"=", "!="}:
        return _equality(left, b.build(node.right, scope), negated=node.op == "!=")
    order = ORDERS[node.op]
    if isinstance(node.right, tree.Literal) and node.right.value.__class__ is Decimal:
        return _order_number(left, node.right.value, order)
    right = b.build(node.right, scope)

    def run(s: Frame) -> Any:
        x, y = left(s), right(s)
        if x.__class__ is Decimal and y.__class__ is Decimal:
            return order(x, y)
        return ordered(order, x, y)

    return run


def _datum_against(slot: int, name: str, y: Any, order: Operation) -> Code:
    """A field against a literal that its own order decides, both the commonest there are."""
    kind = y.__class__

    def run(s: Frame) -> Any:
        x = s[slot]
        if x is UNSET:
            x = s[0].get(name)
            if x.__class__ not in ATOMS:
                x = coerce(x)
            s[slot] = x
        return order(x, y) if x.__class__ is kind else None

    return run


def _datum_is(slot: int, name: str, y: Any, *, negated: bool) -> Code:
    kind = y.__class__
    quick = operator.ne if negated else operator.eq

    def run(s: Frame) -> Any:
        x = s[slot]
        if x is UNSET:
            x = s[0].get(name)
            if x.__class__ not in ATOMS:
                x = coerce(x)
            s[slot] = x
        if x.__class__ is kind:
            return quick(x, y)
        return negated if x is None else None

    return run


def _order_number(left: Code, y: Decimal, order: Callable[[Any, Any], bool]) -> Code:
    def run(s: Frame) -> Any:
        x = left(s)
        return order(x, y) if x.__class__ is Decimal else None

    return run


def _equality(left: Code, right: Code, *, negated: bool) -> Code:
    quick = operator.ne if negated else operator.eq

    def run(s: Frame) -> Any:
        x, y = left(s), right(s)
        if x.__class__ is y.__class__ and x.__class__ in SAME:
            return quick(x, y)
        found = equal(x, y, s[1])
        return found if found is None else found is not negated

    return run


@builds(tree.And)
def build_and(b: Builder, node: tree.And, scope: Scope | None) -> Code:
    return _logic([b.build(part, scope) for part in node.parts], decides=False)


@builds(tree.Or)
def build_or(b: Builder, node: tree.Or, scope: Scope | None) -> Code:
    return _logic([b.build(part, scope) for part in node.parts], decides=True)


def _logic(parts: list[Code], *, decides: bool) -> Code:
    """Three-valued `and` (False decides) or `or` (True decides)."""
    other = not decides
    if len(parts) == 2:
        first, second = parts

        def both(s: Frame) -> Any:
            x = first(s)
            if x is decides:
                return decides
            y = second(s)
            if y is decides:
                return decides
            return other if x is other and y is other else None

        return both

    def run(s: Frame) -> Any:
        certain = True
        for part in parts:
            value = part(s)
            if value is decides:
                return decides
            certain = certain and value is other
        return other if certain else None

    return run


@builds(tree.If)
def build_if(b: Builder, node: tree.If, scope: Scope | None) -> Code:
    condition, then, otherwise = (b.build(n, scope) for n in (node.condition, node.then, node.otherwise))

    def run(s: Frame) -> Any:
        return then(s) if condition(s) is True else otherwise(s)

    return run


@builds(tree.Between)
def build_between(b: Builder, node: tree.Between, scope: Scope | None) -> Code:
    value, low, high = (b.build(n, scope) for n in (node.value, node.low, node.high))

    def run(s: Frame) -> Any:
        x = value(s)
        above, below = ordered(operator.ge, x, low(s)), ordered(operator.le, x, high(s))
        if above is False or below is False:
            return False
        return True if above and below else None

    return run


@builds(tree.In)
def build_in(b: Builder, node: tree.In, scope: Scope | None) -> Code:
    value = b.build(node.value, scope)
    tests = [build_test(b, test, scope) for test in node.tests]

    def run(s: Frame) -> Any:
        x = value(s)
        unsure = False
        for test in tests:
            found = test(s, x)
            if found is True:
                return True
            unsure = unsure or found is None
        return None if unsure else False

    return run


def build_test(b: Builder, node: tree.Node, scope: Scope | None) -> Callable[[Frame, Any], bool | None]:
    """Code that tests a value given beside the frame."""
    if isinstance(node, tree.Operator):
        end = b.build(node.value, scope)
        if node.op in ORDERS:
            order = ORDERS[node.op]
            return lambda s, x: ordered(order, x, end(s))
        negated = node.op == "!="

        def same(s: Frame, x: Any) -> bool | None:
            found = equal(x, end(s), s[1])
            return found if found is None else found is not negated

        return same
    wanted = b.build(node, scope)
    return lambda s, x: contained(x, wanted(s), s[1])


@builds(tree.InstanceOf)
def build_instance_of(b: Builder, node: tree.InstanceOf, scope: Scope | None) -> Code:
    value, wanted = b.build(node.value, scope), node.wanted
    if wanted is None:
        return constant(None)

    def run(s: Frame) -> Any:
        return meets(value(s), wanted, s[1])

    return run
