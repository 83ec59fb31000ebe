"""A grid as the macro of `admin/builder/grid.html` draws it."""

from collections.abc import Mapping
from dataclasses import dataclass

from definitions.aid import Place
from definitions.grid.checking import tests_of
from definitions.grid.model import Grid
from definitions.grid.proof import Marks
from rules.feel import FeelError, compile_unary, tree


@dataclass(frozen=True, slots=True)
class ShownGrid:
    """`errors`: by the name of the input; `said`: what a cell of options is called, by its name; `headings`: the columns
    as people call them; `subjects`: path and label of all that a column may ask.
    """

    name: str
    grid: Grid
    errors: Mapping[str, str]
    said: Mapping[str, str]
    headings: tuple[str, ...]
    subjects: tuple[tuple[str, str], ...]
    marks: Marks | None
    path: str


def shown(grid: Grid, where: Place, name: str, errors: Mapping[str, str], found: Marks | None) -> ShownGrid:
    """`where`: the place of the amount; `name`: the prefix of the form's names."""
    labels = {subject.path: subject.label for subject in where.subjects if subject.kind != "other"}
    headings = tuple(
        column.label or labels.get(column.expression, "") or column.expression or f"Cột {at + 1}"
        for at, column in enumerate(grid.columns)
    )
    return ShownGrid(
        name,
        grid,
        errors,
        {} if len(grid.rows) > 200 else _said(grid, where, name),
        headings,
        tuple(labels.items()),
        found,
        ".".join(map(str, where.path)),
    )


def _said(grid: Grid, where: Place, name: str) -> dict[str, str]:
    found = {}
    for at, column in enumerate(grid.columns):
        cells = tests_of(column, where)
        subject = where.subject(column.expression)
        if subject is None or not subject.options:
            continue
        for row_at, row in enumerate(grid.rows):
            try:
                test = compile_unary(row.cells[at], dict(where.names), cells.tested, check=False).tree
            except FeelError:
                continue
            values = [each.value for each in test.tests if isinstance(each, tree.Literal)]
            if values and len(values) == len(test.tests) and all(isinstance(each, str) for each in values):
                told = ", ".join(subject.option(value) for value in values)
                found[f"{name}.{row_at}.{at}"] = f"không phải {told}" if test.negated else told
    return found
