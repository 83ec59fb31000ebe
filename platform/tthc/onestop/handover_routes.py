"""“Bàn giao”: the hand-over list of a day, given and taken by one press for many (Đ12.1b, Đ12.3; NĐ 61/2018 Đ18)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from renderers.pdf.letters import Letter, Paragraph, Table, letter
from renderers.text import clock, day, instant
from rules.calendar import TZ
from tthc.accounts.session import current_actor
from tthc.agencies.model import Agency
from tthc.dossiers.commands import HandOver, TakeOver
from tthc.dossiers.context import RECEPTION
from tthc.dossiers.decide_custody import where
from tthc.dossiers.handing_over import given_by
from tthc.dossiers.handover_lists import HandoverLists, HandoverRow
from tthc.dossiers.refusals import Refused
from tthc.onestop.here import agency_here
from tthc.services import services
from tthc.web.access import access
from tthc.web.files import send_bytes
from tthc.web.idempotency import command_id
from tthc.web.papers import office_at

blueprint = Blueprint("handover", __name__, url_prefix="/motcua/<slug>/ban-giao")

MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A row as the page and the paper show it. `due`: by when it is to be given; `late`: it was given after that, or is
    still here after that.
    """

    row: HandoverRow
    due: datetime
    late: bool
    paper: str


@blueprint.get("")
@access("staff")
def index(slug: str) -> str:
    return _show(slug)


@blueprint.post("/da-ban-giao")
@access("staff:tiep_nhan")
def give(slug: str) -> BaseResponse | tuple[str, int]:
    """«Đã bàn giao» for each dossier ticked; what is refused is told one by one, and the others go."""
    note = request.form.get("note", "").strip()[:500]
    return _each(slug, lambda: HandOver(note=note), "Đã bàn giao {} hồ sơ.")


@blueprint.post("/da-nhan")
@access("staff")
def take(slug: str) -> BaseResponse | tuple[str, int]:
    """«Đã nhận», likewise."""
    return _each(slug, TakeOver, "Đã nhận {} hồ sơ.")


@blueprint.get("/danh-sach.pdf")
@access("staff")
def paper(slug: str) -> Response:
    """The list of a day to print and sign; drawing it is reading whose dossiers they are, and is logged."""
    s = services()
    agency, on = agency_here(slug), _day()
    lines = _lines(agency, _of_day(agency, on))
    now = s.clock.now()
    for line in lines:
        s.reads.log(current_actor(), line.row.id, "in:danh-sach-ban-giao", now)
    return send_bytes(letter(_letter(agency, on, lines)), "application/pdf", f"ban-giao-{on.isoformat()}.pdf")


def _each(slug: str, command: Callable[[], HandOver | TakeOver], said: str) -> BaseResponse | tuple[str, int]:
    s = services()
    actor, pressed = current_actor(), command_id()
    chosen = tuple(dict.fromkeys(request.form.getlist("dossier")))[:MOST_AT_ONCE]
    done, problems = 0, []
    for dossier_id in chosen:
        found = s.dossiers.read(dossier_id, actor)
        if found is None:
            problems.append(("", "Không tìm thấy hồ sơ này."))
            continue
        try:
            s.dossiers.execute(found.id, command(), actor, command_id=f"{pressed}:{found.id}")
        except Refused as refusal:
            problems.append((found.code or found.reference, refusal.sentence()))
        else:
            done += 1
    if not chosen:
        problems.append(("", "Chọn ít nhất một hồ sơ."))
    if done:
        flash(said.format(done))
    if problems:
        return _show(slug, problems), 409
    return redirect(url_for(".index", slug=slug, ngay=request.args.get("ngay")))


def _show(slug: str, problems: list[tuple[str, str]] | None = None) -> str:
    s = services()
    agency, actor, on = agency_here(slug), current_actor(), _day()
    lists = HandoverLists(s.repository)
    gives = RECEPTION in actor.functions
    return render_template(
        "onestop/handovers.html",
        agency=agency,
        on=on,
        now=s.clock.now(),
        gives=gives,
        to_give=_lines(agency, lists.to_give(agency.id)) if gives else (),
        to_take=_lines(agency, lists.to_take(actor.functions, agency.id)),
        listed=_lines(agency, _of_day(agency, on)),
        problems=problems or (),
    )


def _of_day(agency: Agency, on: date) -> tuple[HandoverRow, ...]:
    start = datetime.combine(on, time(), TZ)
    return HandoverLists(services().repository).between(agency.id, start, start + timedelta(days=1))


def _lines(agency: Agency, rows: tuple[HandoverRow, ...]) -> tuple[Line, ...]:
    s = services()
    calendar, policy, now = s.calendar(agency.id), s.dossiers.policy, s.clock.now()
    lines = []
    for row in rows:
        due = (
            row.handover.due
            if row.handover is not None
            else given_by(row.accepted_at, calendar, policy.handover_cutoff, policy.handover_grace)
        )
        waits = row.handover is None and row.handover_to is not None
        late = row.handover.late if row.handover is not None else waits and now > due
        lines.append(Line(row, due, late, where(row.original) if row.original is not None else "Không có"))
    return tuple(lines)


def _letter(agency: Agency, on: date, lines: tuple[Line, ...]) -> Letter:
    late = sum(line.late for line in lines)
    return Letter(
        office=office_at(services(), agency),
        title="Danh sách bàn giao hồ sơ",
        subject=f"Ngày {day(on)}",
        day=services().clock.now().astimezone(TZ).date(),
        pieces=(
            Table(
                head=(
                    "TT",
                    "Mã hồ sơ",
                    "Người nộp; thủ tục",
                    "Tiếp nhận",
                    "Bàn giao: người giao, lúc",
                    "Nhận: người nhận, lúc, ký",
                    "Bản giấy; ghi chú",
                ),
                rows=tuple(_printed(place, line) for place, line in enumerate(lines, start=1)),
                widths=(20, 0, 10, 15, 15, 15),
                centred=(3,),
            ),
            Paragraph(f"Tổng số: {len(lines)} hồ sơ; bàn giao chậm: {late} hồ sơ."),
        ),
        signer=("Người bàn giao",),
        landscape=True,
    )


def _printed(place: int, line: Line) -> tuple[str, ...]:
    row, handover = line.row, line.row.handover
    given, taken = "", ""
    if row.electronic:
        given = taken = f"Chuyển điện tử lúc {clock(row.accepted_at)}"
    elif handover is not None:
        given = f"{handover.given_by_name}, {instant(handover.given_at)}"
        taken = f"{handover.taken_by_name}, {instant(handover.taken_at)}" if handover.taken_at else ""
    remarks = (line.paper, "chậm" if line.late else "", handover.note if handover else "")
    return (
        str(place),
        row.code,
        f"{row.applicant.name}; {row.procedure_name}",
        f"{clock(row.accepted_at)} {day(row.accepted_at)}",
        given,
        taken,
        "; ".join(part for part in remarks if part),
    )


def _day() -> date:
    """`ngay` of the address; today without one, or with one that is no day."""
    try:
        return date.fromisoformat(request.args.get("ngay", ""))
    except ValueError:
        return services().clock.now().astimezone(TZ).date()
