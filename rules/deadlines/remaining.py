"""What is left of a period, as a person would say it."""

from typing import Final

from rules.calendar import minutes_text
from rules.deadlines.model import Unit

_MINUTES_A_DAY: Final = 8 * 60


def remaining_text(minutes: int, unit: Unit) -> str:
    """«còn 1 ngày 4 giờ làm việc», «quá hạn 30 phút làm việc», «vừa hết hạn».

    `minutes`: of `remaining_minutes` for a rule of this `unit`; a working day is eight hours (BLLĐ Đ105), hours by the
    clock stay hours.
    """
    if not minutes:
        return "vừa hết hạn"
    words = "còn" if minutes > 0 else "quá hạn"
    if unit is Unit.HOUR:
        return f"{words} {minutes_text(abs(minutes))}"
    days, rest = divmod(abs(minutes), _MINUTES_A_DAY)
    parts = [*([f"{days} ngày"] if days else []), *([minutes_text(rest)] if rest else [])]
    return f"{words} {' '.join(parts)} làm việc"
