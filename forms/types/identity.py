"""Numbers the state gives: số định danh cá nhân and mã số thuế."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

from stdnum.exceptions import ValidationError
from stdnum.vn import mst

from forms.model import Field
from forms.types.base import EMPTY, FieldType, Parsed, Parser, cover, wrong
from rules.feel import FeelType, T
from rules.i18n import gettext, ngettext, noted

# The 63 provinces births were registered in; the mergers of 2025 renumbered nobody. Codes from 100 on are countries.
_PROVINCES: Final = """
    001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033
    034 035 036 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066
    067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096
"""
PROVINCE_CODES: Final = frozenset(_PROVINCES.split())
CITIZEN_DIGITS: Final = noted("Nhập số định danh gồm 12 chữ số")
OLD_IDENTITY_CARD: Final = noted(
    "Chứng minh nhân dân 9 số không còn dùng được từ 01/01/2025. Nhập số định danh gồm 12 chữ số in trên thẻ căn"
    " cước hoặc xem trong ứng dụng VNeID; chưa có thì hỏi Công an cấp xã nơi ông/bà cư trú"
)
CITIZEN_MISTYPED: Final = noted(
    "Xem lại số định danh: số này có chữ số gõ sai. Nhập đúng 12 chữ số in trên thẻ căn cước"
)
TAX_DIGITS: Final = noted(
    "Nhập mã số thuế gồm 10 chữ số, 13 chữ số (đơn vị phụ thuộc, ví dụ 0312687878-001) hoặc số định danh 12 chữ số"
)
TAX_MISTYPED: Final = noted(
    "Xem lại mã số thuế: số này có chữ số gõ sai. Nhập đúng số ghi trên giấy chứng nhận đăng ký"
)

_SEPARATORS: Final = re.compile(r"[\s.\-–]+")


@dataclass(frozen=True, slots=True)
class CitizenFacts:
    """What the number itself says of its holder; some cards were printed with errors, so it may only warn."""

    birthplace: str  # three digits, a province (before 2025) or from 100 on a country
    sex: Literal["male", "female"]
    birth_year: int


def citizen_facts(number: str) -> CitizenFacts | None:
    """Facts of a well-formed 12-digit number, else `None`.

    Three digits for the place of birth registration; one for century and sex (0/1 the 1900s male/female, 2/3 the
    2000s); two for the year of birth; six at random. There is no check digit (NĐ 137/2015 Đ13).
    """
    if len(number) != 12 or not (number.isascii() and number.isdigit()):
        return None
    place, mark = number[:3], int(number[3])
    if mark > 3 or (place not in PROVINCE_CODES and place < "100"):
        return None
    return CitizenFacts(place, "female" if mark % 2 else "male", 1900 + 100 * (mark // 2) + int(number[4:6]))


def digits_of(answer: object) -> str | None:
    """Typed digits without the spaces, dots and dashes people part them with; `None` if that is no text."""
    if not isinstance(answer, str):
        return None
    text = answer if len(answer) <= 60 else "?"
    if text.isascii() and text.isdecimal():
        return text
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))


def with_count(asked: str, digits: int) -> str:
    """What was asked for, and how many digits there are instead."""
    have = ngettext("(đang có {n} chữ số)", "(đang có {n} chữ số)", digits).format(n=digits)
    return f"{gettext(asked)} {have}"


class CitizenNumber(FieldType):
    name = "citizen_number"
    help_text = noted("12 chữ số trên thẻ căn cước")

    def feel_type(self, field: Field) -> FeelType:
        return T.STRING

    def parser(self, field: Field) -> Parser:
        return parse_citizen_number

    def display(self, field: Field, clean: object) -> str:
        return clean if isinstance(clean, str) else ""

    def mask(self, field: Field, clean: object) -> str:
        return cover(clean) if isinstance(clean, str) else ""


def parse_citizen_number(answer: object) -> Parsed:
    if answer is None:
        return EMPTY
    number = digits_of(answer)
    if number is None:
        return wrong(CITIZEN_DIGITS)
    if not number:
        return EMPTY
    if not (number.isascii() and number.isdecimal()):
        return wrong(CITIZEN_DIGITS)
    if len(number) == 9:
        return wrong(OLD_IDENTITY_CARD)
    if len(number) != 12:
        return wrong(with_count(CITIZEN_DIGITS, len(number)))
    return wrong(CITIZEN_MISTYPED) if citizen_facts(number) is None else Parsed(number, number)


class TaxNumber(FieldType):
    """10 digits with a check digit, 13 for a dependent unit; since 01/07/2025 a person's is the số định danh."""

    name = "tax_number"
    help_text = noted("10 hoặc 13 chữ số trên giấy đăng ký, hoặc số định danh cá nhân")

    def feel_type(self, field: Field) -> FeelType:
        return T.STRING

    def parser(self, field: Field) -> Parser:
        return parse_tax_number

    def display(self, field: Field, clean: object) -> str:
        return clean if isinstance(clean, str) else ""

    def mask(self, field: Field, clean: object) -> str:
        return cover(clean) if isinstance(clean, str) else ""


def parse_tax_number(answer: object) -> Parsed:
    if answer is None:
        return EMPTY
    number = digits_of(answer)
    if number is None:
        return wrong(TAX_DIGITS)
    if not number:
        return EMPTY
    if not (number.isascii() and number.isdecimal()) or len(number) not in {10, 12, 13}:
        return wrong(TAX_DIGITS)
    if len(number) == 12:
        return wrong(TAX_MISTYPED) if citizen_facts(number) is None else Parsed(number, number)
    try:
        number = mst.format(mst.validate(number))
    except ValidationError:
        return wrong(TAX_MISTYPED)
    return Parsed(number, number)
