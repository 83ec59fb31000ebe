"""A dossier's history as lines of the timeline part: for staff with everything, for others what is theirs to read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from renderers.text import instant
from rules.calendar import Calendar, minutes_text
from rules.i18n import gettext, in_vietnamese, language, noted
from rules.workflow.model import APPLICANT, EXTERNAL
from tthc.dossiers import view
from tthc.dossiers.context import AgencyFacts
from tthc.dossiers.state import Dossier, Task
from tthc.dossiers.view import step_name


@dataclass(frozen=True, slots=True)
class Line:
    """What `parts/data.html` draws. `state`: empty, `now`, `next` or `bad`; `foreign`: `text` is Vietnamese on a page that is
    not.
    """

    at: datetime | None
    title: str
    text: str = ""
    actor: str = ""
    used: str = ""
    state: str = ""
    foreign: bool = False


def staff_story(found: Dossier, calendar: Calendar) -> list[Line]:
    """Everything, with names and the working time used at each step."""
    return _with_now(
        [
            Line(e.at, e.title, e.detail, e.who, minutes_text(e.worked) if e.worked is not None else "")
            for e in view.timeline(found, calendar)
        ],
        found,
    )


def applicant_story(
    found: Dossier, calendar: Calendar, agency: AgencyFacts | None = None, coming: Iterable[str] = ()
) -> list[Line]:
    """What the applicant reads: reasons meant for them, no directions that staff give one another; who has it now, since
    when and until when, and the steps that usually follow (`coming`).
    """
    kept = _kept_words(found, calendar)
    lines = _with_now(
        [Line(e.at, e.title, e.told, foreign=e.told in kept) for e in _public(found, calendar)],
        found,
        agency,
        named=True,
    )
    return [
        *lines,
        *(
            Line(None, gettext("Tiếp theo: {step}").format(step=gettext(name)), state="next")
            for name in coming
        ),
    ]


def _kept_words(found: Dossier, calendar: Calendar) -> frozenset[str]:
    """What a page that is not Vietnamese says in Vietnamese all the same: the words of officials, sentences that were kept."""
    if language() == "vi":
        return frozenset()
    with in_vietnamese():
        return frozenset(e.told for e in _public(found, calendar) if not e.told.isascii())


def public_story(found: Dossier, calendar: Calendar, agency: AgencyFacts | None = None) -> list[Line]:
    """For whoever knows the number: what happened and when, without a word that might name somebody."""
    return _with_now([Line(e.at, e.title) for e in _public(found, calendar)], found, agency)


def _public(found: Dossier, calendar: Calendar) -> Iterable[view.TimelineEntry]:
    return (entry for entry in view.timeline(found, calendar) if entry.public)


def _with_now(
    lines: list[Line], found: Dossier, agency: AgencyFacts | None = None, *, named: bool = False
) -> list[Line]:
    """The open steps follow what happened, so that nobody wonders where the dossier is; with the agency also who has
    each, since when and until when.
    """
    if found.closed:
        return lines
    here = [
        Line(
            None,
            gettext("Đang ở bước: {step}").format(step=step_name(task)),
            _holding(task, agency, named=named) if agency is not None else "",
            state="now",
        )
        for task in found.tasks
    ]
    return [*lines, *here]


def _holding(task: Task, agency: AgencyFacts, *, named: bool) -> str:
    def said(by_then: str, some_day: str, **words: str) -> str:
        text = gettext(some_day if task.due is None else by_then)
        return text.format(**words, since=instant(task.entered_at), until=instant(task.due))

    if task.function == APPLICANT:
        return said(noted("Đang chờ ông/bà từ {since}, hạn {until}."), noted("Đang chờ ông/bà từ {since}."))
    if task.function == EXTERNAL:
        return said(
            noted("Đang chờ hệ thống khác trả lời từ {since}, hạn {until}."),
            noted("Đang chờ hệ thống khác trả lời từ {since}."),
        )
    person = f"{task.assignee_name}, " if named and task.assignee_name else ""
    return said(
        noted("{who} đang giữ từ {since}, hạn {until}."),
        noted("{who} đang giữ từ {since}."),
        who=f"{person}{task.agency_name or agency.name}",
    )
