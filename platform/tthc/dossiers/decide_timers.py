"""When an instant comes: a reminder, the action that silence stands for, or the end of waiting for the applicant."""

from collections.abc import Iterable
from datetime import datetime

from rules.calendar import instant_text
from rules.workflow.model import APPLICANT, Outcome
from tthc.dossiers import events as ev
from tthc.dossiers.by_itself import take_by_itself
from tthc.dossiers.commands import FireTimer, TellStuck
from tthc.dossiers.context import RECEPTION
from tthc.dossiers.deciding import Deciding
from tthc.dossiers.facts import past_moves, returns
from tthc.dossiers.refusals import Refused
from tthc.dossiers.reminding import LATE, RETURNED, STOPPED
from tthc.dossiers.state import INTAKE_TASK, Dossier, Status, Task, Timer

HEAD = "phe_duyet"
"""Lãnh đạo cơ quan."""


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
    if timer.stage:
        if timer.stage != "stop" or task is None or not _stop(deciding, timer, task):
            _warn(deciding, timer, task)
        return
    if timer.kind == "consent" and task is not None and _consent(deciding, task):
        return
    _remind(deciding, timer, task)


def tell_stuck(deciding: Deciding, command: TellStuck) -> None:
    """Written down, so that the story tells why nothing moved, and told to both sides."""
    if deciding.context.actor.kind != "system":
        raise Refused("forbidden", "Chỉ hệ thống mới báo hồ sơ kẹt.")
    task = deciding.dossier.task(command.task)
    deciding.happen(
        ev.FoundStuck(
            command.code, command.sentence, command.remedy, task, command.to, applicant=command.applicant
        )
    )


def escalate(deciding: Deciding) -> None:
    """A dossier sent back as often as the policy bears is put before the head, once (Đ25.1)."""
    limit, dossier = deciding.context.policy.escalate_returns, deciding.dossier
    moves = [event for event in deciding.events if isinstance(event, ev.Moved)]
    if limit is None or not moves or f"{RETURNED}.{limit}" in dossier.fired:
        return
    done = [*past_moves(dossier), *moves]
    if returns(done, deciding.definition.workflow) >= limit:
        to = (f"{HEAD}@{dossier.agency}",)
        deciding.happen(ev.Warned(f"{RETURNED}.{limit}", RETURNED, str(limit), None, deciding.now, to))


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


def _stop(deciding: Deciding, timer: Timer, task: Task) -> bool:
    """Nobody completed the dossier for as long as the policy waits: it ends, and the applicant is told why. Where others are
    at work on it meanwhile, they go on, and reception is told.
    """
    dossier = deciding.dossier
    rule = deciding.context.policy.supplement_wait
    waited = f" ({rule.text})" if rule is not None else ""
    reason = f"Hết thời gian chờ bổ sung hồ sơ{waited} kể từ {instant_text(task.entered_at)} mà chưa nhận được bổ sung."
    if dossier.status not in {Status.SUPPLEMENT_AT_INTAKE, Status.WAITING_APPLICANT}:
        return False
    deciding.happen(ev.Warned(timer.id, timer.kind, STOPPED, task, timer.due))
    at_intake = dossier.status is Status.SUPPLEMENT_AT_INTAKE
    deciding.happen(ev.IntakeRefused(reason) if at_intake else ev.Ended(Outcome.DECLINED, "", reason))
    return True


def _warn(deciding: Deciding, timer: Timer, task: Task | None) -> None:
    """Tell those who can still do something about it."""
    dossier = deciding.dossier
    reception = f"{RECEPTION}@{dossier.agency}"
    due, applicant = timer.due, False
    match timer.kind:
        case "uncollected":
            to: tuple[str, ...] = (reception,)
            applicant = dossier.receive_by == "counter"
            due = dossier.solved_at or timer.due
        case "supplement":
            to, applicant = ((reception,), False) if timer.stage == "stop" else ((), True)
            due = _until(task) or timer.due
        case "deadline":
            # of half the time the solver is told; when an apology would have to go, reception too (Đ15.1d)
            handlers = _handlers(dossier)
            told = {"eve": (*handlers, reception), LATE: (f"{HEAD}@{dossier.agency}", *handlers)}
            to = told.get(timer.stage, handlers)
            due = (dossier.deadline.due if dossier.deadline is not None else None) or timer.due
        case _:
            applicant = task is not None and task.function == APPLICANT
            to = () if applicant or task is None else (_inbox(task),)
            due = (task.due if task is not None else None) or timer.due
    if _overtaken(dossier, timer, deciding.now):
        to, applicant = (), False
    deciding.happen(ev.Warned(timer.id, timer.kind, timer.stage, task, due, _unique(to), applicant=applicant))


def _overtaken(dossier: Dossier, timer: Timer, now: datetime) -> bool:
    """Whether a later instant of the same clock has come too, because nobody swept for a while: that one tells it all, and
    this one is only put on record.
    """
    same = (each for each in dossier.timers if (each.kind, each.target) == (timer.kind, timer.target))
    return any(timer.due < each.due <= now for each in same)


def _until(task: Task | None) -> datetime | None:
    return next((r.at for r in task.reminders if r.stage == "stop"), None) if task is not None else None


def _handlers(dossier: Dossier) -> tuple[str, ...]:
    """Whoever works on it in its own agency now; the head where nobody does."""
    mine = [
        task
        for task in dossier.tasks
        if task.function != APPLICANT and task.agency == dossier.agency and task.id != INTAKE_TASK
    ]
    return _unique(_inbox(task) for task in mine) or (f"{HEAD}@{dossier.agency}",)


def _inbox(task: Task) -> str:
    return task.assignee or f"{task.function}@{task.agency}"


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
