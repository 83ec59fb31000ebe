"""Boxed expressions, evaluated with our engine; null wherever the standard says error."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from rules import feel
from rules.feel import FeelError, FeelType, Function, Range, T
from rules.feel.limits import Run
from scripts.tck import table
from scripts.tck.dom import Element, kid, kids, local, need, text
from scripts.tck.model import NOW, Foreign, Model, conform

FOREIGN = re.compile(r"\)\s*external\s*\{")


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression may read, and the declared types of that."""

    model: Model
    values: Mapping[str, Any]
    types: Mapping[str, FeelType]

    def having(self, name: str, value: Any, declared: FeelType = T.ANY) -> "Scope":
        return Scope(self.model, {**self.values, name: value}, {**self.types, name: declared})

    def names(self) -> dict[str, FeelType]:
        return {name: self.types.get(name, T.ANY) for name in self.values}


def evaluate_text(source: str, scope: Scope) -> Any:
    if FOREIGN.search(source):
        raise Foreign
    try:
        expression = feel.compile(source, scope.names(), check=False)
        return expression.evaluate(scope.values, now=NOW)
    except FeelError:
        return None


def evaluate(element: Element | None, scope: Scope) -> Any:
    if element is None:
        return None
    return KINDS[local(element)](element, scope)


def inner(element: Element) -> Element | None:
    """The one boxed expression within an element."""
    return kid(element, *KINDS)


def _literal(element: Element, scope: Scope) -> Any:
    return evaluate_text(text(element), scope)


def _context(element: Element, scope: Scope) -> Any:
    made: dict[str, Any] = {}
    for entry in kids(element, "contextEntry"):
        variable, expression = kid(entry, "variable"), inner(entry)
        value = evaluate(expression, scope)
        if variable is None:
            return value
        name, declared = variable.get("name", ""), scope.model.type(variable.get("typeRef"))
        if not isinstance(value, Function):
            value = conform(value, declared)
        made[name] = value
        scope = scope.having(name, value, declared)
    return made


def _list(element: Element, scope: Scope) -> Any:
    return [evaluate(part, scope) for part in kids(element, *KINDS)]


def _relation(element: Element, scope: Scope) -> Any:
    names = [column.get("name", "") for column in kids(element, "column")]
    return [
        dict(zip(names, (evaluate(part, scope) for part in kids(row, *KINDS)), strict=True))
        for row in kids(element, "row")
    ]


def function(element: Element, scope: Scope) -> Any:
    """A function whose arguments are fitted to their declared types; raises Foreign for one not in FEEL."""
    if element.get("kind", "FEEL") != "FEEL":
        raise Foreign
    names = [part.get("name", "") for part in kids(element, "formalParameter")]
    types = [scope.model.type(part.get("typeRef")) for part in kids(element, "formalParameter")]
    result = scope.model.type(element.get("typeRef"))

    def invoke(_run: Run, arguments: list[Any]) -> Any:
        if len(arguments) != len(names):
            return None
        within = scope
        for name, wanted, argument in zip(names, types, arguments, strict=True):
            fitted = conform(argument, wanted)
            if fitted is None and argument is not None:
                return None
            within = within.having(name, fitted, wanted)
        return conform(evaluate(inner(element), within), result)

    return Function(tuple(names), invoke)


def _invocation(element: Element, scope: Scope) -> Any:
    called = evaluate(inner(element), scope)
    if not isinstance(called, Function):
        return None
    given = {
        need(binding, "parameter").get("name", ""): evaluate(inner(binding), scope)
        for binding in kids(element, "binding")
    }
    if called.named:
        return called.named(Run.at(NOW), given)
    if not given.keys() <= set(called.params):
        return None
    return called.invoke(Run.at(NOW), [given.get(name) for name in called.params])


def _conditional(element: Element, scope: Scope) -> Any:
    holds = evaluate(inner(need(element, "if")), scope)
    if holds is not None and not isinstance(holds, bool):
        return None
    return evaluate(inner(need(element, "then" if holds else "else")), scope)


def _items(element: Element, scope: Scope) -> list[Any] | None:
    source = evaluate(inner(need(element, "in")), scope)
    if isinstance(source, Range):
        source = evaluate_text("for i in source return i", Scope(scope.model, {"source": source}, {}))
    if source is None or isinstance(source, list):
        return source
    return [source]


def _filter(element: Element, scope: Scope) -> Any:
    items = _items(element, scope)
    if items is None:
        return None
    kept = []
    for item in items:
        within = Scope(scope.model, {**scope.values, **(item if isinstance(item, dict) else {})}, scope.types)
        holds = evaluate(inner(need(element, "match")), within.having("item", item))
        if holds is not None and not isinstance(holds, bool):
            return None
        if holds:
            kept.append(item)
    return kept


def _for(element: Element, scope: Scope) -> Any:
    return _each(element, scope, "return")


def _quantified(element: Element, scope: Scope) -> Any:
    found = _each(element, scope, "satisfies")
    if found is None or any(one is not None and not isinstance(one, bool) for one in found):
        return None
    if not found:
        return local(element) == "every"
    whole = "all(found)" if local(element) == "every" else "any(found)"
    return evaluate_text(whole, Scope(scope.model, {"found": found}, {}))


def _each(element: Element, scope: Scope, part: str) -> list[Any] | None:
    items = _items(element, scope)
    if items is None:
        return None
    found: list[Any] = []
    for item in items:
        within = scope.having(element.get("iteratorVariable", ""), item).having("partial", list(found))
        found.append(evaluate(inner(need(element, part)), within))
    return found


def _table(element: Element, scope: Scope) -> Any:
    return table.decide(element, scope.model, scope.values, scope.names())


KINDS: Mapping[str, Callable[[Element, Scope], Any]] = {
    "literalExpression": _literal,
    "context": _context,
    "invocation": _invocation,
    "functionDefinition": function,
    "relation": _relation,
    "list": _list,
    "decisionTable": _table,
    "conditional": _conditional,
    "filter": _filter,
    "for": _for,
    "every": _quantified,
    "some": _quantified,
}
