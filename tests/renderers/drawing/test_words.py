"""Words are measured a little too wide rather than too narrow, and nothing of them is cut."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from renderers.drawing.words import width, wrapped

TEXTS = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyẢẾỘƯỨỄỰ .,“”/-WM012", max_size=120)


@given(TEXTS, st.integers(30, 200), st.booleans())
def test_no_line_is_wider_than_it_may_be_and_no_letter_is_lost(text, most, bold):
    lines = wrapped(text, most, 14, bold=bold)
    assert all(width(line, 14, bold=bold) <= most for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(TEXTS, st.integers(150, 300))
def test_words_that_fit_are_not_broken(text, most):
    if all(width(word, 12) <= most for word in text.split()):
        assert " ".join(wrapped(text, most, 12)).split() == text.split()


@given(st.lists(st.text(alphabet="abcdeo", min_size=1, max_size=8), min_size=1, max_size=12))
def test_lines_are_as_few_as_can_be(words):
    text = " ".join(words)
    lines = wrapped(text, 100, 12)
    for one, other in pairwise(lines):
        assert width(f"{one} {other}", 12) > 100


def test_marks_take_no_room_hooks_a_little():
    assert width("ế", 14) == width("e", 14)
    assert width("ươ", 100) > width("uo", 100)
    assert width("ỘC", 14) == width("OC", 14)
    assert width("ILI", 14) < width("MWM", 14)


def test_bold_is_wider():
    assert width("Chuyên viên", 14, bold=True) > width("Chuyên viên", 14)


def test_lines_are_of_nearly_one_length():
    assert wrapped("Giao chuyên viên thụ lý", 125, 12) == ("Giao chuyên", "viên thụ lý")


def test_a_word_too_wide_is_broken():
    assert "".join(wrapped("nghiêngnghiêngnghiêng", 40, 14)) == "nghiêngnghiêngnghiêng"
    assert wrapped("", 40, 14) == ()
