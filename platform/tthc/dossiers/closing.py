"""The door to the end of a dossier (Đ15.1d), and until when to say sorry. Pure."""

from datetime import datetime, timedelta

from rules.calendar import Calendar
from tthc.dossiers.refusals import Refused
from tthc.dossiers.solving import is_overdue
from tthc.dossiers.state import UNDER_WAY, Dossier


def no_end_while_overdue() -> Refused:
    return Refused(
        "overdue",
        "Hồ sơ quá hạn và chưa có kết quả: phải dùng chức năng “Xin lỗi”, không được kết thúc.",
        "Đ15.1d",
    )


def closed_door(dossier: Dossier, now: datetime) -> Refused | None:
    """Why «Kết thúc hồ sơ» must not be used: the dossier is overdue and there is no result."""
    solved = dossier.solved_at is not None or any(d.kind == "result" for d in dossier.documents)
    if dossier.status not in UNDER_WAY or solved or not is_overdue(dossier, now):
        return None
    return no_end_while_overdue()


def apologise_by(due: datetime, days: int, calendar: Calendar) -> datetime:
    """The latest instant at which an apology comes in time: so many working days before the due date (NĐ 107/2021)."""
    found = due
    while calendar.days_between(found, due) < days:
        found -= timedelta(days=1)
    return found
