"""Finding a procedure and reading all its parts (Đ7, Đ8.1)."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from math import inf
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from definitions.lifecycle import in_force
from definitions.model import Definition
from definitions.standing import last_day
from renderers.html.procedure import procedure_view
from renderers.html.stations import stations
from renderers.html.upcoming import Upcoming, upcoming
from renderers.text import folded
from rules.calendar import TZ
from tthc.portal.finding import PARAMETERS, Facet, Filters, Place, facets, index_of, narrowed
from tthc.portal.finding import read as read_filters
from tthc.portal.gone import gone_procedure
from tthc.portal.likeness import Alike, confusable, differences, plain_facts
from tthc.portal.most_used import DAYS, most_used
from tthc.portal.news import LATELY, Newsroom
from tthc.registry.levels import told
from tthc.registry.sectors import sector_name
from tthc.services import services
from tthc.web.access import access
from tthc.web.speaking import shown_definition

blueprint = Blueprint("catalogue", __name__)


NEWEST = 4
"""How much news the home page has; its own page has all of it."""

SAMPLES = 3
"""So many words to search for are shown beneath the box, from what the procedures say they are found by."""

SHOWN = 100
"""How many procedures a page lists; the filters lead to the rest."""


@blueprint.get("/")
@access("public")
def home() -> str:
    s, today = services(), _today()
    histories = s.definitions.histories()
    published = sorted(s.definitions.list_published(today, histories), key=lambda d: d.name)
    news, _ = Newsroom(s, today, histories, published).page(NEWEST, since=today - LATELY)
    used = most_used(s, published)
    events = _facet(facets(published, Filters(), _place(today)), "event")
    shown = [each for each, _ in used] or published[:6]
    return render_template(
        "portal/home.html",
        procedures=[shown_definition(one) for one in shown],
        samples=[min(one.keywords, key=len) for one in shown if one.keywords][:SAMPLES],
        times=[count for _, count in used],
        days=DAYS,
        count=len(published),
        events=events.choices if events else (),
        news=news,
    )


@blueprint.get("/thu-tuc")
@access("public")
def index() -> str | BaseResponse:
    """The list of services by agency, sector, level, applicant, life event (Đ7.1, Đ7.2a), or what a search found (Đ8.1)."""
    query = request.args.get("q", "").strip()[:200]
    on = _asked_day() or _today()
    place, filters = _place(on), read_filters(request.args)
    published = _published(on)
    if query:
        hits = index_of(published).search(query)
        if len(hits) == 1 and hits[0].score == inf and not filters.chosen:
            return redirect(url_for(".procedure", code=hits[0].key))
        by_code = {definition.procedure: definition for definition in published}
        listed = [by_code[hit.key] for hit in hits]
        nearly = bool(hits) and not any(hit.whole for hit in hits)
    else:
        listed, nearly = published, False
    found = narrowed(listed, filters, place)
    return render_template(
        "portal/catalogue.html",
        query=query,
        nearly=nearly,
        filters=filters,
        facets=facets(listed, filters, place),
        cards=[_card(one, found if query else (), on) for one in found[:SHOWN]],
        by_sector=_by_sector(found[:SHOWN]),
        found=len(found),
        count=len(published),
        shown=SHOWN,
        on=on,
        past=on != _today(),
        without=_without(filters, query, "" if on == _today() else on.isoformat()),
    )


@dataclass(frozen=True, slots=True)
class Card:
    """A procedure in a list; `apart`: (name of one that could be taken for it, what differs)."""

    definition: Definition
    facts: Sequence[tuple[str, str]]
    apart: Sequence[tuple[str, str]]


def _card(definition: Definition, beside: Sequence[Definition], on: date) -> Card:
    apart = [
        (
            alike.other.name,
            "; ".join(f"{_lowered(what)}: {_lowered(theirs)}" for what, _, theirs in alike.differences),
        )
        for alike in _alike(definition, beside, on)
    ]
    shown = shown_definition(definition)
    return Card(shown, plain_facts(shown, on) if beside else (), apart)


def _alike(definition: Definition, beside: Sequence[Definition], on: date) -> list[Alike]:
    """As this page's reader reads them; which can be confused is a matter of their own names."""
    mine = shown_definition(definition)
    others = [shown_definition(alike.other) for alike in confusable(definition, beside, on)]
    return [Alike(other, differences(mine, other, on)) for other in others]


def _by_sector(found: Sequence[Definition]) -> dict[str, list[Definition]]:
    sectors: dict[str, list[Definition]] = {}
    for definition in map(shown_definition, found):
        sectors.setdefault(sector_name(definition.sector), []).append(definition)
    return dict(sorted(sectors.items(), key=lambda pair: folded(pair[0])))


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _without(filters: Filters, query: str, day: str) -> dict[str, str]:
    """For each filter that is chosen, the address of the same list without it; `day` where it is not that of today."""
    chosen: dict[str, Any] = {
        PARAMETERS[each.name]: value for each in fields(filters) if (value := getattr(filters, each.name))
    }
    found = {}
    for key in chosen:
        rest = {**chosen, "q": query or None, "ngay": day or None}
        del rest[key]
        found[key] = url_for(".index", **rest)
    return found


def _facet(found: Sequence[Facet], name: str) -> Facet | None:
    return next((facet for facet in found if facet.name == name), None)


@blueprint.get("/thu-tuc/<code>")
@access("public")
def procedure(code: str) -> str | tuple[str, int]:
    """The twelve parts, generated (Đ7.2b), and the way to begin; of one that is no more, what took its place (Đ7.2a)."""
    s = services()
    now = s.clock.now()
    definition = s.definitions.published(code, now.date())
    if definition is None:
        gone = gone_procedure(s, code, now.date())
        if gone is None:
            abort(404)
        return render_template("portal/gone.html", gone=gone), 410 if gone.last_day else 200
    agencies = s.agencies.offering(definition.offered_by, now.date())
    shown = shown_definition(definition)
    view = procedure_view(shown, now.date())
    history = s.definitions.versions(code)
    return render_template(
        "portal/procedure.html",
        definition=shown,
        view=view,
        agencies=agencies,
        missing_agency=request.args.get("thieu") == "co-quan",
        online="online" in definition.submit_by and view.elsewhere is None,
        level_label=told(definition.service_level, now.date()),
        updated=s.definitions.updated_at(definition.hash),
        changed=Newsroom(s, now.date(), (history,), (definition,)).last_of(definition),
        lately=now.date() - LATELY,
        upcoming=_upcoming(definition, now.date()),
        ending=_ending(definition, now.date()),
        stations=stations(shown, s.dossiers.policy.intake),
        alike=_alike(definition, _published(now.date()), now.date()),
        has_form=bool(definition.form.pages),
    )


@dataclass(frozen=True, slots=True)
class Ending:
    """The last day of the law on the page; `followed`: by a newer version that is published already."""

    day: date
    followed: bool


def _ending(definition: Definition, today: date) -> Ending | None:
    versions = services().definitions.versions(definition.procedure)
    current = in_force(versions, today)
    end = None if current is None else last_day(current, today)
    if end is None:
        return None
    return Ending(end, in_force(versions, end + timedelta(days=1)) is not None)


def _upcoming(definition: Definition, today: date) -> Upcoming | None:
    """What changes soon, by a newer version that is published already or by the version in force itself."""
    s = services()
    later = [
        (version.start, shown_definition(s.definitions.by_hash(version.hash)))
        for version in s.definitions.versions(definition.procedure)
        if version.start is not None and version.start > today and version.in_force(version.start)
    ]
    return upcoming(shown_definition(definition), today, later)


def _today() -> date:
    return services().clock.now().astimezone(TZ).date()


def _asked_day() -> date | None:
    """The day of `?ngay=`, whose law and agencies are looked at; none where it is none."""
    try:
        return date.fromisoformat(request.args.get("ngay", ""))
    except ValueError:
        return None


def _place(on: date) -> Place:
    return Place(services().agencies.active(on), on)


def _published(on: date) -> list[Definition]:
    return sorted(services().definitions.list_published(on), key=lambda d: d.name)
