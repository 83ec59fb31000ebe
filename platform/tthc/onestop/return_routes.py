"""“Trả kết quả”: what waits, by age; the post; receipts; signatures explained; a return put right; the number books."""

import base64
import json
from datetime import datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from rules.calendar import TZ
from tthc.accounts.session import current_account, current_actor
from tthc.books.model import KINDS, pattern_on
from tthc.dossiers.commands_return import CorrectReturn, HandToPost
from tthc.dossiers.waiting_results import waiting_results
from tthc.onestop.action_routes import Answer, posted_instant, refused, run
from tthc.onestop.here import agency_here
from tthc.onestop.workspace_routes import dossier_here, own_dossier_here
from tthc.services import services
from tthc.web.access import access
from tthc.web.fee_receipts import receipt_response
from tthc.web.files import find_file

blueprint = Blueprint("returning", __name__, url_prefix="/motcua/<slug>")


@blueprint.get("/tra-ket-qua")
@access("staff:tiep_nhan")
def waiting(slug: str) -> str:
    """Đ15.2: results that nobody has collected, the longest waiting first."""
    s = services()
    agency = agency_here(slug)
    try:
        after = _read(request.args.get("sau", ""))
    except ValueError:
        abort(404)
    rows, more = waiting_results(s.repository, agency.id, s.clock.now(), after=after)
    return render_template(
        "onestop/waiting.html",
        agency=agency,
        rows=rows,
        next=_written(more) if more else "",
        now=s.clock.now(),
    )


@blueprint.post("/ho-so/<dossier_id>/giao-buu-dien")
@access("staff:tiep_nhan")
def post(slug: str, dossier_id: str) -> Answer:
    """Đ15.1a: the result goes off by post, with its number."""
    form = request.form
    command = HandToPost(form.get("tracking", "").strip()[:40], form.get("carrier", "").strip()[:80])
    return run(slug, dossier_id, command, "Đã ghi việc giao kết quả cho bưu điện.")


@blueprint.post("/ho-so/<dossier_id>/dinh-chinh")
@access("staff:phe_duyet")
def correct(slug: str, dossier_id: str) -> Answer:
    """Đ15.3: by the agency's head, with the reason; what was recorded stays readable."""
    own_dossier_here(slug, dossier_id)
    form = request.form
    try:
        at = posted_instant("at")
    except ValueError:
        at = None
    if at is None:
        return refused(slug, dossier_id, "Nhập thời điểm trả kết quả: ngày và giờ.", 422)
    command = CorrectReturn(at, form.get("recipient", "").strip()[:200], form.get("reason", "").strip())
    return run(slug, dossier_id, command, "Đã đính chính việc trả kết quả.")


@blueprint.get("/ho-so/<dossier_id>/bien-lai/<int:seq>.pdf")
@access("staff")
def receipt(slug: str, dossier_id: str, seq: int) -> BaseResponse:
    s = services()
    found = own_dossier_here(slug, dossier_id)
    drawn = receipt_response(s, found, seq)
    s.reads.log(current_actor(), found.id, "in:bien-lai", s.clock.now())
    return drawn


@blueprint.get("/ho-so/<dossier_id>/chu-ky/<sha256>")
@access("staff")
def signatures(slug: str, dossier_id: str, sha256: str) -> str:
    """Who signed a file of the dossier, when, and whether it is unchanged (Đ10.4b)."""
    s = services()
    found = dossier_here(slug, dossier_id)
    ref = find_file(found, s.definitions.by_hash(found.definition), sha256)
    if ref is None or ref.kind != "pdf":
        abort(404)
    s.reads.log(current_actor(), found.id, f"chu-ky:{sha256}", s.clock.now())
    return render_template(
        "onestop/signatures.html",
        agency=agency_here(slug),
        dossier=found,
        file=ref,
        seen=s.signing.look(s.files.read(sha256), s.clock.now()),
    )


@blueprint.get("/so-van-ban")
@access("staff:van_thu", "staff:tiep_nhan")
def books(slug: str) -> str:
    return _books(slug)


@blueprint.post("/so-van-ban/<book_id>/giai-trinh")
@access("staff:van_thu")
def explain(slug: str, book_id: str) -> BaseResponse | tuple[str, int]:
    """Why no paper has a number (a gap is allowed, an unexplained one is asked about)."""
    s = services()
    book = s.books.get(book_id)
    if book is None or book.agency != agency_here(slug).id:
        abort(404)
    reason = request.form.get("reason", "").strip()[:500]
    number = request.form.get("number", type=int)
    if number not in {gap.number for gap in s.books.gaps(book) if not gap.reason}:
        return _books(slug, "Số này không còn trống, hoặc đã có giải trình."), 409
    if not reason:
        return _books(slug, f"Ghi lý do số {number} bỏ trống."), 422
    assert number is not None
    s.books.explain(book.id, number, reason, by=current_account().name, at=s.clock.now())
    flash(f"Đã ghi lý do số {number} bỏ trống.")
    return redirect(url_for(".books", slug=slug))


def _books(slug: str, problem: str = "") -> str:
    s = services()
    agency = agency_here(slug)
    today = s.clock.now().astimezone(TZ).date()
    shown = [
        (
            book,
            KINDS.get(book.kind, book.kind),
            pattern_on(book.patterns, max(today, today.replace(year=book.year))).write(book.last + 1, today)
            if book.year == today.year
            else "",
            s.books.drawn(book.id),
            s.books.gaps(book),
        )
        for book in s.books.all(agency.id)
    ]
    return render_template(
        "onestop/books.html",
        agency=agency,
        shown=shown,
        problem=problem,
        explains="van_thu" in current_actor().functions,
    )


def _written(more: tuple[datetime, str]) -> str:
    told = json.dumps([more[0].isoformat(), more[1]])
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def _read(text: str) -> tuple[datetime, str] | None:
    """What `_written` wrote. Raises ValueError for anything else: it came from outside."""
    if not text:
        return None
    found = json.loads(base64.urlsafe_b64decode((text + "=" * (-len(text) % 4)).encode()))
    if not (isinstance(found, list) and len(found) == 2 and all(isinstance(each, str) for each in found)):
        raise ValueError("not a page key")
    at = datetime.fromisoformat(found[0])
    if at.tzinfo is None:
        raise ValueError("not a page key")
    return at, found[1]
