"""What a deadline is made of: a rule, the intervals in which its clock did not run, and its extensions."""

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Literal

ReturnAt = Literal["same_clock", "end_of_day"]


class Unit(StrEnum):
    """What the law counts. `unspecified`: the law sets no period; such a deadline has no due date."""

    WORKING_HOUR = "working_hour"
    WORKING_DAY = "working_day"
    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    UNSPECIFIED = "unspecified"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Unit.WORKING_HOUR: "giờ làm việc",
    Unit.WORKING_DAY: "ngày làm việc",
    Unit.HOUR: "giờ",
    Unit.DAY: "ngày",
    Unit.MONTH: "tháng",
    Unit.UNSPECIFIED: "không quy định",
}


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """An amount of time and how its end is read.

    `amount`: at least 0; whole for `day` and `month`. `cutoff`: what is received after this local time, or
    outside working time, counts as received when the office next opens (kết quả trả ngay: 15:00). `return_at`: `same_clock` keeps the time of day of
    the start, `end_of_day` ends with the last working session; `None` takes the unit's own habit. A last calendar day
    that is off always moves to the end of the next working day (BLDS Đ148.5).
    """

    amount: Decimal
    unit: Unit
    cutoff: time | None = None
    return_at: ReturnAt | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal):
            object.__setattr__(self, "amount", Decimal(self.amount))
        if not self.amount.is_finite() or self.amount < 0:
            raise ValueError(f"Thời hạn phải là một số không âm, không thể là {self.amount}.")
        if self.unit in {Unit.DAY, Unit.MONTH} and self.amount != self.amount.to_integral_value():
            raise ValueError(
                f"Thời hạn tính theo {self.unit.label} phải là số nguyên, không thể là {self.amount}."
            )

    @property
    def text(self) -> str:
        """«8 giờ làm việc», «0,5 ngày làm việc», «trong ngày làm việc»."""
        if self.unit is Unit.UNSPECIFIED:
            return "không quy định thời hạn"
        if self.unit is Unit.WORKING_DAY and self.amount == 0:
            return "trong ngày làm việc"
        return f"{self.amount.normalize():f} {self.unit.label}".replace(".", ",")

    @property
    def returns(self) -> ReturnAt:
        """How the end is read once the unit's habit is filled in."""
        if self.return_at is not None:
            return self.return_at
        if self.unit in {Unit.DAY, Unit.MONTH} or (self.unit is Unit.WORKING_DAY and self.amount == 0):
            return "end_of_day"
        return "same_clock"


@dataclass(frozen=True, slots=True)
class Pause:
    """An interval in which the clock did not run; `end=None` while it still stands. Aware datetimes."""

    start: datetime
    end: datetime | None
    reason: str
    source: str = ""

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError("Khoảng dừng đồng hồ kết thúc trước khi bắt đầu.")


@dataclass(frozen=True, slots=True)
class Extension:
    """More time, counted from the due date it extends (or from `granted_at` where that date had already passed)."""

    granted_at: datetime
    rule: DeadlineRule
    reason: str
    source: str = ""
