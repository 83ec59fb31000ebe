"""A table as it is written down: all text, with ids and headings, so that it can be exchanged and edited."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from rules.feel import FeelType
from rules.feel.types import BY_NAME
from rules.tables.decide import DecisionTable
from rules.tables.model import Hit, Input, Output, Row


@dataclass(frozen=True, slots=True)
class SheetInput:
    """`type`: a name of `rules.feel.types.BY_NAME`, any other is kept but not understood; `allowed`: unary tests."""

    expression: str
    id: str = ""
    label: str = ""
    type: str = ""
    allowed: str = ""


@dataclass(frozen=True, slots=True)
class SheetOutput:
    """`values`: FEEL texts, the most important first; `default`: FEEL, empty where there is none."""

    id: str = ""
    name: str = ""
    label: str = ""
    type: str = ""
    values: tuple[str, ...] = ()
    default: str = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """`notes`: one text for each of the sheet's `notes` columns."""

    tests: tuple[str, ...]
    values: tuple[str, ...]
    id: str = ""
    start: date | None = None
    end: date | None = None
    label: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """`notes`: headings of columns that say something and decide nothing."""

    id: str
    name: str
    hit: Hit
    inputs: tuple[SheetInput, ...]
    outputs: tuple[SheetOutput, ...]
    rows: tuple[SheetRow, ...]
    notes: tuple[str, ...] = ()
    description: str = ""

    def normal(self) -> "Sheet":
        """The same table with nothing left unsaid: an id for each part, `-` in empty cells, no white space around
        cells, a note for each column of notes.
        """
        own = self.id or "table"
        taken = {own}
        inputs = [
            replace(
                each,
                expression=_cell(each.expression),
                allowed=_cell(each.allowed),
                id=_unique(each.id or f"{own}_input_{at}", taken),
            )
            for at, each in enumerate(self.inputs, 1)
        ]
        outputs = [
            replace(
                each,
                values=tuple(_cell(value) for value in each.values),
                default=_cell(each.default),
                id=_unique(each.id or f"{own}_output_{at}", taken),
            )
            for at, each in enumerate(self.outputs, 1)
        ]
        rows = [
            replace(
                row,
                tests=tuple(_cell(test) or "-" for test in row.tests),
                values=tuple(_cell(value) for value in row.values),
                id=_unique(row.id or f"{own}_row_{at}", taken),
                label=_cell(row.label),
                notes=tuple(_cell(note) for note in (*row.notes, *[""] * len(self.notes))[: len(self.notes)]),
            )
            for at, row in enumerate(self.rows, 1)
        ]
        return replace(
            self,
            id=own,
            inputs=tuple(inputs),
            outputs=tuple(outputs),
            rows=tuple(rows),
            description=_cell(self.description),
        )

    def table(self, names: Mapping[str, FeelType] | None = None) -> DecisionTable:
        """Compiled; raises TableError."""
        return DecisionTable.compile(
            [
                Input(each.expression, each.label, BY_NAME.get(each.type), each.allowed or None)
                for each in self.inputs
            ],
            [
                Output(each.name, each.label, BY_NAME.get(each.type), each.values, each.default or None)
                for each in self.outputs
            ],
            [Row(row.tests, row.values, row.start, row.end, row.label) for row in self.rows],
            self.hit,
            names,
        )

    def ids(self) -> Iterator[str]:
        yield self.id
        yield from (each.id for each in self.inputs)
        yield from (each.id for each in self.outputs)
        yield from (each.id for each in self.rows)


def _cell(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _unique(wanted: str, taken: set[str]) -> str:
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted}_{number}"
    taken.add(found)
    return found
