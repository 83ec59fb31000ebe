"""What is left of a period, as a person would say it."""

from typing import Final

from rules.calendar import minutes_text
from rules.deadlines.model import Unit
from rules.i18n import gettext, ngettext

_MINUTES_A_DAY: Final = 8 * 60


def remaining_text(minutes: int, unit: Unit) -> str:
    """«còn 1 ngày 4 giờ làm việc», «quá hạn 30 phút làm việc», «vừa hết hạn».

    `minutes`: of `remaining_minutes` for a rule of this `unit`; a working day is eight hours (BLLĐ Đ105), hours by the
    clock stay hours.
    """
    if not minutes:
        return gettext("vừa hết hạn")
    if unit is Unit.HOUR:
        words = gettext("còn {time}") if minutes > 0 else gettext("quá hạn {time}")
        return words.format(time=minutes_text(abs(minutes)))
    days, rest = divmod(abs(minutes), _MINUTES_A_DAY)
    whole = [ngettext("{n} ngày", "{n} ngày", days).format(n=days)] if days else []
    time = " ".join([*whole, *([minutes_text(rest)] if rest else [])])
    words = gettext("còn {time} làm việc") if minutes > 0 else gettext("quá hạn {time} làm việc")
    return words.format(time=time)
