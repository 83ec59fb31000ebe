"""What the dossier's fees take of the money that came: decided from the dossier as it stands, once, by one command."""

from dataclasses import dataclass

from rules.i18n import noted
from tthc.dossiers.commands import RecordPayment
from tthc.dossiers.events import FeesPaid, type_name
from tthc.dossiers.state import INTAKE, Dossier, FeeState
from tthc.payments.model import Payment, dong

_PAID = type_name(FeesPaid)
MORE_OWED = noted("Khoản phải nộp nay là {}, nhiều hơn số đã nộp {}.")


@dataclass(frozen=True, slots=True)
class Taken:
    """It is decided: the fees took so much; `why` anything is left."""

    amount: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class TooLittle:
    """The fees come to more than what was paid; each is paid whole or not at all."""

    why: str


def payable(dossier: Dossier) -> tuple[FeeState, ...]:
    """What may be paid now: before acceptance only what must be, afterwards whatever is owed (Đ10.2c, Đ15.1a)."""
    if dossier.closed:
        return ()
    return dossier.owed("before_acceptance") if dossier.status in INTAKE else dossier.owed()


def command_id(payment: Payment) -> str:
    """The dossier carries out each once, so the money of a payment is recorded once whatever happens in between."""
    return f"payment:{payment.id}"


def outcome(dossier: Dossier | None, payment: Payment, method: str) -> Taken | TooLittle | RecordPayment:
    """What is to be done with the money: it is decided, or this command decides it."""
    if dossier is None:
        return Taken(0, noted("Không tìm thấy hồ sơ."))
    for entry in dossier.history:
        if entry.command_id == command_id(payment) and entry.type == _PAID:
            return Taken(int(str(entry.data["amount"])), _left(payment))
    if dossier.closed:
        return Taken(0, noted("Hồ sơ đã kết thúc trước khi tiền đến."))
    owed = tuple(fee for fee in dossier.owed() if fee.id in payment.fee_ids)
    total = sum(fee.amount for fee in owed)
    if not owed:
        return Taken(0, noted("Các khoản này đã được nộp bằng lần khác."))
    if total > payment.money:
        return TooLittle(MORE_OWED.format(dong(total), dong(payment.money)))
    return RecordPayment(
        fee_ids=tuple(fee.id for fee in owed),
        method="transfer" if method == "transfer" else "online",
        amount=total,
        transaction=payment.received[0].transaction,
    )


def _left(payment: Payment) -> str:
    if len(payment.received) > 1:
        return noted("Nộp nhiều hơn một lần.")
    return noted("Khoản phải nộp đã giảm sau khi tạo lần nộp này, hoặc một phần đã nộp bằng lần khác.")
