"""Cells of decision tables."""

from datetime import date

import pytest

from rules import feel
from rules.feel import FeelError, T


@pytest.mark.parametrize(
    ("text", "value", "wanted"),
    [
        ("-", None, True),
        ("5", 5, True),
        ("5", 6, False),
        ("5", "5", None),
        ("< 5", 4, True),
        ("< 5", None, None),
        ("= 5", 5, True),
        ("!= 5", 5, False),
        ("[1..5)", 5, False),
        ("1, 2, > 10", 11, True),
        ("not(1, 2)", 3, True),
        ("not(1, 2)", 2, False),
        ("not(null)", 2, True),
        ("null", None, True),
        ("null", 1, False),
        ('"a", "b"', "b", True),
        ("true", True, True),
        ("true", False, False),
        ("? > 3 and ? < k", 5, True),
        ("? * 2", 0, True),
        ("k", 9, True),
        ("[1, 2, 9]", 9, True),
        ("xs", 2, True),
        ("k > 3", 1, True),
        ("count(?) > 1", [1, 2], True),
        ('@"2026-01-01"', date(2026, 1, 1), True),
        ('starts with(?, "a")', "abc", True),
        ('not(starts with(?, "a"))', "abc", False),
        ("-1", -1, True),
        ("not(true)", False, True),
    ],
)
def test_matches(text, value, wanted):
    assert feel.compile_unary(text).matches(value, {"k": 9, "xs": [1, 2]}) is wanted


def test_types_are_checked():
    with pytest.raises(FeelError, match="Không so sánh"):
        feel.compile_unary('"a"', {}, T.NUMBER)
    with pytest.raises(FeelError, match="Không so sánh"):
        feel.compile_unary('< @"2026-01-01"', {}, T.NUMBER)
    with pytest.raises(FeelError, match="Có phải ông/bà muốn viết “limit”"):
        feel.compile_unary("> limt", {"limit": T.NUMBER}, T.NUMBER)
    assert feel.compile_unary("> limit", {"limit": T.NUMBER}, T.NUMBER).sources == {"limit"}
