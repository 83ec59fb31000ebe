"""`date("2026-02-31")`: a call whose written arguments can never give a value, so that it is nothing at every use (T130)."""

from typing import Final

from definitions.problems import Report
from definitions.reading.tree import Path
from rules.feel import compile as compile_expression
from rules.feel import tree
from rules.feel.tree import Node

MAKERS: Final = frozenset(
    {"date", "time", "date and time", "duration", "number", "years and months duration"}
)


def tell_dead_literals(text: str, node: Node, path: Path, report: Report) -> None:
    """`node`: the tree of `text`, which stands at `path`. Arguments that are read from answers are left alone."""
    for call in tree.walk(node):
        if not isinstance(call, tree.Call) or not isinstance(call.function, tree.Name):
            continue
        arguments = [argument.value for argument in call.arguments]
        if call.function.name not in MAKERS or not all(map(_written, arguments)):
            continue
        said = text[call.span.start : call.span.end]
        if compile_expression(said, {}).evaluate({}) is None:
            report.error(
                path,
                "T130",
                f"“{said}” không bao giờ cho giá trị nào.",
                'Ghi ngày, giờ, khoảng thời gian, số có thật, ví dụ date("2026-02-28"), time("15:00:00"), duration("P30D").',
                at=report.tree.inside(path, call.span.start),
            )


def _written(node: Node) -> bool:
    """Whether the value stands in the text; null does not, it may be meant."""
    if isinstance(node, tree.Negation):
        node = node.operand
    return isinstance(node, tree.Literal) and node.value is not None
