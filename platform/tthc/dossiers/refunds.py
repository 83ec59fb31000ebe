"""Money that goes back (Đ10.4c): only where the agency did not complete the service, unless the law says otherwise. Pure.

What nobody ever owed (paid twice, paid too much) was never the agency's: it goes back whatever became of the dossier.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from rules.i18n import gettext, noted
from tthc.dossiers.refusals import Refused

if TYPE_CHECKING:
    from tthc.dossiers.state import Dossier

RULE: Final = "Đ10.4c"  # vi: an article
NOT_COMPLETED: Final = "khong_hoan_thanh"
NOT_RECEIVED: Final = "khong_tiep_nhan"
NOT_BEGUN: Final = "rut_truoc_tiep_nhan"
NOT_COLLECTED: Final = "khong_nhan"
TOO_MUCH: Final = "thu_thua"
BY_LAW: Final = "theo_luat"
REASONS: Final[Mapping[str, str]] = {
    NOT_COMPLETED: noted("Cơ quan không hoàn thành việc giải quyết"),
    NOT_RECEIVED: noted("Hồ sơ không được tiếp nhận"),
    NOT_BEGUN: noted("Rút hồ sơ trước khi cơ quan tiếp nhận"),
    NOT_COLLECTED: noted("Đã giải quyết, không đến nhận kết quả"),
    TOO_MUCH: noted("Nộp thừa hoặc nộp hai lần"),
    BY_LAW: noted("Pháp luật chuyên ngành quy định được hoàn"),
}


@dataclass(frozen=True, slots=True)
class Refund:
    """A request to give money back and what became of it. `amount`: whole đồng; `by`: an account, `by_name` as called then.

    `payment`: of which money is left over, empty for fees; `basis`: the law, where that is the reason. `granted`: `None` while
    nobody decided; `transaction`: number of the money that went back.
    """

    id: str
    reason: str
    amount: int
    at: datetime
    by: str
    by_name: str
    note: str = ""
    basis: str = ""
    payment: str = ""
    granted: bool | None = None
    answer: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""
    paid_at: datetime | None = None
    transaction: str = ""

    @property
    def open(self) -> bool:
        """Whether somebody must still do something about it."""
        return self.granted is None or (self.granted and self.paid_at is None)


@dataclass(frozen=True, slots=True)
class RefundsView:
    """What a page says: the reasons that may be given now, else why there are none; `labels`: of all reasons."""

    reasons: tuple[str, ...]
    why_not: str
    labels: Mapping[str, str]


def refundable(dossier: "Dossier") -> int:
    """Of the fees that were paid, what nobody asked back yet, or was refused."""
    paid = sum(fee.amount for fee in dossier.fees if fee.paid_at is not None)
    asked = sum(one.amount for one in dossier.refunds if not one.payment and one.granted is not False)
    return max(0, paid - asked)


def refund_refusal(dossier: "Dossier", reason: str, *, staff: bool = False) -> Refused | None:
    """Why fees are not given back for this reason; `None` where a request may be made."""
    if reason not in REASONS or reason == TOO_MUCH:
        return Refused("reason", noted("Chọn lý do đề nghị hoàn phí, lệ phí."), RULE)
    status = dossier.status.value
    solved = status == "returned" or (status == "result_ready" and not any(t.declines for t in dossier.tasks))
    if reason == NOT_COLLECTED or (solved and reason != BY_LAW):
        return Refused(
            "completed",
            noted(
                "Cơ quan đã giải quyết xong hồ sơ nên phí, lệ phí không hoàn lại, kể cả khi ông/bà không đến nhận kết quả."
            ),
            RULE,
        )
    if not refundable(dossier):
        paid = any(fee.paid_at is not None for fee in dossier.fees)
        text = (
            noted("Số phí, lệ phí đã nộp đã được đề nghị hoàn.")
            if paid
            else noted("Hồ sơ này chưa nộp phí, lệ phí nào.")
        )
        return Refused("nothing_paid", text, RULE)
    if reason == BY_LAW:
        if staff:
            return None
        return Refused(
            "by_law", noted("Trường hợp này do cán bộ lập đề nghị; ông/bà liên hệ Bộ phận Một cửa."), RULE
        )
    if not dossier.closed:
        return Refused(
            "under_way",
            noted(
                "Hồ sơ đang được giải quyết; phí, lệ phí chỉ hoàn khi cơ quan không hoàn thành việc giải quyết."
            ),
            RULE,
        )
    if status == "declined" and dossier.stopped:
        return Refused(
            "stopped",
            noted("Hồ sơ dừng vì quá thời gian chờ bổ sung, không phải do cơ quan nên không hoàn."),
            RULE,
        )
    if status == "withdrawn" and dossier.accepted_at is not None:
        return Refused(
            "withdrawn",
            noted("Hồ sơ được rút theo đề nghị của ông/bà khi cơ quan đang giải quyết nên không hoàn."),
            RULE,
        )
    fits = {"declined": NOT_COMPLETED, "refused": NOT_RECEIVED, "withdrawn": NOT_BEGUN}
    if fits[status] != reason:
        return Refused("reason", noted("Lý do này không đúng với hồ sơ; chọn lý do khác."), RULE)
    return None


def reasons_open(dossier: "Dossier", *, staff: bool = False) -> tuple[str, ...]:
    """The reasons for which a request may be made now."""
    return tuple(code for code in REASONS if refund_refusal(dossier, code, staff=staff) is None)


def why_not(dossier: "Dossier") -> str:
    """What stands in the place of the button where nothing may be asked back; empty where it may, or nothing was paid."""
    if not any(fee.paid_at is not None for fee in dossier.fees) or reasons_open(dossier):
        return ""
    fits = {"declined": NOT_COMPLETED, "refused": NOT_RECEIVED, "withdrawn": NOT_BEGUN}
    refusal = refund_refusal(dossier, fits.get(dossier.status.value, NOT_COMPLETED))
    return gettext(refusal.message) if refusal is not None else ""
