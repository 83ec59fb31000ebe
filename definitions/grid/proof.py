"""What is proven of a grid under its definition: overlaps, gaps each with a dossier that falls into it, useless rows."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from definitions.aid import place
from definitions.amounts import AmountTable
from definitions.compiler.amounts import amount
from definitions.grid.model import Grid, table_of
from definitions.lint.tables import prove
from definitions.lint.tables.domains import field_at, path_of
from definitions.model import Definition
from definitions.problems import Report
from definitions.reading import Tree
from rules.feel import FeelError, FeelValue, compile, literal  # noqa: A004
from rules.tables.analysis import Given, Point

MOST_PROVEN: Final = 120
"""Rows beyond which a grid is not proven while somebody waits; the check of the whole version always does."""


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A dossier that no row takes. `answers`: of the form, nested by path; `facts`: of the scope (`channel`,
    `agency.level`); `day`: of submission, None where the table has no dates; `sure`: such a dossier can be handed in.
    """

    sentence: str
    answers: dict[str, Any]
    facts: dict[str, Any]
    day: date | None
    sure: bool


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two rows, from 1, that take the same dossier. `forbidden`: the hit policy does not allow it; None: unknown."""

    rows: tuple[int, int]
    sentence: str
    forbidden: bool | None


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
        tuple(Overlap(each.rows, str(each), each.forbidden) for each in found.overlaps),
        tuple(Useless(each.row, str(each)) for each in found.unreachable),
        found.complete,
        found.disjoint,
        "Bảng quá lớn để chứng minh hết; chỗ nào chưa xét thì chưa nói gì." if found.too_large else "",
    )


def _counterexample(definition: Definition, point: Point, sure: bool) -> Counterexample:
    answers: dict[str, Any] = {}
    facts: dict[str, Any] = {}
    for given in point.given:
        path = _path(given)
        if path is None:
            continue
        if field_at(definition, path):
            _put(answers, path, _plain(given.value))
        else:
            facts[".".join(path)] = _plain(given.value)
    said = [_said(given) for given in point.given]
    if point.day is not None:
        said.insert(0, f"nộp ngày {point.day.day}/{point.day.month}/{point.day.year}")
    told = ", ".join(said) or "mọi hồ sơ"
    doubt = "" if sure else " (chưa rõ có hồ sơ như vậy hay không)"
    return Counterexample(
        f"{told[:1].upper()}{told[1:]}: không có dòng nào{doubt}.", answers, facts, point.day, sure
    )


def _said(given: Given) -> str:
    """A listed value by its name alone; otherwise what it is of as well."""
    shown = given.domain.shown(given.value)
    return shown if isinstance(given.value, str) and given.value in given.domain.labels else str(given)


def _path(given: Given) -> tuple[str, ...] | None:
    try:
        return path_of(compile(given.expression).tree)
    except FeelError:
        return None


def _put(into: dict[str, Any], path: tuple[str, ...], value: object) -> None:
    for name in path[:-1]:
        into = into.setdefault(name, {})
    into[path[-1]] = value


def _plain(value: FeelValue) -> object:
    """As answers hold it: numbers, texts, truth values, days as ISO text."""
    if value is None or isinstance(value, (str, bool)):
        return value
    said = literal(value)
    if said.startswith('@"'):
        return said[2:-1]
    return int(said) if said.lstrip("-").isdecimal() else said
