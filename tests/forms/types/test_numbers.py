from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.model import Field
from forms.types import REGISTRY
from forms.types.numbers import TOO_LONG, vietnamese

COPIES = Field("copies", "integer", "Số bản", unit="bản")
AREA = Field("area", "decimal", "Diện tích", unit="m²")
CAPITAL = Field("capital", "money", "Vốn kinh doanh")


def read(field: Field, answer: object):
    return REGISTRY[field.type].parse(field, answer)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", 12),
        (" 12 ", 12),
        ("012", 12),
        ("21.000", 21000),
        ("21 000", 21000),
        ("21\u00a0000", 21000),
        ("1,234,567", 1234567),
        ("21,000", 21000),
        ("-3", -3),
        ("−3", -3),
        ("１２", 12),
        ("12 bản", 12),
        ("12,0", 12),
        ("999.999.999.999.999", 999999999999999),
        (12, 12),
        (12.0, 12),
        (Decimal(12), 12),
    ],
)
def test_whole_numbers_are_read_as_they_are_written_here(typed, number):
    read_ = read(COPIES, typed)
    assert (read_.value, read_.clean, read_.error) == (Decimal(number), number, None)
    assert type(read_.value) is Decimal
    assert type(read_.clean) is int


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1.234,5", "1234.5"),
        ("1.234", "1234"),
        ("0.125", "0.125"),
        ("75,5 m²", "75.5"),
        ("75,5 m2", "75.5"),
        (0.1, "0.1"),
        (3, "3"),
        ("0", "0"),
        ("-0,5", "-0.5"),
        ("12,50", "12.5"),
    ],
)
def test_decimals_keep_exactly_what_was_meant(typed, number):
    read_ = read(AREA, typed)
    assert (read_.value, read_.error) == (Decimal(number), None)
    assert Decimal(repr(read_.clean)) == Decimal(number)


@pytest.mark.parametrize(
    "typed", ["21.000", "21000", "21.000 đồng", "21.000đ", "21000 VND", "21 000 ₫", 21000]
)
def test_money_is_whole_dong_with_or_without_its_unit(typed):
    assert read(CAPITAL, typed)[:3] == (Decimal(21000), 21000, None)


def test_money_is_never_negative_and_never_a_fraction():
    assert read(CAPITAL, "-5").error == "Nhập số tiền từ 0 đồng trở lên"
    assert read(CAPITAL, "10,5").error == "Nhập số nguyên, không có phần lẻ"


@pytest.mark.parametrize("field", [COPIES, AREA, CAPITAL])
@pytest.mark.parametrize("nothing", [None, "", "   ", "\u00a0"])
def test_nothing_is_empty(field, nothing):
    assert read(field, nothing).empty
    assert read(field, nothing).error is None


@pytest.mark.parametrize("field", [COPIES, AREA, CAPITAL])
@pytest.mark.parametrize(
    "rubbish",
    ["mười", "1e5", "0x10", "1.2.3", "1,2,3", "--1", "1 và 2", "NaN", "vô cùng", "\x00", "1\x002", "½x", True,
     False, [], ["1"], {"d": "1"}, float("nan"), float("inf"), Decimal("NaN"), Decimal("Infinity"), b"1", object()],
)  # fmt: skip
def test_rubbish_is_refused_with_what_to_do(field, rubbish):
    read_ = read(field, rubbish)
    assert read_.error is not None
    assert read_.error.startswith("Nhập")
    assert read_.value is None
    assert not read_.empty


@pytest.mark.parametrize("field", [COPIES, AREA, CAPITAL])
@pytest.mark.parametrize(
    "huge",
    [
        "9" * 16,
        "9" * 99,
        pytest.param("9" * 1_000_000, id="huge"),
        10**15,
        -(10**15),
        pytest.param(10**5000, id="huge"),
        1e300,
        Decimal("1e9999"),
        "1" + ".000" * 6,
    ],
)
def test_huge_numbers_are_refused_not_computed_with(field, huge):
    assert read(field, huge).error == TOO_LONG


def test_more_digits_than_a_json_number_keeps_are_refused():
    assert read(AREA, "0,1234567890123456").error == TOO_LONG
    assert read(AREA, Decimal("1e-400")).error == TOO_LONG
    assert read(AREA, "0,123456789012345").error is None


def test_numbers_are_shown_the_vietnamese_way():
    assert REGISTRY["integer"].display(COPIES, 21000) == "21.000 bản"
    assert REGISTRY["decimal"].display(AREA, 1234.5) == "1.234,5 m²"
    assert REGISTRY["money"].display(CAPITAL, 0) == "0 đồng"
    assert vietnamese(-1234567) == "-1.234.567"
    assert [REGISTRY["money"].display(CAPITAL, x) for x in (None, "x", True, [])] == [""] * 4


@given(st.decimals(min_value=-999_999_999, max_value=999_999_999, places=4, allow_nan=False))
@settings(deadline=None)
def test_a_decimal_survives_being_shown_and_kept(number):
    first = read(AREA, number)
    assert read(AREA, first.clean) == first
    shown = REGISTRY["decimal"].display(AREA, first.clean)
    assert read(AREA, shown) == first


@given(st.integers(min_value=0, max_value=999_999_999_999_999))
@settings(deadline=None)
def test_money_survives_being_shown_and_kept(amount):
    first = read(CAPITAL, amount)
    assert read(CAPITAL, REGISTRY["money"].display(CAPITAL, first.clean)) == first
    assert read(CAPITAL, first.clean) == first


def test_money_is_also_said_in_words_where_asked():
    price = Field("price", "money", "Giá", in_words=True)
    assert REGISTRY["money"].display(price, 1_005_000) == (
        "1.005.000 đồng (Một triệu không trăm linh năm nghìn đồng)"
    )
    assert REGISTRY["money"].display(CAPITAL, 1_005_000) == "1.005.000 đồng"


def test_a_decimal_keeps_its_unit_and_reads_it_back():
    assert REGISTRY["decimal"].display(AREA, 1234.5) == "1.234,5 m²"
    for typed in ("1.234,5 m²", "1234,5 M2", "1.234,5"):
        assert read(AREA, typed).clean == 1234.5
