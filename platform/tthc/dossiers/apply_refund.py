"""From events to state, and to words, for money that goes back (Đ10.4c)."""

from datetime import datetime

from rules.i18n import gettext
from tthc.dossiers import events_refund as ev
from tthc.dossiers.refunds import REASONS, TOO_MUCH, Refund
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
            reason = gettext(REASONS.get(one.reason, one.reason))
            parts = (f"{_dong(one.amount)}. {reason}.", one.basis, one.note)
            title = (
                gettext("Đề nghị hoàn tiền nộp thừa")
                if one.reason == TOO_MUCH
                else gettext("Đề nghị hoàn phí, lệ phí")
            )
            return title, " ".join(p for p in parts if p), True
        case ev.RefundAnswered():
            title = gettext("Duyệt hoàn phí, lệ phí") if event.granted else gettext("Không hoàn phí, lệ phí")
            return title, f"{_dong(event.amount)}. {event.answer}".strip(), True
        case ev.RefundMade():
            detail = gettext("{amount}, số {number}.").format(
                amount=_dong(event.amount), number=event.transaction
            )
            return gettext("Đã hoàn phí, lệ phí"), detail, True


def _dong(amount: int) -> str:
    return gettext("{amount} đồng").format(amount=f"{amount:,}".replace(",", "."))
