"""Rows ↔ FEEL: the same rows come back, and the FEEL means what it meant."""

from decimal import Decimal

import pytest
from condition_rows import CONDITIONS, KNOWN
from hypothesis import given

from definitions.compiler.names import SCOPE, names_of
from definitions.conditions import (
    ALWAYS,
    Comparison,
    Group,
    Row,
    Rows,
    feel_of,
    rows,
    rows_of,
    sentence,
    subjects,
)
from definitions.lint.conditions import _all
from definitions.lint.truth import Answers
from definitions.shipped import loaded, shipped
from rules.feel import compile as feel


@given(CONDITIONS)
def test_the_same_rows_come_back(condition):
    assert rows_of(feel_of(condition, KNOWN), KNOWN) == condition


@given(CONDITIONS)
def test_every_condition_can_be_said(condition):
    said = sentence(condition, KNOWN)
    assert said
    assert "None" not in said


SHAPED = [
    ("proxy", "proxy = true"),
    ("not(proxy)", "proxy = false"),
    ('"moi" = kind', 'kind = "moi"'),
    ("3 < copies", "copies > 3"),
    ('kind in ["moi", "lai"]', 'kind in ("moi", "lai")'),
    ('not(kind = "moi")', 'kind != "moi"'),
    ('born < @"2008-01-01"', 'born < date("2008-01-01")'),
    ("((copies = 1)) and (proxy = true and copies > 0)", "copies = 1 and proxy = true and copies > 0"),
    ("", "true"),
]


@pytest.mark.parametrize(("typed", "written"), SHAPED)
def test_other_ways_of_writing_are_the_same_rows(typed, written):
    assert feel_of(rows_of(typed, KNOWN), KNOWN) == written


OTHERS = [
    "copies > rows",
    "copies + 1 = 2",
    'born + duration("P18Y") <= today()',
    'kind < "moi"',
    "kind = 3",
    "copies = true",
    "unknown = 1",
    "some r in rows satisfies r.pages > 1",
    'uses = "o"',
    "copies in [1..5]",
    'born = date("2026-02-30")',
    '(proxy and (copies = 1 or (kind = "moi" and copies = 2)))',
    "kind =",
]


@pytest.mark.parametrize("typed", OTHERS)
def test_what_rows_cannot_say_stays_typed(typed):
    assert rows_of(typed, KNOWN) is None


def contexts():
    for kind in ("moi", "lai", None):
        for copies in (None, 0, 3):
            for proxy in (True, False, None):
                yield {"kind": kind, "copies": copies, "proxy": proxy, "uses": ["o"] if proxy else None}


@pytest.mark.parametrize(
    "typed", ["proxy", "not(proxy)", 'not(kind = "moi")', 'not(kind in ("moi"))', "3 < copies"]
)
def test_the_rows_hold_exactly_when_the_expression_does(typed):
    written = feel_of(rows_of(typed, KNOWN), KNOWN)
    for context in contexts():
        assert feel(typed).truth(context) == feel(written).truth(context)


@pytest.fixture(scope="module")
def catalogue():
    return [loaded(text, name).definition for name, text in shipped()]


def test_the_catalogues_conditions_mean_the_same_by_rows(catalogue):
    by_rows = total = 0
    for definition in catalogue:
        known = subjects(definition, names_of(definition.fields, SCOPE), definition.fields)
        contexts = [
            {**example.answers, "channel": example.channel, "case": case}
            for example in definition.examples
            for case in {None, *(case.id for case in definition.cases)}
        ]
        for placed in _all(definition, Answers.of(definition)):
            own = placed.conditions[-1]
            total += 1
            found = rows_of(own.text, known)
            if found is None:
                continue
            by_rows += 1
            written = feel(feel_of(found, known))
            assert all(own.truth(one) == written.truth(one) for one in contexts), own.text
    assert by_rows > total / 2 > 100


def test_a_group_alone_is_the_whole():
    inside = (Row("proxy", Comparison.YES), Row("copies", Comparison.MORE, (Decimal(1),)))
    assert rows("all", [Group(inside)]) == Rows("any", inside)
    assert rows("any", [Group(inside[:1])]) == Rows("all", inside[:1])
    assert rows("any", []) == ALWAYS


def test_sentences_say_labels_and_options():
    condition = rows_of(
        'kind in ("moi", "lai") and (copies >= 2 or born between date("2000-01-01") and date("2008-12-31"))',
        KNOWN,
    )
    assert sentence(condition, KNOWN) == (
        "“Loại” là một trong Cấp mới, Cấp lại và (“Số bản” từ 2 trở lên hoặc "
        "“Ngày sinh” từ ngày 01/01/2000 đến hết ngày 31/12/2008)"
    )
