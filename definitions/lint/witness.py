"""Where in a workflow its problems show: the steps and actions of the way that a problem tells of, as data. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from definitions.lint.soundness import told
from definitions.lint.time import against
from definitions.model import Definition
from definitions.problems import Problem
from rules.workflow.model import END, Step, Workflow
from rules.workflow.soundness import flaws


@dataclass(frozen=True, slots=True)
class Witness:
    """`steps`: those of the way in the order they are first come to; `edges`: (step, action) of it; `spot`: the step
    where it goes wrong, empty where it is the whole way.
    """

    problem: Problem
    steps: tuple[str, ...]
    edges: frozenset[tuple[str, str]]
    spot: str = ""


def whole(workflow: Workflow) -> bool:
    """Whether every step that is named is there, so that ways can be followed."""
    known = {step.id for step in workflow.steps}
    named = {target for step in workflow.steps for action in step.actions for target in action.targets}
    return workflow.start in known and named <= {*known, END}


def witnesses(definition: Definition, problems: Iterable[Problem]) -> tuple[Witness, ...]:
    """Of the problems that are about the workflow or the time it takes, in their order."""
    found = [problem for problem in problems if problem.path.startswith(("workflow", "deadline."))]
    ways = dict(_ways(definition, {problem.code for problem in found}))
    told_of = []
    for problem in found:
        shown = ways.get((problem.code, problem.message)) or ways.get((problem.code, problem.path))
        shown = shown or _at(definition.workflow, problem.path)
        if shown is not None:
            told_of.append(Witness(problem, *shown))
    return tuple(told_of)


_Shown = tuple[tuple[str, ...], frozenset[tuple[str, str]], str]


def _ways(definition: Definition, codes: set[str]) -> Iterator[tuple[tuple[str, str], _Shown]]:
    """By code with message, or with path."""
    workflow = definition.workflow
    if not whole(workflow):
        return
    if codes & {"T023", "T024", "T025", "T026"}:
        for flaw in flaws(workflow):
            code, message, _ = told(workflow, flaw)
            steps = tuple(dict.fromkeys((*(step for step, _ in flaw.way), flaw.step)))
            yield (code, message), (steps, frozenset(flaw.way), flaw.step)
    if "T014" in codes:
        for at, held in enumerate(against(definition)):
            if held is not None and held.late:
                steps = held.way.steps
                yield ("T014", f"deadline.{at}"), (steps, edges(workflow, steps), "")


def _at(workflow: Workflow, path: str) -> _Shown | None:
    """Of a problem that stands at a step or an action: just that."""
    match path.split("."):
        case ["workflow", "steps", number, "actions", action, *_] if action.isdecimal():
            step = _step(workflow, number)
            if step is None or int(action) >= len(step.actions):
                return None
            return (step.id,), frozenset({(step.id, step.actions[int(action)].id)}), step.id
        case ["workflow", "steps", number, *_]:
            step = _step(workflow, number)
            return None if step is None else ((step.id,), frozenset(), step.id)
        case _:
            return None


def _step(workflow: Workflow, number: str) -> Step | None:
    known = number.isdecimal() and int(number) < len(workflow.steps)
    return workflow.steps[int(number)] if known else None


def edges(workflow: Workflow, steps: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    """The actions that lead from each of the steps to the one after it, those of the last to an end."""
    found: set[tuple[str, str]] = set()
    for one, other in zip(steps, (*steps[1:], END), strict=True):
        step = workflow.step(one)
        if step is not None:
            found |= {(one, action.id) for action in step.actions if other in action.targets}
    return frozenset(found)
