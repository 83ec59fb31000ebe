"""Fees: a number, a formula, or a table of dated rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from definitions.amounts import AmountTable
from definitions.compiler.expressions import compile_feel, source, tell
from definitions.compiler.fields import condition
from definitions.compiler.values import effective, source_of
from definitions.model import FeeLine
from definitions.problems import Report
from definitions.reading.tree import Path
from rules.feel import Expression, FeelType, T
from rules.feel import compile as compile_expression
from rules.tables import CellProblem, DecisionTable, Input, Output, Row, TableError


def fees(
    raws: Sequence[Mapping[str, Any]], names: Mapping[str, FeelType], report: Report
) -> tuple[FeeLine, ...]:
    return tuple(
        FeeLine(
            id=raw["id"],
            label=raw["label"],
            kind=raw["kind"],
            amount=_amount(raw["amount"], ("fees", at, "amount"), names, report),
            collect=raw["collect"],
            effective=effective(raw.get("effective"), ("fees", at, "effective"), report),
            when=condition(raw, "when", ("fees", at), names, report),
            note=raw.get("note", ""),
            source=source_of(raw),
        )
        for at, raw in enumerate(raws)
    )


def _amount(
    raw: object, path: Path, names: Mapping[str, FeelType], report: Report
) -> Expression | AmountTable:
    if isinstance(raw, Mapping):
        return _table(raw, path, names, report) or compile_expression("null")
    return compile_feel(raw, path, names, report, "number")


def _table(
    raw: Mapping[str, Any], path: Path, names: Mapping[str, FeelType], report: Report
) -> AmountTable | None:
    rows = []
    for at, row in enumerate(raw["rows"]):
        dates = effective(row.get("effective"), (*path, "rows", at, "effective"), report)
        tests = [source(cell) for cell in row["when"]]
        rows.append(Row(tests, [source(row["amount"])], dates.start, dates.end))
    try:
        inputs = [Input(text) for text in raw["inputs"]]
        table = DecisionTable.compile(inputs, [Output(type=T.NUMBER)], rows, "F", names)
    except TableError as error:
        for problem in error.problems:
            _tell(problem, len(raw["inputs"]), path, report)
        return None
    return AmountTable(table, tuple(rule.values[0] for rule in table.rules))


def _tell(problem: CellProblem, width: int, path: Path, report: Report) -> None:
    """A problem of the table at the cell it is about."""
    at = path
    if problem.row == 0:
        at = (*path, "inputs", problem.column - 1) if 0 < problem.column <= width else (*path, "inputs")
    elif problem.column == 0:
        at = (*path, "rows", problem.row - 1, "when")
    elif problem.column <= width:
        at = (*path, "rows", problem.row - 1, "when", problem.column - 1)
    else:
        at = (*path, "rows", problem.row - 1, "amount")
    if problem.error is not None:
        tell(problem.error, at, report)
    else:
        report.error(
            at, "F009", problem.message, "Mỗi cột của “inputs” ứng với một ô trong “when”; “-” là bất kỳ."
        )
