"""The solving time as a dossier keeps it, and the instants at which the system looks at it; part of `state`."""

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import Literal

from rules.deadlines import Addition, DeadlineRule, Extension, Pause, ReturnAt, Unit

TimerKind = Literal["intake", "step", "consent", "deadline", "supplement", "uncollected"]


@dataclass(frozen=True, slots=True)
class Reminder:
    """An instant before a due date, or after something began to wait, at which the system looks at it.

    `stage`: `half`, `eve` (so many working days before), `stop` (the wait is over), or how many working days a result has
    waited. Worked out when the date was fixed: it needs the calendar and the policy of that day.
    """

    kind: TimerKind
    stage: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DeadlineState:
    """The solving time: an amount, the intervals in which it stood, and what it comes to.

    `original_due` never changes after acceptance; `due` does, with every pause and extension; `promised` is the new
    day given in a letter of apology, which changes neither (Đ15.1d). `explanation`: «vì sao ngày này». `legal_due`: the date with the extensions alone that the
    law grants, by which what is in time is counted; absent where it is `due`.
    """

    amount: Decimal
    unit: Unit
    label: str
    original_due: datetime | None
    due: datetime | None
    explanation: str
    cutoff: time | None = None
    return_at: ReturnAt | None = None
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    promised: datetime | None = None
    additions: tuple[Addition, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    legal_due: datetime | None = None

    @property
    def by_law(self) -> datetime | None:
        """The date that decides whether it is in time (Đ13.3đ)."""
        return self.legal_due or self.due

    @property
    def rule(self) -> DeadlineRule:
        return DeadlineRule(self.amount, self.unit, self.cutoff, self.return_at, self.additions)
