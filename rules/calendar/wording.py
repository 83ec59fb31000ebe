"""Dates, times and lengths of working time as an official reads them, and the one time zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

TZ = ZoneInfo("Asia/Ho_Chi_Minh")

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


def local(instant: datetime) -> datetime:
    """The same instant in Vietnam, to the whole minute. A naive datetime is refused: it could mean anything."""
    if instant.tzinfo is None:
        raise ValueError(f"Thời điểm {instant.isoformat(sep=' ')} không có múi giờ.")
    if instant.tzinfo is not TZ:
        instant = instant.astimezone(TZ)
    return instant.replace(second=0, microsecond=0) if instant.second or instant.microsecond else instant


def day_text(day: date) -> str:
    """«Thứ Ba 24/11/2026»."""
    return f"{WEEKDAYS[day.weekday()]} {day:%d/%m/%Y}"


def instant_text(instant: datetime) -> str:
    """«09:00 Thứ Tư 25/11/2026»."""
    there = local(instant)
    return f"{there:%H:%M} {day_text(there)}"


def minutes_text(minutes: int) -> str:
    """«6 giờ 30 phút»; nothing at all is «0 phút»."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} giờ"] if hours else []
    if rest or not hours:
        parts.append(f"{rest} phút")
    return " ".join(parts)
