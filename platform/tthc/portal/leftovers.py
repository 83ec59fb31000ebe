"""What nobody needs any more: parts of uploads never finished, photographs nobody joined, pieces of files, old sign-ins."""

from dataclasses import dataclass
from datetime import datetime

from tthc.accounts.service import Accounts
from tthc.dossiers.files import Files
from tthc.portal.transfers import Transfers
from tthc.portal.trays import Trays


@dataclass(frozen=True, slots=True)
class Leftovers:
    transfers: Transfers
    trays: Trays
    files: Files
    accounts: Accounts

    def sweep(self, now: datetime) -> int:
        """Throw away what nobody comes back for; how many."""
        return (
            self.transfers.sweep(now)
            + self.trays.sweep(now)
            + self.files.sweep(now)
            + self.accounts.forget_sign_ins(now)
        )
