"""A fee's table as it stands in a definition, and as text in cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from definitions.compiler.expressions import source
from forms.types.dates import parse_date

ANYTHING: Final = "-"
HITS: Final[Mapping[str, str]] = {
    "F": "dòng đầu tiên đúng",
    "U": "dòng duy nhất đúng (hai dòng cùng đúng là lỗi)",
    "A": "các dòng đúng, phải cho cùng số tiền",
    "P": "dòng đúng có số tiền ưu tiên nhất",
    "C+": "tổng các dòng đúng",
    "C<": "số nhỏ nhất của các dòng đúng",
    "C>": "số lớn nhất của các dòng đúng",
    "C#": "số lượng dòng đúng",
}
"""What the hit policies that give one number are called: «Lấy …»."""


@dataclass(frozen=True, slots=True)
class Column:
    """`allowed`: unary tests, empty where anything is allowed; `id`, `label`: empty where not given."""

    expression: str
    label: str = ""
    allowed: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """`start` and `end` as people write days, `23/11/2026`; empty is open."""

    cells: tuple[str, ...]
    amount: str = ""
    label: str = ""
    start: str = ""
    end: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """`values`: amounts by priority, parted by `;`; `default`: FEEL, empty where there is none."""

    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]
    hit: str = "F"
    values: str = ""
    default: str = ""


def grid_of(raw: Mapping[str, Any]) -> Grid:
    """From the data of a definition (`{inputs, rows, hit?, values?, default?}`)."""
    columns = tuple(_column(each) for each in raw.get("inputs", ()))
    return Grid(
        columns,
        tuple(_row(row, len(columns)) for row in raw.get("rows", ())),
        raw.get("hit", "F"),
        "; ".join(source(value) for value in raw.get("values", ())),
        source(raw["default"]) if "default" in raw else "",
    )


def _column(raw: str | Mapping[str, Any]) -> Column:
    if isinstance(raw, str):
        return Column(raw)
    allowed = raw.get("values", "")
    listed = ", ".join(source(value) for value in allowed) if isinstance(allowed, list) else source(allowed)
    return Column(raw["expression"], raw.get("label", ""), listed, raw.get("id", ""))


def _row(raw: Mapping[str, Any], width: int) -> GridRow:
    cells = [source(cell) for cell in raw.get("when", ())]
    law = raw.get("effective", {})
    return GridRow(
        tuple((cells + [ANYTHING] * width)[:width]),
        source(raw["amount"]),
        raw.get("label", ""),
        _shown(law.get("from", "")),
        _shown(law.get("to", "")),
        raw.get("id", ""),
    )


def _shown(text: object) -> str:
    day = day_of(str(text))
    return f"{day:%d/%m/}{day.year:04}" if day is not None else str(text)


def table_of(grid: Grid) -> dict[str, Any]:
    """The data of a definition; a cell left empty takes anything, a day that is none stays as it was typed."""
    made: dict[str, Any] = {} if grid.hit == "F" else {"hit": grid.hit}
    made["inputs"] = [_input(column) for column in grid.columns]
    if grid.values.strip():
        made["values"] = [_scalar(value) for value in grid.values.split(";") if value.strip()]
    if grid.default.strip():
        made["default"] = _scalar(grid.default)
    made["rows"] = [_written(row) for row in grid.rows]
    return made


def _input(column: Column) -> str | dict[str, str]:
    parts = {
        "id": column.id,
        "expression": column.expression.strip(),
        "label": column.label.strip(),
        "values": column.allowed.strip(),
    }
    given = {key: value for key, value in parts.items() if value}
    return column.expression.strip() if set(given) <= {"expression"} else given


def _written(row: GridRow) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if row.id:
        made["id"] = row.id
    if row.label.strip():
        made["label"] = row.label.strip()
    made["when"] = [_scalar(cell) if cell.strip() else ANYTHING for cell in row.cells]
    made["amount"] = _scalar(row.amount)
    law = {key: _iso(text.strip()) for key, text in (("from", row.start), ("to", row.end)) if text.strip()}
    if law:
        made["effective"] = law
    return made


def _iso(text: str) -> str:
    day = day_of(text)
    return text if day is None else day.isoformat()


def day_of(text: str) -> date | None:
    """`23/11/2026` or `2026-11-23`; None for anything else."""
    value = parse_date(text.strip()).value
    return value if isinstance(value, date) else None


def _scalar(text: str) -> object:
    """A number or truth value as itself, other FEEL as text; `1.50` stays as it is written."""
    text = text.strip()
    if text in {"true", "false"}:
        return text == "true"
    if text.removeprefix(ANYTHING).isascii() and text.removeprefix(ANYTHING).replace(".", "", 1).isdecimal():
        try:
            number = Decimal(text)
        except InvalidOperation:
            return text
        if source(number) == text:
            return (
                int(number) if number == number.to_integral_value() and str(int(number)) == text else number
            )
    return text
