"""Dossiers that a step opens for another procedure (liên thông): wanted, opened, ended, or not to be opened."""

import hashlib
import json
from collections.abc import Mapping

from rules.deadlines import due
from rules.feel import Expression
from rules.feel.jsonform import json_text
from rules.workflow.model import Action, Child, Step
from rules.workflow.routing import ITEM
from tthc.dossiers import events as ev
from tthc.dossiers.by_itself import take_by_itself
from tthc.dossiers.commands import OpenChild, TellChild
from tthc.dossiers.decide_intake import enter
from tthc.dossiers.deciding import Deciding
from tthc.dossiers.family import ChildState
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import INTAKE_TASK, Dossier, Task
from tthc.dossiers.submission import require_offered


def want_children(deciding: Deciding) -> None:
    """Of every step just entered that waits for another dossier: what that one is to be."""
    for task in deciding.dossier.tasks:
        if task.id == INTAKE_TASK or deciding.dossier.child(task.id) is not None:
            continue
        step = deciding.definition.workflow.step(task.step)
        if step is not None and step.child is not None:
            deciding.happen(ev.ChildWanted(_wanted(deciding, task, step.child)))


def require_not_waited_for(dossier: Dossier, task: Task, step: Step, action: Action) -> None:
    """What the end of the other dossier decides, nobody decides while it is under way."""
    if waits_for_child(dossier, task, step, action):
        child = dossier.child(task.id)
        assert child is not None
        raise Refused(
            "child_open",
            f"Hồ sơ liên thông {child.reference} chưa kết thúc; khi kết thúc, hệ thống tự chuyển bước này.",
            "Đ10.3a",
        )


def waits_for_child(dossier: Dossier, task: Task, step: Step, action: Action) -> bool:
    child = dossier.child(task.id)
    if child is None or step.child is None or child.standing != "open":
        return False
    return action.id in step.child.endings


def open_child(deciding: Deciding, command: OpenChild) -> None:
    """As handed in online by the applicant, who declared it with the dossier that it comes from. Its receiver checks it as
    any other (Đ10.2a); one that must be paid for first is left to the applicant.
    """
    if deciding.context.actor.kind != "system":
        raise Refused("forbidden", "Chỉ hệ thống mới mở hồ sơ liên thông.")
    definition, context = deciding.definition, deciding.context
    require_offered(definition, context, "online")
    wished = command.receive_by
    offered = wished in definition.receive_by and (wished != "post" or bool(command.postal_address.strip()))
    enter(
        deciding,
        dossier_id=command.dossier_id,
        channel="online",
        applicant=command.applicant,
        answers=command.answers,
        papers=command.papers,
        receive_by=wished if offered else definition.receive_by[0],  # type: ignore[arg-type]
        postal_address=command.postal_address,
        owner=command.owner,
        intake_due=due(context.policy.intake, deciding.now, context.calendar).at,
        parent=command.parent,
    )
    early = deciding.dossier.owed("before_acceptance")
    if early:
        names = ", ".join(fee.label for fee in early)
        raise Refused(
            "fee_before",
            f"Thủ tục “{definition.name}” thu trước khi tiếp nhận ({names}) nên người nộp phải tự nộp hồ sơ.",
            "Đ10.2c",
        )


def tell_child(deciding: Deciding, command: TellChild) -> None:
    """Note what became of the other dossier; at its end take the action that the step has for it.

    Told late or twice it changes nothing: an end stays, and a task that is gone takes no action.
    """
    if deciding.context.actor.kind != "system":
        raise Refused("forbidden", "Chỉ hệ thống mới báo kết quả của hồ sơ liên thông.")
    child = deciding.dossier.child(command.task)
    if child is None:
        raise Refused("no_child", "Bước này không mở hồ sơ liên thông nào.")
    if command.standing in {"open", "failed"} and child.standing != "wanted":
        return
    if child.standing in {"returned", "declined", "failed"}:
        return
    task = deciding.dossier.task(command.task)
    step = deciding.definition.workflow.step(child.step)
    label = step.name if step is not None else child.step
    deciding.happen(
        ev.ChildTold(
            command.task,
            label,
            command.standing,
            command.name,
            command.reference or child.reference,
            command.reason.strip(),
        )
    )
    if task is not None and step is not None and step.child is not None:
        _go_on(deciding, task, step, step.child, command)


def _go_on(deciding: Deciding, task: Task, step: Step, child: Child, command: TellChild) -> None:
    endings = {"returned": child.on_returned, "declined": child.on_declined}
    action = step.action(endings.get(command.standing, ""))
    if action is not None:
        # where its guard does not hold, its people may take any of its actions now
        take_by_itself(deciding, task, action, reason=command.reason.strip())


def _wanted(deciding: Deciding, task: Task, child: Child) -> ChildState:
    scope = {**deciding.scope(), **({ITEM: task.item} if task.item else {})}
    answers: Mapping[str, object] = {
        name: value for name, told in child.answers if (value := _plain(told, scope, deciding)) is not None
    }
    agency = deciding.dossier.agency
    if child.agency is not None:
        agency = str(_plain(child.agency, scope, deciding) or "")
    return ChildState(
        task=task.id,
        step=task.step,
        id=child_id(deciding.dossier.id, task.id),
        procedure=child.procedure,
        agency=agency,
        answers=answers,
        papers=dict(child.papers),
    )


def child_id(parent: str, task: str) -> str:
    """The id of the dossier that a task opens: however often it is tried, one dossier."""
    return hashlib.sha256(f"child:{parent}:{task}".encode()).hexdigest()[:32]


def _plain(told: Expression, scope: Mapping[str, object], deciding: Deciding) -> object:
    """A FEEL value as a form's answer is stored: JSON, days as text."""
    return json.loads(json_text(told.evaluate(scope, now=deciding.now)))
