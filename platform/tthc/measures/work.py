"""Figures by officer, by unit and by agency (Đ25.1)."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from rules.calendar import Calendar
from tthc.measures.counting import counted, due_soon
from tthc.measures.life import Life

Key = Callable[[Life, datetime], tuple[str, str]]
"""To which group a dossier belongs at an instant: the group's id and its name."""

COLUMNS: Final = (
    "carried",
    "accepted",
    "solved",
    "solved_in_time",
    "late",
    "late_original",
    "open",
    "overdue",
    "overdue_original",
    "paused",
    "extended",
    "apologised",
)
NOW: Final = ("open", "due_soon", "overdue", "waiting", "done")
"""What a leader is shown of today."""


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A group's figures by the names of `tthc.measures.meaning`. `minutes`: working time of the solved, in all."""

    id: str
    name: str
    counts: Mapping[str, int] = field(default_factory=dict)
    minutes: int = 0

    @property
    def average(self) -> float | None:
        """Working hours from acceptance to solution, the applicant's waits left out; `None` where none was solved."""
        solved = self.counts.get("solved", 0)
        return round(self.minutes / 60 / solved, 1) if solved else None


def by_handler(life: Life, at: datetime) -> tuple[str, str]:
    """The officer who solves it; not yet given to anybody is a group of its own."""
    handler = life.handler(at)
    return (handler.id, handler.name or handler.id) if handler is not None else ("", "Chưa giao")


def by_unit(unit_of: Callable[[str], str]) -> Key:
    """The unit of that officer, by its id: names are the agency's to say. `unit_of`: where an officer works who has not
    acted on the dossier yet, so that its history does not say.
    """

    def key(life: Life, at: datetime) -> tuple[str, str]:
        handler = life.handler(at)
        unit = (handler.unit or unit_of(handler.id)) if handler is not None else ""
        return unit, unit

    return key


def work(
    lives: Iterable[Life],
    start: datetime,
    end: datetime,
    key: Key,
    calendar_of: Callable[[str], Calendar] | None = None,
) -> tuple[WorkRow, ...]:
    """A row a group, by name; those of nobody last. `calendar_of`: by agency; without it no working time is counted."""
    counts: dict[str, Counter[str]] = {}
    minutes: Counter[str] = Counter()
    names: dict[str, str] = {}
    for life in lives:
        found = counted(life, start, end)
        if not found:
            continue
        group, name = key(life, end)
        names[group] = name
        counts.setdefault(group, Counter()).update(found)
        if calendar_of is not None and "solved" in found:
            minutes[group] += life.working_minutes(end, calendar_of(life.agency_at(end)))
    rows = (WorkRow(group, names[group], dict(each), minutes[group]) for group, each in counts.items())
    return tuple(sorted(rows, key=lambda row: (not row.id, row.name, row.id)))


def standing(
    lives: Iterable[Life], month: datetime, now: datetime, soon: datetime, key: Key
) -> tuple[WorkRow, ...]:
    """How it stands at `now`: open, due before `soon`, overdue, waiting, and done since `month` (Đ25.1)."""
    counts: dict[str, Counter[str]] = {}
    names: dict[str, str] = {}
    for life in lives:
        found = live(life, month, now, soon)
        if not found:
            continue
        group, name = key(life, now)
        names[group] = name
        counts.setdefault(group, Counter()).update(found)
    rows = (WorkRow(group, names[group], dict(each)) for group, each in counts.items())
    return tuple(sorted(rows, key=lambda row: (not row.id, row.name, row.id)))


def live(life: Life, month: datetime, now: datetime, soon: datetime) -> frozenset[str]:
    """Which of `NOW` a dossier counts for."""
    found = set(counted(life, month, now))
    if "solved" in found:
        found.add("done")
    if due_soon(life, now, soon):
        found.add("due_soon")
    return frozenset(found & set(NOW))


def total(rows: Iterable[WorkRow], name: str = "Tổng số") -> WorkRow:
    kept = tuple(rows)
    counts: Counter[str] = Counter()
    for row in kept:
        counts.update(row.counts)
    return WorkRow("", name, dict(counts), sum(row.minutes for row in kept))
