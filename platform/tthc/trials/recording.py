"""A real dossier as an example of its definition, without anything that says whose it was.

Kept are the answers that rules go by: choices, yes and no, numbers and dates. Every other answer, and every number and
date that the definition calls sensitive, is replaced by a made-up one of its type; reasons, names of officials and files
are not taken over. The example is then run, and expects what the run came to; where the dossier itself came to something
else, that is told. So of event rules: which act each proposal belongs to is the run's, whether it was made the dossier's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any, Final

from ruamel.yaml import YAML

from definitions.event_rules import Assign
from definitions.lint.samples import plain_answer
from definitions.model import Definition, Example
from forms.model import Field
from rules.calendar import TZ, Calendar, local
from rules.workflow.choosing import asks_whom
from rules.workflow.model import END
from tthc.dossiers import events as ev
from tthc.dossiers.apply import replay
from tthc.dossiers.codec import event_from_json
from tthc.dossiers.context import AgencyFacts
from tthc.dossiers.state import Dossier, Entry
from tthc.trials.run import TrialResult, run

_CHOSEN: Final = frozenset({"yes_no", "choice", "multi_choice", "declaration"})
_PROPOSED: Final = ev.type_name(ev.Proposed)
_UNREPEATED: Final = frozenset(
    map(
        ev.type_name,
        (ev.Reminded, ev.Warned, ev.FoundStuck, ev.MalwareFound, ev.Recounted, ev.VersionMoved, ev.Succeeded),
    )
)
_LEVELS: Final = ("tinh", "huyen", "xa")
_KEPT: Final = _CHOSEN | {"integer", "decimal", "money", "date", "month", "time"}


@dataclass(frozen=True, slots=True)
class Recorded:
    """`example`: as a definition writes it; `text`: the same as YAML, one element of `examples`; `remarks`: what the
    dossier came to and the example does not.
    """

    example: Mapping[str, Any]
    remarks: tuple[str, ...]

    @property
    def text(self) -> str:
        yaml = YAML()
        yaml.width = 120
        yaml.indent(mapping=2, sequence=4, offset=2)
        written = StringIO()
        yaml.dump({"examples": [self.example]}, written)
        return written.getvalue().partition("\n")[2]


def record_example(
    dossier: Dossier, definition: Definition, calendar: Calendar, name: str, agency: AgencyFacts | None = None
) -> Recorded:
    """`definition`: the version that the dossier is pinned to; `agency`: whose it is, told where event rules may read it.
    Pure.
    """
    first = replay(dossier.history[:1])
    day = local(first.submitted_at).date()
    answers = _anonymous(definition.fields, first.answers or {}, day)
    steps = _steps(dossier, definition, day)
    raw: dict[str, Any] = {
        "name": name,
        "submitted_at": clock_text(first.submitted_at),
        "channel": dossier.channel,
        "answers": answers,
        "papers": [paper.paper_id for paper in first.papers if paper.files],
        "expect": {},
        "steps": steps,
    }
    if dossier.applicant.kind == "organisation":
        raw["applicant"] = {"kind": "organisation", "name": "Tổ chức thử"}
    if agency is not None and definition.event_rules:
        raw["agency"] = _agency(agency, definition)
    if dossier.accepted_at is not None and not any(step["do"] == "accept" for step in steps):
        raw["accepted_at"] = clock_text(dossier.accepted_at)
    tried = run(definition, _example(raw), calendar)
    observed = tried.observed
    if definition.event_rules:
        expect_events(steps, tried)
    expect: dict[str, Any] = {
        "valid": observed.valid,
        "fees": dict(observed.fees),
        "papers": sorted(observed.papers),
    }
    if observed.case is not None:
        expect = {"case": observed.case, **expect}
    if observed.due is not None:
        expect["due"] = clock_text(observed.due)
    raw["expect"] = expect
    if not raw["papers"]:
        del raw["papers"]
    return Recorded(raw, tuple(_differences(dossier, tried)))


def _agency(agency: AgencyFacts, definition: Definition) -> dict[str, Any]:
    named = {rule.proposes.unit for rule in definition.event_rules if isinstance(rule.proposes, Assign)}
    told: dict[str, Any] = {"level": agency.level} if agency.level in _LEVELS else {}
    if agency.area:
        told["area"] = agency.area
    return {**told, "units": [unit for unit, _ in agency.units if unit in named]}


def expect_events(steps: Sequence[dict[str, Any]], tried: TrialResult) -> None:
    """What event rules came to at each step, put into the step's own expectation."""
    for step, proposals in zip(steps, tried.proposed_at, strict=False):
        step["expect"]["events"] = sorted(each.rule for each in proposals if each.accepted)
        alerted = {each.to for each in proposals if each.accepted and each.kind == "alert"}
        if alerted:
            step["expect"]["alerted"] = sorted(alerted)
        refused = sorted(each.rule for each in proposals if not each.accepted)
        if refused:
            step["expect"]["refused"] = refused


def _differences(dossier: Dossier, tried: TrialResult) -> list[str]:
    found = list(tried.sentences)
    case, fees = tried.observed.case, tried.observed.fees
    for title, accepted in (("thực hiện", True), ("không thực hiện được", False)):
        named = sorted(each.rule for each in dossier.proposals if each.accepted is accepted)
        ran = sorted(each.rule for each in tried.proposals if each.accepted is accepted)
        if named != ran:
            found.append(
                f"Quy tắc sự kiện {title}: hồ sơ có {', '.join(named) or 'không'}, ví dụ ra {', '.join(ran) or 'không'}."
            )
    if (case or "") != dossier.case:
        found.append(f"Hồ sơ thuộc trường hợp “{dossier.case}”, ví dụ ra “{case or ''}”.")
    had = {fee.id: fee.amount for fee in dossier.fees}
    if had != dict(fees):
        found.append(f"Hồ sơ thu {had}, ví dụ ra {dict(fees)}.")
    return found


def _anonymous(fields: Sequence[Field], answers: Mapping[str, Any], day: date) -> dict[str, Any]:
    """What was answered, with made-up values in place of those that say who it is about."""
    made: dict[str, Any] = {}
    for field in fields:
        given = answers.get(field.id)
        if given is None or field.compute is not None:
            continue
        if field.type == "list":
            made[field.id] = [_anonymous(field.item, row, day) for row in given]
        elif field.type == "group":
            made[field.id] = _anonymous(field.item, given, day)
        elif field.type in _CHOSEN or (field.type in _KEPT and not field.sensitive):
            made[field.id] = given
        else:
            made[field.id] = plain_answer(field, day)
    return made


def _steps(dossier: Dossier, definition: Definition, day: date) -> list[dict[str, Any]]:
    """One step for each act that an example can repeat; what timers and event rules did, they do again, where it was time
    that made a rule hold after waiting as long.
    """
    found: list[dict[str, Any]] = []
    rules = {entry.command_id for entry in dossier.history if entry.type == _PROPOSED}
    steps = {child.task: child.step for child in dossier.children}
    of_children: set[str] = set()
    for at, entry in enumerate(dossier.history):
        waited = _waited(dossier.history, at)
        told: dict[str, Any] | None = {"do": "wait"} if waited is not None else None
        if entry.command_id not in rules | of_children:
            told = _told(entry, definition, day, steps)
        if told is None:
            continue
        if told["do"] == "child":
            of_children.add(entry.command_id)  # the move that follows is the system's own
        if waited is not None and found and found[-1]["at"] == clock_text(waited):
            continue  # several at once
        after = replay(_settled(dossier.history, at))
        step = after.tasks[0].step if after.tasks and not after.closed else END
        expect: dict[str, Any] = {"step": step} if step in {END, *_step_ids(definition)} else {}
        expect |= {"status": str(after.status)}
        if after.outcome is not None:
            expect["outcome"] = str(after.outcome)
        found.append({**told, "at": clock_text(waited or entry.at), "expect": expect})
    return found


def _waited(history: Sequence[Entry], at: int) -> datetime | None:
    """Until when an example waits for this proposal, the next whole minute; None where an act brings it about, or comes
    before the minute is over.
    """
    event = event_from_json(history[at].type, history[at].data)
    if not isinstance(event, ev.Proposed):
        return None
    if event.answers is not None and history[event.answers - 1].type not in _UNREPEATED:
        return None
    until = history[at].at.replace(second=0, microsecond=0) + timedelta(minutes=1)
    later = next((e for e in history[at + 1 :] if e.type not in {*_UNREPEATED, _PROPOSED}), None)
    return until if later is None or later.at >= until else None


def _settled(history: Sequence[Entry], at: int) -> Sequence[Entry]:
    """Up to the end of the command that the entry belongs to and of what event rules made of it at once."""
    told = _whole_command(history, at)
    while len(told) < len(history) and history[len(told)].type == _PROPOSED:
        event = event_from_json(_PROPOSED, history[len(told)].data)
        if isinstance(event, ev.Proposed) and event.answers is None:
            break
        told = _whole_command(history, len(told))
    return told


def _whole_command(history: Sequence[Entry], at: int) -> Sequence[Entry]:
    """Up to the last entry of the command that the entry belongs to."""
    end = at
    while end + 1 < len(history) and history[end + 1].command_id == history[at].command_id:
        end += 1
    return history[: end + 1]


def _told(entry: Entry, definition: Definition, day: date, steps: Mapping[str, str]) -> dict[str, Any] | None:
    match event_from_json(entry.type, entry.data):
        case ev.Accepted():
            return {"do": "accept"}
        case ev.SupplementRequested(request=request):
            return {"do": "request_supplement", "items": [item.target for item in request.items]}
        case ev.Supplied() as event:
            told: dict[str, Any] = {"do": "supply"}
            if event.changed_papers:
                told["papers"] = list(event.changed_papers)
            if event.changed_answers:
                names = {path.partition(".")[0] for path in event.changed_answers}
                told["answers"] = {
                    name: value
                    for name, value in _anonymous(definition.fields, event.answers, day).items()
                    if name in names
                }
            return told
        case ev.IntakeRefused():
            return {"do": "refuse"}
        case ev.Withdrawn():
            return {"do": "withdraw"}
        case ev.Extended(extension=extension):
            rule = extension.rule
            return {"do": "extend", "amount": _number(rule.amount), "unit": str(rule.unit)}
        case ev.Apologised(promised=promised):
            return {"do": "apologise", "promised": clock_text(promised)}
        case ev.Moved(left=left) as event if left is not None and not event.silent:
            told = {"do": event.action, **({"for": left.item} if left.item else {})}
            if event.request is not None and event.request.items:
                told["items"] = [item.target for item in event.request.items]
            asked = [task.item for task in event.entered if task.item and task.item == task.agency]
            return {**told, "chosen": asked} if asked and _chooses(definition, left.step, event) else told
        case ev.ChildTold(standing=standing, task=task) if standing in {"returned", "declined", "failed"}:
            return {"do": "child", "outcome": standing, "for": steps.get(task, "")}
        case ev.VerificationRecorded(verification=one):
            return {"do": "verify", "for": one.step}
        case ev.Begun(step=step):
            return {"do": "begin", "for": step}
        case _:
            return None


def _chooses(definition: Definition, step_id: str, event: ev.Moved) -> bool:
    step = definition.workflow.step(step_id)
    action = step.action(event.action) if step is not None else None
    return action is not None and asks_whom(definition.workflow, action) is not None


def _example(raw: Mapping[str, Any]) -> Example:
    """As the compiler would make it; its expectations are still to be found."""
    made = Example(
        name=raw["name"],
        submitted_at=_instant(raw["submitted_at"]),
        answers=raw["answers"],
        expect={},
        channel=raw["channel"],
        papers=tuple(raw["papers"]) or None,
        steps=tuple(raw["steps"]),
        applicant=raw.get("applicant"),
        agency=raw.get("agency"),
    )
    return replace(made, accepted_at=_instant(raw["accepted_at"])) if "accepted_at" in raw else made


def _step_ids(definition: Definition) -> frozenset[str]:
    return frozenset(step.id for step in definition.workflow.steps)


def _number(amount: Any) -> int | float:
    return int(amount) if amount == int(amount) else float(amount)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TZ)


def clock_text(instant: datetime) -> str:
    """An instant as an example writes it."""
    return f"{local(instant):%Y-%m-%dT%H:%M}"
