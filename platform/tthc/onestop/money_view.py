"""What officials see of a dossier's payments by banks and of money that goes back, and what they may do about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tthc.dossiers.context import RECEPTION, Actor
from tthc.dossiers.decide_refund import APPROVER
from tthc.dossiers.permissions import holds
from tthc.dossiers.refunds import REASONS, Refund, reasons_open, refundable, why_not
from tthc.dossiers.state import Dossier
from tthc.payments.model import LABELS, Payment, State
from tthc.services import Services


@dataclass(frozen=True, slots=True)
class RefundRow:
    """`answers`: the reader decides; `records`: the reader writes down that it went; `by_bank`: the bank can send it;
    `unsure`: it was told to, and has not said what became of it.
    """

    refund: Refund
    label: str
    answers: bool
    records: bool
    by_bank: bool
    unsure: bool


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """`looks`: the reader may decide what becomes of money that does not fit."""

    payment: Payment
    label: str
    tone: str
    looks: bool


@dataclass(frozen=True, slots=True)
class Money:
    payments: Sequence[PaymentRow]
    refunds: Sequence[RefundRow]
    reasons: Mapping[str, str]
    amount: int
    why_not: str


TONES = {
    State.PAID: "ok",
    State.DOUBTFUL: "warn",
    State.FAILED: "bad",
    State.PENDING: "info",
    State.MADE: "",
    State.EXPIRED: "",
}


def money_of(s: Services, found: Dossier, actor: Actor) -> Money:
    reception = holds(actor, RECEPTION, found.agency)
    approves = holds(actor, APPROVER, found.agency)
    refunds = [
        RefundRow(
            one,
            REASONS.get(one.reason, one.reason),
            approves and one.granted is None and one.by != actor.id,
            reception and bool(one.granted) and one.paid_at is None,
            bool(one.granted) and one.paid_at is None and s.payments.refunding.by_bank(found, one),
            bool(one.granted) and s.payments.refunding.unsure(found, one),
        )
        for one in found.refunds
    ]
    reasons = reasons_open(found, staff=True) if reception else ()
    return Money(
        [payment_row(one, looks=reception) for one in s.payments.store.of_dossier(found.id)],
        refunds,
        {code: REASONS[code] for code in reasons},
        refundable(found),
        why_not(found) if reception else "",
    )


def payment_row(payment: Payment, *, looks: bool) -> PaymentRow:
    doubtful = payment.state is State.DOUBTFUL and payment.given_back == 0
    return PaymentRow(payment, LABELS[payment.state], TONES[payment.state], looks and doubtful)
