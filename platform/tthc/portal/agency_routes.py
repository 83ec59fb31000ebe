"""The agencies that handle procedures, level by level (Đ7.1), and each one's address and procedures (Đ7.2a, Đ17.1)."""

from datetime import date

from flask import Blueprint, abort, render_template, request

from definitions.model import Definition
from renderers.text import folded
from rules.calendar import TZ
from rules.i18n import gettext
from tthc.agencies.model import LEVEL_LABELS, Agency
from tthc.registry.coverage import offers
from tthc.registry.levels import told
from tthc.registry.sectors import sector_name
from tthc.services import Services, services
from tthc.web.access import access
from tthc.web.speaking import shown_definition

blueprint = Blueprint("agency_pages", __name__)


@blueprint.get("/co-quan")
@access("public")
def index() -> str:
    """Three levels before 1/7/2025, two after: those of the day that is asked for, today unless told (`?ngay=`)."""
    s = services()
    today = s.clock.now().astimezone(TZ).date()
    on = _day(request.args.get("ngay", "")) or today
    published = s.definitions.list_published(on)
    agencies = s.agencies.all(on)
    levels = [
        (
            gettext(label).partition(" (")[0],
            [(each, _count(published, each)) for each in agencies if each.level == level and each.exists(on)],
        )
        for level, label in LEVEL_LABELS.items()
    ]
    return render_template(
        "portal/agencies.html",
        levels=[(label, found) for label, found in levels if found],
        on=on,
        past=on != today,
        wrong=bool(request.args.get("ngay")) and _day(request.args["ngay"]) is None,
    )


@blueprint.get("/co-quan/<place>")
@access("public")
def agency(place: str) -> str:
    """Of one that has ended too: until when it worked, and who answers for its work now."""
    s = services()
    found = s.agencies.by_slug(place)
    if found is None:
        abort(404)
    today = s.clock.now().astimezone(TZ).date()
    offered = [d for d in s.definitions.list_published(today) if offers(d.offered_by, found)]
    there = found.exists(today)
    sectors: dict[str, list[tuple[Definition, str]]] = {}
    for definition in sorted(offered, key=lambda d: d.name) if there else ():
        sectors.setdefault(sector_name(definition.sector), []).append(
            (shown_definition(definition), told(definition.service_level, today))
        )
    return render_template(
        "portal/agency.html",
        agency=found,
        level=gettext(LEVEL_LABELS[found.level]).partition(" (")[0],
        there=there,
        today=today,
        sectors=dict(sorted(sectors.items(), key=lambda pair: folded(pair[0]))),
        successors=_successors(s, found, today),
    )


def _count(published: tuple[Definition, ...], agency: Agency) -> int:
    return sum(offers(definition.offered_by, agency) for definition in published)


def _successors(s: Services, ended: Agency, today: date) -> list[tuple[Agency, str]]:
    """Who took over and by what, as far as it is known."""
    known = ((s.agencies.get(each.agency), each) for each in ended.successors if each.on <= today)
    return [(agency, each.note) for agency, each in known if agency is not None]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
