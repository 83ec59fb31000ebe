"""What an expression speaks of, by its tree and at which characters: names that lead to an element, and texts that are
compared with what can only be the name of one (`case = "thuong"`). A local name of the same letters is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from definitions.references.model import UNKNOWN, Names, Shape, Symbol
from rules.feel import tree
from rules.feel.builtins import BUILTINS
from rules.feel.parser import parse, parse_unary

Tell = Callable[[Symbol, int, int], None]

_SAME: Final = frozenset(
    {
        "append",
        "concatenate",
        "union",
        "distinct values",
        "sublist",
        "remove",
        "reverse",
        "flatten",
        "sort",
        "insert before",
    }
)
"""Functions that give a list of what the first of theirs holds."""
_AMONG: Final = _SAME | {"list contains", "index of", "list replace"}
"""Functions whose other arguments may be elements of the first."""


@dataclass(frozen=True, slots=True)
class _Local:
    """A local name, or (name None) the element that a filter asks."""

    parent: _Local | None
    name: str | None
    shape: Shape


def read_expression(text: str, names: Names, tell: Tell) -> Shape:
    """Tells each place of the text; what the whole gives. Raises `FeelError`."""
    return _Reader(text, names, tell).shape(parse(text, {}, BUILTINS), None)


def read_tests(text: str, names: Names, column: Shape, tell: Tell) -> None:
    """The cell of a table whose column asks `column`. Raises `FeelError`."""
    reader = _Reader(text, names, tell)
    found = parse_unary(text, {}, BUILTINS)
    for test in found.tests:
        reader.test(test, column, _Local(None, "?", column))


class _Reader:
    def __init__(self, text: str, names: Names, tell: Tell) -> None:
        self.text = text
        self.names = names
        self.tell = tell

    def shape(self, node: tree.Node, scope: _Local | None) -> Shape:
        """What the node gives, its own places told on the way."""
        match node:
            case tree.Name():
                return self._name(node, scope)
            case tree.Path(base=base, name=name):
                found = self.shape(base, scope).part(name)
                if found is None:
                    return UNKNOWN
                self._told(found[0], name, node.span.end - len(name))
                return found[1]
            case tree.Filter(base=base, condition=condition):
                item = self.shape(base, scope).item
                self.shape(condition, _Local(scope, None, item))
                return Shape(element=item)
            case tree.For(iterations=iterations, body=body):
                inner = self._iterate(iterations, scope)
                return Shape(element=self.shape(body, _Local(inner, "partial", UNKNOWN)))
            case tree.Quantified(iterations=iterations, body=body):
                self.shape(body, self._iterate(iterations, scope))
                return UNKNOWN
            case tree.If(condition=condition, then=then, otherwise=otherwise):
                self.shape(condition, scope)
                one, other = self.shape(then, scope), self.shape(otherwise, scope)
                return one if one != UNKNOWN else other
            case tree.Comparison(left=left, right=right):
                one, other = self.shape(left, scope), self.shape(right, scope)
                self._named(right, one)
                self._named(left, other)
                return UNKNOWN
            case tree.In(value=value, tests=tests):
                asked = self.shape(value, scope)
                for test in tests:
                    self.test(test, asked, scope)
                return UNKNOWN
            case tree.Call():
                return self._call(node, scope)
            case tree.FunctionDefinition(parameters=parameters, body=body):
                for parameter in parameters:
                    scope = _Local(scope, parameter.name, UNKNOWN)
                self.shape(body, scope)
                return UNKNOWN
            case tree.ContextNode(entries=entries):
                return self._context(entries, scope)
            case tree.ListNode(items=items):
                shapes = [self.shape(item, scope) for item in items]
                return Shape(element=next((each for each in shapes if each != UNKNOWN), UNKNOWN))
            case _:
                for child in tree.children(node):
                    self.shape(child, scope)
                return UNKNOWN

    def test(self, test: tree.Node, asked: Shape, scope: _Local | None) -> None:
        value = test.value if isinstance(test, tree.Operator) else test
        self.shape(value, scope)
        self._named(value, asked)

    def _name(self, node: tree.Name, scope: _Local | None) -> Shape:
        inner = scope
        while inner is not None:
            if inner.name == node.name:
                return inner.shape
            if inner.name is None:
                found = inner.shape.part(node.name)
                if found is not None:
                    self._told(found[0], node.name, node.span.start)
                    return found[1]
                if node.name == "item":
                    return inner.shape
            inner = inner.parent
        symbol, shape = self.names.get(node.name, (None, UNKNOWN))
        self._told(symbol, node.name, node.span.start)
        return shape

    def _iterate(self, parts: tuple[tree.Iteration, ...], scope: _Local | None) -> _Local | None:
        for part in parts:
            found = self.shape(part.source, scope)
            if part.end is not None:
                self.shape(part.end, scope)
            scope = _Local(scope, part.name, found.item)
        return scope

    def _call(self, node: tree.Call, scope: _Local | None) -> Shape:
        name = node.function.name if isinstance(node.function, tree.Name) else ""
        builtin = name in BUILTINS and name not in self.names
        if not builtin:
            self.shape(node.function, scope)
        values = [argument.value for argument in node.arguments]
        shapes = [
            UNKNOWN if isinstance(value, tree.FunctionDefinition) else self.shape(value, scope)
            for value in values
        ]
        first = next((each for each in shapes if each.element is not None), UNKNOWN)
        for value in values:
            if isinstance(value, tree.FunctionDefinition):  # it is asked about elements of the list
                inner = scope
                for parameter in value.parameters:
                    inner = _Local(inner, parameter.name, first.item)
                self.shape(value.body, inner)
        if not builtin:
            return UNKNOWN
        if name == "get value" and len(values) == 2:
            return self._got(shapes[0], values[1])
        if name in _AMONG:
            for value in values:
                self._named(value, first)
        return first if name in _SAME else UNKNOWN

    def _got(self, group: Shape, asked: tree.Node) -> Shape:
        """`get value(group, "part")` is `group.part`."""
        if not isinstance(asked, tree.Literal) or not isinstance(asked.value, str):
            return UNKNOWN
        found = group.part(asked.value)
        if found is None:
            return UNKNOWN
        self._told(found[0], asked.value, asked.span.start + 1)
        return found[1]

    def _context(self, entries: tuple[tree.Entry, ...], scope: _Local | None) -> Shape:
        fields = {}
        for entry in entries:
            fields[entry.key] = (None, self.shape(entry.value, scope))
            scope = _Local(scope, entry.key, fields[entry.key][1])
        return Shape(fields=fields)

    def _named(self, node: tree.Node, asked: Shape) -> None:
        """Texts among what is compared with a value that only names elements."""
        values = asked.named
        for each in _texts(node) if values else ():
            symbol = values.get(each.value)
            if symbol is not None:
                self._told(symbol, each.value, each.span.start + 1)

    def _told(self, symbol: Symbol | None, name: str, start: int) -> None:
        """A text with escapes in it is no id as it stands."""
        if symbol is not None and self.text[start : start + len(name)] == name:
            self.tell(symbol, start, start + len(name))


def _texts(node: tree.Node) -> Iterator[tree.Literal]:
    match node:
        case tree.Literal(value=str()):
            yield node
        case tree.ListNode(items=items):
            for item in items:
                yield from _texts(item)
        case tree.If(then=then, otherwise=otherwise):
            yield from _texts(then)
            yield from _texts(otherwise)
