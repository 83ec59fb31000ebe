"""The periods that reports are asked for: month, quarter, six months, year, any two days (Đ25.1, Đ27)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from rules.calendar import TZ

KINDS: Final[Mapping[str, str]] = {
    "thang": "Tháng",
    "quy": "Quý",
    "sau-thang": "6 tháng",
    "nam": "Năm",
    "tuy-chon": "Tùy chọn",
}
_MONTHS: Final = {"thang": 1, "quy": 3, "sau-thang": 6, "nam": 12}
_SLUG: Final = re.compile(r"(\d{4})-(thang|quy|sau-thang|nam)(?:-(\d{1,2}))?", re.ASCII)
_DAYS: Final = re.compile(r"(\d{8})-(\d{8})", re.ASCII)
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100


class PeriodError(ValueError):
    """A period that cannot be read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included. `number`: which month, quarter or half of the year; 0 where there is none."""

    kind: str
    first: date
    last: date
    number: int = 0

    @property
    def start(self) -> datetime:
        return datetime.combine(self.first, time(), TZ)

    @property
    def end(self) -> datetime:
        """The instant after the last day: the period is [start, end)."""
        return datetime.combine(self.last + timedelta(days=1), time(), TZ)

    @property
    def name(self) -> str:
        match self.kind:
            case "thang":
                return f"Tháng {self.number} năm {self.first.year}"
            case "quy":
                return f"Quý {('I', 'II', 'III', 'IV')[self.number - 1]} năm {self.first.year}"
            case "sau-thang":
                return f"6 tháng {('đầu', 'cuối')[self.number - 1]} năm {self.first.year}"
            case "nam":
                return f"Năm {self.first.year}"
            case _:
                return f"Từ ngày {self.first:%d/%m/%Y} đến hết ngày {self.last:%d/%m/%Y}"

    @property
    def slug(self) -> str:
        """For the names of files: `2026-thang-11`."""
        if self.kind == "tuy-chon":
            return f"{self.first:%Y%m%d}-{self.last:%Y%m%d}"
        return f"{self.first.year}-{self.kind}" + (f"-{self.number}" if self.kind != "nam" else "")


def period(kind: str, year: int, number: int = 1) -> Period:
    """Raises PeriodError for one that is none."""
    if kind not in _MONTHS:
        raise PeriodError("Chọn kỳ báo cáo: tháng, quý, 6 tháng, năm hoặc tùy chọn.")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PeriodError(f"Nhập năm từ {FIRST_YEAR} đến {LAST_YEAR}.")
    length = _MONTHS[kind]
    if kind == "nam":
        number = 1
    if not 1 <= number <= 12 // length:
        raise PeriodError(f"{KINDS[kind]} trong năm là số từ 1 đến {12 // length}.")
    month = (number - 1) * length + 1
    following = date(year + (month + length > 12), (month + length - 1) % 12 + 1, 1)
    return Period(kind, date(year, month, 1), following - timedelta(days=1), number)


def between(first: date, last: date) -> Period:
    """Raises PeriodError where they are the wrong way round."""
    if last < first:
        raise PeriodError("Ngày cuối kỳ phải bằng hoặc sau ngày đầu kỳ.")
    if first.year < FIRST_YEAR or last.year > LAST_YEAR:
        raise PeriodError(f"Nhập năm từ {FIRST_YEAR} đến {LAST_YEAR}.")
    return Period("tuy-chon", first, last)


def read_slug(text: str) -> Period:
    """The period that an address names, as `Period.slug` writes it. Raises PeriodError."""
    if found := _SLUG.fullmatch(text):
        return period(found[2], int(found[1]), int(found[3] or 1))
    if found := _DAYS.fullmatch(text):
        try:
            first, last = (datetime.strptime(each, "%Y%m%d").date() for each in found.groups())  # noqa: DTZ007 — a day
        except ValueError:
            raise PeriodError("Nhập ngày có trong lịch.") from None
        return between(first, last)
    raise PeriodError("Chọn kỳ báo cáo: tháng, quý, 6 tháng, năm hoặc tùy chọn.")


def running(day: date) -> Period:
    """The month that a day falls in."""
    return period("thang", day.year, day.month)


def presets(day: date) -> tuple[Period, ...]:
    """What is most often asked for on that day: this month and the last, the quarter, the half and the year (Đ27)."""
    last_month = day.replace(day=1) - timedelta(days=1)
    half = (day.month - 1) // 6 + 1
    past = period("sau-thang", day.year, 1) if half == 2 else period("sau-thang", day.year - 1, 2)
    return (
        running(day),
        running(last_month),
        period("quy", day.year, (day.month - 1) // 3 + 1),
        period("sau-thang", day.year, half),
        past,
        period("nam", day.year),
        period("nam", day.year - 1),
    )
