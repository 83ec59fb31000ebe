"""Amounts: a number or formula, or a decision table of dated rows."""

from collections.abc import Mapping
from typing import Any

from definitions.amounts import AmountTable
from definitions.compiler.expressions import compile_feel, source, tell
from definitions.compiler.literals import tell_dead_literals
from definitions.compiler.values import effective
from definitions.problems import Report
from definitions.reading.tree import Path
from rules.feel import Expression, FeelType, T
from rules.feel import compile as compile_expression
from rules.tables import CellProblem, DecisionTable, Hit, Input, Output, Row, TableError


def amount(
    raw: object, path: Path, names: Mapping[str, FeelType], report: Report
) -> Expression | AmountTable:
    if isinstance(raw, Mapping):
        return _table(raw, path, names, report) or compile_expression("null")
    return compile_feel(raw, path, names, report, "number")


def table_input(raw: str | Mapping[str, Any]) -> Input:
    """A column: `applicant_kind`, or `{expression: …, label: …, values: …}`."""
    if isinstance(raw, str):
        return Input(raw)
    values = raw.get("values")
    allowed = ", ".join(source(value) for value in values) if isinstance(values, list) else values
    return Input(raw["expression"], raw.get("label", ""), allowed=allowed)


def table_output(raw: Mapping[str, Any]) -> Output:
    """The column of amounts, in đồng."""
    default = raw.get("default")
    return Output(
        type=T.NUMBER,
        values=tuple(source(value) for value in raw.get("values", ())),
        default=None if default is None else source(default),
    )


def _table(
    raw: Mapping[str, Any], path: Path, names: Mapping[str, FeelType], report: Report
) -> AmountTable | None:
    rows = []
    for at, row in enumerate(raw["rows"]):
        dates = effective(row.get("effective"), (*path, "rows", at, "effective"), report)
        tests = [source(cell) for cell in row["when"]]
        rows.append(Row(tests, [source(row["amount"])], dates.start, dates.end, row.get("label", "")))
    hit = raw.get("hit", "F")
    try:
        table = DecisionTable.compile(
            [table_input(each) for each in raw["inputs"]], [table_output(raw)], rows, hit, names
        )
    except TableError as error:
        for problem in error.problems:
            _tell(problem, raw, path, report)
        return None
    for at, rule in enumerate(table.rules):
        row = (*path, "rows", at)
        for column, test in enumerate(rule.tests):
            if test is not None:
                tell_dead_literals(test.text, test.tree, (*row, "when", column), report)
        for value in rule.values:
            tell_dead_literals(value.text, value.tree, (*row, "amount"), report)
    if not table.hit.single:
        report.error(
            (*path, "hit"),
            "F009",
            f"Cách chọn “{hit}” cho một danh sách, nhưng số tiền cần một số.",
            f"Dùng một trong: {', '.join(each for each in Hit if each.single)}.",
        )
        return None
    return AmountTable(table, tuple(rule.values[0] for rule in table.rules))


def _tell(problem: CellProblem, raw: Mapping[str, Any], path: Path, report: Report) -> None:
    """A problem of the table at the cell it is about."""
    at = _place(problem, raw, path)
    if problem.error is not None:
        tell(problem.error, at, report)
    else:
        report.error(
            at, "F009", problem.message, "Mỗi cột của “inputs” ứng với một ô trong “when”; “-” là bất kỳ."
        )


def _place(problem: CellProblem, raw: Mapping[str, Any], path: Path) -> Path:
    width = len(raw["inputs"])
    if problem.row:
        row = (*path, "rows", problem.row - 1)
        if problem.column == 0:
            return (*row, "when")
        return (*row, "when", problem.column - 1) if problem.column <= width else (*row, "amount")
    if 0 < problem.column <= width:
        place: Path = (*path, "inputs", problem.column - 1)
        if isinstance(raw["inputs"][problem.column - 1], str):
            return place
        return (*place, "values" if problem.part == "allowed" else "expression")
    if problem.part == "values":
        return (*path, "values", problem.item)
    if problem.part == "default":
        return (*path, "default")
    return (*path, "hit") if "hit" in raw else (*path, "inputs")
