"""What a gateway must be able to do. Networks are behind it; nothing here knows one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from tthc.payments.model import Payment, Word
from tthc.payments.vietqr import BankAccount


class GatewayError(Exception):
    """The gateway did not answer, or what it said cannot be believed. The message is for the log and for administrators."""


class GatewayRefusedError(GatewayError):
    """The gateway said no, and that nothing moved. Any other error leaves open whether it did."""


class WrongSignatureError(GatewayError):
    """Something claims to come from the gateway and is not signed by it."""


@dataclass(frozen=True, slots=True)
class GatewayHealth:
    ok: bool
    message: str
    local: bool = False


@dataclass(frozen=True, slots=True)
class Paid:
    """Money sent back by the gateway. `transaction`: its number of that."""

    transaction: str


class Gateway(Protocol):
    """A way to pay. `id` never changes: payments remember it. `method`: as the dossier records it."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def method(self) -> str: ...
    @property
    def lasts(self) -> timedelta:
        """How long the payer has."""
        ...

    @property
    def patience(self) -> timedelta:
        """How long after that money may still be on its way."""
        ...

    def health(self) -> GatewayHealth: ...


class Redirecting(Gateway, Protocol):
    """The payer is sent to the bank's page and comes back; the bank tells us too, and answers when asked."""

    def address(self, payment: Payment, back: str, ip: str, now: datetime) -> str:
        """Where the payer goes. `back`: the address that the bank sends them to afterwards."""
        ...

    def read(self, said: Mapping[str, str]) -> Word:
        """A return or a notice. Raises `WrongSignatureError`."""
        ...

    def ask(self, payment: Payment, now: datetime) -> Word | None:
        """What the bank knows; `None` where it knows nothing of it. Raises `GatewayError`."""
        ...

    def pay_back(
        self, payment: Payment, transaction: str, amount: int, *, by: str, key: str, now: datetime
    ) -> Paid:
        """Send money of a transaction back. The same `key` again is once. Raises `GatewayRefusedError` where
        it certainly did not go, else `GatewayError`.
        """
        ...


class Transferring(Gateway, Protocol):
    """The payer transfers to an account with the payment's reference; a statement or a bank's notice tells of it."""

    def account(self, agency: str) -> BankAccount | None:
        """Where the money of an agency is to be sent."""
        ...
