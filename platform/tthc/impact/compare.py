"""One dossier on two versions: its own answers, channel, agency, dates and the actions taken on it, checked by each. Pure."""

from datetime import datetime

from definitions.model import Definition
from rules.calendar import Calendar
from tthc.dossiers.context import AgencyFacts
from tthc.dossiers.differences import Difference
from tthc.dossiers.state import Dossier
from tthc.dossiers.versions import Obstacles, differences, obstacles, side
from tthc.impact.model import Impact, Verdict
from tthc.impact.route import Route, route


def impact(
    before: Definition,
    after: Definition,
    dossier: Dossier,
    agency: AgencyFacts,
    calendar: Calendar,
    *,
    now: datetime | None = None,
) -> Impact:
    """`now`: where it is known, so that a due date already past is seen."""
    old = side(before, dossier, agency, calendar)
    new = side(after, dossier, agency, calendar)
    found = (
        *differences(old, new),
        *_ways(
            route(before.workflow, dossier, old.assessment.context, calendar),
            route(after.workflow, dossier, new.assessment.context, calendar),
        ),
    )
    standing = Obstacles() if dossier.closed else obstacles(old, new, dossier, now)
    verdict = None
    if not dossier.closed:
        verdict = Verdict.PERSON if standing.all else Verdict.MOVABLE if found else Verdict.UNTOUCHED
    name = dossier.code or dossier.reference
    return Impact(dossier.id, name, dossier.agency, found, verdict, standing.all)


def _ways(old: Route | None, new: Route | None) -> tuple[Difference, ...]:
    if old == new or old is None or new is None:
        return ()
    return (Difference("route", "", _way(old), _way(new)),)


def _way(way: Route) -> str:
    steps = " – ".join(way.steps)
    return f"{steps} (dừng: {way.broken})" if way.broken else steps
