"""What officials do beside the steps: take a step up, pass it on, apologise, extend, take a supplement in or withdraw
for the applicant.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Final

from flask import Blueprint, request

from forms.attachments import UploadError
from rules.calendar import TZ
from rules.deadlines import DeadlineRule, Unit
from tthc.accounts.session import current_account
from tthc.dossiers.commands import Apologise, Begin, Command, Extend, Reassign, Supply, Withdraw
from tthc.dossiers.state import FileRef, PaperFiles
from tthc.onestop.action_routes import Answer, refused, run
from tthc.onestop.units import UNITS, posted_ground
from tthc.onestop.workspace_routes import own_dossier_here
from tthc.portal.supplementing import asked_papers
from tthc.services import services
from tthc.web.access import access
from tthc.web.uploads import store_upload

blueprint = Blueprint("beside", __name__, url_prefix="/motcua/<slug>/ho-so/<dossier_id>")

PROMISED_AT: Final = time(17, 0)


@blueprint.post("/buoc/<token>/nhan-lam")
@access("staff")
def begin(slug: str, dossier_id: str, token: str) -> Answer:
    """Take up a step that takes turns with others."""
    return run(slug, dossier_id, Begin(token), "Ông/bà đã nhận làm bước này; các bước kia chờ đến lượt.")


@blueprint.post("/buoc/<token>/giao-lai")
@access("staff")
def reassign(slug: str, dossier_id: str, token: str) -> Answer:
    """Give a step to somebody else, or one's own to a deputy or colleague (Đ13.2)."""
    form = request.form
    command = Reassign(token, form.get("assignee", ""), form.get("reason", "").strip())
    return run(slug, dossier_id, command, "Đã giao bước này cho người khác.")


@blueprint.post("/xin-loi")
@access("staff:tiep_nhan")
def apologise(slug: str, dossier_id: str) -> Answer:
    """A letter of apology with a new day (Đ15.1d)."""

    def asked(files: tuple[FileRef, ...]) -> Command:
        on = date.fromisoformat(request.form.get("promised", ""))
        promised = datetime.combine(on, PROMISED_AT, TZ)
        return Apologise(request.form.get("reason", "").strip(), promised, files)

    wrong = "Nhập ngày hẹn lại theo dạng ngày/tháng/năm, ví dụ 23/11/2026."
    return _with_files(slug, dossier_id, asked, wrong, "Đã ghi thư xin lỗi và ngày hẹn lại.")


@blueprint.post("/gia-han")
@access("staff:tiep_nhan")
def extend(slug: str, dossier_id: str) -> Answer:
    """More solving time on the written proposal of whoever solves it (Đ13.3đ)."""

    def asked(files: tuple[FileRef, ...]) -> Command:
        form = request.form
        unit = Unit(form.get("unit", ""))
        amount = Decimal(form.get("amount", "").strip().replace(",", "."))
        if unit not in UNITS or not amount.is_finite() or (unit is not Unit.WORKING_HOUR and amount % 1):
            raise ValueError(amount)
        rule = DeadlineRule(amount, unit)
        return Extend(
            rule,
            form.get("reason", "").strip(),
            form.get("source", "").strip(),
            files,
            basis=posted_ground(form),
        )

    wrong = "Nhập thời gian gia hạn bằng số, ví dụ 3; tính theo ngày thì là số nguyên."
    return _with_files(slug, dossier_id, asked, wrong, "Đã gia hạn giải quyết hồ sơ.")


@blueprint.post("/nhan-bo-sung")
@access("staff:tiep_nhan")
def supply(slug: str, dossier_id: str) -> Answer:
    """Papers that the applicant brings to the counter: copies of them, or the originals shown there (Đ15.1b)."""
    s = services()
    found = own_dossier_here(slug, dossier_id)
    asked = (
        ()
        if found.supplement is None
        else asked_papers(s.definitions.by_hash(found.definition), found.supplement)
    )
    try:
        handed = tuple(_handed(paper.id) for paper in asked)
    except UploadError as error:
        return refused(slug, dossier_id, str(error), 422)
    papers = tuple(paper for paper in handed if paper.files or paper.presented)
    command = Supply(papers=papers, note=request.form.get("note", "").strip())
    return run(slug, dossier_id, command, "Đã nhận phần bổ sung.")


def _handed(paper_id: str) -> PaperFiles:
    s = services()
    sent = [file for file in request.files.getlist(f"paper.{paper_id}") if file.filename]
    files = tuple(store_upload(file, s, s.clock.now(), current_account().key) for file in sent)
    return PaperFiles(paper_id, files, presented=paper_id in request.form.getlist("shown"))


@blueprint.post("/rut")
@access("staff:tiep_nhan")
def withdraw(slug: str, dossier_id: str) -> Answer:
    """For an applicant who asks for it at the counter, with the reason (Đ26.1)."""

    def asked(files: tuple[FileRef, ...]) -> Command:
        return Withdraw(request.form.get("reason", "").strip(), files)

    return _with_files(slug, dossier_id, asked, "", "Đã ghi nhận việc rút hồ sơ.")


def _with_files(
    slug: str, dossier_id: str, asked: Callable[[tuple[FileRef, ...]], Command], wrong: str, said: str
) -> Answer:
    """The form is read before a file is kept, so that a mistake in it stores nothing."""
    s = services()
    own_dossier_here(slug, dossier_id)
    try:
        asked(())
        files = tuple(
            store_upload(sent, s, s.clock.now(), current_account().key)
            for sent in request.files.getlist("file")
            if sent.filename
        )
    except UploadError as error:
        return refused(slug, dossier_id, str(error), 422)
    except (ValueError, InvalidOperation):
        return refused(slug, dossier_id, wrong, 422)
    return run(slug, dossier_id, asked(files), said)
