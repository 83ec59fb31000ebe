"""The facts that event rules read (`definitions.facts`), projected from a dossier. Pure; nothing here is stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from definitions.facts import FACTS
from definitions.model import Definition
from rules.calendar import Calendar
from rules.events.model import MAX_NUMBER
from rules.workflow.model import Phase, Workflow
from tthc.dossiers import events as ev
from tthc.dossiers.codec import event_from_json
from tthc.dossiers.context import AgencyFacts
from tthc.dossiers.solving import is_overdue
from tthc.dossiers.state import INTAKE_TASK, Dossier, Status, Task
from tthc.dossiers.view import scope_of

_MOVED = ev.type_name(ev.Moved)
_ASKED = ev.type_name(ev.SupplementRequested)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a dossier is seen against: its own definition, its agency and the agency's calendar."""

    definition: Definition
    agency: AgencyFacts
    calendar: Calendar


def facts_of(around: Surroundings, dossier: Dossier, event: str, now: datetime) -> Mapping[str, object]:
    """What the definition's rules read, by name; what is absent is left out. `event`: type of the event looked at."""
    definition, agency = around.definition, around.agency
    wanted = definition.ruleset.fields if definition.ruleset is not None else {}
    task = _first(dossier)
    found: dict[str, object] = {
        "event": event,
        "status": str(dossier.status),
        "channel": dossier.channel,
        "case": dossier.case or None,
        "step": task.step if task is not None else None,
        "agency_level": agency.level,
        "agency_area": agency.area or None,
        "supplements": sum(entry.type == _ASKED for entry in dossier.history)
        + dossier.supplements_in_solving,
        "apologies": dossier.apologies,
        "extensions": len(dossier.deadline.extensions) if dossier.deadline is not None else 0,
        "minutes_left": minutes_left(dossier, now, around.calendar),
        "overdue": is_overdue(dossier, now),
        "step_overdue": now > task.due if task is not None and task.due is not None else None,
        "owed": sum(fee.amount for fee in dossier.owed()),
    }
    if "returned" in wanted:
        found["returned"] = returned(dossier, definition.workflow)
    if any(name not in FACTS for name in wanted):
        scope = scope_of(definition, dossier, agency)
        found.update({name: answer_fact(scope, name) for name in wanted if name not in FACTS})
    return {name: value for name, value in found.items() if name in wanted and value is not None}


def returned(dossier: Dossier, workflow: Workflow) -> int:
    """How often it went back to a step that it had left: to one that stands no later in the workflow than the one it came
    from, which is what asks for a reason (Đ14.1a). Coming back from the applicant is no return.
    """
    return returns(past_moves(dossier), workflow)


def past_moves(dossier: Dossier) -> list[ev.Moved]:
    """Every move that its history tells of."""
    found = (event_from_json(entry.type, entry.data) for entry in dossier.history if entry.type == _MOVED)
    return [move for move in found if isinstance(move, ev.Moved)]


def returns(moves: Iterable[ev.Moved], workflow: Workflow) -> int:
    """How many of these moves, in their order, went back as `returned` says."""
    order = {step.id: at for at, step in enumerate(workflow.steps)}
    left: set[tuple[str, str]] = set()
    count = 0
    for move in moves:
        if move.left is None:
            continue
        left.add((move.left.step, move.left.item))
        here = order.get(move.left.step, -1)
        back = [t for t in move.entered if (t.step, t.item) in left and order.get(t.step, here + 1) <= here]
        if back and move.left.phase is not Phase.WAITING_APPLICANT:
            count += 1
    return count


def minutes_left(dossier: Dossier, now: datetime, calendar: Calendar) -> int | None:
    """Working minutes to the due date, negative past it; they stand while the clock does and once it is solved."""
    deadline = dossier.deadline
    if deadline is None or deadline.due is None:
        return None
    stood = deadline.pauses[-1].start if deadline.pauses and deadline.pauses[-1].end is None else None
    return calendar.minutes_between(dossier.solved_at or stood or now, deadline.due)


def moves_by_itself(dossier: Dossier) -> bool:
    """Whether the facts that move with time can still change: its own clock runs, or a step has a date."""
    if dossier.closed:
        return False
    runs = (
        dossier.deadline is not None
        and dossier.deadline.due is not None
        and dossier.solved_at is None
        and dossier.status is not Status.WAITING_APPLICANT
    )
    return runs or any(task.due is not None for task in dossier.tasks if task.id != INTAKE_TASK)


def _first(dossier: Dossier) -> Task | None:
    """The open task of the workflow that is due first."""
    tasks = () if dossier.closed else tuple(t for t in dossier.tasks if t.id != INTAKE_TASK)
    return min(tasks, key=lambda t: (t.due is None, t.due or t.entered_at), default=None)


def answer_fact(scope: Mapping[str, object], path: str) -> object:
    """An answer as rules compare it; one that has no such form (a number with decimals) is absent, one too large is the
    largest there is.
    """
    value: object = scope
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    if isinstance(value, Decimal):
        if value != value.to_integral_value():
            return None
        return max(-MAX_NUMBER, min(MAX_NUMBER, int(value)))
    if isinstance(value, (str, bool)) or type(value) is date:
        return value
    return None
