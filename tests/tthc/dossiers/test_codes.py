import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renderers.text import folded
from tthc.dossiers.codes import CodePattern, DossierCode, arrange, pattern_on, read_code
from tthc.dossiers.references import ALPHABET, PATTERN, new_reference, read_reference
from tthc.dossiers.search import words

DAY = date(2026, 11, 23)
OLD = CodePattern("unit_first", end=date(2026, 12, 31))
NEW = CodePattern("province_first", start=date(2027, 1, 1))


def test_d19_1_code_has_agency_day_and_number():
    assert OLD.write("000.00.14.H52", DAY, 1) == "000.00.14.H52-261123-0001"
    assert NEW.write("000.00.14.H52", DAY, 975) == "H52.14-261123-0975"


def test_the_number_widens_and_never_wraps():
    assert OLD.write("000.00.14.H52", DAY, 10_000) == "000.00.14.H52-261123-10000"


def test_the_pattern_of_the_day_applies():
    assert pattern_on((OLD, NEW), date(2026, 12, 31)) is OLD
    assert pattern_on((OLD, NEW), date(2027, 1, 1)) is NEW
    with pytest.raises(ValueError, match="01/01/2020"):
        pattern_on((NEW,), date(2020, 1, 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("000.00.14.H56-200203-0118", DossierCode("000.00.14.H56", "unit_first", date(2020, 2, 3), 118)),
        (" h15.50.05.13-261008-0975 ", DossierCode("H15.50.05.13", "province_first", date(2026, 10, 8), 975)),
        ("H52-261008-1234567", DossierCode("H52", "province_first", date(2026, 10, 8), 1234567)),
        ("000.00.14.H56-200231-0118", None),
        ("HS-7K3Q-9F2D", None),
        ("", None),
    ],
)
def test_both_patterns_are_read(text, expected):
    assert read_code(text) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("000.00.14.H52", "H52.14"),
        ("000.05.14.H52", "H52.14.05"),
        ("001.05.14.H52", "H52.14.05.001"),
        ("000.00.00.H52", "H52"),
    ],
)
def test_identifiers_turn_round(old, new):
    assert arrange(old, "province_first") == arrange(new, "province_first") == new
    assert arrange(new, "unit_first") == arrange(old, "unit_first") == old


@given(st.integers(1, 10**7), st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from([OLD, NEW]))
def test_what_is_written_is_read(number, day, pattern):
    code = read_code(pattern.write("000.01.14.H52", day, number))
    assert (code.number, code.day, code.order) == (number, day, pattern.order)


def test_references_are_of_one_shape_and_differ():
    made = {new_reference() for _ in range(500)}
    assert len(made) == 500
    assert all(PATTERN.fullmatch(reference) for reference in made)
    assert not set("0O1IL5S8BU") & set(ALPHABET)


@pytest.mark.parametrize("typed", ["HS-7K3Q-9F2D", "hs 7k3q 9f2d", "7k3q9f2d", "HS.7K3Q.9F2D"])
def test_a_reference_is_read_however_it_is_typed(typed):
    assert read_reference(typed) == "HS-7K3Q-9F2D"


def test_what_is_no_reference_is_none():
    assert read_reference("HS-0000-0000") is None
    assert read_reference("000.00.14.H52-261123-0001") is None


def test_search_words_have_no_diacritics():
    assert folded("Đặng Thị Ước") == "dang thi uoc"
    assert words("Nguyễn  nguyễn-Hoa, 0912") == ("nguyen", "hoa", "0912")
    assert re.fullmatch(r"[a-z ]+", folded("Ầ ễ ỹ ọ"))
