"""One step of a workflow with everything that a definition holds of it, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from definitions.event_rules import Assign, Take
from definitions.model import Definition
from definitions.workflow_words import PHASES, Words, actor_words, capital
from rules.workflow.model import Need, Step


@dataclass(frozen=True, slots=True)
class ActionDetail:
    id: str
    label: str
    told: str
    help: str


@dataclass(frozen=True, slots=True)
class StepDetail:
    """`facts`: (what, how it is); `comes_from`: (name of a step, label of its action, id of the step)."""

    id: str
    name: str
    help: str
    facts: tuple[tuple[str, str], ...]
    unusual: tuple[str, ...]
    actions: tuple[ActionDetail, ...]
    notices: tuple[str, ...]
    documents: tuple[str, ...]
    rules: tuple[str, ...]
    comes_from: tuple[tuple[str, str, str], ...]
    first: bool


def detail(definition: Definition, words: Words, step: Step) -> StepDetail:
    workflow = definition.workflow
    return StepDetail(
        id=step.id,
        name=step.name,
        help=step.help,
        facts=(
            ("Ai làm", capital(actor_words(step))),
            ("Thời gian", capital(words.how_long(step)) or "Không ghi"),
            ("Giai đoạn", capital(PHASES[step.phase])),
            ("Mã bước", step.id),
        ),
        unusual=tuple(f"{capital(each)}." for each in words.unusual(step)),
        actions=tuple(
            ActionDetail(action.id, action.label, words.action(step, action), action.help)
            for action in step.actions
        ),
        notices=tuple(words.notices(step)),
        documents=tuple(_documents(definition, step)),
        rules=tuple(_rules(definition, step)),
        comes_from=tuple(
            (other.name, action.label, other.id)
            for other in workflow.steps
            for action in other.actions
            if step.id in action.targets
        ),
        first=workflow.start == step.id,
    )


def _documents(definition: Definition, step: Step) -> Iterator[str]:
    """Those that name the step, and those that any step may make where this one makes drafts or results."""
    makes = any(action.needs & {Need.DRAFT, Need.RESULT} for action in step.actions)
    for document in definition.documents:
        if step.id in document.at or (makes and not document.at):
            yield document.name


def _rules(definition: Definition, step: Step) -> Iterator[str]:
    for rule in definition.event_rules:
        if isinstance(rule.proposes, Assign | Take) and rule.proposes.step == step.id:
            yield rule.label
