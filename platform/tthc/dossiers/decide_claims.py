"""Taking work that nobody has, giving it back, and who may give it to somebody else (Đ13 đầu, Đ13.2)."""

from typing import Final

from rules.workflow.model import APPLICANT, EXTERNAL
from tthc.dossiers import events as ev
from tthc.dossiers.capacity import standing
from tthc.dossiers.commands import Claim, GiveBack
from tthc.dossiers.context import Actor
from tthc.dossiers.deciding import Deciding
from tthc.dossiers.permissions import holds, require_function
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import INTAKE_TASK, Dossier, Task

HEAD_OF_UNIT: Final = "lanh_dao_phong"
HEAD_OF_AGENCY: Final = "phe_duyet"
HEADS: Final = (HEAD_OF_UNIT, HEAD_OF_AGENCY)
_NOBODYS: Final = frozenset({APPLICANT, EXTERNAL})
"""Functions that no member of staff holds: nothing of theirs is taken or given."""


def claim(deciding: Deciding, command: Claim) -> None:
    """«Nhận việc»: from now on the task is this person's, and everybody sees so."""
    task, actor = open_task(deciding, command.token), deciding.context.actor
    if actor.kind != "staff" or task.function in _NOBODYS:
        raise Refused("no_claim", "Việc này không do cán bộ làm nên không nhận được.", "Đ13.2")
    require_function(actor, task.function, task.agency)
    if task.assignee == actor.id:
        raise Refused("claimed", "Ông/bà đang giữ việc này rồi.", "Đ13.2")
    if task.assignee is not None:
        raise Refused(
            "claimed",
            f"{task.assignee_name or 'Cán bộ khác'} đã nhận việc này; ông/bà chọn việc khác.",
            "Đ13.2",
        )
    deciding.happen(ev.Claimed(task.id, task.name, actor.id, actor.name))


def give_back(deciding: Deciding, command: GiveBack) -> None:
    """What one took oneself; what a head gave goes back only through the head."""
    task, actor = open_task(deciding, command.token), deciding.context.actor
    if task.assignee != actor.id or actor.kind != "staff":
        raise Refused("not_yours", "Ông/bà không giữ việc này nên không trả lại được.", "Đ13.2")
    if task.assigned_by:
        raise Refused(
            "given",
            "Việc này được lãnh đạo giao; ông/bà bàn giao cho đồng nghiệp hoặc đề nghị lãnh đạo giao lại.",
            "Đ13.2",
        )
    if not command.reason.strip():
        raise Refused("reason", "Ghi lý do trả lại việc.", "Đ13.2")
    deciding.happen(ev.GivenBack(task.id, task.name, command.reason.strip()))


def open_task(deciding: Deciding, token: str) -> Task:
    """An open task, the intake among them; a refusal for one that is done or never was."""
    task = deciding.dossier.task(token)
    if task is None:
        raise Refused(
            "no_task", "Bước này đã được xử lý xong; ông/bà tải lại trang để xem bước hiện tại.", "Đ10.3a"
        )
    return task


def giver(task: Task, actor: Actor) -> str | None:
    """By which function this actor may give the task to somebody: that of whoever gave it before, or a head's, who is
    above it; empty for the person who has it; `None` where they may not. Heads of the unit are above all but heads.
    """
    if task.function in _NOBODYS:
        return None
    if task.assignee == actor.id and actor.kind == "staff":
        return ""
    if task.assignee is not None and task.assigned_by and holds(actor, task.assigned_by, task.agency):
        return task.assigned_by
    return next((head for head in _above(task) if holds(actor, head, task.agency)), None)


def claimable(task: Task, actor: Actor) -> bool:
    """Whether a page should offer this actor to take the task."""
    free = task.assignee is None and task.function not in _NOBODYS and actor.kind == "staff"
    return free and holds(actor, task.function, task.agency)


def require_may_give(task: Task, actor: Actor) -> str:
    """The rule behind `giver`, with its sentences."""
    by = giver(task, actor)
    if by is not None:
        return by
    if task.function in _NOBODYS:
        raise Refused("not_assigned", "Bước này chưa giao cho ai nên không cần giao lại.", "Đ13.2")
    function = task.assigned_by or _above(task)[0]
    require_function(actor, function, task.agency)
    return function


def given(task: Task, by: str, to: Actor, reason: str) -> ev.Reassigned | ev.Assigned:
    """What happened when `to` was given the task by this function, empty where the one who had it passed it on."""
    if not by or by == task.assigned_by:
        return ev.Reassigned(task.id, to.id, to.name, reason)
    return ev.Assigned(task.id, task.name, to.id, to.name, by, reason)


def _above(task: Task) -> tuple[str, ...]:
    return HEADS if task.function not in HEADS else (HEAD_OF_AGENCY,)


def require_intake_not_anothers(dossier: Dossier, actor: Actor) -> None:
    """Who took a dossier handed in online receives it, or gives it back first."""
    task = dossier.task(INTAKE_TASK)
    if task is None or task.assignee in {None, actor.id} or standing(actor, task) is not None:
        return
    raise Refused(
        "not_assignee",
        f"{task.assignee_name} đã nhận việc tiếp nhận hồ sơ này; cần giao lại trước khi ông/bà xử lý.",
        "Đ13.2",
    )
