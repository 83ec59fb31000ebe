"""Verification on site (Đ13.3b): an appointment of which the applicant is told, and what was found there."""

from datetime import datetime

from rules.calendar import instant_text
from rules.workflow.model import Step
from tthc.dossiers import events as ev
from tthc.dossiers.commands import ArrangeVerification, RecordVerification
from tthc.dossiers.deciding import Deciding
from tthc.dossiers.filing import add_files
from tthc.dossiers.permissions import require_task
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import UNDER_WAY, Dossier, Task, Verification
from tthc.dossiers.verifying import FIELDS, RULE, verifies


def arrange(deciding: Deciding, command: ArrangeVerification) -> None:
    task, step = _at(deciding, command.token)
    _require_told(command)
    if command.starts_at <= deciding.now:
        raise Refused(
            "verification_time",
            "Giờ hẹn xác minh phải ở sau thời điểm này; việc đã làm rồi thì ghi ở “Ghi kết quả xác minh”.",
            RULE,
        )
    before = _arranged(deciding.dossier, command.verification)
    if before is not None and before.starts_at == command.starts_at and before.place == command.place.strip():
        raise Refused("verification_same", "Lịch hẹn này không đổi thời gian hay địa điểm.", RULE)
    made = _made(deciding, command, task, before, arranged_at=deciding.now)
    deciding.happen(ev.VerificationArranged(made, step.name))


def record(deciding: Deciding, command: RecordVerification) -> None:
    task, step = _at(deciding, command.token)
    _require_told(command)
    if command.starts_at > deciding.now:
        raise Refused(
            "verification_time", f"Chưa tới giờ xác minh ({instant_text(command.starts_at)}).", RULE
        )
    accepted_at = deciding.dossier.accepted_at
    if accepted_at is not None and command.starts_at < accepted_at:
        raise Refused("verification_time", "Thời gian xác minh không thể ở trước lúc tiếp nhận hồ sơ.", RULE)
    if not command.outcome.strip() and not command.files:
        raise Refused("verification", "Ghi kết quả xác minh, hoặc đính kèm biên bản.", RULE)
    before = _arranged(deciding.dossier, command.verification)
    made = _made(
        deciding,
        command,
        task,
        before,
        arranged_at=before.arranged_at if before is not None else None,
        recorded_at=deciding.now,
    )
    add_files(deciding, "minutes", command.files, command.outcome)
    deciding.happen(ev.VerificationRecorded(made, step.name))


def _at(deciding: Deciding, token: str) -> tuple[Task, Step]:
    if deciding.dossier.status not in UNDER_WAY:
        raise Refused("not_accepted", "Hồ sơ chưa được tiếp nhận nên chưa có bước xử lý.", "Đ10.3b")
    task, step = deciding.task(token)
    require_task(deciding.dossier, task, deciding.context.actor, "")
    if not verifies(step):
        raise Refused("no_verification", f"Bước “{step.name}” không có việc xác minh thực tế.", RULE)
    return task, step


def _require_told(command: ArrangeVerification | RecordVerification) -> None:
    for name, called in FIELDS.items():
        if not getattr(command, name).strip():
            raise Refused("verification", f"Ghi {called}.", RULE)


def _arranged(dossier: Dossier, verification: str) -> Verification | None:
    """The one that was arranged under this id and has not taken place."""
    if not verification:
        return None
    found = next((each for each in dossier.verifications if each.id == verification), None)
    if found is None or found.recorded_at is not None:
        raise Refused("verification_gone", "Lần xác minh này đã ghi kết quả; tải lại trang.", RULE)
    return found


def _made(
    deciding: Deciding,
    command: ArrangeVerification | RecordVerification,
    task: Task,
    before: Verification | None,
    *,
    arranged_at: datetime | None,
    recorded_at: datetime | None = None,
) -> Verification:
    dossier = deciding.dossier
    recorded = command if isinstance(command, RecordVerification) else None
    return Verification(
        id=before.id if before is not None else f"x{len(dossier.verifications) + 1}",
        task=task.id,
        step=task.step,
        starts_at=command.starts_at,
        place=command.place.strip(),
        participants=command.participants.strip(),
        content=command.content.strip(),
        arranged_at=arranged_at,
        outcome=recorded.outcome.strip() if recorded is not None else "",
        minutes=recorded.files if recorded is not None else (),
        recorded_at=recorded_at,
        recorded_by=deciding.context.actor.name if recorded is not None else "",
    )
