"""Dates, times and lengths of working time as an official reads them, and the one time zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from rules.i18n import gettext, language, ngettext, noted

TZ = ZoneInfo("Asia/Ho_Chi_Minh")

WEEKDAYS = (
    noted("Thứ Hai"),
    noted("Thứ Ba"),
    noted("Thứ Tư"),
    noted("Thứ Năm"),
    noted("Thứ Sáu"),
    noted("Thứ Bảy"),
    noted("Chủ Nhật"),
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def local(instant: datetime) -> datetime:
    """The same instant in Vietnam, to the whole minute. A naive datetime is refused: it could mean anything."""
    if instant.tzinfo is None:
        raise ValueError(f"Thời điểm {instant.isoformat(sep=' ')} không có múi giờ.")
    if instant.tzinfo is not TZ:
        instant = instant.astimezone(TZ)
    return instant.replace(second=0, microsecond=0) if instant.second or instant.microsecond else instant


def english_day(day: date) -> str:
    """«24 Nov 2026»: no order of numbers that one reader takes for another."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def day_text(day: date) -> str:
    """«Thứ Ba 24/11/2026»; «Tuesday 24 Nov 2026»."""
    written = english_day(day) if language() == "en" else f"{day:%d/%m/%Y}"
    return f"{gettext(WEEKDAYS[day.weekday()])} {written}"


def instant_text(instant: datetime) -> str:
    """«09:00 Thứ Tư 25/11/2026»; «09:00 on Wednesday 25 Nov 2026»."""
    there = local(instant)
    return f"{there:%H:%M} {'on ' if language() == 'en' else ''}{day_text(there)}"


def minutes_text(minutes: int) -> str:
    """«6 giờ 30 phút»; nothing at all is «0 phút»."""
    hours, rest = divmod(minutes, 60)
    parts = [ngettext("{n} giờ", "{n} giờ", hours).format(n=hours)] if hours else []
    if rest or not hours:
        parts.append(ngettext("{n} phút", "{n} phút", rest).format(n=rest))
    return " ".join(parts)
