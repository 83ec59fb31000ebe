"""Who may do what. Staff act in their own agency only (Đ2.7, Đ3.2); applicants on their own dossiers only."""

from collections.abc import Mapping

from definitions.functions import FUNCTIONS
from rules.i18n import noted
from rules.workflow.model import APPLICANT, EXTERNAL
from tthc.dossiers.capacity import standing
from tthc.dossiers.context import RECEPTION, Actor
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Dossier, Task

_WORKING = frozenset({"staff", "client"})
"""Who may hold functions in an agency: its people, and other systems that were let in for some of them."""


def function_name(function: str) -> str:
    return FUNCTIONS.get(function, function)


def is_owner(dossier: Dossier, actor: Actor) -> bool:
    return actor.kind == "citizen" and dossier.owner is not None and actor.id == dossier.owner


def holds(actor: Actor, function: str, agency: str) -> bool:
    return actor.kind in _WORKING and actor.agency == agency and function in actor.functions


def may_read(dossier: Dossier, actor: Actor) -> bool:
    """The owner, the staff of the dossier's agency or of its successor, those of an agency that was asked about it, as long as it is under
    way, those who watch over all agencies (Đ23.1), and the system.
    """
    if actor.kind == "system" or is_owner(dossier, actor):
        return True
    if actor.kind != "staff":
        return False
    if actor.oversees:
        return True
    if not actor.functions:
        return False
    if dossier.agency in actor.predecessors:
        return True
    return actor.agency == dossier.agency or actor.agency in asked_agencies(dossier)


def asked_agencies(dossier: Dossier) -> frozenset[str]:
    """The other agencies that have, or had, a task in a dossier under way; none once it has ended."""
    if dossier.closed:
        return frozenset()
    left = [entry.data.get("left") for entry in dossier.history if entry.type == "moved"]
    had = {str(task["agency"]) for task in left if isinstance(task, Mapping)}
    over = {str(entry.data["left"]) for entry in dossier.history if entry.type == "succeeded"}
    return frozenset({*had, *(t.agency for t in dossier.tasks)} - {dossier.agency} - over)


def require_reception(actor: Actor, agency: str) -> None:
    """Intake is for whoever holds `tiep_nhan` in the agency to which the dossier was handed in."""
    require_function(actor, RECEPTION, agency)


def require_function(actor: Actor, function: str, agency: str) -> None:
    if actor.kind not in _WORKING:
        raise Refused(
            "forbidden", noted("Thao tác này dành cho cán bộ của cơ quan giải quyết hồ sơ."), "Đ3.2"
        )
    if actor.agency != agency:
        raise Refused(
            "other_agency",
            "Hồ sơ này thuộc cơ quan khác; ông/bà chỉ xử lý được hồ sơ của cơ quan mình.",
            "Đ3.2",
        )
    if function not in actor.functions:
        raise Refused(
            "no_function",
            f"Ông/bà chưa được giao chức năng “{function_name(function)}” tại cơ quan này.",
            "Đ2.7",
        )


def require_owner(dossier: Dossier, actor: Actor) -> None:
    if not is_owner(dossier, actor):
        raise Refused("not_owner", noted("Chỉ người nộp hồ sơ mới làm được việc này."), "Đ26.1")


def require_applicant_side(dossier: Dossier, actor: Actor, reason: str) -> bool:
    """The owner, or reception on the applicant's behalf (Đ15.1b); true for the latter.

    Where the applicant has an account of their own, reception says why it acts in their place.
    """
    if is_owner(dossier, actor):
        return False
    if actor.kind == "citizen":
        require_owner(dossier, actor)
    if actor.kind == "system":
        raise Refused("forbidden", "Hệ thống không làm thay người nộp hồ sơ.", "Đ26.1")
    require_reception(actor, dossier.agency)
    if dossier.owner is not None and not reason.strip():
        raise Refused(
            "reason", "Ghi lý do ông/bà làm thay người nộp hồ sơ (ví dụ: theo đề nghị tại quầy).", "Đ15.1b"
        )
    return True


def may_act(dossier: Dossier, task: Task, actor: Actor) -> bool:
    """Whether a page should offer this actor the actions of a task."""
    if task.function == APPLICANT:
        return is_owner(dossier, actor) or holds(actor, RECEPTION, dossier.agency)
    if task.function == EXTERNAL:
        return actor.kind == "system" or (actor.kind == "client" and holds(actor, EXTERNAL, task.agency))
    if not holds(actor, task.function, task.agency):
        return False
    return task.assignee in {None, actor.id} or standing(actor, task) is not None


def require_task(dossier: Dossier, task: Task, actor: Actor, reason: str) -> bool:
    """The rule behind `may_act`, with its sentences; true where reception acts for the applicant."""
    if task.function == APPLICANT:
        return require_applicant_side(dossier, actor, reason)
    if task.function == EXTERNAL:
        if actor.kind == "client":
            require_function(actor, EXTERNAL, task.agency)
        elif actor.kind != "system":
            raise Refused("external", "Bước này chờ hệ thống khác trả lời, không ai làm thay được.", "Đ10.3a")
        return False
    require_function(actor, task.function, task.agency)
    if task.assignee not in {None, actor.id} and standing(actor, task) is None:
        raise Refused(
            "not_assignee",
            f"Bước này đã giao cho {task.assignee_name or 'cán bộ khác'}; cần giao lại trước khi ông/bà xử lý.",
            "Đ13.2",
        )
    return False
