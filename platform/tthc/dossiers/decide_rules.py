"""What an event rule proposes is accepted or refused here, and either goes into the history.

A rule proposes once for a dossier: what it proposed and was refused is known to the staff, who can act on it.
"""

from dataclasses import replace

from definitions.event_rules import Alert, Assign, EventRule, Take
from rules.workflow.model import END, Step
from tthc.dossiers import events as ev
from tthc.dossiers.commands import Act, Propose
from tthc.dossiers.decide_work import perform
from tthc.dossiers.deciding import Deciding
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import UNDER_WAY, Proposal, Task


def propose(deciding: Deciding, command: Propose) -> None:
    """Nothing happens where the rule has proposed already: two sweeps at once do no harm."""
    if deciding.context.actor.kind != "system":
        raise Refused("forbidden", "Chỉ hệ thống mới đề nghị theo quy tắc sự kiện.")
    rule = deciding.definition.event_rule(command.rule)
    if rule is None:
        raise Refused("no_rule", f"Thủ tục này không có quy tắc sự kiện “{command.rule}”.")
    if any(each.rule == rule.id for each in deciding.dossier.proposals):
        return
    match rule.proposes:
        case Alert(to=to, message=message):
            told = Proposal(rule.id, rule.label, "alert", deciding.now, to, message=message)
            deciding.happen(ev.Proposed(told, command.answers))
        case Assign():
            deciding.happen(ev.Proposed(_assigned(deciding, rule, rule.proposes), command.answers))
        case Take():
            _take(deciding, rule, rule.proposes, command)


def _assigned(deciding: Deciding, rule: EventRule, proposes: Assign) -> Proposal:
    step = _step(deciding, proposes.step)
    agency = deciding.context.agency
    name = dict(agency.units).get(proposes.unit)
    told = Proposal(
        rule.id,
        rule.label,
        "assign",
        deciding.now,
        step.actor,
        step=step.name,
        unit=name or proposes.unit,
        unit_id=proposes.unit,
    )
    tasks = _open(deciding, step)
    if not tasks:
        return replace(told, refusal=_not_open(step))
    if name is None:
        refusal = (
            f"{agency.name} không có phòng mang mã “{proposes.unit}”; "
            "quản trị thêm phòng này vào danh bạ cơ quan, hoặc giao việc bằng tay."
        )
        return replace(told, refusal=refusal)
    return replace(told, tasks=tuple(task.id for task in tasks))


def _take(deciding: Deciding, rule: EventRule, proposes: Take, command: Propose) -> None:
    step = _step(deciding, proposes.step)
    action = step.action(proposes.action)
    told = Proposal(
        rule.id,
        rule.label,
        "take",
        deciding.now,
        step.actor,
        step=step.name,
        action=action.label if action is not None else proposes.action,
    )
    tasks = _open(deciding, step)
    refusal = ""
    if not tasks:
        refusal = _not_open(step)
    elif len(tasks) > 1:
        refusal = f"Bước “{step.name}” đang mở ở {len(tasks)} nơi; cán bộ chọn thao tác cho từng nơi."
    elif action is None or action.needs or END in action.targets:
        refusal = f"Thao tác “{told.action}” phải có người làm."
    else:
        refusal = _try(deciding, tasks[0], step, action.id)
    deciding.happen(ev.Proposed(replace(told, refusal=refusal), command.answers))
    if not refusal and action is not None:
        perform(deciding, tasks[0], step, Act(tasks[0].id, action.id))


def _try(deciding: Deciding, task: Task, step: Step, action: str) -> str:
    """Why the action cannot be taken now; empty where it can."""
    tried = Deciding(deciding.definition, deciding.dossier, deciding.context)
    try:
        perform(tried, task, step, Act(task.id, action))
    except Refused as refused:
        return refused.sentence()
    return ""


def _step(deciding: Deciding, step_id: str) -> Step:
    step = deciding.definition.workflow.step(step_id)
    if step is None:
        raise Refused("workflow", f"Quy trình không có bước “{step_id}”.", "Đ10.3a")
    return step


def _open(deciding: Deciding, step: Step) -> list[Task]:
    """The open tasks of the step in the dossier's own agency."""
    dossier = deciding.dossier
    if dossier.status not in UNDER_WAY:
        return []
    return [t for t in dossier.tasks if t.step == step.id and t.agency == dossier.agency]


def _not_open(step: Step) -> str:
    return f"Bước “{step.name}” chưa mở hoặc đã làm xong."
