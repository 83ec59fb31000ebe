"""Biểu số II.06a/VPCP/KSTT: how the dossiers of a period stood at its end, by sector (law.md 2.7).

Counted are the dossiers accepted before the period's end that were not solved before it began. What each column says:

    3  received   all of them
    4  online     accepted in the period, handed in online
    5  direct     accepted in the period, handed in at the counter or by post
    6  carried    accepted before the period (sent back to be worked on in it: counted here, whenever first solved)
    7  solved     solved by the period's end: the result lies ready or was handed over, or it was given back
    8  early      solved on a day before the due one
    9  on_time    solved on the due day in time; without a due date; given back or withdrawn, whenever that was
    10 late       solved after the due instant
    11 open       not solved by the period's end
    12 in_time    the due instant has not passed, or there is none, or the applicant is waited for
    13 overdue    the due instant has passed

The due instant is the one that the law gives at the end: moved by the applicant's waits and by the extensions that rest on a
clause of law; one without it moves the appointment alone, as an apology does (Đ13.3đ). Each dossier adds one to
3, to one of 4, 5, 6, to one of 7, 11, and to one of 8, 9, 10, 12, 13; so 3 = 4 + 5 + 6 = 7 + 11, 7 = 8 + 9 + 10 and
11 = 12 + 13 for whatever dossiers there are.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from rules.calendar import TZ
from tthc.dossiers.state import Dossier
from tthc.measures.life import Life, Mark, Stand, life_of

SectorOf = Callable[[str], tuple[str, str]]
"""The id and the name of a procedure's sector, by the procedure's code."""

COLUMNS: Final = (
    "received",
    "online",
    "direct",
    "carried",
    "solved",
    "early",
    "on_time",
    "late",
    "open",
    "in_time",
    "overdue",
)
"""Columns 3 to 13 of the form, in their order."""


@dataclass(frozen=True, slots=True)
class Row06a:
    """A line of the form; the numbers are columns 3 to 13."""

    sector: str
    sector_name: str
    received: int = 0
    online: int = 0
    direct: int = 0
    carried: int = 0
    solved: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    open: int = 0
    in_time: int = 0
    overdue: int = 0


def form_06a(
    dossiers: Iterable[Dossier], start: datetime, end: datetime, sector_of: SectorOf
) -> tuple[Row06a, ...]:
    """The form of the period [start, end) over these dossiers, a row a sector by name; no row without a dossier."""
    return count_06a((life_of(dossier) for dossier in dossiers), start, end, sector_of)


def count_06a(
    lives: Iterable[Life], start: datetime, end: datetime, sector_of: SectorOf
) -> tuple[Row06a, ...]:
    """The same over lives, which is what reports keep."""
    return count_by(lives, start, end, lambda life: sector_of(life.procedure))


def count_by(
    lives: Iterable[Life], start: datetime, end: datetime, key: Callable[[Life], tuple[str, str]]
) -> tuple[Row06a, ...]:
    """The same columns by something else than the sector: an agency, a procedure."""
    found: dict[str, dict[str, int]] = {}
    names: dict[str, str] = {}
    for life in lives:
        columns = columns_of(life, start, end)
        if not columns:
            continue
        group, name = key(life)
        names[group] = name
        counts = found.setdefault(group, dict.fromkeys(COLUMNS, 0))
        for column in columns:
            counts[column] += 1
    rows = (Row06a(group, names[group], **counts) for group, counts in found.items())
    return tuple(sorted(rows, key=lambda row: (row.sector_name, row.sector)))


def gathered(rows: Iterable[Row06a], key: Callable[[Row06a], tuple[str, str]]) -> tuple[Row06a, ...]:
    """Rows of small groups added up into those of larger ones, by name."""
    found: dict[str, list[Row06a]] = {}
    names: dict[str, str] = {}
    for row in rows:
        group, name = key(row)
        names[group] = name
        found.setdefault(group, []).append(row)
    sums = (replace(total(each), sector=group, sector_name=names[group]) for group, each in found.items())
    return tuple(sorted(sums, key=lambda row: (row.sector_name, row.sector)))


def total(rows: Iterable[Row06a]) -> Row06a:
    """The line “Tổng số”."""
    kept = tuple(rows)
    return Row06a("", "Tổng số", **{c: sum(int(getattr(row, c)) for row in kept) for c in COLUMNS})


def columns_of(life: Life, start: datetime, end: datetime) -> tuple[str, ...]:
    """The columns that a dossier adds one to; none where the form does not count it."""
    accepted = life.accepted_at
    if accepted is None or accepted >= end or life.training:
        return ()
    mark = life.before(end)
    if mark is None or (mark.solved_at is not None and mark.solved_at < start):
        return ()
    come = "carried" if accepted < start else "online" if life.channel == "online" else "direct"
    return ("received", come, *_gone(mark, end))


def _gone(mark: Mark, end: datetime) -> tuple[str, str]:
    solved = mark.solved_at
    if solved is None:
        late = mark.stand is not Stand.WAITING and mark.due is not None and end > mark.due
        return "open", "overdue" if late else "in_time"
    return "solved", timeliness(mark.stand, solved, mark.due)


def timeliness(stand: Stand, solved: datetime, due: datetime | None) -> str:
    """`early`, `on_time` or `late`, as columns 8 to 10 say."""
    if stand is Stand.GIVEN_BACK or due is None:
        return "on_time"
    if solved > due:
        return "late"
    return "early" if solved.astimezone(TZ).date() < due.astimezone(TZ).date() else "on_time"


def identities(row: Row06a) -> tuple[str, ...]:
    """Which of the form's own equations a row breaks; none, ever."""
    equations = (
        ("3 = 4 + 5 + 6", row.received, row.online + row.direct + row.carried),
        ("3 = 7 + 11", row.received, row.solved + row.open),
        ("7 = 8 + 9 + 10", row.solved, row.early + row.on_time + row.late),
        ("11 = 12 + 13", row.open, row.in_time + row.overdue),
    )
    return tuple(name for name, left, right in equations if left != right)
