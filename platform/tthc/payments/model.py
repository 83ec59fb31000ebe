"""A payment: one try to pay some fees of one dossier by one gateway. Pure.

Its lines and amount are fixed when it is made and never change. What the bank says of it comes as a `Word`, as often and in
whatever order banks say things; `hear` is the one way from a word to the next state.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal

from rules.i18n import noted

Via = Literal["notice", "return", "query", "statement", "desk"]
"""How a word came: the bank's own notice, the payer's browser, our question, a statement, somebody at the desk."""
Standing = Literal["paid", "failed", "waiting"]


class State(StrEnum):
    """`made`: nobody has been at the bank with it yet as far as is known; `pending`: the payer came back and the bank has not
    said; `doubtful`: money came that does not fit, and somebody must look.
    """

    MADE = "made"
    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"
    DOUBTFUL = "doubtful"


OPEN: Final = frozenset({State.MADE, State.PENDING})
LABELS: Final = {
    State.MADE: noted("Chưa nộp"),
    State.PENDING: noted("Chờ ngân hàng xác nhận"),
    State.PAID: noted("Đã nộp"),
    State.FAILED: noted("Không thành công"),
    State.EXPIRED: noted("Hết hạn"),
    State.DOUBTFUL: noted("Cần kiểm tra"),
}

OTHER_AMOUNT: Final = noted("Số tiền nhận {} khác số phải nộp {}.")


@dataclass(frozen=True, slots=True)
class Line:
    """A fee as it was when the payment was made."""

    fee_id: str
    label: str
    amount: int


@dataclass(frozen=True, slots=True)
class Received:
    """Money that came. `transaction`: the bank's number of it, unique at its gateway; `amount`: whole đồng."""

    transaction: str
    amount: int
    at: datetime
    via: Via
    bank: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """What was said of a payment, its signature or sender already known to be right."""

    reference: str
    standing: Standing
    amount: int
    transaction: str = ""
    bank: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """One line of a payment's own history."""

    at: datetime
    via: str
    text: str


@dataclass(frozen=True, slots=True)
class Payment:
    """`id` follows from the press of the button, so pressing twice makes one. `reference`: what bank and payer call it.

    `took`: how much of the money the dossier's fees took, `None` while that is not decided; what is left is `surplus`, which
    belongs to the payer, and of which `given_back` went back. `next_at`: when the sweep looks at it again; `asked`: how often the gateway was asked.
    """

    id: str
    reference: str
    dossier: str
    agency: str
    gateway: str
    lines: tuple[Line, ...]
    amount: int
    made_at: datetime
    expires_at: datetime
    by: str
    state: State = State.MADE
    received: tuple[Received, ...] = ()
    took: int | None = None
    why: str = ""
    notes: tuple[Note, ...] = ()
    next_at: datetime | None = None
    asked: int = 0
    settled_at: datetime | None = None
    given_back: int = 0
    rev: int = 0

    @property
    def fee_ids(self) -> tuple[str, ...]:
        return tuple(line.fee_id for line in self.lines)

    @property
    def money(self) -> int:
        """All that came."""
        return sum(one.amount for one in self.received)

    @property
    def surplus(self) -> int:
        """What came and no fee took; 0 while that is not decided."""
        return 0 if self.took is None else self.money - self.took

    @property
    def left(self) -> int:
        """What somebody must still look after."""
        return self.surplus - self.given_back

    @property
    def settled(self) -> bool:
        """Whether it is decided what became of all the money that came."""
        return self.settled_at is not None

    def living(self, now: datetime) -> bool:
        """Whether the payer may still go to the bank with it."""
        return self.state in OPEN and now < self.expires_at


Verdict = Literal["taken", "again", "amount", "late", "failed", "waiting"]
"""`taken`: the money is right; `again`: said before; `amount`: another sum than was asked; `late`: money for a payment that was
already paid by other money."""


@dataclass(frozen=True, slots=True)
class Heard:
    payment: Payment
    verdict: Verdict


def hear(payment: Payment, word: Word, via: Via, now: datetime) -> Heard:
    """The payment after a word. Money counts whenever it comes; that it did not come counts only while nothing came.

    The same transaction is money once, however often it is told, and by whichever way. What the payer's browser brings is no
    proof of money: it only makes us ask.
    """
    if word.standing == "paid" and via != "return":
        return _money(payment, word, via, now)
    if payment.state not in OPEN:
        return Heard(payment, "again")
    if word.standing == "failed":
        text = word.why or noted("Giao dịch không thành công.")
        return Heard(
            replace(
                payment, state=State.FAILED, why=text, notes=_noted(payment, now, via, text), next_at=None
            ),
            "failed",
        )
    if via != "return":
        return Heard(payment, "waiting")
    if payment.state is State.PENDING:
        return Heard(replace(payment, next_at=now), "waiting")
    notes = _noted(payment, now, via, "Người nộp đã quay về từ ngân hàng.")  # vi: kept
    return Heard(replace(payment, state=State.PENDING, notes=notes, next_at=now), "waiting")


def _money(payment: Payment, word: Word, via: Via, now: datetime) -> Heard:
    if any(one.transaction == word.transaction for one in payment.received):
        return Heard(payment, "again")
    came = Received(word.transaction, word.amount, now, via, word.bank)
    before = payment.received
    verdict: Verdict = "late" if before else "taken" if word.amount == payment.amount else "amount"
    told = f"Nhận {dong(word.amount)}, mã giao dịch {word.transaction}."  # vi: kept
    changed = replace(
        payment,
        received=(*before, came),
        notes=_noted(payment, now, via, told),
        next_at=now,
        settled_at=None,
    )
    if verdict == "amount":
        why = OTHER_AMOUNT.format(dong(word.amount), dong(payment.amount))
        return Heard(replace(changed, state=State.DOUBTFUL, why=why, took=0), verdict)
    if payment.state is State.DOUBTFUL:
        return Heard(changed, "late")
    return Heard(replace(changed, state=State.PAID, why=""), verdict)


def expire(payment: Payment, now: datetime) -> Payment:
    """Nobody paid in time. Money that comes later still counts."""
    if payment.state not in OPEN or now < payment.expires_at:
        return payment
    text = "Hết hạn, ngân hàng không báo có giao dịch."  # vi: kept
    return replace(
        payment, state=State.EXPIRED, why=text, notes=_noted(payment, now, "system", text), next_at=None
    )


def settled(payment: Payment, took: int, why: str, now: datetime) -> Payment:
    """What became of the money is decided: the fees took so much, the rest is the payer's."""
    text = f"Ghi vào hồ sơ {dong(took)}." if took else "Không ghi vào hồ sơ."  # vi: kept
    left = payment.money - took
    if left:
        text += f" Còn thừa {dong(left)}: {why}"  # vi: kept
    return replace(
        payment,
        took=took,
        why=why if left else payment.why,
        settled_at=now,
        next_at=None,
        notes=_noted(payment, now, "system", text),
    )


def dong(amount: int) -> str:
    """`21.000 đồng`."""
    return f"{amount:,} đồng".replace(",", ".")  # vi: kept


def _noted(payment: Payment, at: datetime, via: str, text: str) -> tuple[Note, ...]:
    return (*payment.notes, Note(at, via, text))
