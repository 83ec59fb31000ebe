"""Where a citizen pays what a dossier owes: choose a way, go to the bank or scan a code, see what became of it (Đ10.4b)."""

from datetime import datetime

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from rules.i18n import gettext
from tthc.accounts.session import current_account, current_actor
from tthc.dossiers.commands_refund import AskRefund
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Dossier
from tthc.payments import recording
from tthc.payments.model import LABELS, Payment, State
from tthc.payments.said import said
from tthc.payments.service import NOTHING_OWED, is_transfer, redirecting, transferring
from tthc.payments.vietqr import BankAccount, payload
from tthc.portal.dossier_routes import own_dossier, show_own
from tthc.portal.why import fee_name, shown_fees
from tthc.services import services
from tthc.web.access import access
from tthc.web.idempotency import command_id
from tthc.web.limits import limiter
from tthc.web.qr import qr_response
from tthc.web.speaking import shown_definition

blueprint = Blueprint("pay", __name__, url_prefix="/ho-so/<dossier_id>/nop-phi")
refunds = Blueprint("refunds", __name__, url_prefix="/ho-so/<dossier_id>")

TONES = {
    State.MADE: "info",
    State.PENDING: "warn",
    State.PAID: "ok",
    State.FAILED: "bad",
    State.EXPIRED: "",
    State.DOUBTFUL: "warn",
}


@blueprint.get("/")
@access("citizen")
def index(dossier_id: str) -> str:
    """What is to be paid now, line by line, why, and how."""
    return _choose(own_dossier(dossier_id))


@blueprint.post("/")
@access("citizen")
@limiter.limit("20 per minute")
def make(dossier_id: str) -> BaseResponse | tuple[str, int]:
    """One payment of all that is owed now; pressed twice it is one."""
    found = own_dossier(dossier_id)
    s = services()
    try:
        payment = s.payments.make(
            s.definitions.by_hash(found.definition),
            found.id,
            request.form.get("gateway", ""),
            by=current_account().key,
            pressed=command_id(),
            now=s.clock.now(),
        )
    except Refused as refusal:
        found = own_dossier(dossier_id)
        last = next(iter(s.payments.store.of_dossier(found.id)), None)
        if refusal.code != NOTHING_OWED or last is None or last.state is not State.PAID:
            return _choose(found, refusal.message), 409
        payment = last  # the bank was asked just now, and it is paid: that is what there is to say
    return redirect(url_for(".payment", dossier_id=dossier_id, payment_id=payment.id))


@blueprint.get("/<payment_id>")
@access("citizen")
def payment(dossier_id: str, payment_id: str) -> str:
    """One payment: what to do for it, or what became of it."""
    found = own_dossier(dossier_id)
    one = _own(found, payment_id)
    s = services()
    now = s.clock.now()
    shown = shown_definition(s.definitions.by_hash(found.definition))
    living = one.living(now)
    return render_template(
        "portal/payment.html",
        dossier=found,
        agency=s.agencies.facts(found.agency),
        payment=one,
        lines=[(fee_name(shown, line.fee_id, line.label), line.amount) for line in one.lines],
        why_words=said(one.why),
        label=gettext(LABELS[one.state]),
        tone=TONES[one.state],
        living=living,
        account=_account(one),
        test=s.local_bank is not None,
        receipt=_receipt(found, one),
        again=recording.payable(found) if _may_pay_again(one, now) else (),
    )


@blueprint.get("/<payment_id>/ngan-hang")
@access("citizen")
def go(dossier_id: str, payment_id: str) -> BaseResponse:
    """To the bank. An address of ours, so that a page of ours may name it whatever the bank's is."""
    one = _own(own_dossier(dossier_id), payment_id)
    s = services()
    gateway = s.payments.gateways.get(one.gateway)
    now = s.clock.now()
    if gateway is not None and not is_transfer(gateway):
        one = s.payments.leave(one, now)
    if gateway is None or is_transfer(gateway) or not one.living(now):
        return redirect(url_for(".payment", dossier_id=dossier_id, payment_id=payment_id))
    back = s.settings.base_url + url_for("bank.back", gateway=one.gateway)
    return redirect(redirecting(gateway).address(one, back, request.remote_addr or "", now))


@blueprint.get("/<payment_id>/ma-qr.svg")
@access("citizen")
def code(dossier_id: str, payment_id: str) -> Response:
    """The VietQR code of a transfer."""
    one = _own(own_dossier(dossier_id), payment_id)
    account = _account(one)
    if account is None or not one.living(services().clock.now()):
        abort(404)
    return qr_response(payload(account, one.amount, one.reference))


@refunds.post("/hoan-phi")
@access("citizen")
def ask_refund(dossier_id: str) -> BaseResponse | tuple[str, int]:
    """Ask for one's fees back (Đ10.4c); somebody else decides."""
    found = own_dossier(dossier_id)
    s = services()
    command = AskRefund(request.form.get("reason", ""), note=request.form.get("note", "").strip()[:2000])
    try:
        after = s.dossiers.execute(found.id, command, current_actor(), command_id=command_id())
    except Refused as refusal:
        return show_own(own_dossier(dossier_id), refusal.sentence()), 409
    s.payments.refunding.listed(after)
    flash(gettext("Đã gửi đề nghị hoàn phí, lệ phí. Cơ quan sẽ trả lời ông/bà."))
    return redirect(url_for("mine.dossier", dossier_id=dossier_id))


def _choose(found: Dossier, problem: str = "") -> str:
    s = services()
    definition = s.definitions.by_hash(found.definition)
    gateways = s.payments.offered(definition, found)
    before, now = s.payments.store.of_dossier(found.id), s.clock.now()
    return render_template(
        "portal/pay.html",
        dossier=found,
        definition=shown_definition(definition),
        agency=s.agencies.facts(found.agency),
        lines=shown_fees(found, recording.payable(found)),
        gateways=gateways,
        ways={one.id: gettext(one.label) for one in gateways},
        before=before,
        living=[one for one in before if one.living(now)],
        labels={state: gettext(label) for state, label in LABELS.items()},
        tones=TONES,
        test=s.local_bank is not None,
        problem=problem,
    )


def _may_pay_again(one: Payment, now: datetime) -> bool:
    """Whether to offer another try: not while the bank has the word, nor where enough money came."""
    if one.state is State.DOUBTFUL:
        return one.money < one.amount
    return not one.living(now) and one.state is not State.PENDING


def _own(found: Dossier, payment_id: str) -> Payment:
    one = services().payments.store.get(payment_id)
    if one is None or one.dossier != found.id:
        abort(404)
    return one


def _account(one: Payment) -> BankAccount | None:
    gateway = services().payments.gateways.get(one.gateway)
    return transferring(gateway).account(one.agency) if gateway is not None and is_transfer(gateway) else None


def _receipt(found: Dossier, one: Payment) -> int | None:
    """Which entry of the history the money of this payment is."""
    command = recording.command_id(one)
    return next((e.seq for e in found.history if e.command_id == command and e.type == "fees_paid"), None)
