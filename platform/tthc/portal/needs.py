"""“Giấy tờ tôi cần”: papers, fees and the date after a few questions, before anything is begun (Đ7.2b, practice 6.4.4). Pure.

Asked is only what decides: the questions, and of the form what fees, papers and times follow from, with of a list's rows
only what is counted. The same evaluator answers as for a dossier; nothing is kept.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from typing import Final

from definitions.amounts import AmountTable
from definitions.assess import Assessment, assess
from definitions.cache import Lru
from definitions.lint.decisive import decisive, names_read
from definitions.model import Definition
from forms.model import Field, Form, Page
from rules.calendar import Calendar
from rules.deadlines import DeadlineRule, Due, due
from rules.feel import Expression

PAGE: Final = "can_gi"
_FILES: Final = frozenset({"file", "photo"})
_cut: Lru[Definition] = Lru(64)


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked beside the form's own fields. `kinds`: of applicants, where it makes a difference; `agency`: whether
    papers, fees or times depend on which agency it is.
    """

    definition: Definition
    page: Page
    channels: tuple[str, ...]
    kinds: tuple[str, ...]
    agency: bool


@dataclass(frozen=True, slots=True)
class Dates:
    """`at_once`: if it is accepted now; `latest`: if it is handed in online now and accepted as late as may be
    (`accepted`), none where it cannot be.
    """

    at_once: Due
    accepted: datetime | None
    latest: Due | None


def asking(definition: Definition) -> Asking:
    """What to ask of whoever wants to know what they need."""
    cut = _cut.get(definition.hash)
    if cut is None:
        cut = _reduced(definition)
        _cut.put(definition.hash, cut)
    read = frozenset(
        name
        for part in ("cases", "attachments", "fees", "deadlines", "whole_form")
        for name in names_read(getattr(cut, part))
    )
    return Asking(
        cut,
        Page(PAGE, "", cut.whole_form.fields),
        definition.submit_by,
        definition.applicant_kinds if "applicant" in read and len(definition.applicant_kinds) > 1 else (),
        "agency" in read,
    )


def looked_at(
    asked: Asking,
    answers: Mapping[str, object],
    *,
    channel: str,
    kind: str,
    agency: Mapping[str, object],
    now: datetime,
) -> Assessment:
    return assess(
        asked.definition,
        answers,
        now=now,
        channel=channel,
        agency=agency,
        applicant={"kind": kind, "name": ""},
    )


def dates(
    assessment: Assessment, intake: DeadlineRule, calendar: Calendar, now: datetime, *, online: bool
) -> Dates | None:
    """None where the case sets no time."""
    row = assessment.deadline
    if row is None or row.rule.unit.value == "unspecified":
        return None
    accepted = due(intake, now, calendar).at if online else None
    latest = due(row.rule, accepted, calendar) if accepted is not None else None
    return Dates(due(row.rule, now, calendar), accepted, latest)


def _reduced(definition: Definition) -> Definition:
    cut = decisive(definition)
    text = " ".join(_texts((cut.cases, cut.attachments, cut.fees, cut.deadlines, cut.whole_form)))
    pages = tuple(
        replace(page, fields=kept)
        for page in cut.whole_form.pages
        if (kept := tuple(_plain(field, text) for field in page.fields if field.type not in _FILES))
    )
    return replace(cut, whole_form=Form(pages), documents=(), examples=())


def _plain(field: Field, text: str) -> Field:
    """Without checks, which may read what is not asked here; of a list's rows what some expression reads."""
    field = replace(field, checks=(), prefill="", remember=False)
    if field.type != "list":
        return field
    items = tuple(replace(item, checks=()) for item in field.item if item.type not in _FILES)
    read = tuple(item for item in items if f".{item.id}" in text)
    # a row of which nothing must be said would count only if something were said all the same
    told = tuple(item for item in items if item.required is True and item.visible is None)
    return replace(field, item=read or told[:1] or items[:1])


def _texts(part: object) -> Iterator[str]:
    """The text of every expression in a part of a definition."""
    if isinstance(part, Expression):
        yield part.text
    elif isinstance(part, AmountTable):
        yield from (amount.text for amount in part.amounts)
        yield from part.sources
    elif isinstance(part, (tuple, list)):
        for each in part:
            yield from _texts(each)
    elif is_dataclass(part) and not isinstance(part, type):
        for field in fields(part):
            yield from _texts(getattr(part, field.name))
