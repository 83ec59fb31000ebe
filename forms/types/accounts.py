"""A bank account: its number, and its holder's name as banks write it."""

import unicodedata
from typing import Final

from forms.model import Field
from forms.types.base import EMPTY, FieldType, Parsed, Parser, cover, wrong
from forms.types.identity import digits_of, with_count
from forms.types.texts import Text, single_line
from rules.feel import FeelType, T
from rules.i18n import noted

FEWEST, MOST = 6, 19
ACCOUNT_DIGITS: Final = noted("Nhập số tài khoản gồm 6 đến 19 chữ số, không có chữ")
HOLDER_LETTERS: Final = noted("Nhập tên chủ tài khoản bằng chữ cái, ví dụ LO THI XUAN")


class AccountNumber(FieldType):
    """Digits of a Vietnamese bank account; every bank has a length of its own (6 to 19) and none a public check digit."""

    name = "account_number"
    help_text = noted("Số tài khoản in trên ứng dụng hoặc sổ của ngân hàng")

    def feel_type(self, field: Field) -> FeelType:
        return T.STRING

    def parser(self, field: Field) -> Parser:
        return parse_account_number

    def display(self, field: Field, clean: object) -> str:
        return clean if isinstance(clean, str) else ""

    def mask(self, field: Field, clean: object) -> str:
        return cover(clean) if isinstance(clean, str) else ""


def parse_account_number(answer: object) -> Parsed:
    if answer is None:
        return EMPTY
    number = digits_of(answer)
    if number is None:
        return wrong(ACCOUNT_DIGITS)
    if not number:
        return EMPTY
    if not (number.isascii() and number.isdecimal()):
        return wrong(ACCOUNT_DIGITS)
    if not FEWEST <= len(number) <= MOST:
        return wrong(with_count(ACCOUNT_DIGITS, len(number)))
    return Parsed(number, number)


class AccountHolder(Text):
    """A name in capitals without marks, brought to that form from however it was typed: `Lò Thị Xuân` is kept as
    `LO THI XUAN`, which is what a transfer is matched by.
    """

    name = "account_holder"
    example = "LO THI XUAN"
    length = 100

    def tidy(self, text: str) -> str:
        return unmarked(single_line(text)).upper()

    def parser(self, field: Field) -> Parser:
        read = super().parser(field)

        def parse(answer: object) -> Parsed:
            found = read(answer)
            name = found.clean
            if isinstance(name, str) and not (name.isascii() and any(map(str.isalpha, name))):
                return wrong(HOLDER_LETTERS)
            return found

        return parse


def unmarked(text: str) -> str:
    """`Đặng Thị Hường` → `Dang Thi Huong`."""
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))  # vi: letters
    return "".join(character for character in parts if not unicodedata.combining(character))
