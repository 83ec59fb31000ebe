"""Function definitions and invocations as closures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from rules.feel import tree
from rules.feel.builtins import BUILTINS, Signature
from rules.feel.builtins.registry import MISMATCH, Builtin, Mismatch, invoke
from rules.feel.compiler.builder import Builder, Code, Frame, Scope, builds, constant
from rules.feel.errors import FeelLimitError
from rules.feel.limits import CALLS, Run, weight
from rules.feel.types import FeelType, meets
from rules.feel.values import Function

FOLDED = frozenset({"date", "time", "date and time", "duration", "years and months duration"})
"""Built-in functions that are evaluated once where all their arguments are literals."""


@builds(tree.Call)
def build_call(b: Builder, node: tree.Call, scope: Scope | None) -> Code:
    names = [argument.name for argument in node.arguments]
    arguments = [b.build(argument.value, scope) for argument in node.arguments]
    named = [name for name in names if name is not None]
    if isinstance(node.function, tree.Name) and b.is_builtin(node.function.name, scope):
        function = BUILTINS[node.function.name]
        code = _builtin(function, named, arguments)
        literal = all(isinstance(argument.value, tree.Literal) for argument in node.arguments)
        return constant(code([{}, Run()])) if literal and function.name in FOLDED else code
    target = b.build(node.function, scope)
    return _named_call(target, named, arguments) if named else _call(target, arguments)


def _builtin(function: Builtin, named: list[str], arguments: list[Code]) -> Code:
    if named:
        plans = [(s, places) for s in function.signatures if (places := s.order(named)) is not None]
        nothing = constant(None)
        ordered = [(s, [nothing if p is None else arguments[p] for p in places]) for s, places in plans]
        return _first_fitting(ordered)
    fitting = [s for s in function.signatures if s.takes(len(arguments))]
    if len(fitting) == 1 and not any(p.gathers for p in fitting[0].params):
        return _single(fitting[0], arguments)

    def run(s: Frame) -> Any:
        return function.call(s[1], fitting, [argument(s) for argument in arguments])

    return run


def _first_fitting(plans: Sequence[tuple[Signature, list[Code]]]) -> Code:
    def run(s: Frame) -> Any:
        for signature, codes in plans:
            bound = signature.bind([code(s) for code in codes])
            if not isinstance(bound, Mismatch):
                return invoke(s[1], signature.body, bound)
        return None

    return run


def _single(signature: Signature, arguments: list[Code]) -> Code:
    """The common case: one signature, so each argument meets its own parameter."""
    body = signature.body
    pairs = list(zip(signature.params, arguments, strict=False))

    def run(s: Frame) -> Any:
        values = []
        for param, argument in pairs:
            value = argument(s)
            if param.accepts is not None and value.__class__ not in param.accepts:
                value = param.fit(value)
                if value is MISMATCH:
                    return None
            values.append(value)
        return invoke(s[1], body, values)

    return run


def _call(target: Code, arguments: list[Code]) -> Code:
    def run(s: Frame) -> Any:
        function = target(s)
        if function.__class__ is not Function:
            return None
        return function.invoke(s[1], [argument(s) for argument in arguments])

    return run


def _named_call(target: Code, names: list[str], arguments: list[Code]) -> Code:
    def run(s: Frame) -> Any:
        function = target(s)
        if function.__class__ is not Function:
            return None
        values = {name: argument(s) for name, argument in zip(names, arguments, strict=True)}
        if function.named is not None:
            return function.named(s[1], values)
        if set(values) != set(function.params):
            return None
        return function.invoke(s[1], [values[name] for name in function.params])

    return run


@builds(tree.FunctionDefinition)
def build_function(b: Builder, node: tree.FunctionDefinition, scope: Scope | None) -> Code:
    return define(b, node, scope, None)


def define(b: Builder, node: tree.FunctionDefinition, scope: Scope | None, itself: int | None) -> Code:
    """Code that makes the function; `itself` is the slot by which its body may call it."""
    slots: list[int] = []
    for parameter in node.parameters:
        scope = b.bind(scope, parameter.name)
        slots.append(scope.slot)
    body = b.build(node.body, scope)
    price = 3 + weight(sum(1 for _ in tree.walk(node.body)))
    names = tuple(parameter.name for parameter in node.parameters)
    types = [parameter.type for parameter in node.parameters]

    def make(s: Frame) -> Any:
        captured = s.copy()

        def call(run: Run, values: list[Any]) -> Any:
            if len(values) != len(slots):
                return None
            frame = captured.copy()
            frame[1] = run
            for slot, type_, value in zip(slots, types, values, strict=True):
                fitted = conform(value, type_, run)
                if fitted is None and value is not None:
                    return None
                frame[slot] = fitted
            run.spend(price)
            run.calls += 1
            if run.calls > CALLS:
                raise FeelLimitError(f"Hàm gọi lẫn nhau quá sâu (hơn {CALLS} lần).")
            try:
                return body(frame)
            finally:
                run.calls -= 1

        function = Function(names, call)
        if itself is not None:
            captured[itself] = function
        return function

    return make


def conform(value: Any, wanted: FeelType, run: Run) -> Any:
    """A value as the type wants it, by the standard's implicit conversions; None when it cannot be."""
    if wanted.kind == "any" or value is None or meets(value, wanted, run):
        return value
    if wanted.kind == "list":
        return conform([value], wanted, run) if value.__class__ is not list else None
    if value.__class__ is list and len(value) == 1:
        return value[0] if meets(value[0], wanted, run) else None
    if wanted.kind == "date and time" and value.__class__ is date:
        return datetime(value.year, value.month, value.day)
    return None
