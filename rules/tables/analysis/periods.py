"""The times between two changes of law, in each of which the same rows are law."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rules.tables.model import Row

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """`day`: one day of the period, its first where it has one; None for a table without dates. `rows`: the indices
    (from 0) of the rows that are law then.
    """

    day: date | None
    rows: tuple[int, ...]


def periods(rows: Sequence[Row], first: date | None, last: date | None) -> list[Period]:
    """The periods within `first` and `last` (inclusive, None: open), in order."""
    if not any(row.dated for row in rows):
        return [Period(first, tuple(range(len(rows))))]
    starts = {row.start for row in rows if row.start is not None}
    starts |= {row.end + _DAY for row in rows if row.end is not None and row.end < date.max}
    starts = {day for day in starts if (first is None or first < day) and (last is None or day <= last)}
    days = sorted(starts)
    if first is not None:
        days.insert(0, first)
    elif days and days[0] > date.min:
        days.insert(0, days[0] - _DAY)
    elif not days:
        days = [last or next(day for row in rows for day in (row.start, row.end) if day is not None)]
    return [Period(day, tuple(i for i, row in enumerate(rows) if row.covers(day))) for day in days]


def both_law(rows: Sequence[Row], first: date | None, last: date | None) -> bool:
    """Whether there is a day within `first` and `last` on which all the rows are law."""
    starts, ends = _ends(rows, first, last)
    return not starts or not ends or max(starts) <= min(ends)


def law_day(rows: Sequence[Row], first: date | None, last: date | None) -> date | None:
    """The first such day; the last where there is no first; None where every day is one."""
    starts, ends = _ends(rows, first, last)
    return max(starts) if starts else min(ends, default=None)


def _ends(rows: Sequence[Row], first: date | None, last: date | None) -> tuple[list[date], list[date]]:
    starts = [day for day in (first, *(row.start for row in rows)) if day is not None]
    ends = [day for day in (last, *(row.end for row in rows)) if day is not None]
    return starts, ends
