"""What one unit counts: how much of it lies between two instants, and where an amount of it ends.

Everything else about deadlines (pauses, extensions, remaining time) is the same for all units.
"""

from abc import ABC, abstractmethod
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import ceil

from rules.calendar import Calendar
from rules.deadlines.model import DeadlineRule, Unit

Amount = int | Fraction


@dataclass(frozen=True, slots=True)
class Measure(ABC):
    """`amount`: all that is to be counted, in this measure's own units."""

    calendar: Calendar
    amount: Amount
    end_of_day: bool

    @abstractmethod
    def spent(self, start: datetime, end: datetime) -> Amount:
        """How much the clock counts from `start` to `end`."""

    @abstractmethod
    def reach(self, start: datetime, amount: Amount) -> datetime:
        """Where `amount` from `start` is used up."""

    def finish(self, start: datetime, amount: Amount) -> datetime:
        reached = self.reach(start, amount)
        return self.calendar.end_of_day(reached) if self.end_of_day else reached

    def last_day(self, start: datetime, amount: Amount) -> date | None:
        """The last day counted, where whole days are counted and that day may be off."""
        return None

    def resume(self, instant: datetime) -> datetime:
        """Where counting goes on after a pause that ended at `instant`."""
        return instant


class WorkingMinutes(Measure):
    __slots__ = ()

    def spent(self, start: datetime, end: datetime) -> Amount:
        return self.calendar.minutes_between(start, end)

    def reach(self, start: datetime, amount: Amount) -> datetime:
        return self.calendar.add_minutes(start, ceil(amount))


class WorkingDays(Measure):
    """One working day is eight working hours, so that a pause may take a part of one and give it back."""

    __slots__ = ()

    def spent(self, start: datetime, end: datetime) -> Amount:
        return self.calendar.days_between(start, end)

    def reach(self, start: datetime, amount: Amount) -> datetime:
        return self.calendar.add_days(start, amount)


class ElapsedMinutes(Measure):
    """Hours by the clock on the wall, day and night (BLDS Đ147.1)."""

    __slots__ = ()

    def spent(self, start: datetime, end: datetime) -> Amount:
        return (end - start) // timedelta(minutes=1)

    def reach(self, start: datetime, amount: Amount) -> datetime:
        return start + timedelta(minutes=ceil(amount))


@dataclass(frozen=True, slots=True)
class CalendarDays(Measure):
    """Days by the calendar; a last day that is off moves to the end of the next working day (BLDS Đ147.2, Đ148.5)."""

    clock: datetime | None = None  # the time of day to keep, where the rule keeps one

    def spent(self, start: datetime, end: datetime) -> Amount:
        return (end.date() - start.date()).days

    def reach(self, start: datetime, amount: Amount) -> datetime:
        day = self.last_day(start, amount)
        return self._at_clock(day) or self.calendar.end_of_day(day)

    def last_day(self, start: datetime, amount: Amount) -> date:
        return start.date() + timedelta(days=int(amount))

    def resume(self, instant: datetime) -> datetime:
        return self.calendar.next_working_instant(instant)

    def _at_clock(self, day: date) -> datetime | None:
        """The kept time of day where it falls in working time; in the lunch break, the end of the morning."""
        if self.clock is None:
            return None
        wanted = datetime.combine(day, self.clock.timetz())
        before: datetime | None = None
        for opens, closes in self.calendar.sessions(day):
            if wanted <= opens:
                return before
            if wanted <= closes:
                return wanted
            before = closes
        return before


def effective_start(rule: DeadlineRule, start: datetime, calendar: Calendar) -> datetime:
    """The instant the counting begins: `start`; under a cutoff, when it counts as received.

    A cutoff sets the day of receipt, so days off and closing hours count as the next opening too: otherwise what
    came in on Friday evening would be due after what came in on Saturday.
    """
    if rule.cutoff is None:
        return start
    if past_cutoff(rule, start, calendar):
        return calendar.next_working_instant(calendar.end_of_day(start))
    return calendar.next_working_instant(start)


def past_cutoff(rule: DeadlineRule, start: datetime, calendar: Calendar) -> bool:
    """Whether `start` is on a working day but too late in it to count as received that day."""
    return rule.cutoff is not None and start.time() > rule.cutoff and calendar.is_working_day(start)


def measure(rule: DeadlineRule, start: datetime, calendar: Calendar) -> Measure | None:
    """The measure of `rule` for a period that begins at `start` (see `effective_start`); `None` if unspecified."""
    whole_days = rule.returns == "end_of_day"
    amount = Fraction(rule.total)
    match rule.unit:
        case Unit.WORKING_HOUR:
            return WorkingMinutes(calendar, ceil(amount * 60), whole_days)
        case Unit.HOUR:
            return ElapsedMinutes(calendar, ceil(amount * 60), whole_days)
        case Unit.WORKING_DAY if whole_days:
            last = calendar.end_of_day(_last_working_day(amount, start, calendar))
            return WorkingDays(calendar, calendar.days_between(start, last), end_of_day=True)
        case Unit.WORKING_DAY:
            return WorkingDays(calendar, amount, end_of_day=False)
        case Unit.DAY | Unit.MONTH:
            days = int(amount)
            if rule.unit is Unit.MONTH:
                days = (add_months(start.date(), days) - start.date()).days
            return CalendarDays(calendar, days, end_of_day=False, clock=None if whole_days else start)
        case Unit.UNSPECIFIED:
            return None


def _last_working_day(amount: Fraction, start: datetime, calendar: Calendar) -> date:
    """The first day is not counted (BLDS Đ147.2); 0 days is the day in which `start` can be worked on."""
    whole = int(amount)
    if not whole and amount == whole:
        return calendar.next_working_instant(start).date()
    last = calendar.add_working_days(start.date(), whole) if whole else start.date()
    return last if amount == whole else max(last, calendar.add_days(start, amount).date())


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it is shorter (BLDS Đ148.4)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
