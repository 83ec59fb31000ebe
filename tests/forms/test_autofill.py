import pytest

from forms.autofill import NAMES, autofill, valid
from forms.model import Field


@pytest.mark.parametrize(
    "told",
    [
        "on",
        "off",
        "name",
        "NAME",
        "bday-year",
        "shipping street-address",
        "section-a billing home tel",
        "work email",
    ],
)
def test_what_browsers_know(told):
    assert valid(told)


@pytest.mark.parametrize(
    "told", ["", "yes", "full_name", "home name", "name tel", "off name", "tel home", "section-a", "shipping"]
)
def test_what_they_do_not(told):
    assert not valid(told)


@pytest.mark.parametrize(
    ("field", "told"),
    [
        (Field("a", "text", "a"), ""),
        (Field("a", "text", "a", prefill="full_name"), "name"),
        (Field("a", "date", "a", prefill="birth_date"), "bday"),
        (Field("a", "phone", "a"), "tel"),
        (Field("a", "citizen_number", "a"), "off"),
        (Field("a", "phone", "a", sensitive=True), "off"),
        (Field("a", "phone", "a", sensitive=True, autocomplete="mobile tel"), "mobile tel"),
    ],
)
def test_a_field_says_it_or_gets_it_from_what_it_is(field, told):
    assert autofill(field) == told
    assert not told or valid(told)


def test_all_names_are_valid_alone():
    assert all(valid(name) for name in NAMES)
