from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.words import date_in_words, day_in_letter, in_words, money_in_words

_VALUES = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7,
    "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
_SCALES = {"nghìn": 1_000, "triệu": 1_000_000}


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (115, "một trăm mười lăm"),
        (1_000, "một nghìn"),
        (1_005, "một nghìn không trăm linh năm"),
        (1_050, "một nghìn không trăm năm mươi"),
        (21_000, "hai mươi mốt nghìn"),
        (1_005_000, "một triệu không trăm linh năm nghìn"),
        (1_000_005, "một triệu không trăm linh năm"),
        (1_000_000_000, "một tỷ"),
        (1_000_000_001, "một tỷ không trăm linh một"),
        (2_500_000_000_000, "hai nghìn năm trăm tỷ"),
        (-21, "âm hai mươi mốt"),
    ],
)
def test_numbers_are_read_as_on_papers(amount, words):
    assert in_words(amount) == words


def test_money_begins_with_a_capital_and_ends_with_its_currency():
    assert money_in_words(1_005_000) == "Một triệu không trăm linh năm nghìn đồng"
    assert money_in_words(0) == "Không đồng"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 4, 2), "Ngày mùng hai tháng tư năm hai nghìn không trăm hai mươi sáu"),
        (date(2010, 11, 10), "Ngày mùng mười tháng mười một năm hai nghìn không trăm mười"),
        (date(1999, 1, 11), "Ngày mười một tháng một năm một nghìn chín trăm chín mươi chín"),
        (date(2005, 12, 31), "Ngày ba mươi mốt tháng mười hai năm hai nghìn không trăm linh năm"),
    ],
)
def test_days_are_read_as_on_civil_status_papers(day, words):
    assert date_in_words(day) == words


def heard(words: str) -> int:
    """The number a listener writes down."""
    billions, group, below, tail = 0, 0, 0, 0
    for word in words.split():
        if word == "tỷ":
            billions, group, below, tail = billions * 10**9 + below + group + tail, 0, 0, 0
        elif word in _SCALES:
            below, group, tail = below + (group + tail) * _SCALES[word], 0, 0
        elif word == "trăm":
            group, tail = tail * 100, 0
        elif word == "mươi":
            group, tail = group + tail * 10, 0
        elif word == "mười":
            group, tail = group + 10, 0
        elif word != "linh":
            tail = _VALUES[word]
    return billions * 10**9 + below + group + tail


@given(st.integers(0, 10**15))
def test_what_is_read_aloud_is_written_down_the_same(amount):
    assert heard(in_words(amount)) == amount


@pytest.mark.parametrize(
    ("day", "letter"),
    [
        (date(2026, 3, 5), "ngày 05 tháng 3 năm 2026"),
        (date(1987, 2, 21), "ngày 21 tháng 02 năm 1987"),
        (date(2000, 4, 30), "ngày 30 tháng 4 năm 2000"),
        (date(2015, 12, 15), "ngày 15 tháng 12 năm 2015"),
    ],
)
def test_a_day_as_letters_write_it(day, letter):
    assert day_in_letter(day) == letter
