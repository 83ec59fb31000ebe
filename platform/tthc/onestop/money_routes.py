"""Payments by banks at the desk: what somebody must look after, the day's statement compared, money that goes back (Đ10.4)."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime, timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from rules.calendar import TZ
from tthc.accounts.session import current_account, current_actor
from tthc.dossiers.commands_refund import AnswerRefund, AskRefund, RecordRefund
from tthc.dossiers.context import RECEPTION
from tthc.dossiers.permissions import holds
from tthc.dossiers.refusals import Refused
from tthc.onestop.action_routes import Answer, refused, run
from tthc.onestop.here import agency_here
from tthc.onestop.money_view import payment_row
from tthc.onestop.workspace_routes import own_dossier_here
from tthc.payments.model import Payment
from tthc.payments.reconciling import Compared, StatementError, bounds, read_statement
from tthc.services import services
from tthc.web.access import access

blueprint = Blueprint("money", __name__, url_prefix="/motcua/<slug>")
MOST_BYTES = 1_000_000
UNSURE = (
    "Đã gửi lệnh hoàn tới ngân hàng mà chưa biết ngân hàng đã hoàn hay chưa. Gửi lại lệnh (một lệnh chỉ hoàn một lần), hoặc hỏi "
    "ngân hàng; chắc chắn chưa hoàn thì đánh dấu “ngân hàng chưa hoàn” rồi ghi lại."
)


@blueprint.get("/thanh-toan")
@access("staff:tiep_nhan", "staff:phe_duyet")
def index(slug: str) -> str:
    return _page(slug, _day(request.args.get("ngay", "")))


@blueprint.post("/thanh-toan/doi-soat")
@access("staff:tiep_nhan")
def reconcile(slug: str) -> tuple[str, int]:
    """A day's statement: what is missing here is taken or asked for at once, the rest is shown."""
    agency, s = agency_here(slug), services()
    day = _day(request.form.get("day", ""))
    sent = request.files.get("file")
    data = sent.read(MOST_BYTES + 1) if sent is not None else b""
    if not data or len(data) > MOST_BYTES:
        return _page(slug, day, problem="Chọn tệp sao kê dạng CSV, không quá 1 MB."), 422
    try:
        lines = read_statement(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _page(slug, day, problem="Tệp sao kê phải lưu dạng CSV UTF-8."), 422
    except StatementError as error:
        return _page(slug, day, problem=str(error)), 422
    now = s.clock.now()
    taken, compared = s.reconciling.reconcile(agency.id, lines, day, now)
    s.reconciling.keep(
        agency.id, day, compared, hashlib.sha256(data).hexdigest(), by=current_account().name, at=now
    )
    return _page(slug, day, compared=compared, taken=taken), 200


@blueprint.post("/thanh-toan/<payment_id>/ghi-nhan")
@access("staff:tiep_nhan")
def take(slug: str, payment_id: str) -> BaseResponse | tuple[str, int]:
    """Money that did not fit is the dossier's after all."""
    return _settled(slug, payment_id, services().payments.take_doubtful, "Đã ghi số tiền vào hồ sơ.")


@blueprint.post("/thanh-toan/<payment_id>/hoan-lai")
@access("staff:tiep_nhan")
def give_back(slug: str, payment_id: str) -> BaseResponse | tuple[str, int]:
    """Money that did not fit goes back: asked for here, decided by the agency's head."""
    said = "Đã lập đề nghị hoàn tiền, chờ lãnh đạo cơ quan duyệt."
    return _settled(slug, payment_id, services().payments.return_doubtful, said)


def _settled(
    slug: str, payment_id: str, settle: Callable[[Payment, datetime], object], said: str
) -> BaseResponse | tuple[str, int]:
    agency, s = agency_here(slug), services()
    payment = s.payments.store.get(payment_id)
    if payment is None or payment.agency != agency.id:
        abort(404)
    try:
        settle(payment, s.clock.now())
    except Refused as refusal:
        return _page(slug, _day(""), problem=refusal.message), 409
    flash(said)
    return redirect(url_for(".index", slug=slug))


@blueprint.post("/ho-so/<dossier_id>/hoan-phi")
@access("staff:tiep_nhan")
def ask(slug: str, dossier_id: str) -> Answer:
    form = request.form
    command = AskRefund(
        form.get("reason", ""), note=form.get("note", "").strip(), basis=form.get("basis", "").strip()[:500]
    )
    own_dossier_here(slug, dossier_id)
    answer = run(slug, dossier_id, command, "Đã lập đề nghị hoàn phí, lệ phí.")
    return _listed(dossier_id, answer)


@blueprint.post("/ho-so/<dossier_id>/hoan-phi/<refund>/quyet-dinh")
@access("staff:phe_duyet")
def answer(slug: str, dossier_id: str, refund: str) -> Answer:
    """By another person than asked; what a bank can send back goes at once."""
    own_dossier_here(slug, dossier_id)
    granted = request.form.get("granted") == "yes"
    command = AnswerRefund(refund, granted=granted, answer=request.form.get("answer", "").strip())
    told = run(
        slug, dossier_id, command, "Đã duyệt hoàn tiền." if granted else "Đã ghi việc không hoàn tiền."
    )
    if granted:
        _send(dossier_id, refund)
    return _listed(dossier_id, told)


@blueprint.post("/ho-so/<dossier_id>/hoan-phi/<refund>/da-hoan")
@access("staff:tiep_nhan")
def record(slug: str, dossier_id: str, refund: str) -> Answer:
    """It went: by hand with the number of the paper, or by the bank once more."""
    found = own_dossier_here(slug, dossier_id)
    if request.form.get("by") == "bank":
        if not _send(dossier_id, refund):
            return refused(
                slug, dossier_id, "Ngân hàng chưa xác nhận đã hoàn; đợi ít phút rồi gửi lại lệnh.", 409
            )
        flash("Ngân hàng đã hoàn tiền.")
        return redirect(url_for("workspace.dossier", slug=slug, dossier_id=dossier_id))
    command = RecordRefund(refund, request.form.get("transaction", "").strip()[:60])
    told: list[Answer] = []

    def recorded() -> bool:
        told.append(run(slug, dossier_id, command, "Đã ghi việc hoàn tiền."))
        after = services().repository.get(dossier_id)
        return after is not None and any(r.id == refund and r.paid_at is not None for r in after.refunds)

    sure = request.form.get("sure") == "yes"
    if not services().payments.refunding.by_hand(found, refund, recorded, sure=sure):
        return refused(slug, dossier_id, UNSURE, 409)
    return _listed(dossier_id, told[0])


def _send(dossier_id: str, refund_id: str) -> bool:
    s = services()
    found = s.repository.get(dossier_id)
    refund = next((r for r in found.refunds if r.id == refund_id), None) if found is not None else None
    if found is None or refund is None:
        return False
    return s.payments.refunding.pay_back(found, refund, current_actor().name, s.clock.now())


def _listed(dossier_id: str, told: Answer) -> Answer:
    s = services()
    found = s.repository.get(dossier_id)
    if found is not None:
        s.payments.refunding.listed(found)
    return told


def _page(slug: str, day: date, problem: str = "", compared: Compared | None = None, taken: int = 0) -> str:
    agency, s, actor = agency_here(slug), services(), current_actor()
    reception = holds(actor, RECEPTION, agency.id)
    start, end = bounds(day)
    return render_template(
        "onestop/payments.html",
        agency=agency,
        day=day,
        problem=problem,
        compared=compared,
        taken=taken,
        reception=reception,
        doubtful=[payment_row(one, looks=reception) for one in s.payments.store.doubtful(agency.id)],
        refunds=s.payments.refunding.waiting(agency.id),
        rows=[payment_row(one, looks=False) for one in s.payments.store.of_agency(agency.id, start, end)],
        kept=s.reconciling.kept(agency.id),
    )


def _day(text: str) -> date:
    """The day that was chosen; yesterday else, whose statement is the last that is whole."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return services().clock.now().astimezone(TZ).date() - timedelta(days=1)
