"""What follows the step at which a dossier is, and how its date was counted: what an applicant asks by telephone. Pure."""

from collections.abc import Iterator

from definitions.model import Definition
from rules.calendar import Calendar
from rules.deadlines import DueLine, due
from rules.workflow.model import END, Action, Step, Workflow
from tthc.dossiers.state import INTAKE, Dossier


def coming(definition: Definition, dossier: Dossier) -> tuple[str, ...]:
    """Names of the steps that usually follow, by the main way on from each; the road stops where it would turn back.

    What is done only in some cases, or by the system alone, is left out: nobody is promised a step that may not come.
    """
    if dossier.closed:
        return ()
    workflow = definition.workflow
    if dossier.status in INTAKE:
        start = workflow.step(workflow.start)
        return () if start is None else (*_shown(start), *_after(workflow, start))
    steps = (workflow.step(task.step) for task in dossier.tasks)
    here = next((step for step in steps if step is not None), None)
    return tuple(_after(workflow, here)) if here is not None else ()


def counted(dossier: Dossier, calendar: Calendar) -> tuple[DueLine, ...]:
    """The days of the solving time one by one; none where the count would not come to the date that was promised."""
    deadline, start = dossier.deadline, dossier.accepted_at
    if deadline is None or start is None or deadline.due is None:
        return ()
    found = due(deadline.rule, start, calendar, deadline.pauses, deadline.extensions)
    return found.lines if found.at == deadline.due else ()


def _after(workflow: Workflow, step: Step) -> Iterator[str]:
    seen = {step.id}
    here: Step | None = step
    while here is not None and (action := _main(here)) is not None and action.to not in seen:
        if action.to == END:
            return
        seen.add(action.to)
        here = workflow.step(action.to)
        if here is not None:
            yield from _shown(here)


def _shown(step: Step) -> tuple[str, ...]:
    return () if step.automatic or step.skip_when is not None else (step.name,)


def _main(step: Step) -> Action | None:
    return next((a for a in step.actions if a.primary), step.actions[0] if step.actions else None)
