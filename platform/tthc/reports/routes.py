"""Figures of an agency: today's standing, Biểu II.06a, results by officer and unit, and the dossiers behind each figure
(Đ25.1, Đ27).
"""

from collections.abc import Callable
from datetime import datetime, time
from functools import cache
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from renderers.drawing.bars import Part, bars
from rules.calendar import TZ
from tthc.accounts.session import current_account
from tthc.agencies.model import Agency
from tthc.measures import form_06a, periods, work
from tthc.measures.counting import counted
from tthc.measures.life import Life
from tthc.measures.meaning import MEASURES
from tthc.measures.work import WorkRow
from tthc.onestop.here import agency_here
from tthc.onestop.inboxes import SOON
from tthc.reports import tables
from tthc.reports.asking import Asked, Wanted, ask, span, wanted
from tthc.reports.naming import Names
from tthc.reports.rights import FIGURES, fresh, own, watches
from tthc.reports.sending import KINDS, of_agency, send_table
from tthc.services import services
from tthc.web.access import access

blueprint = Blueprint("reports", __name__, url_prefix="/motcua/<slug>/bao-cao")

PAGE = 50
_KEPT = ("ky", "ct", "lv", "cb", "pb")
"""What the address of a list says, from page to page."""
PARTS_06A = (
    ("early", Part("Trước hạn", "ok")),
    ("on_time", Part("Đúng hạn", "main")),
    ("late", Part("Quá hạn (đã giải quyết)", "bad")),
    ("in_time", Part("Đang giải quyết, trong hạn", "plain")),
    ("overdue", Part("Đang giải quyết, quá hạn", "warn")),
)


@blueprint.get("", strict_slashes=False)
@access(*FIGURES)
def index(slug: str) -> str:
    """How the agency stands now, by unit and by officer (Đ25.1)."""
    s = services()
    agency = agency_here(slug)
    now = s.clock.now()
    waiting = fresh(s)
    month, until = span(periods.running(now.astimezone(TZ).date()), now)
    lives = list(s.lives.of([agency.id], month, until))
    units = tables.named(work.standing(lives, month, until, now + SOON, by_unit()), unit_names(agency))
    officers = work.standing(lives, month, until, now + SOON, work.by_handler)
    parts = (
        Part("Trong hạn", "main"),
        Part("Sắp đến hạn", "warn"),
        Part("Quá hạn", "bad"),
        Part("Chờ người nộp", "plain"),
    )
    return render_template(
        "reports/index.html",
        **around(agency, "hom-nay"),
        total=work.total(officers),
        groups=[("Theo phòng", "pb", units), ("Theo cán bộ", "cb", officers)],
        names=work.NOW,
        measures=MEASURES,
        meanings=tables.notes(work.NOW, lambda name: MEASURES[name].name),
        chart=bars(parts, [(row.name, _standing_parts(row)) for row in officers if row.counts.get("open")]),
        now=now,
        waiting=waiting,
    )


@blueprint.get("/bieu-06a")
@access(*FIGURES)
def form(slug: str) -> str | BaseResponse:
    """Biểu II.06a/VPCP/KSTT of any period (Đ25.1, Đ27)."""
    s = services()
    agency = agency_here(slug)
    asked = asked_now()
    if asked.chosen:
        return redirect(url_for(".form", slug=slug, ky=asked.period.slug))
    waiting = fresh(s)
    rows, table = _form(agency, asked)
    return render_template(
        "reports/form.html",
        **around(agency, "bieu-06a"),
        **period_shown(asked),
        rows=rows,
        total=form_06a.total(rows),
        table=table,
        columns=form_06a.COLUMNS,
        chart=bars(
            [part for _, part in PARTS_06A],
            [(row.sector_name, [getattr(row, name) for name, _ in PARTS_06A]) for row in rows],
        ),
        waiting=waiting,
    )


@blueprint.get("/ket-qua")
@access(*FIGURES)
def results(slug: str) -> str | BaseResponse:
    """Received, solved, late by the first date and by the present one, pauses, extensions, apologies (Đ25.1)."""
    s = services()
    agency = agency_here(slug)
    asked = asked_now()
    if asked.chosen:
        return redirect(url_for(".results", slug=slug, ky=asked.period.slug))
    waiting = fresh(s)
    found = _work(agency, asked)
    return render_template(
        "reports/results.html",
        **around(agency, "ket-qua"),
        **period_shown(asked),
        groups=found,
        tables={
            key: tables.table_work(title, first, rows, asked.period, agency.name)
            for title, first, key, rows in found
        },
        columns=work.COLUMNS,
        total=work.total(found[0][3]),
        waiting=waiting,
    )


@blueprint.get("/tai/<report>.<kind>")
@access(*FIGURES)
def download(slug: str, report: str, kind: str) -> BaseResponse:
    """A report without personal data, as a file: `bieu-06a`, `can-bo`, `phong`."""
    s = services()
    agency = agency_here(slug)
    asked = asked_now()
    if asked.wrong or kind not in KINDS:
        abort(404)
    fresh(s)
    if report == "bieu-06a":
        table = _form(agency, asked)[1]
    else:
        found = {key: (title, first, rows) for title, first, key, rows in _work(agency, asked)}
        chosen = found.get({"can-bo": "cb", "phong": "pb"}.get(report, ""))
        if chosen is None:
            abort(404)
        table = tables.table_work(*chosen, asked.period, agency.name)
    name = f"{report}-{agency.slug}-{asked.period.slug}"
    return send_table(table, kind, name, of_agency(agency), s.clock.now())


@blueprint.get("/ho-so")
@access(*FIGURES)
def behind(slug: str) -> str:
    """The dossiers that a figure counts, as many as it says. No applicant is named here."""
    s = services()
    agency = agency_here(slug)
    now = s.clock.now()
    args = request.args.to_dict(flat=False)
    live = request.args.get("ky") == "hom-nay"
    asked = Asked(periods.running(now.astimezone(TZ).date())) if live else asked_now()
    want = wanted(args)
    if want is None or asked.wrong or asked.chosen:
        abort(404)
    waiting = fresh(s)
    start, end = span(asked.period, now)
    names = Names(s, now.astimezone(TZ).date())
    chosen = _chosen(agency, want, (start, end), names, live=live)
    page, following = cut(chosen, request.args.get("sau", ""))
    return render_template(
        "reports/behind.html",
        **around(agency, ""),
        period="Hôm nay" if live else asked.period.name,
        heading=f"{want.name}: {len(chosen)} hồ sơ",
        meaning=MEASURES[want.measure],
        within=_within(agency, want, chosen, end, names),
        rows=[shown_life(life, end, names) for life in page],
        following={**{k: args[k][0] for k in _KEPT if args.get(k)}, "sau": following} if following else None,
        opens=own(current_account(), agency.id),
        now=now,
        waiting=waiting,
    )


def asked_now() -> Asked:
    today = services().clock.now().astimezone(TZ).date()
    return ask(request.args.to_dict(flat=False), today)


def around(agency: Agency, current: str) -> dict[str, Any]:
    """What every page of reports is given: the agency and the way between them."""
    entries = (
        ("hom-nay", "Hôm nay", "reports.index"),
        ("bieu-06a", "Biểu II.06a", "reports.form"),
        ("ket-qua", "Theo cán bộ, phòng", "reports.results"),
        ("so-theo-doi", "Sổ theo dõi", "report_lists.register"),
        ("thieu-thong-tin", "Thiếu thông tin", "report_lists.lacking"),
        ("lay-y-kien", "Lấy ý kiến chậm", "report_lists.consultations"),
        ("gia-han", "Gia hạn", "report_lists.extensions"),
        ("xin-loi", "Xin lỗi", "report_lists.apologies"),
    )
    personal = own(current_account(), agency.id)
    return {
        "agency": agency,
        "watches": watches(current_account()),
        "tabs_of_reports": [
            {"label": label, "url": url_for(endpoint, slug=agency.slug), "current": key == current}
            for key, label, endpoint in entries
            if personal or key not in {"so-theo-doi", "thieu-thong-tin"}
        ],
    }


def period_shown(asked: Asked) -> dict[str, Any]:
    today = services().clock.now().astimezone(TZ).date()
    endpoint = request.endpoint or ""
    view = request.view_args or {}
    seen: dict[str, str] = {}
    for one in periods.presets(today):
        seen.setdefault(one.slug, one.name)
    return {
        "asked": asked,
        "period": asked.period,
        "presets": [
            {
                "label": name,
                "url": url_for(endpoint, **view, ky=slug),
                "current": slug == asked.period.slug,
            }
            for slug, name in seen.items()
        ],
        "kinds": list(periods.KINDS.items()),
        "running": asked.period.end > services().clock.now(),
    }


def unit_names(agency: Agency) -> Callable[[str], str]:
    """The name of a unit; those of nobody's are said."""

    def name(unit_id: str) -> str:
        unit = agency.unit(unit_id)
        return unit.name if unit is not None else unit_id or "Chưa rõ phòng"

    return name


def by_unit() -> work.Key:
    """By the unit of the officer; of one who has not acted yet, by their account's."""
    s = services()

    @cache
    def unit_of(officer: str) -> str:
        account = s.accounts.get(officer)
        return (account.unit or "") if account is not None else ""

    return work.by_unit(unit_of)


def cut(lives: list[Life], after: str) -> tuple[list[Life], str]:
    """One page, the earliest accepted first, and the key of the next; a key that is none begins anew."""
    ordered = sorted(lives, key=_place)
    if after:
        ordered = [life for life in ordered if _key(life) > after]
    page = ordered[:PAGE]
    return page, _key(page[-1]) if len(ordered) > PAGE else ""


def shown_life(life: Life, end: datetime, names: Names) -> dict[str, Any]:
    mark, handler = life.before(end), life.handler(end)
    return {
        "id": life.id,
        "code": life.code or life.reference,
        "procedure": names.procedure(life.procedure),
        "accepted_at": life.accepted_at,
        "first_due": life.original_due,
        "due": mark.due if mark is not None else None,
        "solved_at": mark.solved_at if mark is not None else None,
        "handler": handler.name if handler is not None else "Chưa giao",
    }


def _form(agency: Agency, asked: Asked) -> tuple[tuple[form_06a.Row06a, ...], Any]:
    s = services()
    now = s.clock.now()
    start, end = span(asked.period, now)
    names = Names(s, now.astimezone(TZ).date())
    lives = list(s.lives.of([agency.id], start, end))
    rows = form_06a.count_06a(lives, start, end, names.sector_of)
    late = sum("late_original" in counted(life, start, end) for life in lives)
    return rows, tables.table_06a(rows, asked.period, agency.name, late)


Group = tuple[str, str, str, tuple[WorkRow, ...]]
"""Title, head of the first column, the word of the list's address, rows."""


def _work(agency: Agency, asked: Asked) -> tuple[Group, ...]:
    s = services()
    start, end = span(asked.period, s.clock.now())
    lives = list(s.lives.of([agency.id], start, end))
    units = tables.named(work.work(lives, start, end, by_unit(), s.calendar), unit_names(agency))
    officers = work.work(lives, start, end, work.by_handler, s.calendar)
    return (
        ("Kết quả giải quyết theo phòng", "Phòng", "pb", units),
        ("Kết quả giải quyết theo cán bộ", "Cán bộ thụ lý", "cb", officers),
    )


def _chosen(
    agency: Agency, want: Wanted, within: tuple[datetime, datetime], names: Names, *, live: bool
) -> list[Life]:
    s = services()
    start, end = within
    sector_of, unit_of = names.sector_of, by_unit()

    def fits(life: Life) -> bool:
        found = work.live(life, start, end, end + SOON) if live else counted(life, start, end)
        return (
            want.measure in found
            and (want.sector is None or sector_of(life.procedure)[0] == want.sector)
            and (want.officer is None or work.by_handler(life, end)[0] == want.officer)
            and (want.unit is None or unit_of(life, end)[0] == want.unit)
        )

    return [life for life in s.lives.of([agency.id], start, end) if fits(life)]


def _within(agency: Agency, want: Wanted, chosen: list[Life], end: datetime, names: Names) -> str:
    """The group that the list is of, in words."""
    words = []
    if want.sector is not None:
        told = next((names.sector_of(life.procedure)[1] for life in chosen), want.sector)
        words.append(f"Lĩnh vực {told}")
    if want.officer is not None:
        words.append(f"Cán bộ: {next((work.by_handler(life, end)[1] for life in chosen), 'Chưa giao')}")
    if want.unit is not None:
        words.append(unit_names(agency)(want.unit))
    return " · ".join(words)


def _standing_parts(row: WorkRow) -> tuple[int, int, int, int]:
    soon, late, waits = (row.counts.get(name, 0) for name in ("due_soon", "overdue", "waiting"))
    return (row.counts.get("open", 0) - soon - late - waits, soon, late, waits)


def _place(life: Life) -> tuple[datetime, str]:
    return (life.accepted_at or datetime.combine(life.submitted_at.date(), time(), TZ), life.id)


def _key(life: Life) -> str:
    at, last = _place(life)
    return f"{int(at.timestamp() * 1000):015d}.{last}"
