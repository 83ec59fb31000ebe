"""Collecting what is owed (Đ10.2c, Đ15.1a)."""

from rules.deadlines import due
from tthc.dossiers import events as ev
from tthc.dossiers.by_itself import take_by_itself
from tthc.dossiers.commands import RecordPayment
from tthc.dossiers.deciding import Deciding
from tthc.dossiers.numbers import UNDRAWN, receipt_refusal
from tthc.dossiers.permissions import require_reception
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Dossier, Status


def record_payment(deciding: Deciding, command: RecordPayment) -> None:
    """Reception at the counter, or the system on word from a payment gateway; never the payer's own word."""
    actor, dossier = deciding.context.actor, deciding.dossier
    if actor.kind != "system":
        require_reception(actor, dossier.agency)
    fee_ids = command.fee_ids or tuple(f.id for f in dossier.owed())
    if not fee_ids:
        raise Refused("nothing_owed", "Hồ sơ này không còn khoản nào phải thu.", "Đ15.1a")
    pay(
        deciding,
        fee_ids,
        command.method,
        command.receipt,
        expected=command.amount,
        transaction=command.transaction.strip(),
    )
    _supplied_when_paid(deciding)
    go_on_when_paid(deciding)


def _supplied_when_paid(deciding: Deciding) -> None:
    """Where nothing but money was asked for before acceptance, paying it is the supplement (Đ10.2c)."""
    dossier, context = deciding.dossier, deciding.context
    if dossier.status is not Status.SUPPLEMENT_AT_INTAKE or dossier.supplement is None:
        return
    fees = {fee.id for fee in dossier.fees}
    if dossier.owed("before_acceptance") or any(i.target not in fees for i in dossier.supplement.items):
        return
    deciding.happen(
        ev.Supplied(
            answers=dossier.answers or {},
            papers=dossier.papers,
            fees=dossier.fees,
            case=dossier.case,
            changed_papers=(),
            changed_answers=(),
            note="Đã nộp đủ khoản phải nộp trước.",
            intake_due=due(context.policy.intake, deciding.now, context.calendar).at,
        )
    )


def go_on_when_paid(deciding: Deciding) -> None:
    """Steps that waited for the money and for nothing else go on by themselves."""
    workflow = deciding.definition.workflow
    for task in deciding.dossier.tasks:
        step = workflow.step(task.step)
        action = step.action(step.on_payment) if step is not None and step.on_payment is not None else None
        if action is not None and not deciding.dossier.owed():
            take_by_itself(deciding, task, action)


def pay(
    deciding: Deciding,
    fee_ids: tuple[str, ...],
    method: str,
    receipt: str,
    *,
    expected: int | None = None,
    transaction: str = "",
) -> None:
    """Each line is paid whole and once. `expected`: what the lines must come to."""
    owed = {f.id: f for f in deciding.dossier.owed()}
    known = {f.id for f in deciding.dossier.fees}
    for fee_id in fee_ids:
        if fee_id not in known:
            raise Refused("unknown_fee", "Khoản thu này không có trong hồ sơ.", "Đ15.1a")
        if fee_id not in owed:
            raise Refused("already_paid", "Khoản này đã thu; không thu lần thứ hai.", "Đ15.1a")
    amount = sum(owed[i].amount for i in dict.fromkeys(fee_ids))
    if expected is not None and expected != amount:
        raise Refused("amount", "Các khoản thu của hồ sơ đã đổi nên không khớp số tiền đã nộp.", "Đ15.1a")
    # what a gateway collected is receipted like money at the counter, unless it brings a number of its own
    kind = deciding.context.actor.kind
    by_book = kind == "staff" or (kind == "system" and not receipt.strip())
    book = deciding.context.booked.receipts if by_book else None
    refusal = receipt_refusal(book, receipt.strip())
    if refusal is not None:
        raise refusal
    number = receipt.strip() or deciding.context.booked.receipt or UNDRAWN
    from_book = book.id if book is not None and not receipt.strip() else ""
    deciding.happen(
        ev.FeesPaid(tuple(dict.fromkeys(fee_ids)), amount, method, number, from_book, transaction)
    )


def require_paid_before_acceptance(dossier: Dossier) -> None:
    owed = dossier.owed("before_acceptance")
    if owed:
        amount = f"{sum(f.amount for f in owed):,}".replace(",", ".")
        raise Refused(
            "unpaid",
            f"Còn {amount} đồng phải nộp trước khi tiếp nhận ({', '.join(f.label for f in owed)}).",
            "Đ10.2c",
        )
