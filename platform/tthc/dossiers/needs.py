"""What an action demands (`rules.workflow.model.Need`), each with the sentence that names its rule."""

from collections.abc import Iterator
from dataclasses import dataclass

from rules.i18n import telling
from rules.workflow.model import APPLICANT, END, Action, Need, Step, Workflow
from tthc.dossiers.commands import Act, Reassign
from tthc.dossiers.context import CLERK, Context
from tthc.dossiers.numbers import result_refusal
from tthc.dossiers.permissions import function_name, holds
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import DocumentKind, Dossier
from tthc.dossiers.verifying import verified

SENTENCES = {
    Need.REASON: ("Ghi lý do hoặc ý kiến chỉ đạo.", "Đ14.1a"),
    Need.ASSIGNEE: ("Chọn cán bộ được giao bước tiếp theo.", "Đ13.2"),
    Need.DRAFT: ("Đính kèm dự thảo kết quả.", "Đ13.2"),
    Need.VERIFICATION: ("Ghi đủ việc xác minh thực tế và kết quả.", "Đ13.3b"),
    Need.RESULT: ("Đính kèm kết quả dạng .pdf, ghi số và ngày ban hành.", "Đ14.2"),
    Need.PAYMENT: ("Thu đủ phí, lệ phí.", "Đ15.1a"),
    Need.ORIGINALS: ("Đối chiếu bản chính của từng giấy tờ, hoặc ghi lý do không đối chiếu.", "Đ10.4a"),
    Need.RECIPIENT: ("Ghi người nhận kết quả.", "Đ15.1a"),
    Need.SIGNATURE: ("Ký số văn bản.", "Đ10.4b"),
}


def document_kind(action: Action) -> DocumentKind:
    """What the files given with an action are."""
    if Need.RESULT in action.needs:
        return "result"
    if Need.DRAFT in action.needs:
        return "draft"
    if action.to == END and Need.RESULT not in action.needs and Need.REASON in action.needs:
        return "notice"
    return "attachment"


def papers_to_compare(dossier: Dossier) -> tuple[str, ...]:
    """Ids of the papers whose originals nobody has seen yet: those that came as pictures (Đ10.1b, Đ10.4a)."""
    if dossier.channel == "counter":
        return ()
    return tuple(p.paper_id for p in dossier.papers if p.files and not p.presented)


@dataclass(frozen=True, slots=True)
class Attempt:
    """An action somebody tries to take."""

    workflow: Workflow
    step: Step
    action: Action
    dossier: Dossier
    command: Act
    context: Context


def missing(attempt: Attempt) -> Iterator[Refused]:
    """Every need of the action that the command does not meet, in the order a person would fill them in."""
    for need in Need:
        if need in attempt.action.needs:
            refusal = _CHECKS[need](attempt)
            if refusal is not None:
                yield refusal


def _refusal(need: Need, message: str) -> Refused:
    return Refused(need.value, message, SENTENCES[need][1])


def _reason(attempt: Attempt) -> Refused | None:
    if attempt.command.reason.strip():
        return None
    label = attempt.action.label
    if attempt.step.actor == APPLICANT:
        return _refusal(Need.REASON, telling("Ghi rõ nội dung rồi mới bấm “{action}”.", action=label))
    return _refusal(Need.REASON, f"Ghi lý do hoặc ý kiến chỉ đạo trước khi chọn “{label}”.")


def _assignee(attempt: Attempt) -> Refused | None:
    following = attempt.workflow.step(attempt.action.to)
    function = following.actor if following is not None else ""
    if attempt.command.assignee is None:
        return _refusal(
            Need.ASSIGNEE, f"Chọn {function_name(function)} trước khi chọn “{attempt.action.label}”."
        )
    agency = assignee_agency(attempt.workflow, attempt.dossier, attempt.command)
    return assignee_refusal(attempt.command.assignee, function, agency, attempt.context)


def assignee_agency(workflow: Workflow, dossier: Dossier, command: Act | Reassign) -> str:
    """The agency in which whoever is chosen must work: that of the task, or of the step it leads to."""
    task = dossier.task(command.token)
    if isinstance(command, Reassign):
        return task.agency if task is not None else dossier.agency
    step = workflow.step(task.step) if task is not None else None
    action = step.action(command.action) if step is not None else None
    following = workflow.step(action.to) if action is not None else None
    stays = following is not None and following.at_item and task is not None and task.item
    return task.item if stays and task is not None else dossier.agency


def assignee_refusal(assignee: str, function: str, agency: str, context: Context) -> Refused | None:
    """Whoever is chosen must hold the step's function in the agency."""
    chosen = context.assignee
    if chosen is None or chosen.id != assignee or not holds(chosen, function, agency):
        return _refusal(
            Need.ASSIGNEE,
            f"Cán bộ được chọn không giữ chức năng “{function_name(function)}” tại cơ quan; chọn người khác.",
        )
    return None


def _draft(attempt: Attempt) -> Refused | None:
    if attempt.command.files or any(d.kind == "draft" for d in attempt.dossier.documents):
        return None
    return _refusal(Need.DRAFT, f"Đính kèm dự thảo kết quả trước khi chọn “{attempt.action.label}”.")


def _verification(attempt: Attempt) -> Refused | None:
    if verified(attempt.dossier, attempt.step.id):
        return None
    arranged = any(each.step == attempt.step.id for each in attempt.dossier.verifications)
    lacking = (
        "Đã hẹn xác minh nhưng chưa ghi kết quả; ghi kết quả xác minh hoặc đính kèm biên bản"
        if arranged
        else "Ghi thời gian, địa điểm, thành phần, nội dung và kết quả xác minh thực tế"
    )
    return _refusal(Need.VERIFICATION, f"{lacking} trước khi chọn “{attempt.action.label}”.")


def _result(attempt: Attempt) -> Refused | None:
    if attempt.step.actor != CLERK and not attempt.workflow.immediate:
        return _refusal(Need.RESULT, "Kết quả do văn thư đính kèm; chuyển hồ sơ sang bước của văn thư.")
    if not attempt.command.files:
        return _refusal(Need.RESULT, "Đính kèm kết quả dạng .pdf (bản số hóa của văn bản đã ban hành).")
    if any(f.kind != "pdf" for f in attempt.command.files):
        return _refusal(Need.RESULT, "Kết quả phải là tệp .pdf; chuyển tệp sang .pdf rồi đính kèm lại.")
    return result_refusal(
        attempt.context.booked.results,
        number=attempt.command.number.strip(),
        day=attempt.command.issued_on,
        why=attempt.command.why.strip(),
        now=attempt.context.now,
        since=attempt.dossier.accepted_at,
    )


def _payment(attempt: Attempt) -> Refused | None:
    owed = attempt.dossier.owed()
    if not owed:
        return None
    amount = f"{sum(f.amount for f in owed):,}".replace(",", ".")
    names = ", ".join(f.label for f in owed)
    return _refusal(
        Need.PAYMENT, f"Còn {amount} đồng chưa thu ({names}); thu đủ trước khi chọn “{attempt.action.label}”."
    )


def _originals(attempt: Attempt) -> Refused | None:
    left = set(papers_to_compare(attempt.dossier)) - set(attempt.command.originals_checked)
    if not left or attempt.command.reason.strip():
        return None
    return _refusal(
        Need.ORIGINALS,
        f"Còn {len(left)} giấy tờ chưa đối chiếu bản chính; đối chiếu, hoặc ghi lý do không đối chiếu.",
    )


def _recipient(attempt: Attempt) -> Refused | None:
    if attempt.command.recipient.strip():
        return None
    return _refusal(Need.RECIPIENT, "Ghi họ tên người nhận kết quả.")


def _signature(attempt: Attempt) -> Refused | None:
    clerk = attempt.step.actor == CLERK
    if any(signed.by == ("agency" if clerk else "person") for signed in attempt.command.signed):
        return None
    if clerk:
        return _refusal(Need.SIGNATURE, "Kết quả phải có chữ ký số của cơ quan; chọn “Ký số của cơ quan”.")
    return _refusal(Need.SIGNATURE, f"Ký số bản dự thảo (tệp .pdf) trước khi chọn “{attempt.action.label}”.")


_CHECKS = {
    Need.REASON: _reason,
    Need.ASSIGNEE: _assignee,
    Need.DRAFT: _draft,
    Need.VERIFICATION: _verification,
    Need.RESULT: _result,
    Need.PAYMENT: _payment,
    Need.ORIGINALS: _originals,
    Need.RECIPIENT: _recipient,
    Need.SIGNATURE: _signature,
}
