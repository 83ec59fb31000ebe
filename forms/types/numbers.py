"""Whole numbers, decimals and money, written the Vietnamese way (`1.234,5`) or as JSON numbers.

A value has at most 15 significant digits, so that the JSON number stored says exactly the decimal that was meant.
"""

import re
import unicodedata
from decimal import Decimal
from typing import Final

from forms.model import Field
from forms.types.base import EMPTY, FieldType, Parsed, Parser, wrong
from forms.words import money_in_words
from rules.feel import FeelType, T
from rules.i18n import gettext, language, noted

DIGITS: Final = 15
TOO_LONG: Final = noted("Nhập số ngắn hơn, tối đa 15 chữ số")
CURRENCY: Final = noted("đồng")
_LIMIT: Final = 10**DIGITS

_PLAIN: Final = re.compile(r"[+-]?[0-9]+")
# 1.234.567 · 1 234 567 · with a decimal comma 1.234,5 · an English spreadsheet's 1,234,567
_DOT_GROUPS: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_COMMA_GROUPS: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+")
_COMMA: Final = re.compile(r"[+-]?[0-9]+,[0-9]+")
_POINT: Final = re.compile(r"[+-]?[0-9]+\.[0-9]+")


def read_number(text: str, *, whole: bool) -> Decimal | None:
    """`text` as a number, or `None`.

    A dot before groups of three digits parts thousands, a comma is the decimal comma; where a dot cannot part
    thousands (`12.5`, `0.125`) it is read as the decimal point of a telephone keyboard. In a whole number `21,000`
    can only be twenty-one thousand.
    """
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    if _DOT_GROUPS.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if whole and _COMMA_GROUPS.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if _COMMA.fullmatch(text):
        return Decimal(text.replace(",", "."))
    if _POINT.fullmatch(text):
        return Decimal(text)
    return None


def vietnamese(number: Decimal | float) -> str:
    """21000 → `21.000`; 1234.5 → `1.234,5`."""
    text = f"{_decimal(number):,f}"
    whole, _, part = text.partition(".")
    part = part.rstrip("0")
    whole = whole.replace(",", ".")
    return f"{whole},{part}" if part else whole


def unit_of(field: Field, number: object = None, default: str = "") -> str:
    """What a number of a field is a number of, as its page says it: of one where it is one."""
    many, one = field.said_unit or (gettext(field.unit), "")
    return (one if number == 1 else "") or many or default


def counted(field: Field, number: Decimal | float, default: str = "") -> str:
    """`3 bản`; `1 copy`."""
    return f"{written(number)} {unit_of(field, number, default)}".rstrip()


def written(number: Decimal | float) -> str:
    """The number as its reader writes it: `1.234,5`; `1,234.5`. What stands in a box is always `vietnamese`."""
    if language() != "en":
        return vietnamese(number)
    whole, _, part = f"{_decimal(number):,f}".partition(".")
    part = part.rstrip("0")
    return f"{whole}.{part}" if part else whole


def _decimal(number: Decimal | float) -> Decimal:
    return number if isinstance(number, Decimal) else Decimal(repr(number))


def number_text(text: str, endings: tuple[str, ...]) -> str:
    """`text` without spaces and without one of `endings` (a unit, a currency)."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("−", "-")
    text = text.strip()
    if not text.isdecimal():
        folded = text.casefold()
        for ending in endings:
            if folded.endswith(ending):
                text = text[: -len(ending)]
                break
    return "".join(text.split()) if " " in text or "\u00a0" in text else text.strip()


class Number(FieldType):
    """What the three have in common."""

    whole = True
    endings: tuple[str, ...] = ()
    not_a_number = noted("Nhập số bằng chữ số, ví dụ 12")
    lowest: Decimal | None = None
    too_low = ""

    def feel_type(self, field: Field) -> FeelType:
        return T.NUMBER

    def parser(self, field: Field) -> Parser:
        unit = unicodedata.normalize("NFKC", field.unit).casefold()
        endings = (unit, *self.endings) if unit else self.endings

        def parse(answer: object) -> Parsed:
            if answer is None:
                return EMPTY
            if isinstance(answer, str) and len(answer) <= DIGITS and answer.isascii() and answer.isdecimal():
                return self._read_int(int(answer))
            if isinstance(answer, bool):
                return wrong(self.not_a_number)
            if isinstance(answer, int):
                return wrong(TOO_LONG) if abs(answer) >= _LIMIT else self._read_int(int(answer))
            if isinstance(answer, (float, Decimal)):
                return self._read(_decimal(answer))
            if not isinstance(answer, str):
                return wrong(self.not_a_number)
            if len(answer) > 100:
                return wrong(TOO_LONG)
            text = number_text(answer, endings)
            if not text:
                return EMPTY if not answer.strip() else wrong(self.not_a_number)
            number = read_number(text, whole=self.whole)
            return wrong(self.not_a_number) if number is None else self._read(number)

        return parse

    def _read_int(self, number: int) -> Parsed:
        value = Decimal(number)
        if self.lowest is not None and value < self.lowest:
            return wrong(self.too_low)
        return Parsed(value, number)

    def _read(self, number: Decimal) -> Parsed:
        if not number.is_finite():
            return wrong(self.not_a_number)
        if number.adjusted() >= DIGITS:
            return wrong(TOO_LONG)
        if number.adjusted() < -DIGITS and number:
            return wrong(TOO_LONG)
        number = number.normalize() if number else Decimal(0)
        if number == number.to_integral_value():
            return self._read_int(int(number))
        if self.whole:
            return wrong(noted("Nhập số nguyên, không có phần lẻ"))
        if len(number.as_tuple().digits) > DIGITS:
            return wrong(TOO_LONG)
        if self.lowest is not None and number < self.lowest:
            return wrong(self.too_low)
        return Parsed(number, float(number))

    def display(self, field: Field, clean: object) -> str:
        if isinstance(clean, bool) or not isinstance(clean, (int, float, Decimal)):
            return ""
        return counted(field, clean)


class Integer(Number):
    name = "integer"


class DecimalNumber(Number):
    name = "decimal"
    example = "12,5"
    whole = False
    not_a_number = noted("Nhập số bằng chữ số, dùng dấu phẩy cho phần lẻ, ví dụ 12,5")


class Money(Number):
    """Whole đồng, never negative."""

    name = "money"
    example = "1.500.000"
    endings = ("đồng", "vnđ", "vnd", "đ", "₫")  # vi: as people type it
    not_a_number = noted("Nhập số tiền bằng chữ số, ví dụ 21.000")
    lowest = Decimal(0)
    too_low = noted("Nhập số tiền từ 0 đồng trở lên")

    def display(self, field: Field, clean: object) -> str:
        if isinstance(clean, bool) or not isinstance(clean, (int, float, Decimal)):
            return ""
        shown = counted(field, clean, gettext(CURRENCY))
        return f"{shown} ({self.words(field, clean)})" if field.in_words and language() == "vi" else shown

    def words(self, field: Field, clean: object) -> str:
        """An amount read aloud, `Hai mươi mốt nghìn đồng`; empty text for what is no amount."""
        if isinstance(clean, bool) or not isinstance(clean, (int, float, Decimal)):
            return ""
        return money_in_words(int(clean), field.unit or CURRENCY)
