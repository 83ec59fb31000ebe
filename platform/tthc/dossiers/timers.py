"""The instants at which the system itself looks at a dossier: derived from its state, never kept in a process."""

from collections.abc import Iterator

from tthc.dossiers.state import CLOSED, INTAKE, INTAKE_TASK, Dossier, Reminder, Status, Task, Timer, TimerKind


def timers(dossier: Dossier) -> tuple[Timer, ...]:
    """The timers still to fire, earliest first.

    A timer's id contains its instant, so a due date that moves is a new timer and one that has fired stays fired. Of the
    dates themselves the ids are those of old histories; a reminder's says which it is.
    """
    if dossier.status in CLOSED:
        return ()
    found = [timer for task in dossier.tasks for timer in _of_task(dossier, task)]
    found += _of_deadline(dossier)
    fired = set(dossier.fired)
    return tuple(sorted((t for t in found if t.id not in fired), key=lambda t: (t.due, t.id)))


def _of_task(dossier: Dossier, task: Task) -> Iterator[Timer]:
    at_intake = task.id == INTAKE_TASK
    if not at_intake or dossier.status in INTAKE:
        for reminder in task.reminders:
            # what lies at the counter beside work still going on is not yet for anybody to collect
            if reminder.kind != "uncollected" or dossier.status is Status.RESULT_READY:
                yield _reminding(task.id, reminder)
    if task.due is None:
        return
    if at_intake:
        if dossier.status is Status.SUBMITTED:
            yield Timer(f"intake@{task.due.timestamp():.0f}", "intake", task.due, task.id)
        return
    kind: TimerKind = "step" if task.silent is None else "consent"
    yield Timer(f"{task.id}@{task.due.timestamp():.0f}", kind, task.due, task.id)


def _of_deadline(dossier: Dossier) -> Iterator[Timer]:
    deadline = dossier.deadline
    if deadline is None or deadline.due is None or dossier.status in INTAKE:
        return
    # solved is solved: a result that waits to be collected is not overdue (Đ15.2); nor does time pass while the clock stands
    if dossier.status is Status.WAITING_APPLICANT or dossier.solved_at is not None:
        return
    for reminder in deadline.reminders:
        yield _reminding("", reminder)
    yield Timer(f"deadline@{deadline.due.timestamp():.0f}", "deadline", deadline.due)


def _reminding(target: str, reminder: Reminder) -> Timer:
    name = f"{target or reminder.kind}.{reminder.stage}@{reminder.at.timestamp():.0f}"
    return Timer(name, reminder.kind, reminder.at, target, reminder.stage)
