"""What kind of day a day is, and the reason an official would give for it."""

from dataclasses import dataclass
from enum import StrEnum


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
    """`label` names the occasion («Quốc khánh») or, for swaps, the other day; empty on plain days."""

    kind: DayKind
    label: str = ""

    @property
    def reason(self) -> str:
        """Why the day is off or on: «nghỉ Ngày Văn hóa Việt Nam», «làm bù cho Thứ Sáu 02/05/2025»."""
        words = {
            DayKind.WORKING: "ngày làm việc",
            DayKind.REST: "nghỉ hằng tuần",
            DayKind.HOLIDAY: f"nghỉ {self.label}",
            DayKind.IN_LIEU: f"nghỉ bù {self.label}",
            DayKind.SWAP: f"nghỉ hoán đổi, làm bù {self.label}",
            DayKind.MAKE_UP: f"làm bù cho {self.label}",
        }
        return words[self.kind].strip()


WORKING = DayInfo(DayKind.WORKING)
REST = DayInfo(DayKind.REST)
