"""Dates, periods, sources: values the schema let through as text that still have to mean something."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from definitions.model import Effective, Source
from definitions.problems import Report
from definitions.reading.tree import Path
from rules.calendar import FIRST_YEAR, LAST_YEAR, TZ
from rules.deadlines import DeadlineRule, Unit

NO_INSTANT: Final = datetime(FIRST_YEAR, 1, 1, tzinfo=TZ)


def effective(raw: Mapping[str, Any] | None, path: Path, report: Report) -> Effective:
    raw = raw or {}
    start, end = _date(raw.get("from"), (*path, "from"), report), _date(raw.get("to"), (*path, "to"), report)
    if start is not None and end is not None and end < start:
        report.error(
            (*path, "to"),
            "T086",
            "Ngày hết hiệu lực đứng trước ngày bắt đầu.",
            "Đổi lại hai ngày cho đúng thứ tự.",
        )
    return Effective(start, end)


def instant(raw: str, path: Path, report: Report) -> datetime:
    """Local time of Việt Nam, in a year that calendars know."""
    try:
        found = datetime.fromisoformat(raw).replace(tzinfo=TZ)
    except ValueError:
        report.error(path, "S005", f"Không có ngày giờ “{raw}”.", "Xem lại ngày, tháng, giờ, phút.")
        return NO_INSTANT
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        told = f"Lịch làm việc chỉ có từ năm {FIRST_YEAR} đến năm {LAST_YEAR}, không có năm {found.year}."
        report.error(path, "S005", told, "Xem lại năm.")
        return NO_INSTANT
    return found


def clock(raw: str | None, path: Path, report: Report) -> time | None:
    if raw is None:
        return None
    try:
        return time.fromisoformat(raw)
    except ValueError:
        report.error(path, "S005", f"Không có giờ “{raw}”.", 'Viết giờ:phút, ví dụ "15:00".')
        return None


def deadline_rule(raw: Mapping[str, Any], path: Path, report: Report) -> DeadlineRule:
    unit = Unit(raw["unit"])
    if "amount" not in raw and unit is not Unit.UNSPECIFIED:
        report.error(path, "S002", "Thiếu khóa “amount” (Số lượng).", "Thêm dòng “amount: …” vào nhóm này.")
    amount = Decimal(raw.get("amount", 0))
    try:
        return DeadlineRule(
            amount, unit, clock(raw.get("cutoff"), (*path, "cutoff"), report), raw.get("return_at")
        )
    except ValueError as error:
        report.error((*path, "amount"), "S005", str(error), "Viết số nguyên.")
        return DeadlineRule(Decimal(0), unit)


def source_of(raw: Mapping[str, Any]) -> Source | None:
    told = raw.get("source")
    return None if told is None else Source(told["text"], told.get("verified", True))


def _date(raw: str | None, path: Path, report: Report) -> date | None:
    if raw is None:
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError:
        report.error(path, "S005", f"Không có ngày “{raw}”.", "Xem lại ngày và tháng, ví dụ 2026-11-23.")
        return None
