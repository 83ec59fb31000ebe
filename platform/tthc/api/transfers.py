"""One route: a bank, or what stands between it and us, tells of money that came to an account (Đ10.4b).

The words of the transfer name the payment; the bank's number of the money makes it count once.
"""

from typing import Final

from flask import Response, jsonify
from flask_limiter.util import get_remote_address

from tthc.api.functions import BANK
from tthc.api.gate import caller, current_client
from tthc.api.once import asked
from tthc.api.problems import problem
from tthc.api.routes import PER_ADDRESS, PER_CLIENT, blueprint
from tthc.payments.matching import BankLine
from tthc.services import services
from tthc.web.access import access
from tthc.web.limits import limiter

__all__ = ["blueprint"]

BODY: Final = frozenset({"transaction", "amount", "words"})
MOST_DIGITS: Final = 12


@blueprint.post("/bank/transfers")
@limiter.limit(PER_CLIENT, key_func=caller)
@limiter.limit(PER_ADDRESS, key_func=get_remote_address)
@access("client")
def transfer() -> Response:
    """Money for one of the client's agencies; told again it is the same money."""
    client, s = current_client(), services()
    if BANK not in client.functions:
        return problem(403, "Khóa này không được báo tiền vào tài khoản.", code="no_function")
    told = asked(BODY)
    if isinstance(told, Response):
        return told
    amount, transaction = told.text("amount"), told.text("transaction")
    if not amount.isascii() or not amount.isdigit() or not 0 < len(amount) <= MOST_DIGITS or int(amount) == 0:
        return problem(422, "Mục “amount” là số tiền nguyên đồng, viết bằng chữ số.", code="amount")
    if not transaction:
        return problem(422, "Thiếu mục “transaction”: mã giao dịch của ngân hàng.", code="transaction")
    now = s.clock.now()
    line = BankLine(transaction[:60], now, int(amount), told.text("words")[:200])
    heard = s.payments.receive(line, "notice", now, set(client.agencies))
    if heard is None:
        return problem(
            404, "Nội dung chuyển tiền không có mã nộp tiền trong phạm vi của khóa.", code="no_payment"
        )
    return jsonify(reference=heard.payment.reference, verdict=heard.verdict, state=heard.payment.state.value)
