"""The calendar itself: a hundred years laid out once, then every question is an index or a bisection.

Working time is read as one long line of working minutes. `position(t)` is how much of it lies before `t`;
going back from a position there are two instants to choose from, the end of one session and the start of the
next: ends are read as 17:30, never as 07:30 of the day after (so that a report does not show a day too many).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import ceil
from typing import Self, overload

from rules.calendar.data import Facts, read
from rules.calendar.days import REST, WORKING, DayInfo
from rules.calendar.hours import Sessions, elapsed, length, minute_after, opening
from rules.calendar.wording import TZ, local

FIRST_YEAR, LAST_YEAR = 2000, 2100
_BASE = date(FIRST_YEAR, 1, 1).toordinal()
_COUNT = date(LAST_YEAR, 12, 31).toordinal() - _BASE + 1


class CalendarRangeError(ValueError):
    """An answer would lie outside the years the calendar is laid out for."""

    def __init__(self) -> None:
        first, last = f"01/01/{FIRST_YEAR}", f"31/12/{LAST_YEAR}"
        super().__init__(f"Lịch làm việc chỉ tính được từ {first} đến {last}.")  # vi: said to programmers


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """Immutable; made by `from_data`. All instants are aware datetimes, read to the whole minute."""

    _days: tuple[int, ...] = field(repr=False)  # ordinals of the working days
    _sessions: tuple[Sessions, ...] = field(repr=False)  # of each of them
    _minutes: tuple[int, ...] = field(repr=False)  # working minutes before each of them; one more at the end
    _upto: tuple[int, ...] = field(repr=False)  # working days up to and including each day since _BASE
    _special: Mapping[date, DayInfo] = field(repr=False)
    _rest_days: frozenset[int]
    _confirmed: frozenset[int]

    @classmethod
    def from_data(cls, *layers: Mapping[str, object], unit: str | None = None) -> Self:
        """From layers of calendar data, the most general first (shape: `rules.calendar.data`)."""
        facts = read(layers, unit)
        special = _lay_out(facts)
        days: list[int] = []
        sessions: list[Sessions] = []
        minutes = [0]
        upto: list[int] = []
        for ordinal in range(_BASE, _BASE + _COUNT):
            day = date.fromordinal(ordinal)
            info = special.get(day)
            if info.kind.works if info else day.isoweekday() not in facts.rest_days:
                hours = next(row.sessions for row in reversed(facts.hours) if row.covers(day))
                days.append(ordinal)
                sessions.append(hours)
                minutes.append(minutes[-1] + length(hours))
            upto.append(len(days))
        confirmed = frozenset(year for year, body in facts.years.items() if body.confirmed)
        return cls(
            tuple(days), tuple(sessions), tuple(minutes), tuple(upto), special, facts.rest_days, confirmed
        )

    # Days

    def day(self, day: date) -> DayInfo:
        found = self._special.get(_plain(day))
        if found is not None:
            return found
        return REST if day.isoweekday() in self._rest_days else WORKING

    def is_working_day(self, day: date) -> bool:
        return self.day(day).kind.works

    def confirmed(self, year: int) -> bool:
        """True where the year's holidays and swaps are officially announced."""
        return year in self._confirmed

    def sessions(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The working sessions of a day as (start, end), in order; empty on a day off."""
        if not self.is_working_day(day):
            return ()
        start = datetime(day.year, day.month, day.day, tzinfo=TZ)
        return tuple(
            (start + timedelta(minutes=opens), start + timedelta(minutes=closes))
            for opens, closes in self._sessions[self._before(day.toordinal())]
        )

    def end_of_day(self, day: date) -> datetime:
        """The end of the last session of `day`, or of the next working day where `day` is off (BLDS Đ148.5)."""
        index = self._reach(self._before(day.toordinal()))
        return _instant(self._days[index], self._sessions[index][-1][1])

    @overload
    def add_working_days(self, start: datetime, count: int) -> datetime: ...
    @overload
    def add_working_days(self, start: date, count: int) -> date: ...
    def add_working_days(self, start: date, count: int) -> date:
        """The `count`-th working day after a date (the first day is not counted; 0: the day itself, or the next
        working day); for a datetime the instant that many working days of working time later.
        """
        if count < 0:
            raise ValueError(f"Số ngày làm việc cộng thêm không thể âm: {count}.")
        if isinstance(start, datetime):
            return self.add_days(start, count)
        offset = start.toordinal() - _BASE
        if not 0 <= offset < _COUNT:
            raise CalendarRangeError
        index = self._upto[offset] + count - 1
        if not count and (not index + 1 or self._days[index] != offset + _BASE):
            index += 1
        if index >= len(self._days):
            raise CalendarRangeError
        return date.fromordinal(self._days[index])

    # Working minutes

    def position(self, instant: datetime) -> int:
        """Working minutes between the start of the calendar and `instant`; meaningful only as a difference."""
        there = local(instant)
        ordinal = there.toordinal()
        index = self._before(ordinal)
        if index < len(self._days) and self._days[index] == ordinal:
            return self._minutes[index] + elapsed(self._sessions[index], there.hour * 60 + there.minute)
        return self._minutes[index]

    def minutes_between(self, start: datetime, end: datetime) -> int:
        """Working minutes from `start` to `end`; negative when `end` is earlier."""
        return self.position(end) - self.position(start)

    def next_working_instant(self, instant: datetime) -> datetime:
        """`instant` itself within a session (its end is not within), else the start of the next session."""
        index, worked = self._place(instant)
        return _instant(self._days[self._reach(index)], opening(self._sessions[index], worked))

    def add_minutes(self, instant: datetime, minutes: int) -> datetime:
        """The end of `minutes` working minutes from `instant`; 0 is the next working instant."""
        if minutes < 0:
            raise ValueError(f"Số phút làm việc cộng thêm không thể âm: {minutes}.")
        if not minutes:
            return self.next_working_instant(instant)
        target = self.position(instant) + minutes
        index = self._reach(bisect_left(self._minutes, target) - 1)
        return self._ending(index, target - self._minutes[index])

    # Working days as amounts of working time

    def days_between(self, start: datetime, end: datetime) -> Fraction:
        """Working days from `start` to `end`: a whole day is 1 whatever its hours (8 by law, BLLĐ Đ105)."""
        return self._day_position(end) - self._day_position(start)

    def add_days(self, instant: datetime, days: Fraction | int) -> datetime:
        """The end of `days` working days of working time: 1 keeps the time of day where days have equal hours."""
        if days < 0:
            raise ValueError(f"Số ngày làm việc cộng thêm không thể âm: {days}.")
        if not days:
            return self.next_working_instant(instant)
        index, worked = self._place(instant)
        if days.denominator == 1:  # whole days need no fractions where the hours are equal
            last = self._reach(index + int(days) - (not worked))
            if not worked:
                return self._ending(last, length(self._sessions[last]))
            if length(self._sessions[index]) == length(self._sessions[last]):
                return self._ending(last, worked)
        target = self._day_position(instant) + days
        index = self._reach(ceil(target) - 1)
        return self._ending(index, ceil((target - index) * length(self._sessions[index])))

    def _day_position(self, instant: datetime) -> Fraction:
        index, worked = self._place(instant)
        return index + Fraction(worked, length(self._sessions[index])) if worked else Fraction(index)

    def _place(self, instant: datetime) -> tuple[int, int]:
        """The working day that `instant` stands in (or before), and the working minutes of it already over."""
        position = self.position(instant)
        index = bisect_right(self._minutes, position) - 1
        return index, position - self._minutes[index]

    def _ending(self, index: int, worked: int) -> datetime:
        sessions = self._sessions[self._reach(index)]
        return _instant(self._days[index], minute_after(sessions, worked))

    def _before(self, ordinal: int) -> int:
        """Working days before a day: the index of that day, or of the next working day."""
        offset = ordinal - _BASE
        if not 0 <= offset < _COUNT:
            raise CalendarRangeError
        return self._upto[offset - 1] if offset else 0

    def _reach(self, index: int) -> int:
        """`index`, once it is certain to be a working day the calendar knows."""
        if not 0 <= index < len(self._days):
            raise CalendarRangeError
        return index


def _plain(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day


def _instant(ordinal: int, minute: int) -> datetime:
    day = date.fromordinal(ordinal)
    return datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=TZ)


def _lay_out(facts: Facts) -> Mapping[date, DayInfo]:
    """Every day that is not what its weekday says, over all years; decided years outrank the fixed holidays."""
    special: dict[date, DayInfo] = {}
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        if year not in facts.years:
            special |= facts.off_rule(year)
    for decided in facts.years.values():
        special |= decided.days
    return special
