"""Where in a workflow its problems show: the steps and actions of the way that a problem tells of, as data. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from definitions.lint import soundness, time
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


def witnesses(definition: Definition, problems: Sequence[Problem]) -> tuple[Witness, ...]:
    """Of the problems that are about the workflow or the time it takes, in their order; then those that the linter had
    no occasion to look for, because something else is wrong.
    """
    ways = {}
    if any(problem.severity == "error" for problem in problems) and whole(definition.workflow):
        ways = {(problem.code, problem.message): (problem, shown) for problem, shown in _ways(definition)}
    found = []
    for problem in problems:
        _, shown = ways.pop((problem.code, problem.message), (problem, None))
        shown = shown or _at(definition.workflow, problem.path)
        if shown is not None:
            found.append(Witness(problem, *shown))
    return (*found, *(Witness(problem, *shown) for problem, shown in ways.values()))


_Shown = tuple[tuple[str, ...], frozenset[tuple[str, str]], str]


def _ways(definition: Definition) -> Iterator[tuple[Problem, _Shown]]:
    workflow = definition.workflow
    places = {step.id: at for at, step in enumerate(workflow.steps)}
    for flaw in flaws(workflow):
        steps = tuple(dict.fromkeys((*(step for step, _ in flaw.way), flaw.step)))
        place = f"workflow.steps.{places[flaw.step]}"
        yield _problem(place, *soundness.told(workflow, flaw)), (steps, frozenset(flaw.way), flaw.step)
    for at, (row, held) in enumerate(zip(definition.deadlines, time.against(definition), strict=True)):
        if held is not None and held.late:
            way = held.way.steps
            yield (
                _problem(f"deadline.{at}", *time.told(definition, row, held)),
                (way, edges(workflow, way), ""),
            )


def _problem(path: str, code: str, message: str, remedy: str) -> Problem:
    """Without a place in a text: it may be told by a path alone."""
    return Problem("", 0, 0, path, code, "error", message, remedy)


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
