"""What is proven of a grid under its definition: overlaps, gaps each with a dossier that falls into it, useless rows."""

from dataclasses import dataclass, replace
from typing import Final

from definitions.aid import place
from definitions.amounts import AmountTable
from definitions.compiler.amounts import amount
from definitions.grid.model import Grid, table_of
from definitions.lint.tables import prove
from definitions.lint.tables.situating import situation
from definitions.model import Definition
from definitions.problems import Report
from definitions.reading import Tree
from definitions.situation import Situation
from rules.tables.analysis import Given, Point

MOST_PROVEN: Final = 120
"""Rows beyond which a grid is not proven while somebody waits; the check of the whole version always does."""


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A dossier that no row takes; `sure`: such a dossier can be handed in."""

    sentence: str
    situation: Situation
    sure: bool


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two rows, from 1, that take the same dossier. `forbidden`: the hit policy does not allow it; None: unknown."""

    rows: tuple[int, int]
    sentence: str
    forbidden: bool | None
    situation: Situation


@dataclass(frozen=True, slots=True)
class Useless:
    row: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Marks:
    """`complete` and `disjoint` as `rules.tables.analysis.Analysis` has them; `by_row`: what is said of each row."""

    gaps: tuple[Counterexample, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    useless: tuple[Useless, ...] = ()
    complete: bool | None = None
    disjoint: bool | None = None
    unproven: str = ""

    @property
    def by_row(self) -> dict[int, tuple[str, ...]]:
        found: dict[int, list[str]] = {}
        for overlap in self.overlaps:
            if overlap.forbidden is not False:
                for row in overlap.rows:
                    found.setdefault(row, []).append(overlap.sentence)
        for useless in self.useless:
            found.setdefault(useless.row, []).append(useless.sentence)
        return {row: tuple(said) for row, said in found.items()}


def marks(definition: Definition, fee_id: str, grid: Grid) -> Marks | None:
    """What is proven of the fee with the grid for its table; None where the grid has mistakes in its cells."""
    at = next((at for at, fee in enumerate(definition.fees) if fee.id == fee_id), None)
    if at is None:
        return None
    if len(grid.rows) > MOST_PROVEN:
        return Marks(unproven=f"Bảng hơn {MOST_PROVEN} dòng: chỗ hở và chỗ chồng được xét khi lưu bản nháp.")
    report = Report("", Tree("", None))
    path = ("fees", at, "amount")
    table = amount(table_of(grid), path, place(definition, path).names, report)
    if report.has_errors or not isinstance(table, AmountTable):
        return None
    fee = replace(definition.fees[at], amount=table)
    found = prove(definition, fee)
    if found is None:
        return None
    return Marks(
        tuple(_counterexample(definition, gap.point, gap.sure) for gap in found.gaps),
        tuple(
            Overlap(each.rows, str(each), each.forbidden, situation(definition, each.point))
            for each in found.overlaps
        ),
        tuple(Useless(each.row, str(each)) for each in found.unreachable),
        found.complete,
        found.disjoint,
        "Bảng quá lớn để chứng minh hết; chỗ nào chưa xét thì chưa nói gì." if found.too_large else "",
    )


def _counterexample(definition: Definition, point: Point, sure: bool) -> Counterexample:
    found = situation(definition, point)
    said = [_said(given) for given in point.given]
    if point.day is not None:
        said.insert(0, f"nộp ngày {point.day.day}/{point.day.month}/{point.day.year}")
    told = ", ".join(said) or "mọi hồ sơ"
    doubt = "" if sure else " (chưa rõ có hồ sơ như vậy hay không)"
    return Counterexample(f"{told[:1].upper()}{told[1:]}: không có dòng nào{doubt}.", found, sure)


def _said(given: Given) -> str:
    """A listed value by its name alone; otherwise what it is of as well."""
    shown = given.domain.shown(given.value)
    return shown if isinstance(given.value, str) and given.value in given.domain.labels else str(given)
