"""Lines of a bank against payments: by the bank's number of the money, else by the reference in the words. Pure."""

from dataclasses import dataclass
from datetime import datetime

from tthc.payments.references import find_references


@dataclass(frozen=True, slots=True)
class BankLine:
    """Money that came to an account. `transaction`: the bank's number of it; `words`: what the payer wrote."""

    transaction: str
    at: datetime
    amount: int
    words: str

    @property
    def references(self) -> tuple[str, ...]:
        return find_references(self.words)
