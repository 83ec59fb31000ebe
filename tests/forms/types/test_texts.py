import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.model import Field
from forms.types import REGISTRY
from forms.types.texts import INVISIBLE

NAME = Field("name", "text", "Họ và tên")
REASON = Field("reason", "textarea", "Lý do")


def read(field: Field, answer: object):
    return REGISTRY[field.type].parse(field, answer)


def test_text_is_kept_in_one_unicode_form():
    decomposed = unicodedata.normalize("NFD", "Nguyễn Thị Hường")
    assert decomposed != "Nguyễn Thị Hường"
    assert read(NAME, decomposed).clean == "Nguyễn Thị Hường"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Lò Văn  Ân ", "Lò Văn Ân"),
        ("Lò\u00a0Văn\tÂn", "Lò Văn Ân"),
        ("Lò Văn\r\nÂn", "Lò Văn Ân"),
        ("\ufeffLò\u200b Văn\u00ad Ân", "Lò Văn Ân"),
        ("Giàng A Páo 🌾", "Giàng A Páo 🌾"),
        ("ꪵꪣ", "ꪵꪣ"),
    ],
)
def test_a_line_is_tidied(typed, kept):
    assert read(NAME, typed)[:3] == (kept, kept, None)


def test_lines_of_a_longer_text_stay_as_written():
    typed = "\n\nDòng một  có hai dấu cách \r\n\r\nDòng hai\u2028Dòng ba\n"
    assert read(REASON, typed).clean == "Dòng một  có hai dấu cách\n\nDòng hai\nDòng ba"


@pytest.mark.parametrize("field", [NAME, REASON])
@pytest.mark.parametrize(
    "hidden", ["\x00", "\x1b[31m", "\x7f", "\u202e", "\u2066", "\ud800", "\ufffe", "\u0085\x08"]
)
def test_control_and_direction_characters_are_refused(field, hidden):
    assert read(field, f"An{hidden}na").error == INVISIBLE


@pytest.mark.parametrize("field", [NAME, REASON])
@pytest.mark.parametrize("nothing", [None, "", "  ", "\n\t ", "\u200b\ufeff"])
def test_nothing_is_empty(field, nothing):
    assert read(field, nothing).empty


@pytest.mark.parametrize("field", [NAME, REASON])
@pytest.mark.parametrize("other", [1, 1.5, True, ["a"], {"a": 1}, b"a", object()])
def test_what_is_no_text_is_refused(field, other):
    assert read(field, other).error.startswith("Nhập lại")


def test_length_counts_what_is_kept_and_is_always_bounded():
    assert read(NAME, "ễ" * 250).error is None
    assert read(NAME, unicodedata.normalize("NFD", "ễ" * 250)).error is None
    assert read(NAME, "ễ" * 251).error == "Viết ngắn lại, tối đa 250 ký tự (đang có 251 ký tự)"
    assert read(REASON, "a" * 5_000).error is None
    assert read(REASON, "a" * 10_000_000).error.startswith("Viết ngắn lại, tối đa 5.000 ký tự")
    assert read(Field("x", "text", "x", max_length=3), "abcd").error.startswith("Viết ngắn lại, tối đa 3")


def test_text_is_shown_as_it_is():
    assert REGISTRY["text"].display(NAME, "Lò Văn Ân") == "Lò Văn Ân"
    assert REGISTRY["text"].display(NAME, None) == ""


@given(st.text(max_size=60), st.sampled_from([NAME, REASON]))
@settings(deadline=None, max_examples=300)
def test_any_text_is_refused_or_kept_for_good(text, field):
    first = read(field, text)
    if first.error is None and not first.empty:
        assert read(field, first.clean) == first
        assert unicodedata.is_normalized("NFC", first.clean)
        assert first.clean.encode()
        assert first.clean == first.clean.strip()
