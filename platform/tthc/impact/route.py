"""The way a dossier went, taken again through another version's workflow: the same actions, in the same order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from rules.calendar import Calendar
from rules.workflow.engine import WorkflowError, start, take
from rules.workflow.model import Token, Workflow
from tthc.dossiers.codec import event_from_json
from tthc.dossiers.events import Moved, type_name
from tthc.dossiers.state import Dossier, Entry

_MOVED = type_name(Moved)


@dataclass(frozen=True, slots=True)
class Route:
    """`steps`: names of the steps entered, in order; `broken`: why it goes no further, empty where all of it is there."""

    steps: tuple[str, ...]
    broken: str = ""


def route(
    workflow: Workflow, dossier: Dossier, scope: Mapping[str, object], calendar: Calendar
) -> Route | None:
    """`scope`: what the workflow's expressions read; `None` before acceptance, when no way was gone yet."""
    moves = [(entry, _moved(entry)) for entry in dossier.history if entry.type == _MOVED]
    if not moves:
        return None
    ids = count(1)
    names = {step.id: step.name for step in workflow.steps}
    entered: list[str] = []
    tokens: tuple[Token, ...] = ()
    for entry, moved in moves:
        try:
            if moved.left is None:
                move = start(workflow, scope, entry.at, calendar, lambda: f"r{next(ids)}")
            else:
                at = _standing(tokens, moved.left.step, moved.left.item)
                if at is None:
                    return Route(tuple(entered), f"không tới bước “{moved.left.name}”")
                step = workflow.step(at.step)
                if step is None or step.action(moved.action) is None:
                    return Route(
                        tuple(entered), f"bước “{names.get(at.step, at.step)}” không còn “{moved.label}”"
                    )
                move = take(
                    workflow,
                    tokens,
                    at.id,
                    moved.action,
                    scope,
                    entry.at,
                    calendar,
                    lambda: f"r{next(ids)}",
                    chosen=tuple(task.item for task in moved.entered if task.item),
                )
        except WorkflowError as error:
            return Route(tuple(entered), error.message)
        entered += [names[token.step] for token in move.entered]
        tokens = move.tokens
    return Route(tuple(entered))


def _moved(entry: Entry) -> Moved:
    event = event_from_json(entry.type, entry.data)
    assert isinstance(event, Moved)
    return event


def _standing(tokens: Sequence[Token], step: str, item: str) -> Token | None:
    return next((token for token in tokens if token.step == step and token.item == item), None)
