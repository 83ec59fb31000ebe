"""Deciding by the index is deciding row by row: the same table without it is the oracle."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.feel import T
from rules.tables import DecisionTable, Input, Output, Row
from rules.tables.index import FEWEST

NUMBERS = [
    "-",
    "< 3",
    ">= 3",
    "[1..5]",
    "(1..5)",
    "3",
    "1, 5",
    "not(3)",
    "null",
    "> other",
    "? * 2 > 6",
    "!= 3",
]
NUMBERS += [
    "? > 1 and ? < 5",
    "? = null or ? > 4",
    "[1..2], [4..5]",
    "> 1E+40",
    "< -1E+40",
    "string length(name) > 2",
]
TEXTS = [
    "-",
    '"a"',
    '"a", "b"',
    'not("a")',
    "null",
    '? = "b"',
    '> "a"',
    '"\\u0000"',
    '"khác 0"',
    "name",
    'starts with(?, "k")',
]
FLAGS = ["-", "true", "false", "null", "not(true)", "not(null)"]
VALUES = st.sampled_from(
    [
        *[None, 0, 1, 2, 3, 3.5, 4, 5, 6, -7, Decimal("1E+41"), Decimal("-1E+41"), Decimal("2.9999999999999999999999999999999999")],
        *["a", "b", "c", "", "\0", "khác 0", "khác 1"],
        *[True, False, date(2026, 1, 1), [3], {"a": 1}],
    ]
)  # fmt: skip
ROWS = st.lists(
    st.tuples(st.sampled_from(NUMBERS), st.sampled_from(TEXTS), st.sampled_from(FLAGS)),
    min_size=FEWEST,
    max_size=20,
)


@settings(deadline=None, max_examples=150)
@given(
    ROWS, st.sampled_from(["F", "U", "C", "A", "C#"]), st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=5)
)
def test_the_index_changes_no_answer(rows, hit, told):
    table = DecisionTable.compile(
        [Input("number"), Input("text"), Input("flag")],
        [Output("row")],
        [Row(cells, (str(at),)) for at, cells in enumerate(rows)],
        hit,
        {"number": T.ANY, "text": T.ANY, "flag": T.ANY, "other": T.NUMBER, "name": T.STRING},
    )
    assert table.index is not None
    slow = replace(table, index=None)
    for number, text, flag in told:
        context = {"number": number, "text": text, "flag": flag, "other": 3, "name": "abc"}
        assert table.decide(context) == slow.decide(context)


@pytest.mark.parametrize(("rows", "made"), [(FEWEST - 1, False), (FEWEST, True)])
def test_a_short_table_has_none(rows, made):
    table = DecisionTable.compile([Input("n", type=T.NUMBER)], [Output("x")], [Row(("> 1",), ("1",))] * rows)
    assert (table.index is not None) is made


def test_rows_that_are_not_law_on_the_day_are_passed_over():
    rows = [Row((f"[{n}..{n + 9}]",), (str(n),), end=date(2025, 12, 31)) for n in range(10)]
    rows.append(Row(("-",), ("99",), start=date(2026, 1, 1)))
    table = DecisionTable.compile([Input("n", type=T.NUMBER)], [Output("x")], rows)
    assert [table.decide({"n": 5}, on=date(year, 6, 1)).value for year in (2025, 2026)] == [0, 99]
