"""How dossiers are being solved, for everybody to see and to take along (law.md 2.1.8, Đ7.2a): no name in it, no sign-in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from renderers.text import number
from rules.calendar import TZ
from rules.i18n import gettext, noted
from tthc.agencies.model import LEVEL_LABELS, Agency
from tthc.measures import periods
from tthc.measures.periods import Period, PeriodError
from tthc.measures.public import COUNTS, NAMES, RATE, SHOWN, Figure
from tthc.ratings.criteria import in_force
from tthc.registry.coverage import Group
from tthc.registry.levels import LEVELS, told
from tthc.registry.sectors import sector_name
from tthc.reports.open_data import (
    KINDS,
    REPORTS,
    Public,
    Sheet,
    as_file,
    level_sheet,
    public,
    rating_sheet,
    solved_sheet,
    visit_sheet,
)
from tthc.services import services
from tthc.web import visits
from tthc.web.access import access
from tthc.web.limits import limiter

blueprint = Blueprint("public_figures", __name__, url_prefix="/so-lieu")
_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
_LIMIT = "60 per minute"
SHOWN_AGENCIES = 25


@blueprint.get("", strict_slashes=False)
@access("public")
@limiter.limit(_LIMIT)
def index() -> str:
    """On-time rate and volumes by sector and agency; of one agency with `?co-quan=`."""
    s = services()
    today = s.clock.now().astimezone(TZ).date()
    period, wrong = _period()
    agency = _agency()
    found = public(s, period, agency.id if agency else "")
    shown, following = _slice(_in_order(found))
    of_agency: dict[str, Any] = {"co-quan": agency.id} if agency else {}
    return render_template(
        "portal/figures.html",
        found=found,
        period=period,
        wrong=wrong,
        agency=agency,
        places=_grouped(shown),
        following=following.id if following else "",
        more=bool(request.args.get("tu")),
        presets=[
            {
                "label": preset.name,
                "url": url_for(".index", ky=preset.slug, **of_agency),
                "current": preset == period,
            }
            for preset in periods.presets(today)
        ],
        running=period.last >= today,
        names=_said(NAMES),
        counts=_said(COUNTS),
        rate=RATE,
        columns=SHOWN,
        reports=_said(REPORTS),
        kinds=KINDS,
        visited=_visited(period) if agency is None else (),
    )


def _visited(period: Period) -> list[tuple[str, str]]:
    """(kind of page, how often it was opened) in the period, the whole last; nothing where nobody came."""
    found = visits.days(services().database, period.first, period.last)
    counts = {label: sum(each.pages[kind] for each in found) for kind, label in visits.KINDS.items()}
    counts[noted("Tất cả")] = visits.total(found)
    return [(gettext(label), number(n)) for label, n in counts.items()] if found else []


@blueprint.get("/muc-do")
@access("public")
@limiter.limit(_LIMIT)
def levels() -> str:
    """How many procedures are offered online at which level, by sector and by agency (Đ7.2a)."""
    s = services()
    today = s.clock.now().astimezone(TZ).date()
    found = s.registry.coverage(today, sector_name)
    return render_template(
        "portal/levels.html",
        found=found,
        places=_alike(found.agencies, {each.id: each.level.value for each in s.agencies.active(today)}),
        heads=[told(level, today) for level in LEVELS],
        today=today,
        reports=_said(REPORTS),
        kinds=KINDS,
    )


@blueprint.get("/<report>.<kind>")
@access("public")
@limiter.limit(_LIMIT)
def download(report: str, kind: str) -> BaseResponse:
    """Open data; what the columns count stands in the JSON and on the page."""
    if report not in REPORTS or kind not in KINDS:
        abort(404)
    sheet, name = _sheet(report)
    answer = Response(as_file(sheet, kind))
    answer.headers["Content-Type"] = _TYPES[kind]
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.{kind}")
    answer.cache_control.public = True
    answer.cache_control.max_age = 300
    return answer


def _sheet(report: str) -> tuple[Sheet, str]:
    """One of `REPORTS`, and what its file is called. Those that are of a period: of that of `?ky=`."""
    s = services()
    today = s.clock.now().astimezone(TZ).date()
    if report.startswith("muc-do"):
        return level_sheet(s.registry.coverage(today, sector_name), report, today), f"{report}-{today}"
    if report == "danh-gia":
        slip = in_force(s.ratings.sets, today)
        names = {each.id: each.name for each in s.agencies.all()}
        return rating_sheet(s.ratings.aggregates(slip), slip, names), f"{report}-{today}"
    period, wrong = _period()
    if wrong:
        abort(404)
    if report == "luot-xem":
        days = visits.days(s.database, period.first, period.last)
        return visit_sheet(days, period), f"{report}-{period.slug}"
    agency = _agency()
    return solved_sheet(public(s, period, agency.id if agency else ""), report), f"{report}-{period.slug}"


def _said(words: Mapping[str, str]) -> dict[str, str]:
    return {key: gettext(text) for key, text in words.items()}


def _period() -> tuple[Period, str]:
    """That of `?ky=`, the running month without; what is wrong with it."""
    today = services().clock.now().astimezone(TZ).date()
    slug = request.args.get("ky", "")
    if not slug:
        return periods.running(today), ""
    try:
        asked = periods.read_slug(slug)
    except PeriodError as error:
        return periods.running(today), str(error)
    if asked.kind == "tuy-chon":  # each would be counted anew: whole months and longer are what is kept
        return periods.running(today), gettext("Chọn một trong các kỳ dưới đây.")
    if asked.first > today:
        return periods.running(today), gettext("Kỳ này chưa tới; chọn một trong các kỳ dưới đây.")
    return asked, ""


def _agency() -> Agency | None:
    wanted = request.args.get("co-quan", "")
    found = services().agencies.get(wanted[:80]) if wanted else None
    if wanted and found is None:
        abort(404)
    return found


def _in_order(found: Public) -> list[tuple[str, Figure]]:
    """The agencies with their level's name, level by level."""
    return [
        (gettext(label).partition(" (")[0], each)
        for level, label in LEVEL_LABELS.items()
        for each in found.agencies
        if found.levels.get(each.id) == level
    ]


def _slice(rows: list[tuple[str, Figure]]) -> tuple[list[tuple[str, Figure]], Figure | None]:
    """As many as a page shows, from that of `?tu=` on; and the first after them."""
    start = request.args.get("tu", "")
    at = next((at for at, (_, row) in enumerate(rows) if row.id == start), 0)
    rest = rows[at + SHOWN_AGENCIES :]
    return rows[at : at + SHOWN_AGENCIES], rest[0][1] if rest else None


def _grouped(rows: list[tuple[str, Figure]]) -> list[tuple[str, list[Figure]]]:
    grouped: dict[str, list[Figure]] = {}
    for label, row in rows:
        grouped.setdefault(label, []).append(row)
    return list(grouped.items())


@dataclass(frozen=True, slots=True)
class Alike:
    """Agencies of one level whose procedures are as many at each level of service."""

    label: str
    place: str
    groups: tuple[Group, ...]


def _alike(groups: Sequence[Group], level_of: Mapping[str, str]) -> list[Alike]:
    """One line for all communes that offer the same, as they mostly do."""
    found: dict[tuple[str, tuple[int, ...]], list[Group]] = {}
    for group in groups:
        found.setdefault((level_of.get(group.id, ""), group.counts), []).append(group)
    return [
        Alike(gettext(LEVEL_LABELS.get(level, level)).partition(" (")[0], level, tuple(same))
        for (level, _), same in found.items()
    ]
