"""The only place that reads the time of day."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from rules.calendar import TZ

__all__ = ["TZ", "Clock", "ManualClock", "move"]


@dataclass(frozen=True, slots=True)
class Clock:
    """The wall clock of Việt Nam, moved by `offset` (trials and demonstrations only; zero in production).

    `file`: it stands where this file says, the same for several processes (simulations only; see `move`).
    """

    offset: timedelta = timedelta(0)
    file: Path | None = None

    def now(self) -> datetime:
        """Aware time in Asia/Ho_Chi_Minh."""
        if self.file is not None:
            return datetime.fromisoformat(self.file.read_text(encoding="ascii").strip()).astimezone(TZ)
        return datetime.now(TZ) + self.offset


def move(file: Path, at: datetime) -> None:
    """Set the clocks that read `file`; whole or not at all, so that whoever reads meanwhile reads the former instant."""
    if at.tzinfo is None:
        raise ValueError("Mốc thời gian phải có múi giờ.")
    fresh = file.with_name(f".{file.name}.new")
    fresh.write_text(f"{at.isoformat()}\n", encoding="ascii")
    fresh.replace(file)


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
