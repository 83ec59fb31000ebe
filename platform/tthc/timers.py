"""The sweep of dates that have come (design §4): no timer lives in a process."""

from dataclasses import dataclass
from datetime import datetime

from tthc.dossiers.service import DossierService


@dataclass(frozen=True, slots=True)
class Timers:
    dossiers: DossierService

    def sweep(self, now: datetime) -> int:
        """Fire what is due; how many. Two sweeps at once do no harm."""
        return self.dossiers.fire_timers()
