"""All agencies side by side, by level: for whoever watches over them (Đ23.1, Đ27)."""

from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from rules.calendar import TZ
from tthc.agencies.model import LEVEL_LABELS, Agency
from tthc.measures import form_06a
from tthc.measures.form_06a import Row06a
from tthc.reports import tables
from tthc.reports.asking import Asked
from tthc.reports.figures import Figures
from tthc.reports.naming import Names
from tthc.reports.rights import WATCHER, fresh
from tthc.reports.routes import asked_now, period_shown
from tthc.reports.sending import KINDS, PROVINCE, send_table
from tthc.services import services
from tthc.web.access import access

blueprint = Blueprint("overview", __name__, url_prefix="/bao-cao")


@blueprint.get("", strict_slashes=False)
@access(WATCHER)
def index() -> str | BaseResponse:
    """Biểu II.06a of every agency, a line each, level by level."""
    asked = asked_now()
    if asked.chosen:
        return redirect(url_for(".index", ky=asked.period.slug))
    waiting = fresh(services())
    found = _found(asked)
    return render_template(
        "reports/overview.html",
        **period_shown(asked),
        groups=found.levels,
        total=form_06a.total(found.agencies),
        columns=form_06a.COLUMNS,
        heads=tables.columns_06a("Cơ quan"),
        grouped=tables.table_06a((), asked.period, "", 0, "Cơ quan"),
        waiting=waiting,
        watches=True,
        formats=KINDS,
    )


@blueprint.get("/tai/<report>.<kind>")
@access(WATCHER)
def download(report: str, kind: str) -> BaseResponse:
    """`co-quan`: a line an agency; `bieu-06a`: the form of the whole province, a line a sector."""
    s = services()
    asked = asked_now()
    if asked.wrong or kind not in KINDS or report not in {"co-quan", "bieu-06a"}:
        abort(404)
    fresh(s)
    found = _found(asked)
    rows, first = (found.sectors, "") if report == "bieu-06a" else (found.agencies, "Cơ quan")
    table = tables.table_06a(rows, asked.period, PROVINCE.name, found.late, first)
    return send_table(table, kind, f"{report}-{asked.period.slug}", PROVINCE, s.clock.now())


@dataclass(frozen=True, slots=True)
class Found:
    """`levels`: the agencies that have a dossier, level by level; `late`: solved after the date first promised."""

    levels: tuple[tuple[str, tuple[tuple[Agency, Row06a], ...]], ...]
    sectors: tuple[Row06a, ...]
    late: int

    @property
    def agencies(self) -> tuple[Row06a, ...]:
        return tuple(row for _, rows in self.levels for _, row in rows)


def _found(asked: Asked) -> Found:
    s = services()
    now = s.clock.now()
    known = {agency.id: agency for agency in s.agencies.all()}
    names = Names(s, now.astimezone(TZ).date())
    figures = Figures(s.lives, s.database).of(asked.period, now)
    rows = form_06a.gathered(figures.rows, lambda row: (row.sector, known[row.sector].name))
    levels = (
        (label, tuple((known[row.sector], row) for row in rows if known[row.sector].level == level))
        for level, label in LEVEL_LABELS.items()
    )
    return Found(
        tuple(level for level in levels if level[1]),
        form_06a.gathered(figures.rows, lambda row: names.sector_of(row.sector_name)),
        figures.late,
    )
