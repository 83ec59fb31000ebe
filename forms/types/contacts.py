"""How to reach a person: telephone and e-mail."""

import re
from typing import Final

import phonenumbers

from forms.model import Field
from forms.types.base import EMPTY, FieldType, Parsed, Parser, cover, wrong
from forms.types.identity import digits_of
from rules.feel import FeelType, T
from rules.i18n import noted

PHONE_DIGITS: Final = noted("Nhập số điện thoại gồm 10 chữ số, bắt đầu bằng số 0, ví dụ 0912 345 678")
OLD_MOBILE: Final = noted("Số di động 11 chữ số đã đổi đầu số từ năm 2018: nhập số mới gồm 10 chữ số")
EMAIL_SHAPE: Final = noted("Nhập địa chỉ thư điện tử đầy đủ, ví dụ ten@example.vn")
EMAIL_LENGTH: Final = 254

_MOBILE: Final = re.compile(r"0[35789][0-9]{8}")
_OLD_MOBILE: Final = re.compile(r"01[2689][0-9]{8}")
_LANDLINE: Final = re.compile(r"02[0-9]{8,9}")
_EMAIL: Final = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9])"
)


class Phone(FieldType):
    """A Vietnamese number, kept in its national form `0912345678`."""

    name = "phone"
    example = "0912 345 678"

    def feel_type(self, field: Field) -> FeelType:
        return T.STRING

    def parser(self, field: Field) -> Parser:
        return parse_phone

    def display(self, field: Field, clean: object) -> str:
        """`0912 345 678`; a landline parted as its area code goes, `0212 3856 123`."""
        if not isinstance(clean, str):
            return ""
        if _MOBILE.fullmatch(clean):
            return f"{clean[:4]} {clean[4:7]} {clean[7:]}"
        if not _LANDLINE.fullmatch(clean):
            return clean
        number = phonenumbers.parse(clean, "VN")
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL))

    def mask(self, field: Field, clean: object) -> str:
        """`0912 *** 678` of a mobile number."""
        if not isinstance(clean, str) or not clean:
            return ""
        return f"{clean[:4]} *** {clean[-3:]}" if _MOBILE.fullmatch(clean) else cover(clean)


def parse_phone(answer: object) -> Parsed:
    if answer is None:
        return EMPTY
    number = digits_of(answer)
    if number is None:
        return wrong(PHONE_DIGITS)
    if not number:
        return EMPTY
    number = number.replace("(", "").replace(")", "")
    for prefix in ("+84", "0084", "84"):
        if number.startswith(prefix) and len(number) > 10:
            number = "0" + number.removeprefix(prefix).removeprefix("0")
            break
    if not (number.isascii() and number.isdecimal()):
        return wrong(PHONE_DIGITS)
    if _MOBILE.fullmatch(number):
        return Parsed(number, number)
    if _OLD_MOBILE.fullmatch(number):
        return wrong(OLD_MOBILE)
    if _LANDLINE.fullmatch(number) and phonenumbers.is_valid_number(phonenumbers.parse(number, "VN")):
        return Parsed(number, number)
    return wrong(PHONE_DIGITS)


class Email(FieldType):
    """One address; its domain, which no server tells apart by case, in small letters."""

    name = "email"
    example = "ten@example.vn"

    def feel_type(self, field: Field) -> FeelType:
        return T.STRING

    def parser(self, field: Field) -> Parser:
        return parse_email

    def display(self, field: Field, clean: object) -> str:
        return clean if isinstance(clean, str) else ""

    def mask(self, field: Field, clean: object) -> str:
        """`x***@example.vn`: the domain tells little, the name all."""
        if not isinstance(clean, str) or not clean:
            return ""
        name, _, domain = clean.rpartition("@")
        return f"{name[:1]}***@{domain}"


def parse_email(answer: object) -> Parsed:
    if answer is None:
        return EMPTY
    if not isinstance(answer, str):
        return wrong(EMAIL_SHAPE)
    if len(answer) > EMAIL_LENGTH + 100:
        return wrong(EMAIL_SHAPE)
    text = answer.strip()
    if not text:
        return EMPTY
    match = _EMAIL.fullmatch(text)
    if match is None or len(text) > EMAIL_LENGTH or len(text) - len(match[1]) - 1 > 64:
        return wrong(EMAIL_SHAPE)
    address = text[: match.start(1)] + match[1].lower()
    return Parsed(address, address)
