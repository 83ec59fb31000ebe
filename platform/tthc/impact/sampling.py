"""The dossiers that an impact report looks at: a procedure's newest, and whichever older ones are still open."""

from collections.abc import Callable
from dataclasses import dataclass

from pymongo import DESCENDING

from definitions.model import Definition
from rules.calendar import Calendar
from tthc.dossiers.context import AgencyFacts
from tthc.dossiers.repository import Dossiers
from tthc.dossiers.state import CLOSED, Dossier
from tthc.impact.compare import impact
from tthc.impact.model import Report

NEWEST = 100
MOST_OPEN = 300
"""So that a page answers in seconds; what lies beyond is counted and said."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a replay needs besides the versions: the stored dossiers, agencies' facts and calendars by agency id."""

    repository: Dossiers
    agency_of: Callable[[str], AgencyFacts | None]
    calendar_of: Callable[[str], Calendar]


def report(before: Definition, after: Definition, around: Around, newest: int = NEWEST) -> Report:
    """Of dossiers whose agency is known. Both versions are asked anew, whichever one a dossier is pinned to."""
    found, more = dossiers(around.repository, after.procedure, newest)
    impacts = []
    for dossier in found:
        agency = around.agency_of(dossier.agency)
        if agency is not None:
            calendar = around.calendar_of(dossier.agency)
            impacts.append(impact(before, after, dossier, agency, calendar))
    return Report(tuple(impacts), more)


def dossiers(repository: Dossiers, procedure: str, newest: int) -> tuple[tuple[Dossier, ...], int]:
    """The newest dossiers, then older open ones; and how many open ones were left out."""
    collection = repository.collection
    order = [("submitted_at", DESCENDING), ("_id", DESCENDING)]
    latest = [
        str(d["_id"]) for d in collection.find({"procedure": procedure}, {"_id": 1}).sort(order).limit(newest)
    ]
    still_open = {"procedure": procedure, "status": {"$nin": [status.value for status in CLOSED]}}
    open_ids = [str(d["_id"]) for d in collection.find(still_open, {"_id": 1}).sort(order)]
    older = [each for each in open_ids if each not in set(latest)]
    wanted = [*latest, *older[:MOST_OPEN]]
    found = (repository.get(each) for each in wanted)
    return tuple(dossier for dossier in found if dossier is not None), max(0, len(older) - MOST_OPEN)
