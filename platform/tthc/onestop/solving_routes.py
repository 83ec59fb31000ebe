"""What officials do while they solve a dossier (Đ13.3): verify on site, go on without an opinion that is late, ask for more
time and decide on it; and the door that stays closed to an end without a result (Đ15.1d).
"""

from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from flask import Blueprint, render_template, request

from forms.attachments import UploadError
from rules.calendar import TZ
from rules.deadlines import DeadlineRule, Unit
from tthc.accounts.session import current_account
from tthc.dossiers.commands import (
    AnswerExtension,
    ArrangeVerification,
    AskExtension,
    Close,
    Command,
    RecordVerification,
    WaiveOpinion,
)
from tthc.dossiers.late_list import late_list
from tthc.dossiers.state import FileRef
from tthc.onestop.action_routes import Answer, refused, run
from tthc.onestop.here import agency_here
from tthc.onestop.units import UNITS, posted_ground
from tthc.onestop.workspace_routes import own_dossier_here
from tthc.services import services
from tthc.web.access import access
from tthc.web.uploads import store_upload

blueprint = Blueprint("solving", __name__, url_prefix="/motcua/<slug>")

WRONG_TIME = "Nhập ngày và giờ xác minh, ví dụ 23/11/2026 và 09:00."
WRONG_AMOUNT = "Nhập thời gian gia hạn bằng số, ví dụ 3; tính theo ngày thì là số nguyên."


@blueprint.post("/ho-so/<dossier_id>/buoc/<token>/hen-xac-minh")
@access("staff")
def arrange(slug: str, dossier_id: str, token: str) -> Answer:
    """An appointment for a verification on site; the applicant is told (Đ13.3b)."""
    own_dossier_here(slug, dossier_id)
    try:
        command = ArrangeVerification(token, _starts_at(), *_three(), verification=_chosen())
    except ValueError:
        return refused(slug, dossier_id, WRONG_TIME, 422)
    return run(slug, dossier_id, command, "Đã hẹn xác minh; người nộp được báo.")


@blueprint.post("/ho-so/<dossier_id>/buoc/<token>/ket-qua-xac-minh")
@access("staff")
def record(slug: str, dossier_id: str, token: str) -> Answer:
    """What was found there, in words or as minutes (Đ13.3b)."""
    own_dossier_here(slug, dossier_id)
    try:
        starts_at = _starts_at()
        files = _files()
    except UploadError as error:
        return refused(slug, dossier_id, str(error), 422)
    except ValueError:
        return refused(slug, dossier_id, WRONG_TIME, 422)
    outcome = request.form.get("outcome", "").strip()
    command = RecordVerification(token, starts_at, *_three(), outcome, files, _chosen())
    return run(slug, dossier_id, command, "Đã ghi kết quả xác minh.")


@blueprint.post("/ho-so/<dossier_id>/buoc/<token>/khong-cho")
@access("staff")
def waive(slug: str, dossier_id: str, token: str) -> Answer:
    """Go on without an agency that is late with its opinion (Đ13.3c)."""
    own_dossier_here(slug, dossier_id)
    command = WaiveOpinion(token, request.form.get("reason", "").strip())
    return run(slug, dossier_id, command, "Đã quyết định đi tiếp, không chờ ý kiến này.")


@blueprint.post("/ho-so/<dossier_id>/de-nghi-gia-han")
@access("staff")
def ask_extension(slug: str, dossier_id: str) -> Answer:
    """Phiếu đề nghị gia hạn of whoever solves the dossier (Đ13.3đ)."""
    own_dossier_here(slug, dossier_id)
    try:
        rule = _rule()
        files = _files()
    except UploadError as error:
        return refused(slug, dossier_id, str(error), 422)
    except (ValueError, InvalidOperation):
        return refused(slug, dossier_id, WRONG_AMOUNT, 422)
    command = AskExtension(
        rule, request.form.get("reason", "").strip(), files, basis=posted_ground(request.form)
    )
    return run(slug, dossier_id, command, "Đã gửi Phiếu đề nghị gia hạn tới bộ phận Một cửa.")


@blueprint.post("/ho-so/<dossier_id>/gia-han/<request_id>")
@access("staff")
def answer_extension(slug: str, dossier_id: str, request_id: str) -> Answer:
    """The date is adjusted, or not, with the reason (Đ13.3đ)."""
    own_dossier_here(slug, dossier_id)
    granted = request.form.get("decision") == "yes"
    try:
        rule = _rule() if granted else None
    except (ValueError, InvalidOperation):
        return refused(slug, dossier_id, WRONG_AMOUNT, 422)
    command: Command = AnswerExtension(request_id, granted, request.form.get("answer", "").strip(), rule)
    said = "Đã điều chỉnh ngày trả; người nộp được báo." if granted else "Đã trả lời không gia hạn."
    return run(slug, dossier_id, command, said)


@blueprint.post("/ho-so/<dossier_id>/ket-thuc")
@access("staff:tiep_nhan")
def close(slug: str, dossier_id: str) -> Answer:
    """«Kết thúc hồ sơ»: the kernel refuses it while the dossier is overdue and not solved (Đ15.1d)."""
    own_dossier_here(slug, dossier_id)
    form = request.form
    command = Close(form.get("recipient", "").strip()[:200], form.get("reason", "").strip())
    return run(slug, dossier_id, command, "Đã kết thúc hồ sơ.")


@blueprint.get("/y-kien-qua-han")
@access("staff")
def late_opinions(slug: str) -> str:
    """Which agencies did not answer in time (Đ13.3c)."""
    s = services()
    agency = agency_here(slug)
    rows = late_list(s.repository, agency.id)
    return render_template("onestop/late_opinions.html", agency=agency, rows=rows, now=s.clock.now())


def _starts_at() -> datetime:
    on = date.fromisoformat(request.form.get("on", ""))
    return datetime.combine(on, time.fromisoformat(request.form.get("at", "")), TZ)


def _three() -> tuple[str, str, str]:
    """Place, participants, content."""
    form = request.form
    return (
        form.get("place", "").strip(),
        form.get("participants", "").strip(),
        form.get("content", "").strip(),
    )


def _chosen() -> str:
    return request.form.get("verification", "")


def _rule() -> DeadlineRule:
    unit = Unit(request.form.get("unit", ""))
    amount = Decimal(request.form.get("amount", "").strip().replace(",", "."))
    if unit not in UNITS or not amount.is_finite() or (unit is not Unit.WORKING_HOUR and amount % 1):
        raise ValueError(amount)
    return DeadlineRule(amount, unit)


def _files() -> tuple[FileRef, ...]:
    s = services()
    return tuple(
        store_upload(sent, s, s.clock.now(), current_account().key)
        for sent in request.files.getlist("file")
        if sent.filename
    )
