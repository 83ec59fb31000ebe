"""The result on its way to the applicant: by post, by download on the portal; and putting a record of it right.

(Đ10.4, Đ15.1a, Đ15.3; handing it over at the counter is an action of the workflow like any other.)
"""

from typing import Final

from rules.calendar import instant_text
from rules.i18n import noted
from rules.workflow.engine import allowed
from rules.workflow.model import END, Action, Need, Outcome, Phase, Step
from tthc.dossiers import events as ev
from tthc.dossiers.commands import Act
from tthc.dossiers.commands_return import CorrectReturn, HandToPost
from tthc.dossiers.decide_work import perform
from tthc.dossiers.deciding import Deciding
from tthc.dossiers.permissions import is_owner, require_function, require_reception
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Dossier, Status, Task

APPROVER: Final = "phe_duyet"
ONLINE_LEVEL: Final = 4


def hand_to_post(deciding: Deciding, command: HandToPost) -> None:
    """The result leaves by post with its number, which is how it is found again; the dossier ends when it is delivered."""
    dossier = deciding.dossier
    require_reception(deciding.context.actor, dossier.agency)
    if dossier.status is not Status.RESULT_READY:
        raise Refused("no_result", "Hồ sơ chưa có kết quả chờ trả nên chưa gửi bưu điện được.", "Đ15.1a")
    if dossier.receive_by != "post":
        raise Refused(
            "not_by_post",
            "Người nộp không đăng ký nhận kết quả qua bưu chính; trả theo cách đã đăng ký.",
            "Đ15.1a",
        )
    if dossier.post is not None:
        raise Refused("posted", f"Kết quả đã giao bưu điện, số hiệu {dossier.post.tracking}.", "Đ15.1a")
    if dossier.owed():
        amount = f"{sum(fee.amount for fee in dossier.owed()):,}".replace(",", ".")
        raise Refused("payment", f"Còn {amount} đồng chưa thu; thu đủ trước khi gửi kết quả.", "Đ15.1a")
    if not command.tracking.strip():
        raise Refused("tracking", "Ghi số hiệu bưu gửi để tra được đường đi của kết quả.", "Đ15.1a")
    if not command.carrier.strip():
        raise Refused("carrier", "Ghi đơn vị chuyển phát đã nhận kết quả, ví dụ Bưu điện Việt Nam.", "Đ8.2")
    deciding.happen(ev.HandedToPost(command.tracking.strip(), command.carrier.strip()))


def online_refusal(dossier: Dossier, service_level: int) -> Refused | None:
    """Why a result that is ready cannot be taken on the portal; None where it can (Đ10.4)."""
    if dossier.status is not Status.RESULT_READY:
        return Refused("no_result", noted("Hồ sơ chưa có kết quả để nhận."), "Đ10.4b")
    if dossier.receive_by != "online":
        return Refused(
            "not_online", noted("Hồ sơ này đăng ký nhận kết quả tại quầy hoặc qua bưu chính."), "Đ10.4b"
        )
    if service_level < ONLINE_LEVEL:
        return Refused(
            "level",
            noted("Dịch vụ này trả kết quả tại Bộ phận Một cửa, sau khi đối chiếu bản chính."),
            "Đ10.4a",
        )
    if dossier.owed():
        return Refused(
            "payment", noted("Còn phí, lệ phí chưa nộp; ông/bà nộp đủ rồi nhận kết quả."), "Đ15.1a"
        )
    results = [d for d in dossier.documents if d.kind == "result"]
    if not results or not any(s.by == "agency" for s in results[-1].signed):
        return Refused(
            "unsigned",
            noted(
                "Kết quả chưa được ký số nên không trả trực tuyến được; ông/bà nhận tại Bộ phận Một cửa hoặc chờ cơ quan ký số."
            ),
            "Đ10.4b",
        )
    return None


def receive_online(deciding: Deciding) -> None:
    """The applicant takes the result: the dossier ends at this instant, by the way that the workflow has for it."""
    dossier, actor = deciding.dossier, deciding.context.actor
    if not is_owner(dossier, actor):
        raise Refused("not_owner", noted("Chỉ người nộp hồ sơ nhận được kết quả tại đây."), "Đ26.1")
    refusal = online_refusal(dossier, deciding.definition.service_level)
    if refusal is not None:
        raise refusal
    found = _return(deciding)
    if found is None:
        raise Refused(
            "workflow",
            noted("Quy trình của thủ tục này không trả kết quả trực tuyến; ông/bà nhận tại quầy."),
            "Đ10.3a",
        )
    task, step, action = found
    reason = "Trả trực tuyến bản đã ký số (Đ10.4b)"
    needs = action.needs & {Need.REASON, Need.ORIGINALS}
    perform(
        deciding,
        task,
        step,
        Act(task.id, action.id, recipient=dossier.applicant.name, reason=reason if needs else ""),
    )


def correct_return(deciding: Deciding, command: CorrectReturn) -> None:
    """By the agency's head, with the reason; what was recorded stays in the history."""
    dossier = deciding.dossier
    require_function(deciding.context.actor, APPROVER, dossier.agency)
    if dossier.ended_at is None or dossier.status is not Status.RETURNED:
        raise Refused("not_returned", "Hồ sơ chưa trả kết quả nên không có gì để đính chính.", "Đ15.3")
    if not command.reason.strip():
        raise Refused("reason", "Ghi lý do đính chính việc trả kết quả.", "Đ15.3")
    if not command.recipient.strip():
        raise Refused("recipient", "Ghi họ tên người đã nhận kết quả.", "Đ15.3")
    ready = dossier.solved_at or dossier.accepted_at
    if command.at > deciding.now or (ready is not None and command.at < ready):
        since = f" (từ {instant_text(ready)} đến bây giờ)" if ready is not None else ""
        raise Refused(
            "corrected_at", f"Thời điểm trả phải sau khi có kết quả và không ở tương lai{since}.", "Đ15.3"
        )
    if command.at == dossier.ended_at and command.recipient.strip() == dossier.recipient:
        raise Refused("same", "Nội dung đính chính giống điều đã ghi.", "Đ15.3")
    deciding.happen(
        ev.ReturnCorrected(
            dossier.ended_at,
            command.at,
            dossier.recipient,
            command.recipient.strip(),
            command.reason.strip(),
        )
    )


def _return(deciding: Deciding) -> tuple[Task, Step, Action] | None:
    """The open step that hands the result over, and its action that ends the dossier as returned."""
    workflow = deciding.definition.workflow
    for task in deciding.dossier.tasks:
        step = workflow.step(task.step)
        if step is None or step.phase is not Phase.RESULT_READY:
            continue
        for action in allowed(
            workflow, task.token(), deciding.scope(), deciding.now, deciding.dossier.tokens
        ):
            if action.to == END and action.outcome is Outcome.RETURNED:
                return task, step, action
    return None
