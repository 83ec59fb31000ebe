"""From events to state, and to words, for money that goes back (Đ10.4c)."""

from datetime import datetime

from tthc.dossiers import events_refund as ev
from tthc.dossiers.refunds import REASONS, Refund
from tthc.dossiers.state import Dossier
from tthc.dossiers.values import replace


def refunded(dossier: Dossier, event: ev.RefundEvent, at: datetime) -> Dossier:
    if isinstance(event, ev.RefundAsked):
        return replace(dossier, refunds=(*dossier.refunds, event.refund))

    def changed(one: Refund) -> Refund:
        if one.id != event.refund:
            return one
        if isinstance(event, ev.RefundMade):
            return replace(one, paid_at=at, transaction=event.transaction)
        return replace(
            one, granted=event.granted, answer=event.answer, answered_at=at, answered_by=event.name
        )

    return replace(dossier, refunds=tuple(changed(one) for one in dossier.refunds))


def refund_words(event: ev.RefundEvent) -> tuple[str, str, bool]:
    """Title, detail, and that the applicant reads it too."""
    match event:
        case ev.RefundAsked(refund=one):
            parts = (f"{_dong(one.amount)}. {REASONS.get(one.reason, one.reason)}.", one.basis, one.note)
            return "Đề nghị hoàn phí, lệ phí", " ".join(p for p in parts if p), True
        case ev.RefundAnswered():
            title = "Duyệt hoàn phí, lệ phí" if event.granted else "Không hoàn phí, lệ phí"
            return title, f"{_dong(event.amount)}. {event.answer}".strip(), True
        case ev.RefundMade():
            return "Đã hoàn phí, lệ phí", f"{_dong(event.amount)}, số {event.transaction}.", True


def _dong(amount: int) -> str:
    return f"{amount:,} đồng".replace(",", ".")
