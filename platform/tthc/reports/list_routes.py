"""Lists of dossiers as reports: the register (sổ theo dõi), what lacks information, late opinions, extensions, apologies
(Đ13.3c, Đ13.3đ, Đ15.1d, Đ25.2).
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from renderers.sheets import Column, Table
from rules.calendar import TZ
from tthc.accounts.session import current_account, current_actor
from tthc.agencies.model import Agency
from tthc.measures.completeness import RULES, missing_at
from tthc.measures.life import Asked as Opinion
from tthc.measures.life import Granted, Life
from tthc.onestop.here import agency_here
from tthc.reports import register as registers
from tthc.reports.asking import Asked, span
from tthc.reports.naming import Names
from tthc.reports.rights import FIGURES, PERSONAL, fresh, own
from tthc.reports.routes import around, asked_now, cut, period_shown, shown_life
from tthc.reports.sending import KINDS, of_agency, send_table
from tthc.services import services
from tthc.web.access import access

blueprint = Blueprint("report_lists", __name__, url_prefix="/motcua/<slug>/bao-cao")

LONGEST_REASON = 500


@blueprint.get("/so-theo-doi")
@access(*PERSONAL)
def register(slug: str) -> str | BaseResponse:
    """Sổ theo dõi hồ sơ: a line a dossier accepted in the period, from its history (law.md 2.6). Reading is logged."""
    asked = asked_now()
    if asked.chosen:
        return redirect(url_for(".register", slug=slug, ky=asked.period.slug))
    return _register(slug, asked)


@blueprint.post("/so-theo-doi/xuat")
@access(*PERSONAL)
def export_register(slug: str) -> BaseResponse | tuple[str, int]:
    """The whole register of the period as a file: personal data leave the system, so why is said and logged (Đ24.2)."""
    s = services()
    agency = agency_here(slug)
    asked = asked_now()
    kind = request.form.get("kind", "")
    reason = request.form.get("reason", "").strip()
    if asked.wrong or kind not in KINDS:
        abort(404)
    wrong = _reason_refused(reason)
    if wrong:
        return _register(slug, asked, wrong=wrong, typed=reason), 422
    fresh(s)
    start, end = span(asked.period, s.clock.now())
    found = registers.every(s, agency, start, end)
    table = registers.table(found, asked.period, agency.name)
    s.acts.log(
        current_account(),
        "report.exported",
        s.clock.now(),
        kind="report",
        target=agency.id,
        label=f"Sổ theo dõi hồ sơ – {agency.name} – {asked.period.name}",
        reason=reason,
        after={"format": kind, "rows": len(found)},
    )
    return send_table(
        table, kind, f"so-theo-doi-{agency.slug}-{asked.period.slug}", of_agency(agency), s.clock.now()
    )


@blueprint.get("/thieu-thong-tin")
@access(*PERSONAL)
def lacking(slug: str) -> str:
    """Dossiers without their full status and information, rule by rule (Đ25.2)."""
    s = services()
    agency = agency_here(slug)
    now = s.clock.now()
    waiting = fresh(s)
    broken = [(life, found) for life in s.lives.lacking(agency.id) if (found := missing_at(life, now))]
    chosen = request.args.get("luat", "")
    if chosen and chosen not in RULES:
        abort(404)
    page, following = cut(
        [life for life, found in broken if not chosen or chosen in found], request.args.get("sau", "")
    )
    names, found_of = Names(s, now.astimezone(TZ).date()), {life.id: found for life, found in broken}
    return render_template(
        "reports/lacking.html",
        **around(agency, "thieu-thong-tin"),
        rules=[
            (key, rule, sum(key in found for _, found in broken))
            for key, rule in RULES.items()
            if any(key in found for _, found in broken)
        ],
        chosen=chosen,
        count=len(broken),
        rows=[
            shown_life(life, now, names) | {"missing": [RULES[key].name for key in found_of[life.id]]}
            for life in page
        ],
        following=following,
        now=now,
        waiting=waiting,
    )


@blueprint.get("/lay-y-kien")
@access(*FIGURES)
def consultations(slug: str) -> str | BaseResponse:
    """Opinions that other agencies owe, or gave after their time (Đ13.3c)."""
    return _list(slug, "lay-y-kien")


@blueprint.get("/gia-han")
@access(*FIGURES)
def extensions(slug: str) -> str | BaseResponse:
    """Extensions granted in the period, with both dates (Đ13.3đ)."""
    return _list(slug, "gia-han")


@blueprint.get("/xin-loi")
@access(*FIGURES)
def apologies(slug: str) -> str | BaseResponse:
    """Apologies of the period, with the day that was missed and the day promised (Đ15.1d)."""
    return _list(slug, "xin-loi")


@blueprint.get("/danh-sach/<which>.<kind>")
@access(*FIGURES)
def download_list(slug: str, which: str, kind: str) -> BaseResponse:
    """A list as a file; it names no applicant."""
    s = services()
    agency = agency_here(slug)
    asked = asked_now()
    if which not in _LISTS or kind not in KINDS or asked.wrong:
        abort(404)
    fresh(s)
    table, _ = _table(agency, asked, which)
    return send_table(
        table, kind, f"{which}-{agency.slug}-{asked.period.slug}", of_agency(agency), s.clock.now()
    )


def _register(slug: str, asked: Asked, *, wrong: str = "", typed: str = "") -> str:
    s = services()
    agency = agency_here(slug)
    waiting = fresh(s)
    now = s.clock.now()
    start, end = span(asked.period, now)
    try:
        lines, following = registers.page(s, agency, start, end, request.args.get("sau", ""))
    except ValueError:
        abort(404)
    s.reads.log(current_actor(), "", f"so-theo-doi:{asked.period.slug}", now)
    return render_template(
        "reports/register.html",
        **around(agency, "so-theo-doi"),
        **period_shown(asked),
        table=registers.table(lines, asked.period, agency.name, covered=True),
        ids=[line.id for line in lines],
        following=following,
        formats=KINDS,
        wrong=wrong,
        typed=typed,
        waiting=waiting,
    )


def _reason_refused(reason: str) -> str:
    if not reason:
        return "Ghi lý do xuất sổ: tệp này có dữ liệu cá nhân của người nộp hồ sơ."
    if len(reason) > LONGEST_REASON:
        return f"Ghi lý do không quá {LONGEST_REASON} ký tự (đang có {len(reason)})."
    return ""


def _list(slug: str, which: str) -> str | BaseResponse:
    s = services()
    agency = agency_here(slug)
    asked = asked_now()
    if asked.chosen:
        return redirect(url_for(request.endpoint or "", slug=slug, ky=asked.period.slug))
    waiting = fresh(s)
    table, ids = _table(agency, asked, which)
    return render_template(
        "reports/list.html",
        **around(agency, which),
        **period_shown(asked),
        which=which,
        table=table,
        ids=ids,
        opens=own(current_account(), agency.id),
        empty_words=_LISTS[which][1],
        waiting=waiting,
    )


def _table(agency: Agency, asked: Asked, which: str) -> tuple[Table, list[str]]:
    """The list, and the dossier of each of its rows."""
    s = services()
    start, end = span(asked.period, s.clock.now())
    names = Names(s, s.clock.now().astimezone(TZ).date())
    title, _, columns, rows_of = _LISTS[which]
    found = [
        (life.id, (life.code or life.reference, names.procedure(life.procedure), *row))
        for life in s.lives.of([agency.id], start, end)
        if not life.training
        for row in rows_of(life, start, end)
    ]
    found.sort(key=lambda one: one[1][0])
    return Table(
        title=title,
        lead=f"Kỳ báo cáo: {asked.period.name}",
        facts=(("Cơ quan", agency.name), ("Số dòng", str(len(found)))),
        columns=(Column("Mã hồ sơ", width=28), Column("Thủ tục", width=40), *columns),
        rows=tuple(row for _, row in found),
    ), [dossier for dossier, _ in found]


def _late_opinions(life: Life, start: datetime, end: datetime) -> list[tuple[Any, ...]]:
    """Those that were late at some time in the period."""
    return [
        (asked.name or asked.agency, asked.step, asked.at, asked.due, asked.over(end), _lateness(asked, end))
        for asked in life.asked
        if asked.late_at(end) and (asked.over_at is None or asked.over_at >= start)
    ]


def _lateness(asked: Opinion, end: datetime) -> str:
    assert asked.due is not None
    over = asked.over(end)
    days = ((over or end).astimezone(TZ).date() - asked.due.astimezone(TZ).date()).days
    told = f"chậm {days} ngày" if days else "chậm trong ngày"
    if over is None:
        return f"chưa trả lời, {told}"
    return {"answered": told, "silent": "không trả lời, coi như đồng ý"}.get(asked.how, f"thôi hỏi, {told}")


def _granted(
    which: Callable[[Life], tuple[Granted, ...]], *, source: bool
) -> Callable[..., list[tuple[Any, ...]]]:
    def rows(life: Life, start: datetime, end: datetime) -> list[tuple[Any, ...]]:
        return [
            (life.original_due, g.at, g.before, g.after, *(_ground(g) if source else ()), g.reason)
            for g in which(life)
            if start <= g.at < end
        ]

    return rows


def _ground(granted: Granted) -> tuple[Any, ...]:
    """The date by which it counts as in time, the proposal, and the clause of law that grants it (Đ13.3đ)."""
    return granted.counts or granted.after, granted.source, granted.basis or "Không có"


def _instants(*labels: str) -> tuple[Column, ...]:
    return tuple(Column(label, "instant", width=17) for label in labels)


_LISTS: Mapping[str, tuple[str, str, tuple[Column, ...], Callable[..., list[tuple[Any, ...]]]]] = {
    "lay-y-kien": (
        "Lấy ý kiến quá hạn",
        "Không có cơ quan nào trả lời chậm trong kỳ",
        (
            Column("Cơ quan được hỏi", width=30),
            Column("Việc", width=24),
            *_instants("Hỏi lúc", "Hạn trả lời", "Trả lời lúc"),
            Column("Chậm", width=22),
        ),
        _late_opinions,
    ),
    "gia-han": (
        "Hồ sơ được gia hạn",
        "Không có hồ sơ nào được gia hạn trong kỳ",
        (
            *_instants("Hẹn đầu tiên", "Gia hạn lúc", "Hẹn trước đó", "Hẹn mới", "Hạn tính đúng hạn"),
            Column("Phiếu đề nghị", width=16),
            Column("Căn cứ trong luật", width=24),
            Column("Lý do", width=30),
        ),
        _granted(lambda life: life.extensions, source=True),
    ),
    "xin-loi": (
        "Hồ sơ phải xin lỗi, hẹn lại",
        "Không có phiếu xin lỗi nào trong kỳ",
        (
            *_instants("Hẹn đầu tiên", "Xin lỗi lúc", "Hẹn bị lỡ", "Hẹn lại"),
            Column("Lý do", width=36),
        ),
        _granted(lambda life: life.apologies, source=False),
    ),
}
