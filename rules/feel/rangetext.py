"""The text of a range, as `range("[1..10)")` takes it: ends that are literals, in order."""

from __future__ import annotations

from typing import Any

from rules.feel import tree
from rules.feel.arithmetic import negate
from rules.feel.builtins.registry import BUILTINS
from rules.feel.compare import less
from rules.feel.errors import FeelError
from rules.feel.limits import Run
from rules.feel.parser import parse
from rules.feel.values import Range

MAKERS = frozenset({"date", "time", "date and time", "duration"})


def parse_range(text: str, run: Run) -> Range | None:
    """The range, or None where the text is none."""
    try:
        node = parse(text, {}, MAKERS)
    except FeelError:
        return None
    if not isinstance(node, tree.RangeNode) or node.low is None or node.high is None:
        return None
    low, high = _end(node.low, run), _end(node.high, run)
    if low is None or high is None or less(high, low) is not False:
        return None
    return Range(low, high, node.low_closed, node.high_closed)


def _end(node: tree.Node, run: Run) -> Any:
    if isinstance(node, tree.Literal):
        return node.value
    if isinstance(node, tree.Negation) and isinstance(node.operand, tree.Literal):
        return negate(node.operand.value)
    if not isinstance(node, tree.Call) or not isinstance(node.function, tree.Name):
        return None
    arguments = [argument.value for argument in node.arguments]
    if node.function.name not in MAKERS or not all(isinstance(a, tree.Literal) for a in arguments):
        return None
    values = [a.value for a in arguments if isinstance(a, tree.Literal)]
    return BUILTINS[node.function.name].as_function().invoke(run, values)
