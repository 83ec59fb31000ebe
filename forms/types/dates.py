"""Days, months and times of day. Stored as ISO 8601 text; a month's FEEL value is its first day."""

import calendar
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from forms.model import Field
from forms.types.base import EMPTY, WRONG_KIND, FieldType, Parsed, Parser, Source, wrong
from forms.words import date_in_words
from rules.calendar import english_day
from rules.feel import FeelType, T
from rules.i18n import gettext, language, noted

FIRST_YEAR: Final = 1800
LAST_YEAR: Final = 2200

_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_WRITTEN: Final = re.compile(r"([0-9]{1,2})\s*[/.\- ]\s*([0-9]{1,2})\s*[/.\- ]\s*([0-9]{1,4})")
_ISO_MONTH: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_WRITTEN_MONTH: Final = re.compile(r"([0-9]{1,2})\s*[/.\- ]\s*([0-9]{1,4})")
_TIME: Final = re.compile(r"([0-9]{1,2})(?:\s*[:hg]\s*([0-9]{1,2})?(?::([0-9]{2}))?)?", re.IGNORECASE)
_DIGITS: Final = {
    "d": noted("Nhập ngày bằng chữ số"),
    "m": noted("Nhập tháng bằng chữ số"),
    "y": noted("Nhập năm bằng chữ số"),
}
_LACKING: Final = {
    "d": noted("Nhập thêm ngày"),
    "m": noted("Nhập thêm tháng"),
    "y": noted("Nhập thêm năm"),
    "dm": noted("Nhập thêm ngày và tháng"),
    "dy": noted("Nhập thêm ngày và năm"),
    "my": noted("Nhập thêm tháng và năm"),
}

NOT_A_DATE: Final = noted("Nhập ngày theo thứ tự ngày/tháng/năm, ví dụ 23/11/2026")
NOT_A_MONTH: Final = noted("Nhập tháng và năm, ví dụ 11/2026")
NOT_A_TIME: Final = noted("Nhập giờ và phút, ví dụ 14:30")
SHORT_YEAR: Final = noted("Nhập năm gồm 4 chữ số, ví dụ 1990")


def day_problem(year: int, month: int, day: int) -> str | None:
    """Why that is no day on paper, as what to do; `None` if it is one."""
    problem = month_problem(year, month)
    if problem is not None:
        return problem
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        return gettext("Sửa lại ngày: tháng {month} năm {year} có các ngày từ 1 đến {days}").format(
            month=month, year=year, days=days
        )
    return None


def month_problem(year: int, month: int) -> str | None:
    if year < 1000:
        return SHORT_YEAR
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return gettext("Nhập năm từ {first} đến {last}").format(first=FIRST_YEAR, last=LAST_YEAR)
    if not 1 <= month <= 12:
        return gettext("Sửa lại tháng: nhập số từ 1 đến 12")
    return None


def _boxes(answer: Mapping[object, object], keys: str) -> list[str] | str:
    """The boxes' digits in the order of `keys`, `""` for an empty box; or what is wrong with them."""
    read = []
    for key in keys:
        text = answer.get(key)
        if text is None:
            read.append("")
        elif isinstance(text, (str, int)) and not isinstance(text, bool):
            if isinstance(text, int) and not 0 <= text < 10_000:
                return _digits_only(key)
            text = str(text)
            text = text.strip() if len(text) < 100 else "?"
            if text and not (text.isascii() and text.isdecimal() and len(text) <= 4):
                return _digits_only(key)
            read.append(text)
        else:
            return WRONG_KIND
    return read


def _digits_only(key: str) -> str:
    return gettext(_DIGITS[key])


def _written(answer: object) -> str | None:
    """Typed text ready for the patterns; `None` if it is not text."""
    if not isinstance(answer, str):
        return None
    text = answer.strip() if len(answer) <= 60 else "?"
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def shown_day(day: date) -> str:
    """`25/11/2026`; `25 Nov 2026`."""
    return english_day(day) if language() == "en" else f"{day:%d/%m}/{day.year}"


class Boxes(FieldType):
    """A date or month in boxes named `name.d`, `name.m`, `name.y`, or in one box called `name`."""

    keys: str

    def feel_type(self, field: Field) -> FeelType:
        return T.DATE

    def collect(self, field: Field, source: Source, name: str) -> object:
        boxes = {key: values[0] for key in self.keys if (values := source.get(f"{name}.{key}"))}
        return boxes or super().collect(field, source, name)


class Date(Boxes):
    name = "date"
    help_text = noted("Ngày, tháng, năm dương lịch")
    example = "15/3/1990"
    keys = "dmy"

    def parser(self, field: Field) -> Parser:
        return parse_date

    def display(self, field: Field, clean: object) -> str:
        day = parse_date(clean).value
        if not isinstance(day, date):
            return ""
        shown = shown_day(day)
        return f"{shown} ({date_in_words(day)})" if field.in_words else shown

    def mask(self, field: Field, clean: object) -> str:
        """The year: enough to tell somebody's age."""
        day = parse_date(clean).value
        return f"**/**/{day.year}" if isinstance(day, date) else ""


def parse_date(answer: object) -> Parsed:
    return _read(answer, _DAY)


def _day(year: int, month: int, day: int) -> Parsed:
    problem = day_problem(year, month, day)
    if problem is not None:
        return wrong(problem)
    value = date(year, month, day)
    return Parsed(value, value.isoformat())


class Month(Boxes):
    name = "month"
    help_text = noted("Tháng, năm dương lịch")
    example = "3/2026"
    keys = "my"

    def parser(self, field: Field) -> Parser:
        return parse_month

    def display(self, field: Field, clean: object) -> str:
        month = parse_month(clean).value
        return f"{month:%m}/{month.year}" if isinstance(month, date) else ""

    def mask(self, field: Field, clean: object) -> str:
        month = parse_month(clean).value
        return f"**/{month.year}" if isinstance(month, date) else ""


def parse_month(answer: object) -> Parsed:
    return _read(answer, _MONTH)


def _month(year: int, month: int) -> Parsed:
    problem = month_problem(year, month)
    return wrong(problem) if problem is not None else Parsed(date(year, month, 1), f"{year:04}-{month:02}")


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a day or a month is written. `keys`: its boxes, the year's last; `iso` finds the year first, `written` last;
    `make` takes the numbers, year first.
    """

    keys: str
    iso: re.Pattern[str]
    written: re.Pattern[str]
    unreadable: str
    make: Callable[..., Parsed]


_DAY: Final = _Shape("dmy", _ISO, _WRITTEN, NOT_A_DATE, _day)
_MONTH: Final = _Shape("my", _ISO_MONTH, _WRITTEN_MONTH, NOT_A_MONTH, _month)


def _read(answer: object, shape: _Shape) -> Parsed:
    if answer is None:
        return EMPTY
    if isinstance(answer, date):
        if isinstance(answer, datetime):
            return wrong(shape.unreadable)
        return shape.make(*(answer.year, answer.month, answer.day)[: len(shape.keys)])
    if isinstance(answer, Mapping):
        boxes = _boxes(answer, shape.keys)
        if isinstance(boxes, str):
            return wrong(boxes)
        if not any(boxes):
            return EMPTY
        lacking = "".join(key for key, text in zip(shape.keys, boxes, strict=True) if not text)
        return wrong(_LACKING[lacking]) if lacking else _year_last(boxes, shape)
    text = _written(answer)
    if text is None:
        return wrong(shape.unreadable)
    if not text:
        return EMPTY
    if match := shape.iso.fullmatch(text):
        return shape.make(*map(int, match.groups()))
    if match := shape.written.fullmatch(text):
        return _year_last(match.groups(), shape)
    return wrong(shape.unreadable)


def _year_last(digits: Sequence[str], shape: _Shape) -> Parsed:
    if len(digits[-1]) != 4:
        return wrong(SHORT_YEAR)
    return shape.make(*map(int, reversed(digits)))


class Time(FieldType):
    """A time of day to the minute: `14:30`, `14h30`, `7 giờ`."""

    name = "time"
    help_text = noted("Giờ và phút, từ 00:00 đến 23:59")
    example = "08:30"

    def feel_type(self, field: Field) -> FeelType:
        return T.TIME

    def parser(self, field: Field) -> Parser:
        return parse_time

    def display(self, field: Field, clean: object) -> str:
        value = parse_time(clean).value
        return f"{value:%H:%M}" if isinstance(value, time) else ""


def parse_time(answer: object) -> Parsed:
    if answer is None:
        return EMPTY
    if isinstance(answer, time):
        return _clock(answer.hour, answer.minute)
    text = _written(answer)
    if text is None:
        return wrong(NOT_A_TIME)
    if not text:
        return EMPTY
    text = re.sub(r"\s*(giờ|gio)\s*", "h", text.casefold())  # vi: as people type it
    match = _TIME.fullmatch(text.removesuffix("phút").rstrip())  # vi: as people type it
    return _clock(int(match[1]), int(match[2] or 0)) if match else wrong(NOT_A_TIME)


def _clock(hour: int, minute: int) -> Parsed:
    if hour > 23 or minute > 59:
        return wrong(noted("Sửa lại giờ: giờ từ 0 đến 23, phút từ 0 đến 59"))
    value = time(hour, minute)
    return Parsed(value, f"{hour:02}:{minute:02}")
