"""When an instant comes: a reminder, or the action that silence stands for."""

from tthc.dossiers import events as ev
from tthc.dossiers.by_itself import take_by_itself
from tthc.dossiers.commands import FireTimer
from tthc.dossiers.deciding import Deciding
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Task, Timer


def fire(deciding: Deciding, command: FireTimer) -> None:
    """A timer that is gone was overtaken by somebody's act: nothing happens, and that is no mistake."""
    if deciding.context.actor.kind != "system":
        raise Refused("forbidden", "Chỉ hệ thống mới kích hoạt được hẹn giờ.")
    timer = deciding.dossier.timer(command.timer_id)
    if timer is None:
        return
    if timer.due > deciding.now:
        raise Refused("not_due", "Chưa đến giờ hẹn.")
    task = deciding.dossier.task(timer.target)
    if timer.kind == "consent" and task is not None and _consent(deciding, task):
        return
    _remind(deciding, timer, task)


def _consent(deciding: Deciding, task: Task) -> bool:
    """Silence is consent: the step's own timeout action is taken, whoever it was waiting for. Where its guard does not hold,
    people must look, so it becomes a reminder.
    """
    step = deciding.definition.workflow.step(task.step)
    action = step.action(task.silent) if step is not None and task.silent is not None else None
    return action is not None and take_by_itself(deciding, task, action, silent=True)


def _remind(deciding: Deciding, timer: Timer, task: Task | None) -> None:
    kind = "step" if timer.kind == "consent" else timer.kind
    deciding.happen(ev.Reminded(timer.id, kind, task, timer.due))
