"""A grid in a form, and what its buttons do.

Names under a prefix `g`: `g.hit`, `g.values`, `g.default`; `g.columns` and `g.rows` (how many); `g.c.J.expression`,
`.label`, `.allowed`, `.id` of column J; `g.I.J` is the cell of row I; `g.I.amount`, `.label`, `.start`, `.end`, `.id`.
A button posts `_grid`: `g:add`, `g:add:I` (below row I), `g:remove:I`, `g:up:I`, `g:down:I`, and of columns `g:column`,
`g:drop:J`, `g:left:J`, `g:right:J`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from definitions.grid.model import ANYTHING, HITS, Column, Grid, GridRow

Source = Mapping[str, Sequence[str]]
ACTION: Final = "_grid"
MOST_ROWS: Final = 500
MOST_COLUMNS: Final = 20
_LONGEST: Final = 5000
_PARTS: Final = ("amount", "label", "start", "end", "id")
_COLUMN: Final = ("expression", "label", "allowed", "id")

T = TypeVar("T")


def posted(grid: Grid, prefix: str) -> dict[str, list[str]]:
    """The grid as a form would send it."""
    form = {
        f"{prefix}.hit": grid.hit,
        f"{prefix}.values": grid.values,
        f"{prefix}.default": grid.default,
        f"{prefix}.columns": str(len(grid.columns)),
        f"{prefix}.rows": str(len(grid.rows)),
    }
    for at, column in enumerate(grid.columns):
        form |= {f"{prefix}.c.{at}.{part}": getattr(column, part) for part in _COLUMN}
    for at, row in enumerate(grid.rows):
        form |= {f"{prefix}.{at}.{place}": cell for place, cell in enumerate(row.cells)}
        form |= {f"{prefix}.{at}.{part}": getattr(row, part) for part in _PARTS}
    return {name: [value] for name, value in form.items()}


def collect(source: Source, prefix: str) -> Grid:
    """What was posted, as it was typed; line ends and white space around cells are nobody's meaning."""
    width = _number(source, f"{prefix}.columns", MOST_COLUMNS)
    columns = tuple(
        Column(**{part: _text(source, f"{prefix}.c.{at}.{part}") for part in _COLUMN}) for at in range(width)
    )
    rows = tuple(
        GridRow(
            tuple(_text(source, f"{prefix}.{at}.{place}") for place in range(width)),
            **{part: _text(source, f"{prefix}.{at}.{part}") for part in _PARTS},
        )
        for at in range(_number(source, f"{prefix}.rows", MOST_ROWS))
    )
    hit = _text(source, f"{prefix}.hit")
    return Grid(
        columns,
        rows,
        hit if hit in HITS else "F",
        _text(source, f"{prefix}.values"),
        _text(source, f"{prefix}.default"),
    )


def _text(source: Source, name: str) -> str:
    found = next(iter(source.get(name, ())), "")
    return found.replace("\r\n", "\n").replace("\r", "\n").strip()[:_LONGEST]


def _number(source: Source, name: str, most: int) -> int:
    text = _text(source, name)
    return min(int(text), most) if text.isascii() and text.isdecimal() and len(text) < 5 else 0


def act(grid: Grid, pressed: str, prefix: str) -> Grid:
    """The grid after one of its buttons; as it was where the button is none of them."""
    place, _, rest = pressed.partition(":")
    kind, _, number = rest.partition(":")
    at = int(number) if number.isascii() and number.isdecimal() and len(number) < 5 else None
    if place != prefix:
        return grid
    if kind in {"column", "drop", "left", "right"}:
        return _columns(grid, kind, at)
    rows = grid.rows
    match kind, at:
        case "add", None if len(rows) < MOST_ROWS:
            return replace(grid, rows=(*rows, _blank(grid)))
        case "add", int(row) if row < len(rows) < MOST_ROWS:
            return replace(grid, rows=(*rows[: row + 1], _blank(grid), *rows[row + 1 :]))
        case "remove", int(row) if row < len(rows):
            return replace(grid, rows=(*rows[:row], *rows[row + 1 :]))
        case "up", int(row):
            return replace(grid, rows=_swapped(rows, row - 1))
        case "down", int(row):
            return replace(grid, rows=_swapped(rows, row))
        case _:
            return grid


def _columns(grid: Grid, kind: str, at: int | None) -> Grid:
    width = len(grid.columns)
    if kind == "column" and width < MOST_COLUMNS:
        rows = tuple(replace(row, cells=(*row.cells, ANYTHING)) for row in grid.rows)
        return replace(grid, columns=(*grid.columns, Column("")), rows=rows)
    if at is None or at >= width:
        return grid
    order = list(range(width))
    if kind == "drop":
        del order[at]
    else:
        order = list(_swapped(tuple(order), at - 1 if kind == "left" else at))
    return replace(
        grid,
        columns=tuple(grid.columns[place] for place in order),
        rows=tuple(replace(row, cells=tuple(row.cells[place] for place in order)) for row in grid.rows),
    )


def _blank(grid: Grid) -> GridRow:
    return GridRow((ANYTHING,) * len(grid.columns))


def _swapped(items: tuple[T, ...], at: int) -> tuple[T, ...]:
    """With the elements `at` and the next changed about; as they were at either end."""
    if not 0 <= at < len(items) - 1:
        return items
    return (*items[:at], items[at + 1], items[at], *items[at + 2 :])
