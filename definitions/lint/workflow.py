"""Workflows: who acts, where actions lead, and that everybody gets to the end (T010–T012, T015–T018, T088)."""

from collections.abc import Iterable, Mapping

from definitions.functions import FUNCTIONS
from definitions.lint.soundness import lint_soundness
from definitions.problems import Report, did_you_mean
from definitions.reading.tree import Path
from rules.deadlines import Unit
from rules.workflow.model import END, Action, Need, Step, Workflow


def lint_workflow(workflow: Workflow, path: Path, report: Report) -> None:
    """`path`: where the workflow stands in the text; problems of a shared one are told at its name."""
    steps = {step.id: step for step in workflow.steps}
    if workflow.start not in steps:
        report.error(
            (*path, "start"),
            "T011",
            f"Không có bước đầu tiên “{workflow.start}”.",
            did_you_mean(workflow.start, steps),
        )
        return
    for at, step in enumerate(workflow.steps):
        here = (*path, "steps", at)
        _actor(step, here, report)
        _timeout(step, here, report)
        _whole(step, here, report)
        for number, action in enumerate(step.actions):
            _action(workflow, step, action, (*here, "actions", number), report)
    if not report.has_errors:
        _ways(workflow, path, report)
        lint_soundness(workflow, path, report)


def _actor(step: Step, path: Path, report: Report) -> None:
    if step.automatic:
        return
    if not step.actor:
        report.error(
            path,
            "T010",
            f"Bước “{step.name}” chưa có người thực hiện.",
            f"Chọn chức năng thực hiện (khóa actor: {', '.join(FUNCTIONS)}).",
        )
    elif step.actor not in FUNCTIONS:
        report.error(
            (*path, "actor"),
            "T010",
            f"Không có chức năng “{step.actor}”.",
            did_you_mean(step.actor, FUNCTIONS),
        )


def _timeout(step: Step, path: Path, report: Report) -> None:
    if step.on_payment is not None and step.action(step.on_payment) is None:
        report.error(
            (*path, "on_payment"),
            "T015",
            f"Bước “{step.name}” không có thao tác “{step.on_payment}” để tự thực hiện khi đã nộp tiền.",
            did_you_mean(step.on_payment, [action.id for action in step.actions]),
        )
    if step.duration is not None and step.until is not None:
        report.error(
            (*path, "until"),
            "T015",
            f"Bước “{step.name}” vừa có thời gian vừa chờ đến ngày.",
            "Giữ một trong hai: duration hoặc until.",
        )
    if step.on_timeout is None:
        return
    if step.action(step.on_timeout) is None:
        report.error(
            (*path, "on_timeout"),
            "T015",
            f"Bước “{step.name}” không có thao tác “{step.on_timeout}” để tự thực hiện khi hết giờ.",
            did_you_mean(step.on_timeout, [action.id for action in step.actions]),
        )
    if step.duration is None and step.until is None:
        report.error(
            path,
            "T015",
            f"Bước “{step.name}” tự chuyển khi hết giờ nhưng chưa có thời gian.",
            "Ghi khoảng thời gian (khóa duration), hoặc biểu thức chờ đến một ngày (khóa until).",
        )


def _whole(step: Step, path: Path, report: Report) -> None:
    duration = step.duration
    if duration is not None and duration.unit in {Unit.DAY, Unit.MONTH} and duration.amount % 1:
        report.error(
            (*path, "duration", "amount"),
            "T088",
            f"Thời gian của bước “{step.name}” tính theo ngày, tháng thì phải là số nguyên.",
            "Làm tròn, hoặc tính theo working_day hay working_hour.",
        )


def _action(workflow: Workflow, step: Step, action: Action, path: Path, report: Report) -> None:
    targets = [*(other.id for other in workflow.steps), END]
    for place, target in enumerate(action.targets):
        if target not in targets:
            report.error(
                (*path, "to", place) if action.split else (*path, "to"),
                "T011",
                f"Thao tác “{action.label}” dẫn tới bước không có: “{target}”.",
                did_you_mean(target, targets),
            )
    for key, names in (
        ("cancels", action.cancels),
        ("while_at", (action.while_at,) if action.while_at else ()),
    ):
        for name in names:
            if name not in targets[:-1]:
                report.error(
                    (*path, key),
                    "T011",
                    f"Thao tác “{action.label}” nhắc tới bước không có: “{name}”.",
                    did_you_mean(name, targets[:-1]),
                )
    ends = END in action.targets
    if ends != (action.outcome is not None):
        message = (
            f"Thao tác “{action.label}” kết thúc hồ sơ nhưng chưa ghi kết cục."
            if ends
            else f"Thao tác “{action.label}” chưa kết thúc hồ sơ nên không có kết cục."
        )
        report.error(path, "T016", message, "Đi cùng nhau: “to: end” và “outcome: returned” (hoặc declined).")
    if Need.RESULT in action.needs and step.actor != "van_thu" and not workflow.immediate:
        report.error(
            (*path, "needs"),
            "T017",
            "Kết quả (.pdf) do văn thư đính kèm (Đ14.2).",
            "Đặt “result” ở bước của van_thu; chuyên viên và lãnh đạo phòng dùng “draft”.",
        )


def _ways(workflow: Workflow, path: Path, report: Report) -> None:
    """That every step is reached, and reasons on the ways back; that each leads to an end is told with the way (T023)."""
    order = {step.id: at for at, step in enumerate(workflow.steps)}
    forward = {
        step.id: {target for action in step.actions for target in action.targets} for step in workflow.steps
    }
    reached = _closure(workflow.start, forward)
    for step in workflow.steps:
        here = (*path, "steps", order[step.id])
        if step.id not in reached:
            report.error(
                here,
                "T012",
                f"Không có thao tác nào dẫn tới bước “{step.name}”.",
                "Nối bước này vào, hoặc bỏ đi.",
            )
        for number, action in enumerate(step.actions):
            back = any(t != END and order[t] <= order[step.id] for t in action.targets)
            if back and not step.automatic and Need.REASON not in action.needs:
                report.error(
                    (*here, "actions", number),
                    "T018",
                    f"Thao tác “{action.label}” chuyển lại bước trước mà không đòi ghi lý do (Đ14.1a).",
                    "Thêm “needs: [reason]”; nếu là bước tiếp theo thì viết bước đó xuống dưới.",
                )


def _closure(start: str, ways: Mapping[str, Iterable[str]]) -> set[str]:
    found = {start}
    waiting = [start]
    while waiting:
        for name in ways.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found
