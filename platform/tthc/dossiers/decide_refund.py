"""Money that goes back: asked for with a reason, decided by another person, recorded when it went (Đ10.4c)."""

from typing import Final

from rules.i18n import noted
from tthc.dossiers import events_refund as ev
from tthc.dossiers.commands_refund import AnswerRefund, AskRefund, RecordRefund
from tthc.dossiers.deciding import Deciding
from tthc.dossiers.permissions import require_applicant_side, require_function, require_reception
from tthc.dossiers.refunds import BY_LAW, RULE, TOO_MUCH, Refund, refund_refusal, refundable
from tthc.dossiers.refusals import Refused

APPROVER: Final = "phe_duyet"


def ask_refund(deciding: Deciding, command: AskRefund) -> None:
    dossier, actor = deciding.dossier, deciding.context.actor
    note = command.note.strip()
    if command.reason == TOO_MUCH:
        if actor.kind != "system":
            require_reception(actor, dossier.agency)
        amount = command.amount
        if not command.payment or amount <= 0:
            raise Refused("nothing_left", "Lần nộp này không còn tiền thừa.", RULE)
    else:
        staff = actor.kind == "staff"
        require_applicant_side(dossier, actor, note)
        refusal = refund_refusal(dossier, command.reason, staff=staff)
        if refusal is not None:
            raise refusal
        if command.reason == BY_LAW and not command.basis.strip():
            raise Refused("basis", "Ghi số, tên và điều khoản của văn bản quy định được hoàn.", RULE)
        amount = refundable(dossier)
    if any(one.granted is None and one.payment == command.payment for one in dossier.refunds):
        raise Refused("refund_waiting", noted("Đã có một đề nghị hoàn tiền đang chờ quyết định."), RULE)
    refund = Refund(
        id=f"h{len(dossier.refunds) + 1}",
        reason=command.reason,
        amount=amount,
        at=deciding.now,
        by=actor.id,
        by_name=actor.name,
        note=note,
        basis=command.basis.strip(),
        payment=command.payment,
    )
    deciding.happen(ev.RefundAsked(refund))


def answer_refund(deciding: Deciding, command: AnswerRefund) -> None:
    """By the agency's head, who is not whoever asked."""
    dossier, actor = deciding.dossier, deciding.context.actor
    require_function(actor, APPROVER, dossier.agency)
    refund = _refund(deciding, command.refund)
    if refund.granted is not None:
        raise Refused("refund_gone", "Đề nghị hoàn tiền này đã được quyết định; tải lại trang.", RULE)
    if refund.by == actor.id:
        raise Refused(
            "same_person", "Người lập đề nghị không tự duyệt; người khác có thẩm quyền duyệt.", RULE
        )
    if not command.granted and not command.answer.strip():
        raise Refused("reason", "Ghi lý do không hoàn tiền.", RULE)
    deciding.happen(
        ev.RefundAnswered(refund.id, refund.amount, command.granted, command.answer.strip(), actor.name)
    )


def record_refund(deciding: Deciding, command: RecordRefund) -> None:
    """By reception, or by the system on word from the gateway."""
    dossier, actor = deciding.dossier, deciding.context.actor
    if actor.kind != "system":
        require_reception(actor, dossier.agency)
    refund = _refund(deciding, command.refund)
    if not refund.granted:
        raise Refused("not_granted", "Đề nghị hoàn tiền này chưa được duyệt.", RULE)
    if refund.paid_at is not None:
        raise Refused("refund_gone", "Khoản này đã hoàn; không hoàn lần thứ hai.", RULE)
    if not command.transaction.strip():
        raise Refused("transaction", "Ghi số chứng từ hoặc mã giao dịch hoàn tiền.", RULE)
    deciding.happen(ev.RefundMade(refund.id, refund.amount, command.transaction.strip()))


def _refund(deciding: Deciding, refund_id: str) -> Refund:
    found = next((one for one in deciding.dossier.refunds if one.id == refund_id), None)
    if found is None:
        raise Refused("unknown_refund", "Không có đề nghị hoàn tiền này trong hồ sơ.", RULE)
    return found
