"""A dossier that a check found something wrong with, filled into the citizen's pages beside what is being written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final

from definitions.assess import Assessment
from definitions.explain import SCOPE_LABELS
from definitions.lint.samples import plain_answer
from definitions.model import Definition, Example
from definitions.scope import words
from definitions.situation import Situation
from forms.model import Page
from rules.calendar import TZ

_AT: Final = time(9)
_MOST: Final = 6


@dataclass(frozen=True, slots=True)
class Loaded:
    """`told`: what is not on the form, for people; `gaps`: what the definition has no answer for."""

    told: tuple[str, ...]
    gaps: tuple[str, ...]


def page_of(definition: Definition, situation: Situation) -> Page | None:
    """The first page with something that the situation answers."""
    return next(
        (
            page
            for page in definition.whole_form.pages
            if any(field.id in situation.answers for field in page.fields)
        ),
        None,
    )


def examples_of(definition: Definition, situation: Situation, now: datetime) -> Iterator[Example]:
    """Dossiers that are as the situation says, the rest as in one of the definition's examples or plain."""
    day = situation.day
    valid = [each for each in definition.examples if each.expect.get("valid", True)][:_MOST]
    at = datetime.combine(day, _AT, TZ) if day is not None else now
    plain = {field.id: plain_answer(field, at.date()) for field in definition.fields}
    bases: list[tuple[Mapping[str, Any], datetime]] = [(each.answers, each.submitted_at) for each in valid]
    for answers, submitted in bases or [({}, now)]:
        yield Example(
            "",
            at if day is not None else submitted,
            _merged({**plain, **answers}, situation.answers),
            {},
            channel=_channel(definition, situation),
            agency=_texts(situation, "agency"),
            applicant=_texts(situation, "applicant"),
        )


def kept(assessment: Assessment, situation: Situation) -> bool:
    """Whether the form kept what the situation says, as it is."""
    clean = assessment.submission.clean
    return all(_same(clean.get(name), value) for name, value in situation.answers.items())


def loaded(situation: Situation, example: Example, assessment: Assessment) -> Loaded:
    at = example.submitted_at
    told = [f"nộp ngày {at.day}/{at.month}/{at.year}"] if situation.day is not None else []
    for name, value in situation.facts.items():
        said = words(name).get(str(value), str(value)) if value is not None else "để trống"
        told.append(f"{SCOPE_LABELS.get(name, name)}: {said}")
    return Loaded(tuple(told), tuple(gap.message for gap in assessment.gaps))


def _channel(definition: Definition, situation: Situation) -> str:
    wanted = situation.facts.get("channel")
    return wanted if wanted in definition.submit_by else definition.submit_by[0]


def _texts(situation: Situation, head: str) -> Mapping[str, object] | None:
    found = {
        name.removeprefix(f"{head}."): value
        for name, value in situation.facts.items()
        if name.startswith(f"{head}.") and isinstance(value, str)
    }
    allowed = {"agency": {"id", "name", "level", "area", "identifier"}, "applicant": {"kind", "name"}}[head]
    return {name: value for name, value in found.items() if name in allowed} or None


def _merged(answers: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    made = dict(answers)
    for name, value in over.items():
        if isinstance(value, Mapping):
            inner = made.get(name)
            made[name] = _merged(inner if isinstance(inner, Mapping) else {}, value)
        else:
            made[name] = value
    return made


def _same(found: object, wanted: object) -> bool:
    if isinstance(wanted, Mapping):
        inner = found if isinstance(found, Mapping) else {}
        return all(_same(inner.get(name), value) for name, value in wanted.items())
    return found == wanted or (wanted is None and found in ("", [], None)) or str(found) == str(wanted)
