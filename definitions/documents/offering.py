"""Where documents are made: at which steps, with which actions. Pure."""

from definitions.documents.model import Document
from rules.workflow.model import APPLICANT, EXTERNAL, Action, Need, Outcome, Step, Workflow
from rules.workflow.reach import endings

_MAKING = frozenset({Need.DRAFT, Need.RESULT})


def steps_of(document: Document, workflow: Workflow) -> tuple[str, ...]:
    """Ids of the steps at which somebody of the agency can have it: those it names, else where a draft or a result is
    asked for that it can be. Names of no step are left out.
    """
    return tuple(
        step.id
        for step in workflow.steps
        if made_by_staff(step)
        and (step.id in document.at if document.at else _asked(document, workflow, step))
    )


def made_by_staff(step: Step) -> bool:
    return not step.automatic and step.actor not in {APPLICANT, EXTERNAL, ""}


def attachable(document: Document, workflow: Workflow, action: Action) -> bool:
    """Whether the action takes it as its draft. The result itself is the signed paper and is never made here (Đ14.2)."""
    return Need.DRAFT in action.needs and _fits(document, workflow, action)


def _asked(document: Document, workflow: Workflow, step: Step) -> bool:
    return any(action.needs & _MAKING and _fits(document, workflow, action) for action in step.actions)


def _fits(document: Document, workflow: Workflow, action: Action) -> bool:
    """Where the way only leads to giving the dossier back, no result is drafted; where it only leads to the result, no
    notice is, unless it names the step.
    """
    if document.kind == "result":
        return endings(workflow, action) != {Outcome.DECLINED}
    if document.kind == "notice" and not document.at:
        return endings(workflow, action) != {Outcome.RETURNED}
    return True
