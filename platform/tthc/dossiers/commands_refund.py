"""Asking for money back, deciding on it, and recording that it went (Đ10.4c)."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class AskRefund:
    """By the applicant, by reception for them, or by the system for money that is left over of a payment.

    `reason`: a key of `refunds.REASONS`; `amount`: of `payment`, what is left over of it; fees go back whole.
    """

    reason: str
    note: str = ""
    basis: str = ""
    payment: str = ""
    amount: int = 0
    expected_version: int | None = field(default=None)


@dataclass(frozen=True, slots=True)
class AnswerRefund:
    """The agency's head decides; `answer`: the reason, which a refusal needs."""

    refund: str
    granted: bool
    answer: str = ""
    expected_version: int | None = field(default=None)


@dataclass(frozen=True, slots=True)
class RecordRefund:
    """The money went back. `transaction`: number of the transfer, or of the paper that the payer signed."""

    refund: str
    transaction: str
    expected_version: int | None = field(default=None)


RefundCommand = AskRefund | AnswerRefund | RecordRefund
