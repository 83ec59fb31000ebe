"""What the acts that law asks proof of must ask for: who took the result, the result itself, a draft to sign, a reason to refuse
(T131–T134); that an example's level is the procedure's (T135); and that a verification on site is asked of somebody who can
record it (T136).
"""

from collections.abc import Iterator

from definitions.model import Definition
from definitions.problems import Report
from definitions.reading.tree import Path
from rules.workflow.model import APPLICANT, END, EXTERNAL, Action, Need, Outcome, Phase, Step, Workflow
from rules.workflow.reach import endings, reached

_SIGNER = "phe_duyet"
_CLERK = "van_thu"


def lint_needs(definition: Definition, report: Report) -> None:
    workflow = definition.workflow
    for at, step in enumerate(workflow.steps):
        for number, action in enumerate(step.actions):
            path: Path = ("workflow", "steps", at, "actions", number)
            for code, message, remedy in _lacking(workflow, step, action):
                report.warn(path, code, message, remedy)
            if Need.VERIFICATION in action.needs and not _verifies(step):
                report.error(
                    (*path, "needs"),
                    "T136",
                    f"Bước “{step.name}” không có ai xác minh thực tế được, nên không bao giờ chọn được “{action.label}”.",
                    "Đặt “verification” ở bước đang giải quyết của cán bộ thụ lý.",
                )
    unsigned = _without_draft(workflow)
    for at, step in enumerate(workflow.steps):
        if step.id in unsigned:
            report.warn(
                ("workflow", "steps", at),
                "T133",
                f"Có đường tới bước ký “{step.name}” mà chưa ai đính kèm dự thảo.",
                "Thêm “draft” vào needs của thao tác trình lên.",
            )
    for at, example in enumerate(definition.examples):
        said = example.expect.get("service_level")
        if said is not None and said != definition.service_level:
            report.error(
                ("examples", at, "expect", "service_level"),
                "T135",
                f"Ví dụ nói mức độ {said}, nhưng thủ tục ghi mức độ {definition.service_level}.",
                "Ghi đúng mức độ trong quyết định công bố ở cả hai chỗ.",
            )


def _verifies(step: Step) -> bool:
    return step.phase is Phase.SOLVING and step.actor not in {APPLICANT, EXTERNAL}


def _lacking(workflow: Workflow, step: Step, action: Action) -> Iterator[tuple[str, str, str]]:
    """(code, message, remedy) of each thing that the action should ask for and does not."""
    if action.outcome is not None and Need.RECIPIENT not in action.needs:
        yield (
            "T131",
            f"Thao tác “{action.label}” kết thúc hồ sơ mà không ghi ai nhận.",
            "Thêm “recipient” vào needs.",
        )
    handed = [workflow.step(target) for target in action.targets if target != END]
    if (
        step.actor == _CLERK
        and Need.RESULT not in action.needs
        and any(next_ is not None and next_.phase is Phase.RESULT_READY for next_ in handed)
    ):
        yield (
            "T132",
            f"Thao tác “{action.label}” chuyển sang chỗ trả kết quả mà văn thư chưa phải đính kèm kết quả (Đ14.2).",
            "Thêm “result” vào needs.",
        )
    if (
        Need.REASON not in action.needs
        and endings(workflow, action) == {Outcome.DECLINED}
        and any(Outcome.RETURNED in endings(workflow, other) for other in step.actions)
    ):
        yield (
            "T134",
            f"Thao tác “{action.label}” dẫn tới không giải quyết mà không đòi ghi lý do.",
            "Thêm “reason” vào needs.",
        )


def _without_draft(workflow: Workflow) -> set[str]:
    """Ids of the signing steps that some way leads to with nothing attached."""

    def attaches_nothing(action: Action) -> bool:
        return not action.needs & {Need.DRAFT, Need.RESULT}

    passed = reached(workflow, [workflow.start], attaches_nothing)
    return {step.id for step in passed if step.actor == _SIGNER}
