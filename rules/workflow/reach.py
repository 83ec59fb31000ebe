"""Where a way leads: the steps that can come after others, and how the dossier may end. Whatever guards say."""

from collections.abc import Callable, Iterable

from rules.workflow.model import Action, Outcome, Step, Workflow


def reached(
    workflow: Workflow, targets: Iterable[str], by: Callable[[Action], bool] = lambda _: True
) -> list[Step]:
    """The steps named, and all that those of their actions lead to which `by` lets through."""
    waiting, found = list(targets), dict[str, Step]()
    while waiting:
        name = waiting.pop()
        step = workflow.step(name)
        if name in found or step is None:
            continue
        found[name] = step
        waiting += [target for action in step.actions if by(action) for target in action.targets]
    return list(found.values())


def endings(workflow: Workflow, action: Action) -> set[Outcome]:
    """Every outcome that the way from this action can come to, its own among them."""
    later = [each for step in reached(workflow, action.targets) for each in step.actions]
    return {each.outcome for each in (action, *later) if each.outcome is not None}
