"""Finding a procedure and reading all its parts (Đ7, Đ8.1)."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from definitions.lifecycle import in_force
from definitions.model import Definition
from definitions.standing import last_day
from renderers.html.procedure import procedure_view
from renderers.html.upcoming import Upcoming, upcoming
from tthc.portal.search import Entry, Index
from tthc.services import services
from tthc.web.access import access

blueprint = Blueprint("catalogue", __name__)


@blueprint.get("/")
@access("public")
def home() -> str:
    published = _published()
    return render_template("portal/home.html", procedures=published[:6], count=len(published))


@blueprint.get("/thu-tuc")
@access("public")
def index() -> str | BaseResponse:
    """The list of services, by sector (Đ7.2a), or what a search found."""
    query = request.args.get("q", "").strip()
    published = _published()
    found = published
    if query:
        by_code = {definition.procedure: definition for definition in published}
        if query in by_code:
            return redirect(url_for(".procedure", code=query))
        search = Index(Entry(d.procedure, d.name, d.keywords, d.sector) for d in published)
        found = [by_code[key] for key in search.find(query)]
    sectors: dict[str, list[Definition]] = {}
    for definition in found:
        sectors.setdefault(definition.sector, []).append(definition)
    return render_template(
        "portal/catalogue.html", query=query, sectors=sectors, found=found, count=len(published)
    )


@blueprint.get("/thu-tuc/<code>")
@access("public")
def procedure(code: str) -> str:
    """The twelve parts, generated (Đ7.2b), and the way to begin."""
    s = services()
    now = s.clock.now()
    definition = s.definitions.published(code, now.date())
    if definition is None:
        abort(404)
    agencies = s.agencies.offering(definition.offered_by, now.date())
    view = procedure_view(definition, now.date())
    return render_template(
        "portal/procedure.html",
        definition=definition,
        view=view,
        agencies=agencies,
        missing_agency=request.args.get("thieu") == "co-quan",
        online="online" in definition.submit_by and view.elsewhere is None,
        level_label=f"Mức độ {definition.service_level}",
        updated=s.definitions.updated_at(definition.hash),
        upcoming=_upcoming(definition, now.date()),
        ending=_ending(definition, now.date()),
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
        (version.start, s.definitions.by_hash(version.hash))
        for version in s.definitions.versions(definition.procedure)
        if version.start is not None and version.start > today and version.in_force(version.start)
    ]
    return upcoming(definition, today, later)


def _published() -> list[Definition]:
    s = services()
    return sorted(s.definitions.list_published(s.clock.now().date()), key=lambda d: d.name)
