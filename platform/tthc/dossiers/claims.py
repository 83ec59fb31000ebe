"""Who has a task, after somebody took it, gave it back or was given it. Pure."""

from tthc.dossiers import events as ev
from tthc.dossiers.state import Task
from tthc.dossiers.values import replace

Taken = ev.Reassigned | ev.Assigned | ev.Claimed | ev.GivenBack


def held(task: Task, event: Taken) -> Task:
    """The task as it is held afterwards. What was taken by oneself was given by nobody, so it may be given back."""
    if isinstance(event, ev.GivenBack):
        return replace(task, assignee=None, assignee_name="", assigned_by="")
    by = task.assigned_by
    if isinstance(event, ev.Assigned):
        by = event.function
    return replace(task, assignee=event.assignee, assignee_name=event.assignee_name, assigned_by=by)
