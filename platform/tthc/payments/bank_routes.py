"""What banks call: the return of the payer's browser, and the bank's own notice. And the bank of demonstrations.

Both are open to everybody: what counts is the bank's signature over what is said, not who brings it. A notice is a GET, as
the bank's protocol has it, and changes nothing that is not signed; what is not signed is kept and logged.
"""

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from rules.i18n import gettext
from tthc.payments.local_bank import CHOICES, PAGE, LocalBank
from tthc.payments.matching import BankLine
from tthc.payments.provider import GatewayError
from tthc.payments.sweeping import LOCAL
from tthc.services import services
from tthc.web.access import access
from tthc.web.limits import limiter

blueprint = Blueprint("bank", __name__)

ANSWERS = {
    "00": "Confirm Success",
    "01": "Order not Found",
    "02": "Order already confirmed",
    "04": "Invalid Amount",
    "97": "Invalid Checksum",
    "99": "Unknown error",
}


@blueprint.get("/thanh-toan/ve/<gateway>")
@access("public")
@limiter.limit("60 per minute")
def back(gateway: str) -> BaseResponse | tuple[str, int]:
    """The payer comes back. It proves nothing but that they were there; the bank is asked."""
    s = services()
    payment = s.payments.hear_return(gateway, request.args.to_dict(), s.clock.now())
    if payment is None:
        return render_template("portal/payment_lost.html"), 400
    return redirect(url_for("pay.payment", dossier_id=payment.dossier, payment_id=payment.id))


@blueprint.get("/thanh-toan/bao/<gateway>")
@access("public")
@limiter.limit("600 per minute")
def notice(gateway: str) -> Response:
    """The bank's notice (IPN). It is confirmed when it is written down, and repeated by the bank until then."""
    s = services()
    answer = s.payments.hear_notice(gateway, request.args.to_dict(), s.clock.now())
    return jsonify(RspCode=answer, Message=ANSWERS[answer])


@blueprint.get(PAGE)
@access("public")
def local() -> str | tuple[str, int]:
    """The bank of demonstrations, where one picks what goes wrong."""
    bank = _local()
    order = bank.open(request.args.to_dict(), services().clock.now())
    if order is None:
        return render_template("portal/local_bank.html", order=None, choices=(), gone=False), 400
    return render_template(
        "portal/local_bank.html",
        order=order,
        choices=CHOICES,
        labels={one.id: gettext(one.label) for one in CHOICES},
        gone=False,
    )


@blueprint.post(f"{PAGE}/<reference>")
@access("public")
def local_act(reference: str) -> BaseResponse | str:
    s = services()
    try:
        to = _local().act(
            reference,
            request.form.get("how", ""),
            s.clock.now(),
            lambda told, at: s.payments.hear_notice(LOCAL, told, at),
        )
    except GatewayError:
        abort(400)
    if to is None:
        return render_template("portal/local_bank.html", order=None, choices=(), gone=True)
    return redirect(to)


@blueprint.get(f"{PAGE}/chuyen-khoan")
@access("public")
def transfer() -> str:
    """A transfer as it would be made in a banking application."""
    _local()
    return render_template(
        "portal/local_transfer.html",
        words=request.args.get("nd", ""),
        amount=request.args.get("st", ""),
        told="",
    )


@blueprint.post(f"{PAGE}/chuyen-khoan")
@access("public")
def transferred() -> str | tuple[str, int]:
    """What the bank would tell of it; matched by the words, like a line of a statement."""
    _local()
    s = services()
    form = request.form
    words, amount = form.get("words", "")[:200], form.get("amount", "").replace(".", "")
    if not amount.isascii() or not amount.isdigit() or not 0 < int(amount) < 10**12:
        page = render_template(
            "portal/local_transfer.html",
            words=words,
            amount=amount,
            told=gettext("Nhập số tiền bằng chữ số."),
        )
        return page, 422
    line = BankLine(f"CK{form.get('command_id', '')[:12]}", s.clock.now(), int(amount), words)
    found = s.payments.receive(line, "notice", s.clock.now())
    told = (
        gettext("Ngân hàng đã báo tiền vào.")
        if found
        else gettext("Đã chuyển, nhưng nội dung không có mã nộp tiền.")
    )
    return render_template("portal/local_transfer.html", words=words, amount=amount, told=told)


def _local() -> LocalBank:
    bank = services().local_bank
    if bank is None:
        abort(404)
    return bank
