"""Immediate procedures: intake, result and end on one screen, without a receipt (Đ12.1d)."""

from rules.workflow.engine import allowed
from rules.workflow.model import Action, Need, Step
from tthc.dossiers import events as ev
from tthc.dossiers.commands import Act, CompleteImmediately
from tthc.dossiers.decide_intake import receive, register
from tthc.dossiers.decide_payment import pay
from tthc.dossiers.decide_work import perform
from tthc.dossiers.deciding import Deciding
from tthc.dossiers.permissions import require_reception, require_task
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import INTAKE, Document, Status, Task


def complete_immediately(deciding: Deciding, command: CompleteImmediately) -> None:
    """Enter (or receive) the dossier, collect, write down the result, and walk the workflow to its end."""
    workflow = deciding.definition.workflow
    if not workflow.immediate:
        raise Refused(
            "not_immediate", "Thủ tục này không trả kết quả ngay; tiếp nhận theo cách thường.", "Đ12.1d"
        )
    if not command.result.strip() and not command.files:
        raise Refused("result", "Ghi kết quả đã giải quyết.", "Đ12.1d")
    if any(f.kind != "pdf" for f in command.files):
        raise Refused("result", "Kết quả phải là tệp .pdf; chuyển tệp sang .pdf rồi đính kèm lại.", "Đ14.2")
    if not deciding.started:
        if command.registration is None:
            raise Refused("unknown", "Không tìm thấy hồ sơ này.")
        register(deciding, command.registration)
    elif deciding.dossier.status in INTAKE:
        require_reception(deciding.context.actor, deciding.dossier.agency)
        if deciding.dossier.status is Status.SUPPLEMENT_AT_INTAKE:
            raise Refused("waiting_supplement", "Hồ sơ đang chờ người nộp bổ sung.", "Đ10.2c")
        _collect(deciding, command)
        receive(deciding, command.checked)
    _collect(deciding, command)
    _write_result(deciding, command)
    for _ in workflow.steps:
        if deciding.dossier.closed:
            return
        task, step, action = _way_on(deciding)
        require_task(deciding.dossier, task, deciding.context.actor, command.reason)
        perform(deciding, task, step, _act(task, action, command))
    if not deciding.dossier.closed:
        raise Refused("workflow", "Quy trình này không kết thúc được trên một màn hình.", "Đ12.1d")


def _way_on(deciding: Deciding) -> tuple[Task, Step, Action]:
    """The first open task and its main action."""
    task, step = deciding.task(deciding.dossier.tasks[0].id)
    ways = allowed(
        deciding.definition.workflow, task.token(), deciding.scope(), deciding.now, deciding.dossier.tokens
    )
    action = next((a for a in ways if a.primary), ways[0] if ways else None)
    if action is None:
        raise Refused(
            "workflow", f"Bước “{step.name}” không có thao tác nào dùng được cho hồ sơ này.", "Đ10.3a"
        )
    return task, step, action


def _act(task: Task, action: Action, command: CompleteImmediately) -> Act:
    attaches = Need.RESULT in action.needs
    return Act(
        token=task.id,
        action=action.id,
        reason=command.reason,
        files=command.files if attaches else (),
        number=command.number,
        issued_on=command.issued_on,
        recipient=command.recipient,
        originals_checked=command.originals_checked,
        note=command.result if attaches else "",
    )


def _collect(deciding: Deciding, command: CompleteImmediately) -> None:
    owed = tuple(f.id for f in deciding.dossier.owed())
    if command.method is not None and owed:
        pay(deciding, owed, command.method, command.receipt)


def _write_result(deciding: Deciding, command: CompleteImmediately) -> None:
    """The result in words or as files, unless an action of the workflow asks for the files itself."""
    steps = deciding.definition.workflow.steps
    if any(Need.RESULT in a.needs for s in steps for a in s.actions):
        return
    for place, file in enumerate(command.files or (None,), start=1):
        document = Document(
            id=f"d{len(deciding.dossier.documents) + 1}",
            kind="result",
            at=deciding.now,
            by=deciding.context.actor.id,
            file=file,
            number=command.number.strip(),
            issued_on=command.issued_on,
            note=command.result.strip() if place == 1 else "",
        )
        deciding.happen(ev.DocumentAdded(document))
