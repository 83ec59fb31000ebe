"""What uploads that nobody finished left behind: parts, photographs nobody joined, pieces of files."""

from dataclasses import dataclass
from datetime import datetime

from tthc.dossiers.files import Files
from tthc.portal.transfers import Transfers
from tthc.portal.trays import Trays


@dataclass(frozen=True, slots=True)
class Leftovers:
    transfers: Transfers
    trays: Trays
    files: Files

    def sweep(self, now: datetime) -> int:
        """Throw away what nobody comes back for; how many."""
        return self.transfers.sweep(now) + self.trays.sweep(now) + self.files.sweep(now)
