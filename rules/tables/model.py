"""What a decision table is written as, what it answers, and what can be wrong with it (DMN 1.5, chương 8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rules.feel import FeelError, FeelType, FeelValue


class Hit(StrEnum):
    """Which of the rows that match give the answer."""

    UNIQUE = "U"
    ANY = "A"
    PRIORITY = "P"
    FIRST = "F"
    RULE_ORDER = "R"
    OUTPUT_ORDER = "O"
    COLLECT = "C"
    SUM = "C+"
    MIN = "C<"
    MAX = "C>"
    COUNT = "C#"

    @property
    def single(self) -> bool:
        """One row's outputs, or an aggregate of them; otherwise a list."""
        return self not in {Hit.RULE_ORDER, Hit.OUTPUT_ORDER, Hit.COLLECT}

    @property
    def aggregates(self) -> bool:
        return self in {Hit.SUM, Hit.MIN, Hit.MAX, Hit.COUNT}

    @property
    def by_priority(self) -> bool:
        return self in {Hit.PRIORITY, Hit.OUTPUT_ORDER}


ALIASES = {"C sum": Hit.SUM, "C min": Hit.MIN, "C max": Hit.MAX, "C count": Hit.COUNT}


@dataclass(frozen=True, slots=True)
class Input:
    """A column that is tested. `expression`: FEEL; `allowed`: unary tests every value must pass."""

    expression: str
    label: str = ""
    type: FeelType | None = None
    allowed: str | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """A column that is answered. `values`: FEEL literals of all it may be, the most important first; `default`: FEEL,
    for when no row matches. `name` is needed where there are several.
    """

    name: str = ""
    label: str = ""
    type: FeelType | None = None
    values: tuple[str, ...] = ()
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One rule: a cell of unary tests per input («-» or nothing: whatever), a FEEL expression per output.

    Cells that are not text (a number, true, a date) are taken as values. `start` and `end`: the days on which the row
    is law, both inclusive, `None` is open.
    """

    tests: Sequence[object]
    values: Sequence[object]
    start: date | None = None
    end: date | None = None
    label: str = ""

    @property
    def dated(self) -> bool:
        return self.start is not None or self.end is not None

    def covers(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Decision:
    """`rows`: numbers (from 1) of the rows that gave the answer; `problem`: why `value` is null, in Vietnamese."""

    value: FeelValue
    rows: tuple[int, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One thing wrong with a table. `row` and `column` count from 1, inputs first; 0 is the heading, the whole row.

    `part`: of a column's heading, what is wrong: `expression`, `allowed`, `values` or `default`; `item`: which of the
    values, from 0.
    """

    row: int
    column: int
    message: str
    error: FeelError | None = None
    part: str = ""
    item: int = 0

    def __str__(self) -> str:
        place = f"Dòng {self.row}" if self.row else "Tiêu đề"
        return f"{place}, cột {self.column}: {self.message}" if self.column else f"{place}: {self.message}"


class TableError(ValueError):
    """A table that cannot be accepted, with everything wrong in it."""

    def __init__(self, problems: Sequence[CellProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(str(problem) for problem in problems))
