"""Many expressions over the same data say what each says alone."""

from datetime import datetime

import pytest
from feel_expressions import CONTEXT, truths
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.calendar import TZ
from rules.feel import FeelLimitError, T, Together, compile  # noqa: A004

NOW = datetime(2026, 11, 24, 9, tzinfo=TZ)


@settings(max_examples=150, deadline=None)
@given(st.lists(truths(2), min_size=1, max_size=12))
def test_together_is_each_alone(texts):
    alone = [compile(text) for text in texts]
    assert Together(alone).truths(CONTEXT) == tuple(each.truth(CONTEXT) for each in alone)


def test_clock_names_and_local_names():
    names = {"a": T.NUMBER, "count": T.NUMBER}
    texts = [
        "today().year = 2026",
        "count > 2",
        "some x in [1, 2] satisfies x = a",
        "a = 2 and a > 1",
        "null",
    ]
    together = Together(compile(text, names) for text in texts)
    assert together.truths({"a": 2, "count": 3}, now=NOW) == (True, True, True, True, False)
    assert together.truths({"a": 5}, now=NOW) == (True, False, False, False, False)
    assert Together(()).truths({}) == ()


def test_each_has_its_own_limit():
    heavy = compile("count(for i in 1..300, j in 1..300 return i * j) > 1")
    assert Together([heavy] * 8).truths({}) == (True,) * 8
    with pytest.raises(FeelLimitError):
        Together([compile("count(for i in 1..2000, j in 1..2000 return i) > 1")]).truths({})
