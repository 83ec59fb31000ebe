"""A bank's page that the payer is sent to and comes back from: the protocol of VNPAY 2.1.0, signed by HMAC-SHA512.

What travels in the payer's own browser (the way there, and the return) can be read and changed by the payer, so nothing of
it is believed but what the signature covers; the amount is asked of the bank's notice, never of an address.
"""

import hashlib
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Protocol
from urllib.parse import urlencode

from rules.calendar import TZ
from rules.i18n import noted
from tthc.payments import signing
from tthc.payments.model import Payment, Word
from tthc.payments.provider import GatewayError, GatewayHealth, GatewayRefusedError, Paid, WrongSignatureError

VERSION: Final = "2.1.0"
SUCCESS: Final = "00"
_SECONDS: Final = 10
_MOST_BYTES: Final = 64 * 1024
WHYS: Final = {
    "07": noted("Ngân hàng đã trừ tiền nhưng nghi ngờ giao dịch."),
    "09": noted("Thẻ hoặc tài khoản chưa đăng ký Internet Banking."),
    "10": noted("Xác thực thẻ, tài khoản không đúng quá 3 lần."),
    "11": noted("Quá thời gian chờ nộp tiền."),
    "12": noted("Thẻ hoặc tài khoản bị khóa."),
    "13": noted("Nhập sai mật khẩu xác thực giao dịch (OTP)."),
    "24": noted("Ông/bà đã hủy giao dịch."),
    "51": noted("Tài khoản không đủ số dư."),
    "65": noted("Tài khoản đã vượt hạn mức giao dịch trong ngày."),
    "75": noted("Ngân hàng đang bảo trì."),
    "79": noted("Nhập sai mật khẩu thanh toán quá số lần quy định."),
}
_WAITING: Final = frozenset({"01", "04", "05", "06", "07"})
"""Transaction statuses of which money may still come, or is being looked at by the bank."""
_NOT_GIVEN_BACK: Final = frozenset({"02", "03", "04", "13", "91", "93", "95", "97"})
"""Answers to a refund by which nothing moved. A request told twice (94) or too late (98), or an error (99), may have."""
_ASKED: Final = (
    "RequestId",
    "Version",
    "Command",
    "TmnCode",
    "TxnRef",
    "TransactionDate",
    "CreateDate",
    "IpAddr",
    "OrderInfo",
)
_SAID: Final = (
    *("ResponseId", "Command", "ResponseCode", "Message", "TmnCode", "TxnRef", "Amount", "BankCode"),
    "PayDate",
)
"""With which every answer begins."""
_ANSWERED: Final = (
    *_SAID,
    *(
        "TransactionNo",
        "TransactionType",
        "TransactionStatus",
        "OrderInfo",
        "PromotionCode",
        "PromotionAmount",
    ),
)
_BACK: Final = (
    *("RequestId", "Version", "Command", "TmnCode", "TransactionType", "TxnRef", "Amount", "TransactionNo"),
    *("TransactionDate", "CreateBy", "CreateDate", "IpAddr", "OrderInfo"),
)
_GIVEN_BACK: Final = (
    *_SAID,
    *("TransactionNo", "TransactionType", "TransactionStatus", "OrderInfo"),
)


@dataclass(frozen=True, slots=True)
class Merchant:
    """What the bank gave: `page` is where payers go, `api` where questions and refunds go, `code` our name (TmnCode)."""

    page: str
    api: str
    code: str
    secret: str = field(repr=False)


class Line(Protocol):
    """The way to the bank's machine."""

    def send(self, url: str, told: Mapping[str, str]) -> Mapping[str, str]:
        """Post JSON and read JSON. Raises `GatewayError`."""
        ...


class HttpLine:
    """Over HTTPS, nothing followed, nothing large read."""

    def send(self, url: str, told: Mapping[str, str]) -> Mapping[str, str]:
        body = json.dumps(dict(told)).encode()
        # the address is the operator's own, checked for https when settings are read
        asked = urllib.request.Request(  # noqa: S310
            url, data=body, headers={"Content-Type": "application/json"}, method="POST"
        )
        try:
            with urllib.request.urlopen(asked, timeout=_SECONDS) as answer:  # noqa: S310
                read = json.loads(answer.read(_MOST_BYTES))
        except (urllib.error.URLError, OSError, ValueError) as error:
            raise GatewayError(
                f"Cổng thanh toán không trả lời: {type(error).__name__}."  # vi: log
            ) from error
        if not isinstance(read, dict):
            raise GatewayError(
                "Cổng thanh toán trả lời không đúng dạng."  # vi: log
            )
        return {str(name): str(value) for name, value in read.items() if value is not None}


@dataclass(frozen=True, slots=True)
class BankRedirect:
    """`test`: the local bank of demonstrations, whose money is none."""

    merchant: Merchant
    line: Line = field(default_factory=HttpLine)
    test: bool = False
    id: str = "bank"
    label: str = noted("Thẻ ngân hàng, ngân hàng trên điện thoại")
    method: str = "online"
    lasts: timedelta = timedelta(minutes=15)
    patience: timedelta = timedelta(hours=24)

    def address(self, payment: Payment, back: str, ip: str, now: datetime) -> str:
        told = {
            "vnp_Version": VERSION,
            "vnp_Command": "pay",
            "vnp_TmnCode": self.merchant.code,
            "vnp_Amount": str(payment.amount * 100),
            "vnp_CurrCode": "VND",
            "vnp_TxnRef": payment.reference,
            "vnp_OrderInfo": f"Nop phi le phi {payment.reference}",
            "vnp_OrderType": "other",
            "vnp_Locale": "vn",
            "vnp_ReturnUrl": back,
            "vnp_IpAddr": ip,
            "vnp_CreateDate": stamp(payment.made_at),
            "vnp_ExpireDate": stamp(payment.expires_at),
        }
        return f"{self.merchant.page}?{urlencode(signing.signed(told, self.merchant.secret))}"

    def read(self, said: Mapping[str, str]) -> Word:
        known = {name: value for name, value in said.items() if name.startswith("vnp_")}
        if known.get("vnp_TmnCode") != self.merchant.code or not signing.right(known, self.merchant.secret):
            raise WrongSignatureError(
                "Chữ ký của cổng thanh toán không đúng."  # vi: log
            )
        return _word(known)

    def ask(self, payment: Payment, now: datetime) -> Word | None:
        told = {
            "vnp_RequestId": _request(f"ask:{payment.reference}:{payment.asked}:{stamp(now)}"),
            "vnp_Version": VERSION,
            "vnp_Command": "querydr",
            "vnp_TmnCode": self.merchant.code,
            "vnp_TxnRef": payment.reference,
            "vnp_TransactionDate": stamp(payment.made_at),
            "vnp_CreateDate": stamp(now),
            "vnp_IpAddr": "127.0.0.1",
            "vnp_OrderInfo": f"Hoi giao dich {payment.reference}",
        }
        answer = self._asked(told, _ASKED, _ANSWERED)
        if answer.get("vnp_ResponseCode") == "91":
            return None
        if answer.get("vnp_ResponseCode") != SUCCESS:
            raise GatewayError(
                f"Cổng thanh toán từ chối trả lời: {answer.get('vnp_ResponseCode')}."  # vi: log
            )
        if answer.get("vnp_TxnRef") != payment.reference:
            raise GatewayError(
                "Cổng thanh toán trả lời về giao dịch khác."  # vi: log
            )
        return _word({**answer, "vnp_ResponseCode": ""})

    def pay_back(
        self, payment: Payment, transaction: str, amount: int, *, by: str, key: str, now: datetime
    ) -> Paid:
        whole = any(one.transaction == transaction and one.amount == amount for one in payment.received)
        told = {
            "vnp_RequestId": _request(f"back:{key}"),
            "vnp_Version": VERSION,
            "vnp_Command": "refund",
            "vnp_TmnCode": self.merchant.code,
            "vnp_TransactionType": "02" if whole else "03",
            "vnp_TxnRef": payment.reference,
            "vnp_Amount": str(amount * 100),
            "vnp_TransactionNo": transaction,
            "vnp_TransactionDate": stamp(payment.made_at),
            "vnp_CreateBy": by,
            "vnp_CreateDate": stamp(now),
            "vnp_IpAddr": "127.0.0.1",
            "vnp_OrderInfo": f"Hoan tien {payment.reference}",
        }
        answer = self._asked(told, _BACK, _GIVEN_BACK)
        if (code := answer.get("vnp_ResponseCode")) != SUCCESS:
            certain = GatewayRefusedError if code in _NOT_GIVEN_BACK else GatewayError
            raise certain(
                f"Cổng thanh toán chưa hoàn tiền: {code}."  # vi: log
            )
        return Paid(answer.get("vnp_TransactionNo", ""))

    def health(self) -> GatewayHealth:
        if self.test:
            return GatewayHealth(
                ok=True,
                message="Ngân hàng thử tại chỗ: tiền không có thật.",  # vi: for administrators
                local=True,
            )
        return GatewayHealth(
            ok=True,
            message=f"Nối với {self.merchant.page.split('/')[2]}, mã đơn vị {self.merchant.code}.",  # vi: for the log and administrators
        )

    def _asked(
        self, told: dict[str, str], order: tuple[str, ...], answered: tuple[str, ...]
    ) -> Mapping[str, str]:
        told[signing.HASH] = signing.sign(self.merchant.secret, in_order(told, order))
        answer = self.line.send(self.merchant.api, told)
        expected = signing.sign(self.merchant.secret, in_order(answer, answered))
        if not signing.same(answer.get(signing.HASH, ""), expected):
            raise WrongSignatureError(
                "Câu trả lời của cổng thanh toán không đúng chữ ký."  # vi: log
            )
        return answer


def in_order(said: Mapping[str, str], names: tuple[str, ...]) -> str:
    """What is signed of a question and of its answer: the values in a fixed order, between bars."""
    return "|".join(said.get(f"vnp_{name}", "") for name in names)


QUESTION: Final = _ASKED
ANSWER: Final = _ANSWERED
REFUND: Final = _BACK
REFUNDED: Final = _GIVEN_BACK


def stamp(at: datetime) -> str:
    """`20261123080000`, Việt Nam time."""
    return at.astimezone(TZ).strftime("%Y%m%d%H%M%S")


def _word(said: Mapping[str, str]) -> Word:
    """Paid only where code and status both say so; a status that is still open is no failure."""
    code, status = said.get("vnp_ResponseCode", ""), said.get("vnp_TransactionStatus", "")
    amount = said.get("vnp_Amount", "")
    if not amount.isascii() or not amount.isdigit() or int(amount) % 100:
        raise GatewayError(
            "Cổng thanh toán báo số tiền không đọc được."  # vi: log
        )
    paid = code in {SUCCESS, ""} and status == SUCCESS
    waiting = not paid and (status in _WAITING or code == "07")
    return Word(
        reference=said.get("vnp_TxnRef", ""),
        standing="paid" if paid else "waiting" if waiting else "failed",
        amount=int(amount) // 100,
        transaction=said.get("vnp_TransactionNo", ""),
        bank=said.get("vnp_BankCode", ""),
        why="" if paid else WHYS.get(code, noted("Giao dịch không thành công.")),
    )


def _request(what: str) -> str:
    """A question's own name: the same for the same question."""
    return hashlib.sha256(what.encode()).hexdigest()[:32]
