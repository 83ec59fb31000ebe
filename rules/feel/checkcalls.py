"""Calls: does the function exist, do the arguments fit, what type is the result."""

from __future__ import annotations

from rules.feel import tree
from rules.feel import types as T  # noqa: N812
from rules.feel.builtins import BUILTINS, Builtin, Signature
from rules.feel.builtins.registry import Param, result_type
from rules.feel.check import OPEN, Checker, Scope, rule, visible
from rules.feel.types import ANY, FeelType


@rule(tree.FunctionDefinition)
def definition(c: Checker, node: tree.FunctionDefinition, scope: Scope | None) -> FeelType:
    for parameter in node.parameters:
        scope = Scope(scope, parameter.name, parameter.type)
    result = c.infer(node.body, scope)
    return T.function(tuple(parameter.type for parameter in node.parameters), result)


@rule(tree.Call)
def call(c: Checker, node: tree.Call, scope: Scope | None) -> FeelType:
    given = [c.infer(argument.value, scope) for argument in node.arguments]
    if isinstance(node.function, tree.Name) and c.is_builtin(node.function.name, scope):
        return _builtin(c, node, BUILTINS[node.function.name], given)
    if isinstance(node.function, tree.Name) and c.names is not None:
        name = node.function.name
        known = {*visible(scope), *c.names}
        if name not in known and not _dynamic(scope):
            c.fail_unknown("hàm", name, {*known, *BUILTINS}, "function", node.function.span.start)
            return ANY
    target = c.infer(node.function, scope)
    if target.kind not in OPEN | {"function"}:
        c.fail(node.function, f"{target.title.capitalize()} không gọi như hàm được.", "function")
        return ANY
    if target.params is not None and len(target.params) != len(given):
        c.fail(node, f"Hàm này cần {len(target.params)} đối số, ở đây có {len(given)}.", "argument")
    return target.element or ANY


def _dynamic(scope: Scope | None) -> bool:
    while scope is not None:
        if scope.name is None and (scope.type.kind == "any" or scope.type == T.CONTEXT):
            return True
        scope = scope.parent
    return False


def _builtin(c: Checker, node: tree.Call, function: Builtin, given: list[FeelType]) -> FeelType:
    names = [argument.name for argument in node.arguments if argument.name is not None]
    if names:
        plans = [(s, order) for s in function.signatures if (order := s.order(names)) is not None]
        placed = [(s, [None if p is None else given[p] for p in order]) for s, order in plans]
    else:
        placed = [(s, list(given)) for s in function.signatures if s.takes(len(given))]
    if not placed:
        c.fail(
            node, f"Hàm “{function.name}” không nhận các đối số này; cách gọi: {_ways(function)}.", "argument"
        )
        return ANY
    worst: tuple[int, FeelType, Param] | None = None
    for signature, types in placed:
        wrong = _misfit(signature, types)
        if wrong is None:
            first = types[0] if types else None
            return result_type(signature, T.ANY if first is None else _first(signature, types))
        worst = worst or wrong
    assert worst is not None
    at, found, param = worst
    wanted = " hoặc ".join(t.title for t in param.types)
    place = node.arguments[min(at, len(node.arguments) - 1)]
    c.fail(
        place,
        f"Đối số “{param.name}” của hàm “{function.name}” phải là {wanted}, ở đây là {found.title}.",
        "argument",
    )
    return ANY


def _first(signature: Signature, types: list[FeelType | None]) -> FeelType:
    """The type that the result may follow; many gathered arguments count as one list."""
    first = types[0] or ANY
    if signature.params[0].gathers and len(types) > 1:
        for other in types[1:]:
            first = T.join(first, other or ANY)
    return first


def _misfit(signature: Signature, types: list[FeelType | None]) -> tuple[int, FeelType, Param] | None:
    for at, (param, found) in enumerate(zip(signature.params, types, strict=False)):
        if found is not None and param.accepts is not None and not _fits(found, param):
            return at, found, param
    return None


def _fits(found: FeelType, param: Param) -> bool:
    kinds = {t.kind for t in param.types}
    if found.kind in OPEN or found.kind in kinds or "list" in kinds:
        return True
    if found.kind == "date" and "date and time" in kinds:
        return True
    return found.kind == "list" and (found.element or ANY).kind in kinds | OPEN


def _ways(function: Builtin) -> str:
    """`substring(string, start position, [length])`"""
    ways = []
    for signature in function.signatures:
        parts = [
            f"[{p.name}]" if p.optional else f"{p.name}…" if p.gathers else p.name for p in signature.params
        ]
        ways.append(f"{function.name}({', '.join(parts)})")
    return " hoặc ".join(ways)
