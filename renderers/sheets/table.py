"""A table as a value: what it says, before it is a page, a file or a paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final, Literal

from renderers import text
from renderers.csv_text import csv_text

Cell = str | int | float | date | datetime | None
Kind = Literal["text", "number", "decimal", "day", "instant"]
NUMERIC: Final = frozenset({"number", "decimal"})


@dataclass(frozen=True, slots=True)
class Column:
    """`group`: the head above the heads of neighbouring columns; `mark`: the column's number in the form; `width`: in
    characters.
    """

    label: str
    kind: Kind = "text"
    group: str = ""
    mark: str = ""
    width: int = 12

    @property
    def full(self) -> str:
        return f"{self.group}: {self.label}" if self.group else self.label

    @property
    def numeric(self) -> bool:
        return self.kind in NUMERIC


@dataclass(frozen=True, slots=True)
class Table:
    """`form`: the form's official number; `lead`: the period; `facts`: lines `label: value` of the head; `total`: the
    last row; `notes`: what the columns count; `signed`: whether the paper ends with its signatures.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    lead: str = ""
    form: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    total: tuple[Cell, ...] | None = None
    notes: tuple[str, ...] = ()
    signed: bool = False

    @property
    def grouped(self) -> bool:
        return any(column.group for column in self.columns)

    @property
    def marked(self) -> bool:
        return any(column.mark for column in self.columns)

    def groups(self) -> Iterator[tuple[str, tuple[Column, ...]]]:
        """Neighbouring columns of one group; one without a group stands alone."""
        for key, found in groupby(enumerate(self.columns), key=lambda c: c[1].group or c[0]):
            yield (key if isinstance(key, str) else ""), tuple(column for _, column in found)


def shown(value: Cell) -> str:
    """A cell in words, as pages and papers show it."""
    match value:
        case None:
            return ""
        case datetime():
            return f"{text.clock(value)} {text.day(value)}"
        case date():
            return text.day(value)
        case int() | float():
            return text.number(value)
        case _:
            return value


def as_csv(table: Table) -> str:
    """One row of heads, then the rows, then the total. Numbers stay numbers: no separators of thousands."""
    rows = [*table.rows, *([table.total] if table.total is not None else [])]
    return csv_text([column.full for column in table.columns], ([_plain(c) for c in row] for row in rows))


def _plain(value: Cell) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return f"{text.there(value):%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case _:
            return str(value)
