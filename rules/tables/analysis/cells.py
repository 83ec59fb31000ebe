"""Which values a cell draws its boundaries at, where it does so at constants only.

Decidable are: constants (of any arithmetic), lists and ranges of them, `< 5`, conditions on `?` that compare it with
constants, `and`, `or`, `between`, `in` and `not` of those. Such a cell treats all values between two neighbouring
boundaries alike; any other cell (`> other_field`, `string length(?) > 3`) does not promise that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import DecimalException
from typing import Any

from rules.feel import Expression, FeelError, Range, UnaryTest, compile, tree  # noqa: A004
from rules.feel.arithmetic import negate
from rules.feel.builtins import BUILTINS

_CLOCK = frozenset({"now", "today"})


class UndecidableError(Exception):
    """The cell is outside what can be decided."""


@dataclass(frozen=True, slots=True)
class Boundaries:
    """`values`: all constants the cell compares with. `ordered`: it asks which is more, not only which is equal."""

    values: tuple[Any, ...]
    ordered: bool


def boundaries(test: UnaryTest) -> Boundaries | None:
    """The boundaries of the cell; None where it is not decidable."""
    reader = _Reader(test.text)
    try:
        for node in test.tree.tests:
            reader.test(node)
    except (UndecidableError, FeelError, DecimalException):
        return None
    return Boundaries(tuple(reader.found), reader.ordered)


def reads_only_its_value(test: UnaryTest) -> bool:
    """Whether the cell's answer follows from the value tested alone: no other name, no clock."""
    return not test.sources - {"?"} and not _asks_the_clock(test.tree)


def is_constant(value: Expression) -> bool:
    """Whether the expression has one value whatever the data and the day."""
    return not value.sources and not _asks_the_clock(value.tree)


def _asks_the_clock(root: tree.Node) -> bool:
    return any(isinstance(node, tree.Name) and node.name in _CLOCK for node in tree.walk(root))


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Any] = []
        self.ordered = False

    def test(self, node: tree.Node) -> None:
        if isinstance(node, tree.Operator):
            self._against(node.op, node.value)
        elif _mentions(node):
            self._condition(node)
        else:
            self._value(node)

    def _condition(self, node: tree.Node) -> None:
        match node:
            case tree.Comparison(op=op, left=tree.Name(name="?"), right=constant):
                self._against(op, constant)
            case tree.Comparison(op=op, left=constant, right=tree.Name(name="?")):
                self._against(op, constant)
            case tree.Between(value=tree.Name(name="?"), low=low, high=high):
                self._against("<=", low)
                self._against("<=", high)
            case tree.In(value=tree.Name(name="?"), tests=tests):
                for inner in tests:
                    if _mentions(inner):
                        raise UndecidableError
                    self.test(inner)
            case tree.And(parts=parts) | tree.Or(parts=parts):
                for part in parts:
                    self._condition(part)
            case tree.Call(function=tree.Name(name="not"), arguments=(only,)):
                self._condition(only.value)
            case tree.Name(name="?"):
                self.found += [True, False]
            case _ if not _mentions(node):
                self._constant(node)
            case _:
                raise UndecidableError

    def _against(self, op: str, node: tree.Node) -> None:
        value = self._constant(node)
        self.ordered = self.ordered or op not in {"=", "!="}
        self.found.append(value)

    def _value(self, node: tree.Node) -> None:
        if isinstance(node, tree.RangeNode) and not node.sign:
            self.ordered = True
            self.found += [self._constant(end) for end in (node.low, node.high) if end is not None]
            return
        self.found.extend(self._flat(self._constant(node)))

    def _flat(self, value: Any) -> Iterator[Any]:
        if isinstance(value, list):
            for item in value:
                yield from self._flat(item)
        elif isinstance(value, Range):
            self.ordered = self.ordered or value.sign == ""
            yield from (value.low, value.high)
        else:
            yield value

    def _constant(self, node: tree.Node) -> Any:
        """The value of an expression that reads nothing."""
        if isinstance(node, tree.Literal):
            return node.value
        if isinstance(node, tree.Negation) and isinstance(node.operand, tree.Literal):
            return negate(node.operand.value)
        called = {id(part.function) for part in tree.walk(node) if isinstance(part, tree.Call)}
        for part in tree.walk(node):
            if isinstance(part, (tree.FunctionDefinition, tree.For, tree.Quantified, tree.Filter)):
                raise UndecidableError
            if isinstance(part, tree.Name) and (
                id(part) not in called or part.name in _CLOCK or part.name not in BUILTINS
            ):
                raise UndecidableError
        return compile(self.text[node.span.start : node.span.end]).evaluate({})


def _mentions(node: tree.Node) -> bool:
    return any(isinstance(part, tree.Name) and part.name == "?" for part in tree.walk(node))
