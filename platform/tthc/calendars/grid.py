"""A year as twelve grids of weeks, for pages. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from rules.calendar import Calendar, DayKind

MARKS: Final[Mapping[DayKind, str]] = {
    DayKind.HOLIDAY: "Lễ",
    DayKind.IN_LIEU: "Bù",
    DayKind.SWAP: "Đổi",
    DayKind.MAKE_UP: "Làm",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a grid; `mark` is a word, so that colour is never alone; `why` is empty on plain days."""

    day: int
    kind: str
    mark: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    number: int
    weeks: tuple[tuple[Cell | None, ...], ...]
    working: int


def months(calendar: Calendar, year: int) -> tuple[Month, ...]:
    return tuple(_month(calendar, year, number) for number in range(1, 13))


def _month(calendar: Calendar, year: int, number: int) -> Month:
    first = date(year, number, 1)
    cells: list[Cell | None] = [None] * (first.isoweekday() - 1)
    working = 0
    day = first
    while day.month == number:
        info = calendar.day(day)
        working += info.kind.works
        mark = MARKS.get(info.kind, "")
        cells.append(Cell(day.day, info.kind.value, mark, info.reason if mark else ""))
        day += timedelta(days=1)
    cells += [None] * (-len(cells) % 7)
    weeks = tuple(tuple(cells[i : i + 7]) for i in range(0, len(cells), 7))
    return Month(number, weeks, working)
