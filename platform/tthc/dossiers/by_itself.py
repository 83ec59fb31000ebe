"""Actions that nobody takes: money that came, silence that stands for a yes, another dossier that ended."""

from rules.workflow.model import Action
from tthc.dossiers import events as ev
from tthc.dossiers.deciding import Deciding
from tthc.dossiers.refusals import Refused
from tthc.dossiers.solving import moved, taken
from tthc.dossiers.state import Task


def take_by_itself(
    deciding: Deciding, task: Task, action: Action, *, reason: str = "", silent: bool = False
) -> bool:
    """Take an action of a task; False where its guard does not hold, and the step stays with its people."""
    try:
        move = taken(deciding, task, action)
        event = ev.Moved(task, action.id, action.label, (), reason=reason, silent=silent)
        moved(deciding, move, event, assigned_by="")
    except Refused:
        return False
    return True
