import pytest

from forms.model import Field
from forms.types import REGISTRY
from forms.types.accounts import ACCOUNT_DIGITS, HOLDER_LETTERS

NUMBER = Field("number", "account_number", "Số tài khoản")
HOLDER = Field("holder", "account_holder", "Chủ tài khoản")


def read(field: Field, answer: object):
    return REGISTRY[field.type].parse(field, answer)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("7900205123456", "7900205123456"),
        (" 7900 2051.23456 ", "7900205123456"),
        ("123456", "123456"),
        ("1" * 19, "1" * 19),
        ("１２３４５６", "123456"),
    ],
)
def test_account_numbers(typed, kept):
    assert read(NUMBER, typed).clean == kept
    assert read(NUMBER, kept).clean == kept
    assert REGISTRY["account_number"].display(NUMBER, kept) == kept


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("12345", f"{ACCOUNT_DIGITS} (đang có 5 chữ số)"),
        ("1" * 20, f"{ACCOUNT_DIGITS} (đang có 20 chữ số)"),
        ("79002051a", ACCOUNT_DIGITS),
        (79002051, ACCOUNT_DIGITS),
    ],
)
def test_what_is_no_account_number_says_so(typed, told):
    assert read(NUMBER, typed).error == told


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Lò Thị Xuân", "LO THI XUAN"),
        ("  đặng   thị hường ", "DANG THI HUONG"),
        ("CÔNG TY TNHH A&B-2", "CONG TY TNHH A&B-2"),
        ("LO THI XUAN", "LO THI XUAN"),
    ],
)
def test_holders_are_kept_as_banks_write_them(typed, kept):
    assert read(HOLDER, typed).clean == kept
    assert read(HOLDER, kept).clean == kept


@pytest.mark.parametrize("typed", ["123", "Łódź", "ສົມ"])
def test_what_is_no_holder_says_so(typed):
    assert read(HOLDER, typed).error == HOLDER_LETTERS


@pytest.mark.parametrize("field", [NUMBER, HOLDER])
def test_nothing_is_nothing(field):
    assert read(field, None).empty
    assert read(field, " ").empty
