"""What steps, actions and event rules speak of."""

from collections.abc import Mapping
from typing import Any

from definitions.raw import mapping, rows
from definitions.reading.tree import Path
from definitions.references.model import Symbol
from definitions.references.telling import Walk


def workflow(walk: Walk, told: Mapping[str, Any]) -> None:
    steps = walk.declared.steps
    walk.whole(told.get("start"), ("workflow", "start"), steps)
    for at, step in rows(told.get("steps")):
        path: Path = ("workflow", "steps", at)
        actions = walk.declared.actions.get(at, {})
        walk.whole(step.get("actor"), (*path, "actor"), walk.declared.roles)
        for key in ("skip_when", "each", "until"):
            walk.feel(step.get(key), (*path, key), walk.of_workflow)
        for key in ("on_payment", "on_timeout"):
            walk.whole(step.get(key), (*path, key), actions)
        _child(walk, mapping(step.get("child")), (*path, "child"), actions)
        for number, action in rows(step.get("actions")):
            _action(walk, action, (*path, "actions", number))


def _child(walk: Walk, child: Mapping[str, Any], path: Path, actions: Mapping[str, Symbol]) -> None:
    """The keys of its answers and papers are those of the other procedure."""
    walk.feel(child.get("agency"), (*path, "agency"), walk.of_workflow)
    for name, value in mapping(child.get("answers")).items():
        walk.feel(value, (*path, "answers", name), walk.of_workflow)
    for name, value in mapping(child.get("papers")).items():
        walk.whole(value, (*path, "papers", name), walk.declared.papers)
    for key in ("on_returned", "on_declined"):
        walk.whole(child.get(key), (*path, key), actions)


def _action(walk: Walk, action: Mapping[str, Any], path: Path) -> None:
    steps, to = walk.declared.steps, action.get("to")
    walk.whole(to, (*path, "to"), steps)
    walk.each(to, (*path, "to"), steps)
    for at, branch in rows(to):
        walk.whole(branch.get("step"), (*path, "to", at, "step"), steps)
        walk.feel(branch.get("when"), (*path, "to", at, "when"), walk.of_workflow)
    walk.each(action.get("cancels"), (*path, "cancels"), steps)
    walk.whole(action.get("while_at"), (*path, "while_at"), steps)
    walk.feel(action.get("when"), (*path, "when"), walk.of_workflow)


def events(walk: Walk, value: Any) -> None:
    steps = walk.declared.steps
    for at, rule in rows(value):
        path: Path = ("events", at)
        walk.feel(rule.get("when"), (*path, "when"), walk.of_events)
        for key in ("assign", "take"):
            told = mapping(rule.get(key))
            walk.whole(told.get("step"), (*path, key, "step"), steps)
            step = steps.get(str(told.get("step", "")))
            number = step.path[2] if step is not None else None
            actions = walk.declared.actions.get(number, {}) if isinstance(number, int) else {}
            walk.whole(told.get("action"), (*path, key, "action"), actions)
