"""What a book is and how its numbers are written. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

KINDS: Final[Mapping[str, str]] = {
    "di": "Văn bản đi",
    "den": "Văn bản đến",
    "theo-doi": "Sổ theo dõi hồ sơ",
    "ket-qua": "Sổ cấp kết quả",
    "bien-lai": "Biên lai, chứng từ",
}

WORDS: Final[Mapping[str, str]] = {
    "so": "số chạy",
    "nam": "năm, bốn chữ số",
    "thang": "tháng, hai chữ số",
    "ngay": "ngày, hai chữ số",
}
_PLACE: Final = re.compile(r"\{([^{}]*)\}")


class BookError(ValueError):
    """A book or a pattern that cannot be; the message says what to do, `field` which box."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


@dataclass(frozen=True, slots=True)
class Pattern:
    """How numbers are written from `start` on: `{so}/QĐ-UBND` → `012/QĐ-UBND`. `digits`: the least length of {so}."""

    text: str
    digits: int = 1
    start: date = date.min

    def write(self, number: int, day: date) -> str:
        values = {
            "so": f"{number:0{self.digits}d}",
            "nam": f"{day.year:04}",
            "thang": f"{day.month:02}",
            "ngay": f"{day.day:02}",
        }
        return _PLACE.sub(lambda found: values[found[1]], self.text)


@dataclass(frozen=True, slots=True)
class Book:
    """`last`: the number that was given out last; the next is one more. `patterns`: with the days they begin. `manual`:
    whether a number may be written by hand, with the reason; `began`: the last number of before this book.
    """

    agency: str
    year: int
    kind: str
    name: str
    patterns: tuple[Pattern, ...]
    last: int = 0
    rev: int = 0
    manual: bool = False
    began: int = 0

    @property
    def id(self) -> str:
        return book_id(self.agency, self.year, self.kind)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A number that was given out; `text` is how it is written on the paper."""

    number: int
    text: str
    day: date
    key: str
    by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A number of a book that no paper has. `reason`: why, as somebody wrote it, empty until then."""

    number: int
    reason: str = ""
    by: str = ""


def book_id(agency: str, year: int, kind: str) -> str:
    return f"{agency}:{year}:{kind}"


def pattern(text: str, digits: int = 1, start: date = date.min) -> Pattern:
    """A pattern as it was typed; raises `BookError`."""
    found = _PLACE.findall(text)
    if unknown := sorted(set(found) - set(WORDS)):
        known = ", ".join(f"{{{word}}}" for word in WORDS)
        raise BookError(f"Không có chỗ ghi {{{unknown[0]}}}; dùng được {known}.", "pattern")
    if found.count("so") != 1 or "{" in _PLACE.sub("", text) or "}" in _PLACE.sub("", text):
        raise BookError("Mẫu phải có đúng một chỗ {so}, ví dụ {so}/QĐ-UBND.", "pattern")
    if not 1 <= digits <= 8:
        raise BookError("Số chữ số từ 1 đến 8.", "digits")
    if len(text) > 80:
        raise BookError("Mẫu dài không quá 80 ký tự.", "pattern")
    return Pattern(text, digits, start)


def pattern_on(patterns: Sequence[Pattern], day: date) -> Pattern:
    """The one in force on that day: the latest to begin; raises `BookError` where none has begun."""
    begun = [p for p in patterns if p.start <= day]
    if not begun:
        raise BookError(f"Sổ chưa có mẫu số cho ngày {day:%d/%m/%Y}.", "pattern")
    return max(begun, key=lambda p: p.start)


def next_year(book: Book) -> Book:
    """The same book for the year after: numbers begin again, the pattern in force goes on."""
    eve = date(book.year, 12, 31)
    kept = pattern_on(book.patterns, eve)
    return Book(
        book.agency,
        book.year + 1,
        book.kind,
        book.name,
        (Pattern(kept.text, kept.digits),),
        manual=book.manual,
    )
