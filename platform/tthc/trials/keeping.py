"""A trial as an example of its definition: what was done, and the expectation of everything that came of it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from definitions.model import Definition, Example
from forms.model import Field
from rules.calendar import Calendar
from rules.workflow.model import END
from tthc.dossiers.state import Dossier
from tthc.trials.recording import Recorded, clock_text, expect_events
from tthc.trials.run import TrialResult, run
from tthc.trials.trying import WAIT, Standing, stand

_ORDER: Final = ("do", "for", "at")


def kept(definition: Definition, example: Example, calendar: Calendar) -> Recorded:
    """The example as a definition writes it, expecting what it came to; `remarks`: what would still not come out."""
    standing = stand(definition, example, calendar)
    answers = written(definition.fields, example.answers, standing.assessment.submission.clean)
    tidy = replace(example, answers=answers, steps=_without_idle_waits(example.steps, standing), expect={})
    standing = stand(definition, tidy, calendar)
    tried = run(definition, tidy, calendar)
    steps = [_step(told, left) for told, left in zip(tidy.steps, standing.left, strict=False)]
    if definition.event_rules:
        expect_events(steps, tried)
    raw: dict[str, Any] = {
        "name": example.name,
        "submitted_at": clock_text(example.submitted_at),
        "channel": example.channel,
    }
    if example.accepted_at is not None:
        raw["accepted_at"] = clock_text(example.accepted_at)
    for key, told in (("applicant", example.applicant), ("agency", example.agency)):
        if told:
            raw[key] = dict(told)
    raw["answers"] = answers
    if example.papers is not None:
        raw["papers"] = list(example.papers)
    raw["expect"] = _expected(definition, tried)
    if steps:
        raw["steps"] = steps
    again = run(definition, replace(tidy, expect=raw["expect"], steps=tuple(steps)), calendar)
    return Recorded(raw, again.sentences)


def written(
    fields: Sequence[Field], typed: Mapping[str, object], clean: Mapping[str, object]
) -> dict[str, object]:
    """Answers as an example writes them: what was understood, else what was typed; nothing that is computed or empty."""
    found: dict[str, object] = {}
    for field in fields:
        if field.compute is not None:
            continue
        value = clean.get(field.id)
        value = typed.get(field.id) if value is None else value
        plain = _plain(field, value)
        if plain not in (None, "", [], {}):
            found[field.id] = plain
    return found


def _plain(field: Field, value: object) -> object:
    if field.type == "list" and isinstance(value, (list, tuple)):
        rows = [row if isinstance(row, Mapping) else {} for row in value]
        return [written(field.item, row, row) for row in rows]
    if field.type == "group" and isinstance(value, Mapping):
        return written(field.item, value, value)
    return _json(value)


def _json(value: object) -> object:
    match value:
        case Decimal():
            return int(value) if value == int(value) else float(value)
        case Mapping():
            return {str(key): _json(each) for key, each in value.items()}
        case list() | tuple():
            return [_json(each) for each in value]
        case _:
            return value


def _without_idle_waits(
    steps: Sequence[Mapping[str, object]], standing: Standing
) -> tuple[Mapping[str, object], ...]:
    """Without the waits in which nothing happened: the act after them says its own time."""
    found = []
    before = None
    for at, told in enumerate(steps):
        after = len(standing.left[at].history) if at < len(standing.left) else None
        idle = told["do"] == WAIT and at > 0 and after is not None and after == before
        if not idle:
            found.append(told)
        before = after
    return tuple(found)


def _step(told: Mapping[str, object], left: Dossier) -> dict[str, Any]:
    first = {key: _json(told[key]) for key in _ORDER if key in told}
    rest = {key: _json(value) for key, value in told.items() if key not in {*_ORDER, "expect"}}
    steps = [task.step for task in left.tasks if task.step]
    expect: dict[str, Any] = {"status": str(left.status)}
    if left.closed or (steps and left.accepted_at is not None):
        expect = {"step": END if left.closed else steps[0], **expect}
    if left.outcome is not None:
        expect["outcome"] = str(left.outcome)
    return {**first, **rest, "expect": expect}


def _expected(definition: Definition, tried: TrialResult) -> dict[str, Any]:
    observed = tried.observed
    expect: dict[str, Any] = {} if observed.case is None else {"case": observed.case}
    expect["valid"] = observed.valid
    if observed.errors:
        expect["errors"] = sorted(observed.errors)
    expect["fees"] = dict(observed.fees)
    expect["papers"] = sorted(observed.papers)
    if observed.due is not None:
        expect["due"] = clock_text(observed.due)
    if definition.documents and tried.documents:
        expect["documents"] = [made.document.id for made in tried.documents]
    return expect
