"""The working calendar: which instants are working time, and arithmetic on it (BLLĐ 2019 Đ105, Đ111, Đ112)."""

from rules.calendar.calendar import FIRST_YEAR, LAST_YEAR, Calendar, CalendarRangeError
from rules.calendar.days import DayInfo, DayKind
from rules.calendar.wording import TZ, day_text, english_day, instant_text, local, minutes_text

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "TZ",
    "Calendar",
    "CalendarRangeError",
    "DayInfo",
    "DayKind",
    "day_text",
    "english_day",
    "instant_text",
    "local",
    "minutes_text",
]
