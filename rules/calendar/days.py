"""What kind of day a day is, and the reason an official would give for it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rules.calendar.wording import day_text
from rules.i18n import gettext, noted

_HOLIDAYS = (
    noted("Tết Dương lịch"),
    noted("Tết Nguyên đán"),
    noted("Giỗ Tổ Hùng Vương"),
    noted("Ngày Chiến thắng"),
    noted("Ngày Quốc tế Lao động"),
    noted("Quốc khánh"),
    noted("Ngày Văn hóa Việt Nam"),
)
"""The days off of the law (BLLĐ Đ112 and after), as calendars name them; other occasions are said as they are written."""


class DayKind(StrEnum):
    """The kinds of BLLĐ 2019 Đ111–112 and of the yearly decisions on swapped days."""

    WORKING = "working"
    REST = "rest"  # nghỉ hằng tuần
    HOLIDAY = "holiday"  # nghỉ lễ, tết
    IN_LIEU = "in_lieu"  # nghỉ bù
    SWAP = "swap"  # nghỉ hoán đổi
    MAKE_UP = "make_up"  # làm bù

    @property
    def works(self) -> bool:
        return self in {DayKind.WORKING, DayKind.MAKE_UP}


@dataclass(frozen=True, slots=True)
class DayInfo:
    """`label` names the occasion («Quốc khánh») or, for swaps, the other day, which is `other`; empty on plain days."""

    kind: DayKind
    label: str = ""
    other: date | None = field(default=None, compare=False)

    @property
    def reason(self) -> str:
        """Why the day is off or on: «nghỉ Ngày Văn hóa Việt Nam», «làm bù cho Thứ Sáu 02/05/2025»."""
        label = gettext(self.label) if self.other is None else day_text(self.other)
        return gettext(_REASONS[self.kind]).format(label=label).strip()


_REASONS = {
    DayKind.WORKING: noted("ngày làm việc"),
    DayKind.REST: noted("nghỉ hằng tuần"),
    DayKind.HOLIDAY: noted("nghỉ {label}"),
    DayKind.IN_LIEU: noted("nghỉ bù {label}"),
    DayKind.SWAP: noted("nghỉ hoán đổi, làm bù {label}"),
    DayKind.MAKE_UP: noted("làm bù cho {label}"),
}

WORKING = DayInfo(DayKind.WORKING)
REST = DayInfo(DayKind.REST)
