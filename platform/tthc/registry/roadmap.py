"""The roadmap (lộ trình): which procedure reaches which level by when, and who sees to it (Đ21.3, Đ25.3). Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

NEAR: Final = timedelta(days=30)


class Progress(StrEnum):
    REACHED = "da_dat"
    ON_TRACK = "dung_lo_trinh"
    NEAR = "sap_den_han"
    LATE = "qua_han"

    @property
    def label(self) -> str:
        return _LABELS[self][0]

    @property
    def tone(self) -> str:
        return _LABELS[self][1]


_LABELS: Final = {
    Progress.REACHED: ("Đã đạt", "ok"),
    Progress.ON_TRACK: ("Đúng lộ trình", "info"),
    Progress.NEAR: ("Sắp đến hạn", "warn"),
    Progress.LATE: ("Quá hạn", "bad"),
}


@dataclass(frozen=True, slots=True)
class Goal:
    """`agency`: who is responsible. `withdrawn`: why it was taken out again; then it counts no more but stays read."""

    id: str
    code: str
    level: int
    day: date
    agency: str
    note: str
    by: str
    at: datetime
    withdrawn: str = ""


def progress(goal: Goal, level: int, today: date) -> Progress:
    """`level`: at which the procedure is today."""
    if level >= goal.level:
        return Progress.REACHED
    if today > goal.day:
        return Progress.LATE
    return Progress.NEAR if goal.day - today <= NEAR else Progress.ON_TRACK
