"""What beat has done for payments every few seconds."""

from dataclasses import dataclass
from datetime import datetime

from tthc.payments.local_bank import LocalBank
from tthc.payments.service import PaymentService

LOCAL = "bank"


@dataclass(frozen=True, slots=True)
class PaymentSweep:
    payments: PaymentService
    local: LocalBank | None = None

    def sweep(self, now: datetime) -> int:
        """Late notices of the local bank first, as a bank's would come, then whatever nobody told."""
        if self.local is not None:
            self.local.sweep(now, lambda told, at: self.payments.hear_notice(LOCAL, told, at))
        return self.payments.sweep(now)
