"""Checks across fields: what they may read, when they keep silent, what they stop."""

from datetime import datetime

import pytest

from forms.evaluate import evaluate
from forms.model import Check, Field, Form, Page
from rules.calendar import TZ
from rules.feel import compile as feel

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=TZ)
TOLD = "Bớt số bản: cả hồ sơ tối đa 10 bản"
ROWS = Field("papers", "list", "Giấy tờ", item=(Field("copies", "integer", "Số bản", total="sum"),))


def judge(fields, answers):
    return evaluate(Form((Page("one", "Một", tuple(fields)),)), answers, {}, NOW)


def limit(**changes):
    rule = changes.pop("rule", "sum(papers.copies) <= limit")
    severity = changes.pop("severity", "error")
    return Field("limit", "integer", "Mức", checks=(Check(feel(rule), TOLD, severity),), **changes)


@pytest.mark.parametrize(("copies", "told"), [((4, 6), []), ((4, 7), [TOLD]), (("x", 7), [])])
def test_a_check_reads_the_sum_of_a_column_and_waits_for_a_row_to_be_mended(copies, told):
    rows = [{"copies": number} for number in copies]
    submission = judge((ROWS, limit()), {"limit": 10, "papers": rows})
    assert [error.message for error in submission.errors if error.path == "limit"] == told


def test_a_check_of_a_hidden_field_is_silent():
    hidden = limit(visible=feel("false"), rule="false")
    assert judge((ROWS, hidden), {"limit": 10}).valid
    assert judge((limit(rule="false"),), {"limit": 10}).valid is False


def test_a_check_reads_a_hidden_field_as_null():
    other = Field("other", "integer", "Khác", visible=feel("limit > 5"))
    field = limit(rule="other = null or other < 3")
    assert judge((field, other), {"limit": 4, "other": 9}).valid
    assert not judge((field, other), {"limit": 6, "other": 9}).valid


def test_a_check_of_an_empty_field_is_silent_unless_it_is_asked_for():
    assert judge((limit(rule="false"),), {}).valid


def test_a_warning_is_told_and_stops_nothing():
    submission = judge((limit(rule="false", severity="warning"),), {"limit": 10})
    assert submission.valid
    assert [(error.path, error.severity) for error in submission.errors] == [("limit", "warning")]
    assert submission.clean == {"limit": 10}
