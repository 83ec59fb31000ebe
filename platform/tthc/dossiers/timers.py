"""The instants at which the system itself looks at a dossier: derived from its state, never kept in a process."""

from tthc.dossiers.state import CLOSED, INTAKE, INTAKE_TASK, Dossier, Status, Timer


def timers(dossier: Dossier) -> tuple[Timer, ...]:
    """The timers still to fire, earliest first.

    A timer's id contains its instant, so a due date that moves is a new timer and one that has fired stays fired.
    """
    if dossier.status in CLOSED:
        return ()
    found: list[Timer] = []
    for task in dossier.tasks:
        if task.due is None:
            continue
        if task.id == INTAKE_TASK:
            if dossier.status is Status.SUBMITTED:
                found.append(Timer(f"intake@{task.due.timestamp():.0f}", "intake", task.due, task.id))
        elif task.silent is not None:
            found.append(Timer(f"{task.id}@{task.due.timestamp():.0f}", "consent", task.due, task.id))
        else:
            found.append(Timer(f"{task.id}@{task.due.timestamp():.0f}", "step", task.due, task.id))
    deadline = dossier.deadline
    # solved is solved: a result that waits to be collected is not overdue (Đ15.2)
    if deadline is not None and deadline.due is not None and dossier.status not in INTAKE:
        stands = dossier.status is Status.WAITING_APPLICANT or dossier.solved_at is not None
        if not stands:
            found.append(Timer(f"deadline@{deadline.due.timestamp():.0f}", "deadline", deadline.due))
    fired = set(dossier.fired)
    return tuple(sorted((t for t in found if t.id not in fired), key=lambda t: (t.due, t.id)))
