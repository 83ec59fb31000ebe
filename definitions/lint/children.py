"""Dossiers that a step opens for another procedure (T120–T124).

What the other procedure asks for stands in its own definition, which is not at hand here: whether the answers are right
shows when the dossier is opened, and its people are told where they are not.
"""

from typing import Final

from definitions.model import Definition
from definitions.problems import Report, did_you_mean
from definitions.reading.tree import Path
from rules.workflow.model import APPLICANT, EXTERNAL, Child, Need, Step

_BY_PEOPLE: Final = {
    Need.ASSIGNEE: "chọn người được giao",
    Need.DRAFT: "dự thảo",
    Need.VERIFICATION: "kết quả xác minh thực tế",
    Need.RESULT: "kết quả",
    Need.PAYMENT: "thu tiền",
    Need.ORIGINALS: "đối chiếu bản chính",
    Need.RECIPIENT: "người nhận",
    Need.SIGNATURE: "ký số",
}


def lint_children(definition: Definition, report: Report) -> None:
    for at, step in enumerate(definition.workflow.steps):
        if step.child is not None:
            _child(definition, step, step.child, ("workflow", "steps", at, "child"), report)


def _child(definition: Definition, step: Step, child: Child, path: Path, report: Report) -> None:
    for key, name in (("on_returned", child.on_returned), ("on_declined", child.on_declined)):
        _ending(step, key, name, path, report)
    if child.procedure == definition.procedure:
        report.error(
            (*path, "procedure"),
            "T121",
            f"Bước “{step.name}” mở hồ sơ của chính thủ tục này, cứ thế mở mãi.",
            "Ghi mã của thủ tục khác; việc làm lại trong cùng thủ tục thì nối về bước trước.",
        )
    if step.automatic or step.actor in {"", APPLICANT, EXTERNAL}:
        report.error(
            path,
            "T122",
            f"Bước “{step.name}” chờ hồ sơ liên thông nhưng không có cán bộ nào xử lý khi không mở được hồ sơ ấy.",
            "Ghi ở khóa actor một chức năng của cán bộ, ví dụ tham_dinh.",
        )
    papers = [paper.id for paper in definition.attachments]
    for theirs, own in child.papers:
        if own not in papers:
            report.error(
                (*path, "papers", theirs),
                "T124",
                f"Bước “{step.name}” chuyển theo giấy tờ không có trong hồ sơ này: “{own}”.",
                did_you_mean(own, papers),
            )


def _ending(step: Step, key: str, name: str, path: Path, report: Report) -> None:
    action = step.action(name)
    if action is None:
        report.error(
            (*path, key),
            "T120",
            f"Bước “{step.name}” không có thao tác “{name}” để tự thực hiện khi hồ sơ liên thông kết thúc.",
            did_you_mean(name, [each.id for each in step.actions]),
        )
        return
    lacking = [said for need, said in _BY_PEOPLE.items() if need in action.needs]
    if lacking:
        report.error(
            (*path, key),
            "T123",
            f"Thao tác “{action.label}” do hệ thống tự thực hiện nhưng đòi {lacking[0]}, điều chỉ người làm được.",
            "Bỏ yêu cầu đó ở khóa needs, hoặc dẫn tới một bước để cán bộ làm phần đó.",
        )
