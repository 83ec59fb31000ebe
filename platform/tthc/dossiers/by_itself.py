"""Actions that nobody takes: money that came, silence that stands for a yes, another dossier that ended."""

from rules.workflow.engine import WorkflowError, take
from rules.workflow.model import Action
from tthc.dossiers import events as ev
from tthc.dossiers.deciding import Deciding
from tthc.dossiers.refusals import Refused
from tthc.dossiers.solving import moved
from tthc.dossiers.state import Task


def take_by_itself(
    deciding: Deciding, task: Task, action: Action, *, reason: str = "", silent: bool = False
) -> bool:
    """Take an action of a task; False where its guard does not hold, and the step stays with its people."""
    try:
        move = take(
            deciding.definition.workflow,
            deciding.dossier.tokens,
            task.id,
            action.id,
            deciding.scope(),
            deciding.now,
            deciding.context.calendar,
            deciding.new_id,
        )
        event = ev.Moved(task, action.id, action.label, (), reason=reason, silent=silent)
        moved(deciding, move, event, assigned_by="")
    except (WorkflowError, Refused):
        return False
    return True
