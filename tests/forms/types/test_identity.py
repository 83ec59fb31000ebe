import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.model import Field
from forms.types import REGISTRY
from forms.types.identity import (
    CITIZEN_DIGITS,
    CITIZEN_MISTYPED,
    OLD_IDENTITY_CARD,
    PROVINCE_CODES,
    TAX_DIGITS,
    TAX_MISTYPED,
    CitizenFacts,
    citizen_facts,
)

CITIZEN = Field("citizen", "citizen_number", "Số định danh")
TAX = Field("tax", "tax_number", "Mã số thuế")


def read(field: Field, answer: object):
    return REGISTRY[field.type].parse(field, answer)


@pytest.mark.parametrize(
    "typed", ["014095001234", " 014 095 001234 ", "014.095.001.234", "014-095-001234", "０１４095001234"]
)
def test_twelve_digits_however_they_are_parted(typed):
    assert read(CITIZEN, typed)[:3] == ("014095001234", "014095001234", None)


def test_what_a_number_says_of_its_holder():
    assert citizen_facts("014095001234") == CitizenFacts("014", "male", 1995)
    assert citizen_facts("014305001234") == CitizenFacts("014", "female", 2005)
    assert citizen_facts("001199000001") == CitizenFacts("001", "female", 1999)
    assert citizen_facts("123") is None
    assert citizen_facts("٠١٤095001234") is None
    assert len(PROVINCE_CODES) == 63


def test_the_old_card_is_refused_with_the_way_on():
    message = read(CITIZEN, "050123456").error
    assert message == OLD_IDENTITY_CARD
    assert "VNeID" in message
    assert "Công an" in message


@pytest.mark.parametrize("typed", ["01409500123", "0140950012345", "1"])
def test_the_count_of_digits_is_told(typed):
    assert read(CITIZEN, typed).error == f"{CITIZEN_DIGITS} (đang có {len(typed)} chữ số)"


@pytest.mark.parametrize("typed", ["003095001234", "000095001234", "014495001234", "014995001234"])
def test_an_unknown_province_or_a_century_to_come_is_a_slip_of_the_hand(typed):
    assert read(CITIZEN, typed).error == CITIZEN_MISTYPED


def test_a_birth_registered_abroad_bears_the_code_of_a_country():
    assert read(CITIZEN, "131195001234").error is None


@pytest.mark.parametrize(
    "other",
    [
        "abc",
        "01409500123a",
        14095001234,
        True,
        [],
        {},
        pytest.param("0" * 1_000_000, id="huge"),
        "0140950\x0001234",
        "٠١٤٠٩٥٠٠١٢٣٤",
    ],
)
def test_what_are_no_digits_is_refused(other):
    assert read(CITIZEN, other).error == CITIZEN_DIGITS
    assert read(TAX, other).error == TAX_DIGITS


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0100233488", "0100233488"),
        ("0314409058-002", "0314409058-002"),
        ("0314409058002", "0314409058-002"),
        ("01.00.112.437", "0100112437"),
        ("0312 68 78 78 - 001", "0312687878-001"),
        ("014095001234", "014095001234"),
    ],
)
def test_tax_numbers_of_firms_their_branches_and_persons(typed, kept):
    assert read(TAX, typed)[:3] == (kept, kept, None)
    assert read(TAX, kept) == read(TAX, typed)


@pytest.mark.parametrize("typed", ["0100233480", "0314409058-000", "0100000000", "003095001234"])
def test_a_wrong_check_digit_is_a_slip_of_the_hand(typed):
    assert read(TAX, typed).error == TAX_MISTYPED


@pytest.mark.parametrize("typed", ["123", "12345678901", "01002334880"])
def test_other_lengths_say_which_are_right(typed):
    assert read(TAX, typed).error == TAX_DIGITS


@pytest.mark.parametrize("field", [CITIZEN, TAX])
def test_nothing_is_empty(field):
    assert read(field, None).empty
    assert read(field, " - ").empty
    assert REGISTRY[field.type].display(field, None) == ""


@given(st.text(max_size=16) | st.from_regex(r"[0-9 .\-]{9,15}", fullmatch=True))
@settings(deadline=None)
def test_any_text_is_refused_or_kept_for_good(text):
    for field in (CITIZEN, TAX):
        first = read(field, text)
        if first.value is not None:
            assert read(field, first.clean) == first
            assert read(field, REGISTRY[field.type].display(field, first.clean)) == first
