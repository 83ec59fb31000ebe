"""A decision table as a spreadsheet: all text, as it is typed, right or wrong. Pure.

`model`: table ↔ grid; `posting`: grid ↔ posted form, its buttons, what was pasted; `checking`: each cell by itself;
`proof`: gaps with a counter-example, overlaps and useless rows.
"""

from definitions.grid.checking import checked
from definitions.grid.model import Column, Grid, GridRow, grid_of, table_of
from definitions.grid.posting import act, collect, posted
from definitions.grid.proof import Counterexample, Marks, marks

__all__ = [
    "Column",
    "Counterexample",
    "Grid",
    "GridRow",
    "Marks",
    "act",
    "checked",
    "collect",
    "grid_of",
    "marks",
    "posted",
    "table_of",
]
