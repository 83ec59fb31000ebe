"""A dossier's history as lines of the timeline part: for staff with everything, for others what is theirs to read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from rules.calendar import Calendar, minutes_text
from tthc.dossiers import view
from tthc.dossiers.state import Dossier
from tthc.dossiers.view import step_name


@dataclass(frozen=True, slots=True)
class Line:
    """What `parts/data.html` draws. `state`: empty, `now`, `next` or `bad`."""

    at: datetime | None
    title: str
    text: str = ""
    actor: str = ""
    used: str = ""
    state: str = ""


def staff_story(found: Dossier, calendar: Calendar) -> list[Line]:
    """Everything, with names and the working time used at each step."""
    return _with_now(
        [
            Line(e.at, e.title, e.detail, e.who, minutes_text(e.worked) if e.worked is not None else "")
            for e in view.timeline(found, calendar)
        ],
        found,
    )


def applicant_story(found: Dossier, calendar: Calendar) -> list[Line]:
    """What the applicant reads: reasons meant for them, no directions that staff give one another."""
    return _with_now([Line(e.at, e.title, e.told) for e in _public(found, calendar)], found)


def public_story(found: Dossier, calendar: Calendar) -> list[Line]:
    """For whoever knows the number: what happened and when, without a word that might name somebody."""
    return _with_now([Line(e.at, e.title) for e in _public(found, calendar)], found)


def _public(found: Dossier, calendar: Calendar) -> Iterable[view.TimelineEntry]:
    return (entry for entry in view.timeline(found, calendar) if entry.public)


def _with_now(lines: list[Line], found: Dossier) -> list[Line]:
    """The open steps follow what happened, so that nobody wonders where the dossier is."""
    if found.closed:
        return lines
    return [*lines, *(Line(None, f"Đang ở bước: {step_name(task)}", state="now") for task in found.tasks)]
