"""How dossiers are being solved, for everybody to see and to take along (law.md 2.1.8, Đ7.2a): no name in it, no sign-in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from rules.calendar import TZ
from rules.i18n import gettext
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
    as_file,
    level_sheet,
    public,
    rating_sheet,
    solved_sheet,
)
from tthc.services import services
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
    )


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
    s = services()
    if report.startswith("muc-do"):
        today = s.clock.now().astimezone(TZ).date()
        sheet = level_sheet(s.registry.coverage(today, sector_name), report, today)
        name = f"{report}-{today.isoformat()}"
    elif report == "danh-gia":
        today = s.clock.now().astimezone(TZ).date()
        slip = in_force(s.ratings.sets, today)
        names = {each.id: each.name for each in s.agencies.all()}
        sheet = rating_sheet(s.ratings.aggregates(slip), slip, names)
        name = f"{report}-{today.isoformat()}"
    else:
        period, wrong = _period()
        if wrong:
            abort(404)
        agency = _agency()
        sheet = solved_sheet(public(s, period, agency.id if agency else ""), report)
        name = f"{report}-{period.slug}"
    answer = Response(as_file(sheet, kind))
    answer.headers["Content-Type"] = _TYPES[kind]
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.{kind}")
    answer.cache_control.public = True
    answer.cache_control.max_age = 300
    return answer


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
