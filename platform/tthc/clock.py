"""The only place that reads the time of day."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from rules.calendar import TZ

__all__ = ["TZ", "Clock", "ManualClock"]


@dataclass(frozen=True, slots=True)
class Clock:
    """The wall clock of Việt Nam, moved by `offset` (trials and demonstrations only; zero in production)."""

    offset: timedelta = timedelta(0)

    def now(self) -> datetime:
        """Aware time in Asia/Ho_Chi_Minh."""
        return datetime.now(TZ) + self.offset


@dataclass(slots=True)
class ManualClock:
    """A clock that stands still until it is moved: trials, examples, tests."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    def set(self, at: datetime) -> None:
        """Put the hands to an aware instant."""
        if at.tzinfo is None:
            raise ValueError("Mốc thời gian phải có múi giờ.")
        self.at = at.astimezone(TZ)

    def advance(self, **amount: float) -> datetime:
        """Move forward by `timedelta(**amount)` and return the new time."""
        self.at += timedelta(**amount)
        return self.at
