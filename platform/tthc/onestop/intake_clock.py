"""How much of the eight working hours of intake is left (Đ10.2a), in words. Pure."""

from datetime import datetime

from rules.calendar import Calendar, minutes_text
from rules.deadlines import DeadlineRule, Unit


def intake_left(due: datetime | None, now: datetime, calendar: Calendar, rule: DeadlineRule) -> str:
    """`còn 6 giờ 30 phút trong 8 giờ làm việc`; empty where no intake clock runs."""
    if due is None:
        return ""
    whole = f" trong {rule.amount:f} giờ làm việc" if rule.unit is Unit.WORKING_HOUR else ""
    left = calendar.minutes_between(now, due)
    if now > due:
        return f"quá {minutes_text(-left)} làm việc"
    return f"còn {minutes_text(left)}{whole}"
