"""What runs without anybody: the sweeps of timers, event rules and deliveries, as the workers would do them."""

from datetime import datetime
from typing import Final, Protocol

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


class InProcess:
    """The sweeps, called one after the other."""

    def __init__(self, place: Place) -> None:
        self._place = place

    def move(self, now: datetime) -> None:
        self._place.clock.set(now)

    def sweep(self, now: datetime) -> bool:
        return bool(self._place.services.timers.sweep(now))

    def tick(self, now: datetime, *, written: bool) -> bool:
        services = self._place.services
        changed = False
        if now.hour in _RULES_ASKED:
            changed = bool(services.watching.sweep(now))
        while (written or changed) and services.outbox_worker.run_once():
            changed = True
        return changed
