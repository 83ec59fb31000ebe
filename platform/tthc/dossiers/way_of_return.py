"""By which way a result reaches the applicant, and the reason where it is another than they asked for (Đ8.2, Đ15.1a). Pure."""

from collections.abc import Mapping
from typing import Final

from rules.workflow.model import END, Action, Outcome, Phase, Step
from tthc.dossiers.context import SYSTEM
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Dossier, ReceiveBy

ASKED: Final[Mapping[str, str]] = {"post": "qua bưu chính", "online": "trực tuyến"}
RULE: Final = "Đ8.2"


def in_person_instead(dossier: Dossier, step: Step, action: Action) -> bool:
    """Whether this act of the counter hands over what the applicant asked to get by post, which did not go there, or online.
    A notice of refusal is not to be had online, so that it is nothing else than was asked for.
    """
    if step.phase is not Phase.RESULT_READY or action.to != END:
        return False
    if dossier.receive_by == "post":
        return dossier.post is None
    return dossier.receive_by == "online" and action.outcome is Outcome.RETURNED


def asks_reason(dossier: Dossier) -> str:
    """What to write, as the page and the refusal say it."""
    way = ASKED.get(dossier.receive_by, "")
    return f"Người nộp đăng ký nhận kết quả {way}; trả tại quầy thì ghi lý do, ví dụ người nộp đến nhận trực tiếp."


def require_reason(dossier: Dossier, step: Step, action: Action, reason: str) -> None:
    """Raises `Refused` where the counter hands over another way than was asked for and does not say why."""
    if in_person_instead(dossier, step, action) and not reason.strip():
        raise Refused("reason", asks_reason(dossier), RULE)


def way_taken(dossier: Dossier, by: str) -> ReceiveBy | None:
    """The way by which it was handed over at the end. `by`: the account whose act that was; nobody's where the system ended
    it. The owner's own act is that they took it on the portal.
    """
    if by == SYSTEM.id:
        return None
    return "online" if by == dossier.owner else "post" if dossier.post is not None else "counter"
