"""Events of money that goes back (Đ10.4c); part of `events`."""

from dataclasses import dataclass

from tthc.dossiers.refunds import Refund


@dataclass(frozen=True, slots=True)
class RefundAsked:
    refund: Refund


@dataclass(frozen=True, slots=True)
class RefundAnswered:
    """`amount`: of the request; `name`: who decided, as called on the day."""

    refund: str
    amount: int
    granted: bool
    answer: str
    name: str


@dataclass(frozen=True, slots=True)
class RefundMade:
    """The money went back; `transaction`: its number."""

    refund: str
    amount: int
    transaction: str


RefundEvent = RefundAsked | RefundAnswered | RefundMade
