"""A bank of this installation, for demonstrations and tests: it takes no money and makes every mistake that banks make.

It speaks the same protocol by the same signatures as a real one; only its line is not the network. Production refuses it.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from pymongo.database import Database

from rules.i18n import noted
from tthc.payments import signing
from tthc.payments.provider import GatewayError
from tthc.payments.redirect import (
    ANSWER,
    QUESTION,
    REFUND,
    REFUNDED,
    SUCCESS,
    Merchant,
    in_order,
    stamp,
)

CODE: Final = "THUNGHIEM"
PAGE: Final = "/_ngan-hang-thu"
DELAY: Final = timedelta(minutes=1)
Deliver = Callable[[Mapping[str, str], datetime], object]


@dataclass(frozen=True, slots=True)
class Choice:
    """What whoever tries it may do. `paid`: how often money moves; `notices`: how often the bank tells, `None` later;
    `back`: whether the browser returns; `amount`: numerator and denominator of what is paid.
    """

    id: str
    label: str
    paid: int = 1
    notices: int | None = 1
    back: bool = True
    amount: tuple[int, int] = (1, 1)
    code: str = SUCCESS
    forged: bool = False


CHOICES: Final = (
    Choice("tra", noted("Trả tiền: ngân hàng báo trước, rồi quay về")),
    Choice("huy", noted("Hủy"), paid=0, code="24"),
    Choice("dong", noted("Trả tiền rồi đóng cửa sổ, ngân hàng có báo"), back=False),
    Choice("dong-im", noted("Trả tiền rồi đóng cửa sổ, báo bị mất"), notices=0, back=False),
    Choice("cham", noted("Trả tiền, quay về trước, báo chậm một phút"), notices=None),
    Choice("khong-bao", noted("Trả tiền, quay về, báo bị mất"), notices=0),
    Choice("hai-lan", noted("Trả tiền, ngân hàng báo hai lần"), notices=2),
    Choice("tra-hai", noted("Trả tiền hai lần cho một mã"), paid=2),
    Choice("thieu", noted("Trả một nửa số tiền"), amount=(1, 2)),
    Choice("thua", noted("Trả gấp đôi số tiền"), amount=(2, 1)),
    Choice("gia", noted("Báo giả: sai chữ ký, tiền không có"), paid=0, forged=True),
    Choice("khong-du", noted("Tài khoản không đủ tiền"), paid=0, code="51"),
)


@dataclass(frozen=True, slots=True)
class Order:
    """What a payer came with."""

    reference: str
    amount: int
    words: str
    back: str
    paid: int


class LocalBank:
    """Orders, its own money and its delayed notices, in the collection `local_bank`."""

    def __init__(self, database: Database[dict[str, Any]], secret_key: str, base_url: str) -> None:
        self._rows = database["local_bank"]
        secret = hmac.new(secret_key.encode(), b"local-bank", hashlib.sha256).hexdigest()
        self.merchant = Merchant(f"{base_url}{PAGE}", f"{base_url}{PAGE}/api", CODE, secret)

    def open(self, said: Mapping[str, str], now: datetime) -> Order | None:
        """An order as the payer brought it; `None` where it is not ours: what is changed on the way is not signed."""
        told = {k: v for k, v in said.items() if k.startswith("vnp_")}
        if told.get("vnp_TmnCode") != CODE or not signing.right(told, self.merchant.secret):
            return None
        fresh = {"order": told, "money": [], "code": "", "at": now, "notices": []}
        self._rows.update_one({"_id": told["vnp_TxnRef"]}, {"$setOnInsert": fresh}, upsert=True)
        row = self._rows.find_one({"_id": told["vnp_TxnRef"]})
        return _order(row) if row is not None else None

    def act(self, reference: str, how: str, now: datetime, deliver: Deliver) -> str | None:
        """Do what was chosen; where the browser goes next, `None` for nowhere. `deliver`: how notices are handed over."""
        choice = next((one for one in CHOICES if one.id == how), None)
        row = self._rows.find_one({"_id": reference})
        if choice is None or row is None:
            raise GatewayError("Ngân hàng thử không có lựa chọn hoặc mã này.")  # vi: shown to nobody
        order = _order(row)
        amount = order.amount * choice.amount[0] // choice.amount[1]
        numbers = [f"{secrets.randbelow(10**8):08d}" for _ in range(max(choice.paid, 1))]
        money = [{"no": no, "amount": amount, "at": now, "back": 0} for no in numbers[: choice.paid]]
        self._rows.update_one(
            {"_id": reference}, {"$push": {"money": {"$each": money}}, "$set": {"code": choice.code}}
        )
        told = [self._words(order, no, amount, choice.code, now) for no in numbers]
        if choice.forged:
            told = [{**one, signing.HASH: "0" * 128} for one in told]
        if choice.notices is None:
            late = [{"due": now + DELAY, "told": one} for one in told]
            self._rows.update_one({"_id": reference}, {"$push": {"notices": {"$each": late}}})
        for _ in range(choice.notices or 0):
            for one in told:
                deliver(one, now)
        return f"{order.back}?{urlencode(told[0])}" if choice.back else None

    def sweep(self, now: datetime, deliver: Deliver) -> int:
        """Hand over what was delayed; how many."""
        done = 0
        while True:
            row = self._rows.find_one_and_update(
                {"notices.due": {"$lte": now.astimezone(UTC)}}, {"$pop": {"notices": -1}}
            )
            if row is None:
                return done
            deliver(row["notices"][0]["told"], now)
            done += 1

    def send(self, url: str, told: Mapping[str, str]) -> Mapping[str, str]:
        """A question or a refund, as a bank's machine answers it."""
        del url
        refund = told.get("vnp_Command") == "refund"
        order = REFUND if refund else QUESTION
        if not signing.same(
            told.get(signing.HASH, ""), signing.sign(self.merchant.secret, in_order(told, order))
        ):
            return self._answered({**told, "vnp_ResponseCode": "97"}, REFUNDED if refund else ANSWER)
        row = self._rows.find_one({"_id": told.get("vnp_TxnRef", "")})
        if row is None:
            return self._answered({**told, "vnp_ResponseCode": "91"}, REFUNDED if refund else ANSWER)
        return self._refund(row, told) if refund else self._tell(row, told)

    def _tell(self, row: Mapping[str, Any], told: Mapping[str, str]) -> Mapping[str, str]:
        money = row["money"]
        amount = money[0]["amount"] if money else _order(row).amount
        failed = not money and row["code"] not in {"", SUCCESS}
        return self._answered(
            {
                "vnp_Command": "querydr",
                "vnp_ResponseCode": SUCCESS,
                "vnp_TmnCode": CODE,
                "vnp_TxnRef": told["vnp_TxnRef"],
                "vnp_Amount": str(amount * 100),
                "vnp_BankCode": "THU",
                "vnp_TransactionNo": money[0]["no"] if money else "",
                "vnp_TransactionStatus": SUCCESS if money else "02" if failed else "01",
            },
            ANSWER,
        )

    def _refund(self, row: Mapping[str, Any], told: Mapping[str, str]) -> Mapping[str, str]:
        """Once for the same request; never more than came."""
        amount = int(told["vnp_Amount"]) // 100
        done = next((one for one in row.get("refunds", []) if one["key"] == told["vnp_RequestId"]), None)
        number, code = (done["no"], SUCCESS) if done else ("", "93")
        came = next((m for m in row["money"] if m["no"] == told["vnp_TransactionNo"]), None)
        if done is None and came is not None and came["back"] + amount <= came["amount"]:
            number, code = f"{secrets.randbelow(10**8):08d}", SUCCESS
            self._rows.update_one(
                {"_id": row["_id"], "money.no": came["no"]},
                {
                    "$inc": {"money.$.back": amount},
                    "$push": {"refunds": {"key": told["vnp_RequestId"], "no": number}},
                },
            )
        return self._answered(
            {
                "vnp_Command": "refund",
                "vnp_ResponseCode": code,
                "vnp_TmnCode": CODE,
                "vnp_TxnRef": told["vnp_TxnRef"],
                "vnp_Amount": told["vnp_Amount"],
                "vnp_TransactionNo": number,
            },
            REFUNDED,
        )

    def _words(self, order: Order, no: str, amount: int, code: str, now: datetime) -> dict[str, str]:
        told = {
            "vnp_TmnCode": CODE,
            "vnp_Amount": str(amount * 100),
            "vnp_BankCode": "THU",
            "vnp_OrderInfo": order.words,
            "vnp_PayDate": stamp(now),
            "vnp_ResponseCode": code,
            "vnp_TransactionNo": no if code == SUCCESS else "0",
            "vnp_TransactionStatus": SUCCESS if code == SUCCESS else "02",
            "vnp_TxnRef": order.reference,
        }
        return signing.signed(told, self.merchant.secret)

    def _answered(self, told: Mapping[str, str], order: tuple[str, ...]) -> Mapping[str, str]:
        plain = {k: v for k, v in told.items() if k != signing.HASH}
        return {**plain, signing.HASH: signing.sign(self.merchant.secret, in_order(plain, order))}


def _order(row: Mapping[str, Any]) -> Order:
    told = row["order"]
    return Order(
        reference=told["vnp_TxnRef"],
        amount=int(told["vnp_Amount"]) // 100,
        words=told["vnp_OrderInfo"],
        back=told["vnp_ReturnUrl"],
        paid=sum(one["amount"] for one in row["money"]),
    )
