"""Which actions ask for agencies to be chosen: those whose way reads `chosen`."""

from rules.feel import Expression
from rules.workflow.model import END, Action, Step, Workflow
from rules.workflow.routing import CHOSEN


def asks_whom(workflow: Workflow, action: Action) -> Step | None:
    """The first step on the action's way for which somebody is chosen; `None` where nobody is asked.

    The way goes on through steps that nobody does (automatic ones and those that may be passed over), as the choice
    does in the engine; a condition of a branch that reads the choice asks for it too.
    """
    waiting: list[Action] = [action]
    seen: set[tuple[str, str]] = set()
    while waiting:
        way = waiting.pop(0)
        for branch in way.branches:
            step = workflow.step(branch.to) if branch.to != END else None
            if step is None:
                continue
            if _reads(branch.when) or _reads(step.each) or _reads(step.skip_when):
                return step
            passed = (
                step.actions if step.automatic else step.actions[:1] if step.skip_when is not None else ()
            )
            for onward in passed:
                if _reads(onward.when):
                    return step
                if (step.id, onward.id) not in seen:
                    seen.add((step.id, onward.id))
                    waiting.append(onward)
    return None


def _reads(expression: Expression | None) -> bool:
    return expression is not None and CHOSEN in expression.sources
