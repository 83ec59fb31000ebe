"""The rules that only a run of the examples can tell: coverage, and examples that do not come out."""

import pytest

from definitions.lint.patching import Patch, patched, walked
from definitions.lint.register import rules
from tthc.trials.check import check_text

RUN = [code for code in rules() if code[0] in "CX"]


def said(patch):
    return check_text(patched(walked(patch)), "vi-du.yaml").problems


def test_the_base_is_tried_whole():
    assert said(Patch({})) == ()


@pytest.mark.parametrize("code", RUN)
def test_the_bad_example_is_caught_by_this_rule_alone(code):
    told, problems = rules()[code], said(rules()[code].bad)
    assert {problem.code for problem in problems} == {code, *told.also}, problems
    assert all(problem.message and problem.remedy for problem in problems)


@pytest.mark.parametrize("code", RUN)
def test_the_good_example_has_no_problem(code):
    assert said(rules()[code].good) == ()
