"""The words and the recipients' kinds of what the clocks tell: which template, which data, which line of the story."""

from collections.abc import Mapping
from typing import Final

from rules.calendar import instant_text
from rules.i18n import gettext, noted
from rules.workflow.model import APPLICANT
from tthc.dossiers import events as ev
from tthc.dossiers.permissions import function_name

STOPPED: Final = "stopped"
"""The stage of a wait that ended the dossier."""

TO_APPLICANT: Final = frozenset({"answer_reminder", "uncollected", "stopped", "stuck_applicant"})

LATE: Final = "late"
"""The stage of a dossier that is overdue for so long that its head is told."""
RETURNED: Final = "returned"
"""The kind of what is told when a dossier was sent back too often."""

CLOCK_TEMPLATES: Final = TO_APPLICANT | frozenset(
    {
        "intake_reminder",
        "step_reminder",
        "deadline_half",
        "deadline_eve",
        "uncollected_staff",
        "wait_over",
        "deadline_late",
        "returned_often",
        "stuck",
    }
)

_STAFF: Final[Mapping[str, str]] = {
    "intake": "intake_reminder",
    "step": "step_reminder",
    "consent": "step_reminder",
    "uncollected": "uncollected_staff",
    "supplement": "wait_over",
    RETURNED: "returned_often",
}

_OF_STEP: Final = noted("Nhắc hạn của bước")
_TITLES: Final[Mapping[str, str]] = {
    "intake": "Nhắc tiếp nhận",
    "deadline": "Nhắc hạn trả kết quả",
    RETURNED: "Báo lãnh đạo: hồ sơ bị chuyển lại nhiều lần",
    "uncollected": noted("Nhắc nhận kết quả"),
    "supplement": noted("Nhắc bổ sung hồ sơ"),
}


def staff_template(event: ev.Warned | ev.FoundStuck) -> str:
    if isinstance(event, ev.FoundStuck):
        return "stuck"
    if event.kind == "deadline":
        return f"deadline_{event.stage}"
    return _STAFF[event.kind]


def applicant_template(event: ev.Warned | ev.FoundStuck) -> str:
    if isinstance(event, ev.FoundStuck):
        # whoever is waited for is asked to answer; all others are told that they need not
        return "answer_reminder" if event.task is not None and _theirs(event) else "stuck_applicant"
    return "uncollected" if event.kind == "uncollected" else "answer_reminder"


def _theirs(event: ev.FoundStuck) -> bool:
    return event.code == "no_timer" and event.task is not None and event.task.function == APPLICANT


def reminder_data(event: ev.Warned | ev.FoundStuck) -> Mapping[str, object]:
    """What the templates above say beside the usual; `since` is past, `until` is to come."""
    if isinstance(event, ev.FoundStuck):
        name = event.task.name if event.task is not None else ""
        told = {"task": name, "reason": event.sentence, "why": event.remedy}
        return {**told, "until": None, "silent": False, "stops": False}
    task = event.task
    return {
        "task": task.name if task is not None else "",
        "until": event.due,
        "since": event.due,
        "silent": task is not None and task.silent is not None,
        "stops": event.kind == "supplement",
        "days": event.stage if event.stage.isdigit() else "",
    }


def warned_words(event: ev.Warned) -> tuple[str, str, bool]:
    """Title, detail, and whether the applicant reads the line in the story: of reminders among staff they do not."""
    title = gettext(_TITLES.get(event.kind, _OF_STEP))
    if event.kind == "uncollected":
        return title, gettext("Kết quả đã chờ {n} ngày làm việc.").format(n=event.stage), event.applicant
    if event.stage == STOPPED:
        return gettext("Hết thời gian chờ bổ sung: hệ thống dừng hồ sơ"), "", True
    if event.kind == RETURNED:
        return title, f"Đã chuyển lại {event.stage} lần.", False
    stage = {
        LATE: "Quá hạn lâu, báo lãnh đạo cơ quan.",
        "half": noted("Đã qua nửa thời gian."),
        "eve": noted("Sắp đến hạn."),
        "stop": noted("Hết thời gian chờ, có bước khác đang làm nên không dừng."),
    }.get(event.stage, "")
    until = gettext("Hạn: {at}.").format(at=instant_text(event.due))
    detail = f"{gettext(stage)} {until}".strip()
    if event.task is not None:
        where = event.task.agency_name or function_name(event.task.function)
        detail = f"{event.task.name} ({where}). {detail}"
    return title, detail, event.applicant
