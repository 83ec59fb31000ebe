"""Workflows come to their end whatever people choose (T023–T029), with the way that shows it."""

from typing import Final

from definitions.problems import Report
from definitions.reading.tree import Path
from rules.workflow.model import Step, Workflow
from rules.workflow.soundness import Flaw, flaws

_TOLD: Final = {
    "stuck": (
        "T023",
        "hồ sơ không còn đường nào tới kết thúc",
        "Thêm thao tác dẫn tiếp, hoặc sửa nhánh và chỗ gộp nhánh.",
    ),
    "twice": (
        "T024",
        "có hai việc giống nhau cùng lúc",
        "Ghi join: all (chờ đủ), first (nhánh đến trước) hoặc each (làm riêng từng nhánh).",
    ),
    "left_over": (
        "T025",
        "kết quả được trả khi việc khác của hồ sơ còn đang làm",
        "Gộp các nhánh (join) trước bước trả kết quả, hoặc ghi cancels ở thao tác trả.",
    ),
    "endless": (
        "T026",
        "số việc song song cứ tăng thêm, không xét hết được",
        "Gộp các nhánh trước khi quay lại chỗ tách nhánh.",
    ),
}


def lint_soundness(workflow: Workflow, path: Path, report: Report) -> None:
    """For a workflow whose steps and actions all exist."""
    before = report.has_errors
    splits = any(action.split for step in workflow.steps for action in step.actions)
    several = any(step.each is not None for step in workflow.steps)
    for at, step in enumerate(workflow.steps):
        here = (*path, "steps", at)
        _conditions(step, here, report)
        if step.join is not None and not splits and not several:
            report.error(
                (*here, "join"),
                "T029",
                f"Bước “{step.name}” gộp nhánh nhưng quy trình không có chỗ nào tách nhánh.",
                "Bỏ khóa join, hoặc ghi nhiều bước ở khóa to của một thao tác trước đó.",
            )
    if report.has_errors and not before:
        return
    order = {step.id: at for at, step in enumerate(workflow.steps)}
    for flaw in flaws(workflow):
        code, message, remedy = told(workflow, flaw)
        report.error((*path, "steps", order[flaw.step]), code, message, remedy)


def told(workflow: Workflow, flaw: Flaw) -> tuple[str, str, str]:
    """(code, message, remedy) of a flaw, as a report has them."""
    code, what, remedy = _TOLD[flaw.kind]
    step = workflow.step(flaw.step)
    assert step is not None
    return code, f"Bước “{step.name}”: {what}. Đường đi: {_way(workflow, flaw)}.", remedy


def _conditions(step: Step, path: Path, report: Report) -> None:
    if step.automatic and step.actions[-1].when is not None:
        report.error(
            (*path, "actions", len(step.actions) - 1),
            "T027",
            f"Bước tự động “{step.name}” có thể không có nhánh nào để đi.",
            "Để thao tác cuối cùng không có điều kiện (when).",
        )
    for at, action in enumerate(step.actions):
        if action.split and all(branch.when is not None for branch in action.split):
            report.warn(
                (*path, "actions", at, "to"),
                "T028",
                f"Thao tác “{action.label}” có thể không mở nhánh nào vì nhánh nào cũng có điều kiện.",
                "Để ít nhất một nhánh không có điều kiện.",
            )


def _way(workflow: Workflow, flaw: Flaw) -> str:
    names = []
    for step_id, action_id in flaw.way:
        step = workflow.step(step_id)
        action = step.action(action_id) if step is not None else None
        assert step is not None
        assert action is not None
        names.append(f"{step.name} (“{action.label}”)")
    return " → ".join(names) or "ngay từ đầu"
