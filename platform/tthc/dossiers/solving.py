"""The solving time: how it begins, stands, runs on and ends (Đ10.3b, Đ13.3d, Đ15)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final, cast

from definitions.model import DeadlineRow
from rules.calendar import Calendar
from rules.deadlines import Extension, Pause, due
from rules.i18n import noted
from rules.workflow.engine import Move, WorkflowError, start, take
from rules.workflow.model import APPLICANT, END, Action, Outcome, Phase, Step, Token
from tthc.dossiers import events as ev
from tthc.dossiers.codec import from_data
from tthc.dossiers.deciding import Deciding
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import DeadlineState, Dossier, Status, SupplementRequest, Task
from tthc.dossiers.status import status_of
from tthc.dossiers.values import replace

# Stands in an event until the service has drawn a code; an event with it is never written.
UNALLOCATED = ""
_MOVED: Final = ev.type_name(ev.Moved)


def begin(deciding: Deciding, checked: tuple[str, ...], row: DeadlineRow | None) -> None:
    """Give the code, fix the date from this instant (Đ10.3b) and put the first token on its step (Đ10.3a)."""
    context = deciding.context
    deadline = None if row is None else fresh(row, deciding.now, context.calendar)
    deciding.happen(ev.Accepted(context.code or UNALLOCATED, checked, deadline))
    try:
        move = start(
            deciding.definition.workflow, deciding.scope(), deciding.now, context.calendar, deciding.new_id
        )
    except WorkflowError as error:
        raise Refused("workflow", error.message, "Đ10.3a") from error
    moved(
        deciding, move, ev.Moved(None, "", noted("Chuyển hồ sơ vào quy trình giải quyết"), ()), assigned_by=""
    )


def taken(
    deciding: Deciding, task: Task, action: Action, assignee: str | None = None, chosen: Sequence[str] = ()
) -> Move:
    """Where the workflow stands once this action of the task is taken.

    Raises:
        Refused: the workflow does not let it be taken now (Đ10.3a).
    """
    try:
        return take(
            deciding.definition.workflow,
            deciding.dossier.tokens,
            task.id,
            action.id,
            deciding.scope(),
            deciding.now,
            deciding.context.calendar,
            deciding.new_id,
            assignee,
            chosen,
        )
    except WorkflowError as error:
        raise Refused("workflow", error.message, "Đ10.3a") from error


def moved(
    deciding: Deciding,
    move: Move,
    event: ev.Moved,
    *,
    assigned_by: str,
    recipient: str = "",
    entering: Callable[[Task], Task] = lambda task: task,
) -> None:
    """Write down a move of the engine: the new tasks, the clock if it stops or runs on, the end if it is one.

    `entering`: what else a new task is given.
    """
    dossier, context = deciding.dossier, deciding.context
    entered = tuple(entering(task_of(deciding, token, assigned_by)) for token in move.entered)
    stays = {token.id: token for token in move.tokens}
    gone = {t.id for t in dossier.tasks} - set(stays)
    after = (*(t for t in dossier.tasks if t.id not in gone), *entered)
    dropped = tuple(
        t.id for t in dossier.tasks if t.id in gone and (event.left is None or t.id != event.left.id)
    )
    marked = tuple(
        ev.Marked(t.id, stays[t.id].forks)
        for t in dossier.tasks
        if t.id in stays and stays[t.id].forks != t.forks
    )
    deadline = wait(dossier, after, deciding.now, context.calendar)
    deciding.happen(
        replace(
            event,
            entered=entered,
            skipped=move.skipped,
            deadline=deadline,
            dropped=dropped,
            marked=marked,
        )
    )
    if move.outcome is not None:
        deciding.happen(ev.Ended(move.outcome, recipient, event.reason))


def task_of(deciding: Deciding, token: Token, assigned_by: str) -> Task:
    """A token as the task of somebody: the function of its step, in the dossier's agency.

    A step entered again goes back to the unit and the person who had it before, unless somebody else is chosen
    (Đ15.1b).
    """
    step = deciding.definition.workflow.step(token.step)
    assert step is not None
    task = Task(
        id=token.id,
        step=step.id,
        name=step.name,
        function=step.actor,
        agency=token.item if step.at_item else deciding.dossier.agency,
        entered_at=token.entered_at,
        due=token.due,
        phase=step.phase,
        declines=task_declines(step),
        silent=step.on_timeout,
        forks=token.forks,
        item=token.item,
        agency_name=_agency_name(deciding, token.item) if step.at_item else "",
    )
    chosen = deciding.context.assignee
    before = _former(deciding.dossier, step.id, token.item)
    if before is not None:
        task = replace(task, unit=before.unit, unit_name=before.unit_name)
    if token.assignee is not None:
        name = chosen.name if chosen is not None and chosen.id == token.assignee else ""
        return replace(task, assignee=token.assignee, assignee_name=name, assigned_by=assigned_by)
    if before is None:
        return task
    return replace(
        task,
        assignee=before.assignee,
        assignee_name=before.assignee_name,
        assigned_by=before.assigned_by,
    )


def _agency_name(deciding: Deciding, agency: str) -> str:
    """Of an agency that a step is given to. One that is not in force today could never answer."""
    known = deciding.context.agencies
    if known is None:
        return ""
    if agency not in known:
        raise Refused(
            "unknown_agency",
            f"Không có cơ quan “{agency}” đang hoạt động; ông/bà chọn lại cơ quan được hỏi.",
            "Đ10.3a",
        )
    return known[agency].name


def task_declines(step: Step) -> bool:
    """Whether the step hands over and every way to the end from it says that the dossier was not solved."""
    ends = [action.outcome for action in step.actions if END in action.targets]
    return step.phase is Phase.RESULT_READY and bool(ends) and set(ends) == {Outcome.DECLINED}


def _former(dossier: Dossier, step_id: str, item: str) -> Task | None:
    """The step as it was last left."""
    for entry in reversed(dossier.history):
        if entry.type != _MOVED:
            continue
        # as it was stored: of all that was left, one task at most is worth reading back
        told = cast("Mapping[str, object] | None", entry.data["left"])
        if told is not None and told["step"] == step_id and told.get("item", "") == item:
            return from_data(Task, told)
    return None


def fresh(row: DeadlineRow, start_at: datetime, calendar: Calendar) -> DeadlineState:
    """The deadline at the instant of acceptance."""
    rule = row.rule
    found = due(rule, start_at, calendar)
    return DeadlineState(
        amount=rule.amount,
        unit=rule.unit,
        label=row.label,
        original_due=found.at,
        due=found.at,
        explanation=found.sentence(),
        cutoff=rule.cutoff,
        return_at=rule.return_at,
        additions=rule.additions,
    )


def recount(
    deadline: DeadlineState,
    accepted_at: datetime,
    calendar: Calendar,
    pauses: Sequence[Pause],
    extensions: Sequence[Extension],
) -> DeadlineState:
    """The deadline with other pauses or extensions. While the clock stands, `due` keeps its last value."""
    found = due(deadline.rule, accepted_at, calendar, tuple(pauses), tuple(extensions))
    granted = tuple(each for each in extensions if each.basis != "")
    legal_due = None
    if len(granted) < len(extensions):
        by_law = due(deadline.rule, accepted_at, calendar, tuple(pauses), granted).at
        legal_due = by_law if by_law is not None else deadline.by_law
    return replace(
        deadline,
        pauses=tuple(pauses),
        extensions=tuple(extensions),
        due=found.at if found.at is not None else deadline.due,
        legal_due=legal_due,
        explanation=found.sentence(),
    )


def wait(
    dossier: Dossier, after: tuple[Task, ...], now: datetime, calendar: Calendar
) -> DeadlineState | None:
    """The deadline when everybody begins or ceases to wait for the applicant; `None` where nothing changes."""
    deadline, accepted_at = dossier.deadline, dossier.accepted_at
    if deadline is None or accepted_at is None:
        return None
    stands = bool(deadline.pauses) and deadline.pauses[-1].end is None
    waits = bool(after) and status_of(after) is Status.WAITING_APPLICANT
    if waits and not stands:
        asked = next((t.name for t in after if t.phase is Phase.WAITING_APPLICANT), "")
        pauses = (*deadline.pauses, Pause(now, None, asked, "Đ13.3d"))
    elif stands and not waits:
        pauses = (*deadline.pauses[:-1], replace(deadline.pauses[-1], end=now))
    else:
        return None
    return recount(deadline, accepted_at, calendar, pauses, deadline.extensions)


def is_overdue(dossier: Dossier, now: datetime) -> bool:
    """Past the due date without being solved; never while the clock stands."""
    deadline = dossier.deadline
    if deadline is None or deadline.due is None or dossier.status is Status.WAITING_APPLICANT:
        return False
    return (dossier.solved_at or dossier.ended_at or now) > deadline.due


def require_in_time(deciding: Deciding, *, declines: bool, request: SupplementRequest | None) -> None:
    """A notice of supplement or refusal falls within the solving time, or goes by way of an apology (Đ13.3d)."""
    dossier = deciding.dossier
    asks = request is not None
    if not (asks or declines) or not is_overdue(dossier, deciding.now):
        return
    if dossier.apologies == 0:
        what = "yêu cầu bổ sung" if asks else "trả hồ sơ không giải quyết"
        raise Refused(
            "overdue",
            f"Hồ sơ đã quá hạn nên không thể {what}; trước hết dùng chức năng “Xin lỗi” và hẹn lại ngày trả.",
            "Đ13.3d",
        )


def is_supplement(step: Step | None) -> bool:
    """Whether entering this step asks the applicant to complete the dossier. Where their silence is an answer they are asked to
    agree: nothing is missing, and it is not counted among the requests that the law limits.
    """
    waits = step is not None and step.phase is Phase.WAITING_APPLICANT and step.actor == APPLICANT
    return waits and step is not None and step.on_timeout is None
