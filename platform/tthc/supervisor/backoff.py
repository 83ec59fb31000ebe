"""How long to wait before a child that died is started again."""

from dataclasses import dataclass, replace

FIRST_SECONDS = 0.5
MOST_SECONDS = 30.0
STEADY_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Backoff:
    """Times are seconds of a monotonic clock; `due` is None while the child is running."""

    started: float
    delay: float = 0.0
    due: float | None = None

    def died(self, now: float) -> "Backoff":
        """Wait twice as long as before, within bounds; a child that lived long enough begins anew."""
        steady = now - self.started >= STEADY_SECONDS
        delay = FIRST_SECONDS if steady or not self.delay else min(self.delay * 2, MOST_SECONDS)
        return replace(self, delay=delay, due=now + delay)

    def restarted(self, now: float) -> "Backoff":
        return replace(self, started=now, due=None)
