"""What goes on beside the steps after acceptance: more time asked for and given or not (Đ13.3đ), and the door that stays
closed to an end without a result (Đ15.1d).
"""

from rules.deadlines import Extension
from rules.workflow.model import APPLICANT, END, EXTERNAL
from tthc.dossiers import events as ev
from tthc.dossiers.closing import closed_door
from tthc.dossiers.commands import Act, AnswerExtension, AskExtension, Close
from tthc.dossiers.context import ONE_STOP_HEAD, RECEPTION, Actor
from tthc.dossiers.decide_work import act, lengthen, require_extensible, require_under_way
from tthc.dossiers.deciding import Deciding
from tthc.dossiers.filing import add_files
from tthc.dossiers.grounds import ground
from tthc.dossiers.permissions import holds, may_act, require_reception
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Dossier, ExtensionRequest

RULE = "Đ13.3đ"


def solves(dossier: Dossier, actor: Actor) -> bool:
    """Whether this member of staff has the dossier, or a part of it, to solve in its own agency."""
    return actor.kind == "staff" and any(
        task.agency == dossier.agency
        and task.function not in {APPLICANT, EXTERNAL, RECEPTION}
        and may_act(dossier, task, actor)
        for task in dossier.tasks
    )


def decides_extension(dossier: Dossier, actor: Actor) -> bool:
    return any(holds(actor, function, dossier.agency) for function in (RECEPTION, ONE_STOP_HEAD))


def ask_extension(deciding: Deciding, command: AskExtension) -> None:
    """Phiếu đề nghị gia hạn, by whoever solves the dossier; nothing changes until it is decided."""
    require_under_way(deciding)
    dossier, actor = deciding.dossier, deciding.context.actor
    if not solves(dossier, actor):
        raise Refused("forbidden", "Chỉ người đang giải quyết hồ sơ mới lập Phiếu đề nghị gia hạn.", RULE)
    require_extensible(dossier)
    if any(each.granted is None for each in dossier.extension_requests):
        raise Refused("request_waiting", "Đã có một Phiếu đề nghị gia hạn đang chờ quyết định.", RULE)
    if not command.reason.strip():
        raise Refused("reason", "Ghi lý do đề nghị gia hạn.", RULE)
    if command.rule.amount <= 0:
        raise Refused("amount", "Thời gian gia hạn phải lớn hơn 0.", RULE)
    basis = ground(deciding.definition, command.basis)
    add_files(deciding, "extension", command.files, command.reason)
    request = ExtensionRequest(
        id=f"g{len(dossier.extension_requests) + 1}",
        at=deciding.now,
        by=actor.id,
        by_name=actor.name,
        rule=command.rule,
        reason=command.reason.strip(),
        basis=basis,
    )
    deciding.happen(ev.ExtensionAsked(request))


def answer_extension(deciding: Deciding, command: AnswerExtension) -> None:
    """The one-stop shop, or its head, adjusts the date or refuses with the reason; both dates are kept."""
    require_under_way(deciding)
    dossier, actor = deciding.dossier, deciding.context.actor
    if not decides_extension(dossier, actor):
        require_reception(actor, dossier.agency)
    request = next((each for each in dossier.extension_requests if each.id == command.request), None)
    if request is None or request.granted is not None:
        raise Refused("request_gone", "Phiếu đề nghị gia hạn này đã được quyết định; tải lại trang.", RULE)
    if not command.granted and not command.answer.strip():
        raise Refused("reason", "Ghi lý do không gia hạn.", RULE)
    if command.granted:
        rule = command.rule or request.rule
        day = request.at.strftime("%d/%m/%Y")
        source = f"Phiếu đề nghị gia hạn ngày {day} của {request.by_name}"
        lengthen(deciding, Extension(deciding.now, rule, request.reason, source, request.basis))
    deciding.happen(
        ev.ExtensionAnswered(request.id, command.granted, command.answer.strip(), request.by, actor.name)
    )


def close(deciding: Deciding, command: Close) -> None:
    """«Kết thúc hồ sơ»: refused while it is overdue and not solved; else the act of reception that ends it."""
    require_under_way(deciding)
    dossier, workflow = deciding.dossier, deciding.definition.workflow
    require_reception(deciding.context.actor, dossier.agency)
    closed = closed_door(dossier, deciding.now)
    if closed is not None:
        raise closed
    for task in dossier.tasks:
        step = workflow.step(task.step)
        ends = [each for each in step.actions if each.to == END] if step is not None else []
        if ends and task.function == RECEPTION:
            chosen = next((each for each in ends if each.primary), ends[0])
            act(deciding, Act(task.id, chosen.id, reason=command.reason, recipient=command.recipient))
            return
    at = ", ".join(f"“{task.name}”" for task in dossier.tasks)
    raise Refused(
        "not_ready", f"Hồ sơ đang ở bước {at}, chưa có kết quả để trả nên chưa kết thúc được.", "Đ15.1a"
    )
