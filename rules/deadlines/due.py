"""A due date together with everything it was counted from."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from rules.calendar import Calendar
from rules.deadlines.model import DeadlineRule, Extension, Pause

LineKind = Literal["start", "counted", "off", "moved", "pause", "extension", "end"]


@dataclass(frozen=True, slots=True)
class DueLine:
    """One step of the count, ready to be read: «Thứ Ba 24/11/2026: nghỉ Ngày Văn hóa Việt Nam»."""

    kind: LineKind
    day: date | None
    text: str


@dataclass(frozen=True, slots=True)
class Period:
    """One stretch of counting: the deadline itself, or one extension of it.

    `begun` differs from `start` when the cutoff was past. `ran`: the intervals in which the clock ran. `pauses`: those
    that mattered, one after each interval but the last. `last_day`: for units of calendar days, the day the count ends
    on before it is moved off a day off.
    """

    rule: DeadlineRule
    start: datetime
    begun: datetime
    end: datetime | None
    ran: tuple[tuple[datetime, datetime], ...] = ()
    pauses: tuple[Pause, ...] = ()
    paused_since: datetime | None = None
    extension: Extension | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """`at`: the due date, `None` if unspecified or while the clock stands. `original`: as if nothing had ever paused
    or extended it. `previous`: the due dates that extensions replaced, oldest first. `unconfirmed_years`: years of the
    count whose holidays are not announced yet.
    """

    at: datetime | None
    start: datetime
    rule: DeadlineRule
    original: datetime | None
    previous: tuple[datetime, ...]
    paused_since: datetime | None
    unconfirmed_years: tuple[int, ...]
    calendar: Calendar = field(repr=False, compare=False)
    periods: tuple[Period, ...] = field(repr=False, compare=False)

    @property
    def lines(self) -> tuple[DueLine, ...]:
        """Every day counted or left out, in order, with its reason. Made when asked for."""
        from rules.deadlines.lines import lines

        return lines(self)

    def sentence(self) -> str:
        """«Vì sao ngày này», in one or a few sentences for the applicant."""
        from rules.deadlines.sentence import sentence

        return sentence(self)
