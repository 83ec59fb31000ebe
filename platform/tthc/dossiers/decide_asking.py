"""Asking agencies for their opinion (Đ13.3c): about what and until when; and going on without one that is late."""

from collections.abc import Mapping

from rules.calendar import instant_text
from rules.workflow.choosing import asks_whom
from rules.workflow.model import END, Action, Step
from tthc.dossiers import events as ev
from tthc.dossiers.apply_aside import is_asked
from tthc.dossiers.commands import Act, WaiveOpinion
from tthc.dossiers.deciding import Deciding
from tthc.dossiers.permissions import require_function
from tthc.dossiers.refusals import Refused
from tthc.dossiers.solving import moved, taken
from tthc.dossiers.state import UNDER_WAY, Dossier, Task
from tthc.dossiers.values import replace

RULE = "Đ13.3c"
WAIVED = "Đi tiếp, không chờ ý kiến"


def require_question(deciding: Deciding, action: Action, command: Act) -> None:
    """Whoever asks agencies says about what; nobody is asked until a day that is past."""
    if not command.chosen or asks_whom(deciding.definition.workflow, action) is None:
        return
    if not command.question.strip():
        raise Refused("question", "Ghi nội dung cần các cơ quan cho ý kiến.", RULE)
    if command.answer_by is not None and command.answer_by <= deciding.now:
        raise Refused("answer_by", "Thời hạn trả lời phải ở sau thời điểm này.", RULE)


def asked_task(task: Task, command: Act) -> Task:
    """A task as the agency that is asked gets it: with the question, and its time where that was given."""
    if not is_asked(task):
        return task
    question, until = command.question.strip(), command.answer_by
    if until is None:
        if task.due is None and command.chosen:
            raise Refused("answer_by", f"Ghi thời hạn trả lời cho bước “{task.name}”.", RULE)
        return replace(task, question=question)
    if task.silent is not None and task.due is not None and until < task.due:
        raise Refused(
            "answer_by",
            f"Hết hạn không trả lời thì coi như đồng ý, nên thời hạn trả lời không được sớm hơn {instant_text(task.due)}.",
            RULE,
        )
    return replace(task, question=question, due=until)


def waive_opinion(deciding: Deciding, command: WaiveOpinion) -> None:
    """The agency that asked decides to go on although an answer is late; those that came in time stand."""
    dossier = deciding.dossier
    if dossier.status not in UNDER_WAY:
        raise Refused("not_accepted", "Hồ sơ chưa được tiếp nhận nên chưa có bước xử lý.", "Đ10.3b")
    task, step = deciding.task(command.token)
    if not is_asked(task):
        raise Refused("not_asked", f"Bước “{task.name}” không phải là việc lấy ý kiến cơ quan khác.", RULE)
    require_function(deciding.context.actor, asked_by(dossier, task), dossier.agency)
    if not command.reason.strip():
        raise Refused("reason", "Ghi lý do đi tiếp khi chưa đủ ý kiến.", RULE)
    if task.due is None or deciding.now <= task.due:
        until = "" if task.due is None else f" đến {instant_text(task.due)}"
        raise Refused("not_late", f"{task.agency_name or task.agency} còn thời hạn trả lời{until}.", RULE)
    action = way_on(step)
    move = taken(deciding, task, action)
    event = ev.Moved(task, action.id, WAIVED, (), reason=command.reason.strip(), waived=True)
    moved(deciding, move, event, assigned_by="")


def way_on(step: Step) -> Action:
    """Where a dossier goes when nobody answers: as silence would take it, else by the main way on."""
    silent = step.action(step.on_timeout) if step.on_timeout is not None else None
    onward = [each for each in step.actions if each.to != END]
    main = next((each for each in onward if each.primary), None)
    return silent or main or next(iter(onward), step.actions[0])


def asked_by(dossier: Dossier, task: Task) -> str:
    """The function of whoever asked for this opinion."""
    for entry in reversed(dossier.history):
        if entry.type != "moved":
            continue
        entered, left = entry.data["entered"], entry.data["left"]
        assert isinstance(entered, (list, tuple))
        if any(each["id"] == task.id for each in entered):
            return str(left["function"]) if isinstance(left, Mapping) else task.function
    return task.function
