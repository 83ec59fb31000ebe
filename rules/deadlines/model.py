"""What a deadline is made of: a rule, the intervals in which its clock did not run, and its extensions."""

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from rules.i18n import gettext, language, ngettext, noted

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
        return gettext(_LABELS[self])

    def said(self, amount: Decimal) -> str:
        """«8 giờ làm việc», «1,5 ngày»."""
        if self is Unit.UNSPECIFIED:
            return self.label
        n = f"{amount.normalize():f}"
        if language() != "en":
            n = n.replace(".", ",")
        return self._counted(1 if amount == 1 else 2).format(n=n)

    def _counted(self, n: int) -> str:
        match self:
            case Unit.WORKING_HOUR:
                return ngettext("{n} giờ làm việc", "{n} giờ làm việc", n)
            case Unit.WORKING_DAY:
                return ngettext("{n} ngày làm việc", "{n} ngày làm việc", n)
            case Unit.HOUR:
                return ngettext("{n} giờ", "{n} giờ", n)
            case Unit.DAY:
                return ngettext("{n} ngày", "{n} ngày", n)
            case _:
                return ngettext("{n} tháng", "{n} tháng", n)


_LABELS = {
    Unit.WORKING_HOUR: noted("giờ làm việc"),
    Unit.WORKING_DAY: noted("ngày làm việc"),
    Unit.HOUR: noted("giờ"),
    Unit.DAY: noted("ngày"),
    Unit.MONTH: noted("tháng"),
    Unit.UNSPECIFIED: noted("không quy định"),
}


@dataclass(frozen=True, slots=True)
class Addition:
    """More of the rule's own unit, which the law gives for a circumstance (vùng sâu, vùng xa; cần xác minh)."""

    amount: Decimal
    reason: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """An amount of time and how its end is read.

    `amount`: at least 0; whole for `day` and `month`, as are those of `additions`. `cutoff`: what is received after
    this local time, or outside working time, counts as received when the office next opens (kết quả trả ngay: 15:00).
    `return_at`: `same_clock` keeps the time of day of the start, `end_of_day` ends with the last working session;
    `None` takes the unit's own habit. A last calendar day that is off always moves to the end of the next working day
    (BLDS Đ148.5).
    """

    amount: Decimal
    unit: Unit
    cutoff: time | None = None
    return_at: ReturnAt | None = None
    additions: tuple[Addition, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal):
            object.__setattr__(self, "amount", Decimal(self.amount))
        for amount in (self.amount, *(more.amount for more in self.additions)):
            if not amount.is_finite() or amount < 0:
                raise ValueError(f"Thời hạn phải là một số không âm, không thể là {amount}.")
            if self.unit in {Unit.DAY, Unit.MONTH} and amount != amount.to_integral_value():
                raise ValueError(
                    f"Thời hạn tính theo {_LABELS[self.unit]} phải là số nguyên, không thể là {amount}."
                )

    @property
    def total(self) -> Decimal:
        """All that is counted: the amount and its additions."""
        return sum((more.amount for more in self.additions), self.amount)

    @property
    def text(self) -> str:
        """«8 giờ làm việc», «trong ngày làm việc», «10 ngày, thêm 5 ngày (xã vùng III)»."""
        if self.unit is Unit.UNSPECIFIED:
            return gettext("không quy định thời hạn")
        more = "".join(
            gettext(", thêm {amount} ({reason})").format(
                amount=self.unit.said(each.amount), reason=gettext(each.reason)
            )
            for each in self.additions
        )
        if self.unit is Unit.WORKING_DAY and self.amount == 0:
            return gettext("trong ngày làm việc") + more
        return f"{self.unit.said(self.amount)}{more}"

    @property
    def returns(self) -> ReturnAt:
        """How the end is read once the unit's habit is filled in."""
        if self.return_at is not None:
            return self.return_at
        if self.unit in {Unit.DAY, Unit.MONTH} or (self.unit is Unit.WORKING_DAY and self.total == 0):
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
    """More time, counted from the due date it extends (or from `granted_at` where that date had already passed).

    `basis`: the clause of law that grants it; empty where the office asked for it without one, which moves the appointment
    and not the date that the law gives; `None` where nobody asked for the ground, which counts as granted.
    """

    granted_at: datetime
    rule: DeadlineRule
    reason: str
    source: str = ""
    basis: str | None = None
