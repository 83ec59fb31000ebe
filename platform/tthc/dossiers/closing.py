"""Doors that close: to the end of a dossier (Đ15.1d), to asking for supplements again; until when to say sorry. Pure."""

from datetime import datetime, timedelta
from typing import cast

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


def asked_enough(dossier: Dossier, step: str, limit: int | None) -> Refused | None:
    """Why the applicant is asked for no more at this step of waiting for them; `limit`: how often they may be at each such
    step, None without one. A procedure whose own law allows more rounds has a step for each.
    """
    if limit is None or _entered(dossier, step) < limit:
        return None
    return Refused(
        "supplement_limit", f"Đã yêu cầu bổ sung {limit} lần trong quá trình giải quyết.", "NĐ 107/2021"
    )


def _entered(dossier: Dossier, step: str) -> int:
    """How often; of what is stored only the step's id is read."""
    moves = (entry.data.get("entered") for entry in dossier.history if entry.type == "moved")
    return sum(
        task.get("step") == step
        for entered in moves
        for task in cast("list[dict[str, object]]", entered or [])
    )


def apologise_by(due: datetime, days: int, calendar: Calendar) -> datetime:
    """The latest instant at which an apology comes in time: so many working days before the due date (NĐ 107/2021)."""
    found = due
    while calendar.days_between(found, due) < days:
        found -= timedelta(days=1)
    return found
