"""One action for several dossiers that wait at the same step: which may go together, and by which actions."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from definitions.model import Definition
from rules.workflow.choosing import asks_whom
from rules.workflow.model import APPLICANT, END, Action, Need, Step
from tthc.dossiers.context import Actor
from tthc.dossiers.permissions import holds
from tthc.dossiers.queries import Row
from tthc.dossiers.solving import is_supplement
from tthc.dossiers.state import Task

MOST: Final = 50
TOGETHER: Final = frozenset({Need.REASON, Need.ASSIGNEE, Need.DRAFT})
"""What can be given for many at once, or lies with each already; files, numbers, receipts and checks are each one's own."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One dossier of a group, with the task that waits."""

    row: Row
    task: Task

    @property
    def key(self) -> str:
        """What the page sends back: what was seen, as it was seen."""
        return f"{self.row.id}:{self.task.id}:{self.row.version}"


@dataclass(frozen=True, slots=True)
class Group:
    """Dossiers at the same step of the same version. `follow`: by action, the function of whoever is to be chosen."""

    key: str
    step: Step
    procedure_name: str
    members: Sequence[Waiting]
    actions: Sequence[Action]
    follow: dict[str, str]

    @property
    def asks_reason(self) -> bool:
        return any(Need.REASON in action.needs for action in self.actions)


def groups(
    rows: Iterable[Row], actor: Actor, agency: str, definition_of: Callable[[str], Definition]
) -> tuple[Group, ...]:
    """What waits for this actor or for those in whose place they act, step by step, in the order of the rows; steps without such an action are left out."""
    found: dict[tuple[str, str], list[Waiting]] = {}
    holders = {None, actor.id, *(one.whom for one in actor.stands_in)}
    for row in rows:
        for task in row.open_tasks:
            mine = task.agency == agency and holds(actor, task.function, agency)
            if mine and task.function != APPLICANT and task.assignee in holders:
                found.setdefault((row.definition, task.step), []).append(Waiting(row, task))
    made = []
    for (content, step_id), members in found.items():
        definition = definition_of(content)
        step = definition.workflow.step(step_id)
        actions = _together(definition, step) if step is not None else ()
        if step is not None and actions:
            follow = {a.id: _follows(definition, a) for a in actions if Need.ASSIGNEE in a.needs}
            made.append(Group(f"{content[:12]}.{step.id}", step, definition.name, members, actions, follow))
    return tuple(made)


def _together(definition: Definition, step: Step) -> tuple[Action, ...]:
    workflow = definition.workflow
    return tuple(
        action
        for action in step.actions
        if action.needs <= TOGETHER
        and END not in action.targets
        and action.id != step.on_timeout
        and asks_whom(workflow, action) is None
        and not any(is_supplement(workflow.step(target)) for target in action.targets)
    )


def _follows(definition: Definition, action: Action) -> str:
    step = definition.workflow.step(action.to)
    return step.actor if step is not None else ""
