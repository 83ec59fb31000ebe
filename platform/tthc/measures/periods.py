"""The periods that reports are asked for: month, quarter, six months, year, any two days (Đ25.1, Đ27)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from rules.calendar import TZ
from rules.i18n import gettext, language, noted

KINDS: Final[Mapping[str, str]] = {
    "thang": noted("Tháng"),
    "quy": noted("Quý"),
    "sau-thang": noted("6 tháng"),
    "nam": noted("Năm"),
    "tuy-chon": noted("Tùy chọn"),
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
                if language() == "en":
                    return f"{self.first:%B %Y}"
                return f"Tháng {self.number} năm {self.first.year}"  # vi: said above in English
            case "quy":
                return gettext("Quý {quarter} năm {year}").format(
                    quarter=("I", "II", "III", "IV")[self.number - 1], year=self.first.year
                )
            case "sau-thang":
                half = (
                    gettext("6 tháng đầu năm {year}")
                    if self.number == 1
                    else gettext("6 tháng cuối năm {year}")
                )
                return half.format(year=self.first.year)
            case "nam":
                return gettext("Năm {year}").format(year=self.first.year)
            case _:
                return gettext("Từ ngày {first} đến hết ngày {last}").format(
                    first=f"{self.first:%d/%m/%Y}", last=f"{self.last:%d/%m/%Y}"
                )

    @property
    def slug(self) -> str:
        """For the names of files: `2026-thang-11`."""
        if self.kind == "tuy-chon":
            return f"{self.first:%Y%m%d}-{self.last:%Y%m%d}"
        return f"{self.first.year}-{self.kind}" + (f"-{self.number}" if self.kind != "nam" else "")


def period(kind: str, year: int, number: int = 1) -> Period:
    """Raises PeriodError for one that is none."""
    if kind not in _MONTHS:
        raise PeriodError(gettext("Chọn kỳ báo cáo: tháng, quý, 6 tháng, năm hoặc tùy chọn."))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PeriodError(_years())
    length = _MONTHS[kind]
    if kind == "nam":
        number = 1
    if not 1 <= number <= 12 // length:
        raise PeriodError(
            gettext("{kind} trong năm là số từ 1 đến {most}.").format(
                kind=gettext(KINDS[kind]), most=12 // length
            )
        )
    month = (number - 1) * length + 1
    following = date(year + (month + length > 12), (month + length - 1) % 12 + 1, 1)
    return Period(kind, date(year, month, 1), following - timedelta(days=1), number)


def _years() -> str:
    return gettext("Nhập năm từ {first} đến {last}.").format(first=FIRST_YEAR, last=LAST_YEAR)


def between(first: date, last: date) -> Period:
    """Raises PeriodError where they are the wrong way round."""
    if last < first:
        raise PeriodError(gettext("Ngày cuối kỳ phải bằng hoặc sau ngày đầu kỳ."))
    if first.year < FIRST_YEAR or last.year > LAST_YEAR:
        raise PeriodError(_years())
    return Period("tuy-chon", first, last)


def read_slug(text: str) -> Period:
    """The period that an address names, as `Period.slug` writes it. Raises PeriodError."""
    if found := _SLUG.fullmatch(text):
        return period(found[2], int(found[1]), int(found[3] or 1))
    if found := _DAYS.fullmatch(text):
        try:
            first, last = (datetime.strptime(each, "%Y%m%d").date() for each in found.groups())  # noqa: DTZ007 — a day
        except ValueError:
            raise PeriodError(gettext("Nhập ngày có trong lịch.")) from None
        return between(first, last)
    raise PeriodError(gettext("Chọn kỳ báo cáo: tháng, quý, 6 tháng, năm hoặc tùy chọn."))


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
