"""What a dossier's status means to people, and the one national status it stands for (Đ11.3, law.md 2.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from rules.calendar import TZ
from rules.i18n import gettext, noted
from rules.workflow.model import APPLICANT, EXTERNAL, Phase
from tthc.dossiers.context import RECEPTION, AgencyFacts
from tthc.dossiers.state import CLOSED, INTAKE, Dossier, Status, Task

NATIONAL: Mapping[Status, int] = {
    Status.SUBMITTED: 1,
    Status.REFUSED: 3,
    Status.SOLVING: 4,
    Status.SUPPLEMENT_AT_INTAKE: 5,
    Status.WAITING_APPLICANT: 5,
    Status.WITHDRAWN: 7,
    Status.DECLINED: 8,
    Status.RESULT_READY: 9,
    Status.RETURNED: 10,
}

NATIONAL_LABELS: Mapping[int, str] = {
    1: "Mới đăng ký",  # vi: told to the national portal
    2: "Được tiếp nhận",  # vi: told to the national portal
    3: "Không được tiếp nhận",  # vi: told to the national portal
    4: "Đang xử lý",  # vi: told to the national portal
    5: "Yêu cầu bổ sung giấy tờ",  # vi: told to the national portal
    6: "Yêu cầu thực hiện nghĩa vụ tài chính",  # vi: told to the national portal
    7: "Công dân yêu cầu rút hồ sơ",  # vi: told to the national portal
    8: "Dừng xử lý",  # vi: told to the national portal
    9: "Đã xử lý xong",  # vi: told to the national portal
    10: "Đã trả kết quả",  # vi: told to the national portal
}

LABELS: Mapping[Status, str] = {
    Status.SUBMITTED: noted("Chờ tiếp nhận"),
    Status.SUPPLEMENT_AT_INTAKE: noted("Chờ ông/bà bổ sung hồ sơ"),
    Status.REFUSED: noted("Không được tiếp nhận"),
    Status.SOLVING: noted("Đang giải quyết"),
    Status.WAITING_APPLICANT: noted("Chờ ông/bà trả lời"),
    Status.RESULT_READY: noted("Đã có kết quả, chờ trả"),
    Status.RETURNED: noted("Đã trả kết quả"),
    Status.DECLINED: noted("Đã trả lại hồ sơ (không giải quyết)"),
    Status.WITHDRAWN: noted("Đã rút theo yêu cầu"),
}


def national(dossier: Dossier) -> int:
    """The code that the national portal is told, 1–10."""
    return NATIONAL[dossier.status]


def status_of(tasks: tuple[Task, ...]) -> Status:
    """The status of a dossier under way: someone works on it; or all wait for the applicant; or it is done."""
    phases = {task.phase for task in tasks}
    if Phase.SOLVING in phases:
        return Status.SOLVING
    return Status.WAITING_APPLICANT if Phase.WAITING_APPLICANT in phases else Status.RESULT_READY


@dataclass(frozen=True, slots=True)
class NextActor:
    """Who has the dossier now. `function` and `agency` are `None` when it is closed; `until`: the due instant."""

    sentence: str
    function: str | None = None
    agency: str | None = None
    until: datetime | None = None


def open_tasks(dossier: Dossier) -> tuple[Task, ...]:
    """What waits for somebody now; nothing once the dossier is closed."""
    return () if dossier.status in CLOSED else dossier.tasks


def next_actor(dossier: Dossier, agency: AgencyFacts | None = None, *, named: bool = True) -> NextActor:
    """Who acts next, since their task began and until when, in one plain sentence (practice.md 6.4: no silent state).

    Several open tasks are told by the one that is due first. `named=False` leaves out who in person it is.
    """
    if dossier.status in CLOSED:
        ended = gettext(LABELS[dossier.status]).lower()
        return NextActor(gettext("Hồ sơ đã kết thúc: {status}.").format(status=ended))
    task = min(dossier.tasks, key=lambda t: (t.due is None, t.due or t.entered_at))
    there = task.agency_name or (agency.name if agency is not None else "")
    where = f" — {there}" if there else ""
    until = task.due

    def said(by_then: str, some_day: str, **words: str) -> str:
        text = some_day if until is None else by_then
        return gettext(text).format(**words, until="" if until is None else _clock(until))

    if task.function == APPLICANT:
        text = said(
            noted("Đang chờ ông/bà: {task}, hạn {until}."),
            noted("Đang chờ ông/bà: {task}."),
            task=gettext(task.name),
        )
        silent = gettext("Quá hạn mà không trả lời thì coi như ông/bà đồng ý.") if task.silent else ""
        return NextActor(f"{text} {silent}".strip(), APPLICANT, None, until)
    if task.function == EXTERNAL:
        text = said(
            noted("Đang chờ hệ thống khác trả lời: {task}, hạn {until}."),
            noted("Đang chờ hệ thống khác trả lời: {task}."),
            task=gettext(task.name),
        )
        return NextActor(text, EXTERNAL, task.agency, until)
    if dossier.status in INTAKE:
        text = said(
            noted("Bộ phận Một cửa{where} kiểm tra và tiếp nhận hồ sơ, hạn {until}."),
            noted("Bộ phận Một cửa{where} kiểm tra và tiếp nhận hồ sơ."),
            where=where,
        )
        return NextActor(text, RECEPTION, task.agency, until)
    who = f" ({task.assignee_name})" if named and task.assignee_name else ""
    step = f"{gettext(task.name)}{who}{where}"
    text = said(noted("{step}, hạn {until}."), noted("{step}."), step=step)
    return NextActor(text, task.function, task.agency, until)


def _clock(instant: datetime) -> str:
    return instant.astimezone(TZ).strftime(gettext("%H:%M ngày %d/%m/%Y"))
