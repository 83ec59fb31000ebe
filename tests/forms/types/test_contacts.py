import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.model import Field
from forms.types import REGISTRY
from forms.types.contacts import EMAIL_SHAPE, OLD_MOBILE, PHONE_DIGITS

PHONE = Field("phone", "phone", "Số điện thoại")
EMAIL = Field("email", "email", "Thư điện tử")


def read(field: Field, answer: object):
    return REGISTRY[field.type].parse(field, answer)


@pytest.mark.parametrize(
    "typed",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "+84 912 345 678",
        "84912345678",
        "+84 (0) 912 345 678",
        "0084912345678",
    ],
)
def test_a_mobile_number_in_every_spelling(typed):
    assert read(PHONE, typed)[:3] == ("0912345678", "0912345678", None)


@pytest.mark.parametrize("typed", ["0212 3856 123", "(0212) 3856123", "+842123856123"])
def test_a_landline(typed):
    assert read(PHONE, typed).clean == "02123856123"


def test_numbers_are_shown_in_groups():
    assert REGISTRY["phone"].display(PHONE, "0912345678") == "0912 345 678"
    assert REGISTRY["phone"].display(PHONE, "02123856123") == "0212 3856 123"
    assert REGISTRY["phone"].display(PHONE, "113") == "113"
    assert REGISTRY["phone"].display(PHONE, None) == ""


def test_mobile_numbers_of_before_2018_say_what_became_of_them():
    assert read(PHONE, "01691234567").error == OLD_MOBILE


@pytest.mark.parametrize(
    "other",
    ["123", "0112345678", "0212385612", "091234567", "09123456789", "+1 202 555 0100", "abc", "+", 912345678, True, [], {},
     pytest.param("0" * 1_000_000, id="huge"), "0912\x00345678", "٠٩١٢٣٤٥٦٧٨"],
)  # fmt: skip
def test_what_is_no_number_here_is_refused(other):
    assert read(PHONE, other).error == PHONE_DIGITS


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a@example.vn", "a@example.vn"),
        (" Lo.Van.An@Example.GOV.VN ", "Lo.Van.An@example.gov.vn"),
        ("a+b@x.co", "a+b@x.co"),
        ("a@xn--s-0ga.vn", "a@xn--s-0ga.vn"),
    ],
)
def test_an_address(typed, kept):
    assert read(EMAIL, typed)[:3] == (kept, kept, None)


@pytest.mark.parametrize(
    "other",
    ["a", "a@", "@b.vn", "a@b", "a b@c.vn", "a@b..vn", ".a@b.vn", "a.@b.vn", "a@-b.vn", "a@b.v", "a@b.vn\nBcc: c@d.vn",
     "a@b.vn\x00", "Lò <a@b.vn>", "a@b.vn, c@d.vn", "ả@b.vn", 1, True, [], {}, "a" * 65 + "@b.vn", pytest.param("a" * 1_000_000 + "@b.vn", id="huge"),
     "a@" + "b." * 200 + "vn"],
)  # fmt: skip
def test_what_is_no_address_is_refused(other):
    assert read(EMAIL, other).error == EMAIL_SHAPE


@pytest.mark.parametrize("field", [PHONE, EMAIL])
def test_nothing_is_empty(field):
    assert read(field, None).empty
    assert read(field, "  ").empty


@given(st.emails())
@settings(deadline=None)
def test_an_address_read_once_reads_the_same_again(address):
    first = read(EMAIL, address)
    if first.value is not None:
        assert read(EMAIL, first.clean) == first
        assert REGISTRY["email"].display(EMAIL, first.clean) == first.clean


@given(st.from_regex(r"(\+84|0)[0-9 ]{6,12}", fullmatch=True))
@settings(deadline=None)
def test_a_number_read_once_reads_the_same_again(text):
    first = read(PHONE, text)
    if first.value is not None:
        assert read(PHONE, first.clean) == first
        assert read(PHONE, REGISTRY["phone"].display(PHONE, first.clean)) == first
