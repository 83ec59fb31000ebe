"""What runs without anybody: the sweeps of timers, event rules and deliveries, as the workers would do them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from tthc.services import Services
from tthc.simulation.place import Place

_RULES_ASKED: Final = frozenset({0, 11, 17})
"""The hours at which event rules are asked here; the workers ask every quarter of an hour."""


class Machinery(Protocol):
    """What runs without anybody: here in this process, in a fault test in processes of their own."""

    def move(self, now: datetime) -> None:
        """The clock stands at this instant now."""

    def sweep(self, now: datetime) -> bool:
        """A timer has come due; whether anything may have changed."""

    def tick(self, now: datetime, *, written: bool) -> bool:
        """Deliver and ask event rules; whether anything may have changed. `written`: by whom acts, since the last time."""


@dataclass(frozen=True, slots=True)
class Sweeps:
    """The workers' sweeps, one after the other, in whichever process has these services."""

    services: Services

    def sweep(self, now: datetime) -> bool:
        return bool(self.services.timers.sweep(now))

    def tick(self, now: datetime, *, written: bool) -> bool:
        changed = False
        if now.hour in _RULES_ASKED:
            changed = bool(self.services.watching.sweep(now))
        while (written or changed) and self.services.outbox_worker.run_once():
            changed = True
        return changed


class InProcess:
    """The sweeps, called by the player itself."""

    def __init__(self, place: Place) -> None:
        self._clock = place.clock
        self._sweeps = Sweeps(place.services)

    def move(self, now: datetime) -> None:
        self._clock.set(now)

    def sweep(self, now: datetime) -> bool:
        return self._sweeps.sweep(now)

    def tick(self, now: datetime, *, written: bool) -> bool:
        return self._sweeps.tick(now, written=written)
