"""How a dossier ended that brought the applicant no result: why, as it was written down. Pure."""

from dataclasses import dataclass

from rules.i18n import gettext, noted
from tthc.dossiers import events as ev
from tthc.dossiers.codec import event_from_json
from tthc.dossiers.state import Dossier, Status


@dataclass(frozen=True, slots=True)
class Ending:
    """`title`: what happened, `reason`: as whoever ended it wrote it, `remedy`: what the applicant may do now."""

    title: str
    reason: str
    remedy: str


_WORDS = {
    Status.REFUSED: (
        noted("Hồ sơ không được tiếp nhận"),
        noted("Ông/bà sửa theo lý do trên rồi nộp hồ sơ mới; phần đã khai xem lại được ở dưới."),
    ),
    Status.DECLINED: (
        noted("Hồ sơ không được giải quyết"),
        noted("Không đồng ý với lý do này, ông/bà có quyền phản ánh, kiến nghị hoặc khiếu nại."),
    ),
    Status.WITHDRAWN: (noted("Hồ sơ đã được rút"), noted("Cần làm tiếp việc này, ông/bà nộp hồ sơ mới.")),
}


def ending(dossier: Dossier) -> Ending | None:
    """Of a dossier that was refused, declined or withdrawn; None for every other (Đ12.1a, Đ15.1c, Đ26.1)."""
    if dossier.status not in _WORDS:
        return None
    title, remedy = _WORDS[dossier.status]
    return Ending(gettext(title), _reason(dossier), gettext(remedy))


def _reason(dossier: Dossier) -> str:
    """That of the end itself: directions that staff give one another stay inside."""
    for entry in reversed(dossier.history):
        event = event_from_json(entry.type, entry.data)
        if isinstance(event, ev.IntakeRefused | ev.Withdrawn | ev.Ended):
            return event.reason.strip()
    return ""
