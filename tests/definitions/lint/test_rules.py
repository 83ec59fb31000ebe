"""The register of rules: each bad example is caught by its rule and by no other, each good one is sound, and the
register knows exactly the codes that the source can say.
"""

import re
from pathlib import Path

import pytest

from definitions.lint.patching import Patch, Replacement, base, fragment, patched
from definitions.lint.register import load_rule, rule, rules
from definitions.loader import load

SOURCE = Path(__file__).resolve().parents[3] / "definitions"


LINTED = [code for code in rules() if code[0] not in "CX"]
"""Coverage and runs of examples are the trials' to say (`tests/tthc/trials/test_rules.py`)."""


def said(patch):
    return load(patched(patch), "vi-du.yaml").problems


def test_the_base_has_no_problem():
    assert load(base(), "base.yaml").problems == ()


@pytest.mark.parametrize("code", LINTED)
def test_the_bad_example_is_caught_by_this_rule_alone(code):
    told, problems = rules()[code], said(rules()[code].bad)
    assert {problem.severity for problem in problems if problem.code == code} == {told.severity}, problems
    assert {problem.code for problem in problems} == {code, *told.also}
    assert all(problem.message and problem.remedy for problem in problems if problem.code == code)


@pytest.mark.parametrize("code", LINTED)
def test_the_good_example_has_no_problem(code):
    assert said(rules()[code].good) == ()


@pytest.mark.parametrize("code", rules())
def test_the_page_shows_what_differs(code):
    assert fragment(rules()[code].bad) != fragment(rules()[code].good)


@pytest.mark.parametrize("code", rules())
def test_its_sentences_are_sentences(code):
    told = rules()[code]
    for sentence in (told.title, told.why, told.remedy, told.otherwise):
        assert not sentence or ((sentence[0].isupper() or sentence[0] in "“(") and sentence.endswith("."))


def test_register_and_source_know_the_same_codes():
    files = [*SOURCE.rglob("*.py"), *(SOURCE.parent / "platform" / "tthc" / "trials").rglob("*.py")]
    lines = [path.read_text(encoding="utf-8") for path in files]
    occurring = {code for text in lines for code in re.findall(r'"([A-Z]\d{3})"', text)}
    assert occurring - set(rules()) == set()
    assert set(rules()) <= occurring


def test_a_rule_is_found_by_its_code():
    assert rule("T001").code == "T001"
    assert rule("Z001") is None


RULE = """\
code: T999
severity: error
title: Một điều chưa đúng nào đó.
why: Vì người dân không hiểu.
remedy: Viết lại cho rõ ràng.
bad: {drop: [deadline]}
good: {show: [deadline]}
"""


def test_a_rule_reads_as_it_is_written():
    read = load_rule(RULE, "T999.yaml")
    assert (read.bad.drop, read.good.show, read.also) == (("deadline",), ("deadline",), frozenset())


@pytest.mark.parametrize(
    ("old", "new", "filename"),
    [
        ("severity: error", "severity: fatal", "T999.yaml"),
        ("why:", "whi:", "T999.yaml"),
        ("bad: {drop: [deadline]}", "bad: {}", "T999.yaml"),
        ("code: T999", "code: [", "T999.yaml"),
        ("code: T999", "code: T998", "T999.yaml"),
    ],
)
def test_a_rule_written_wrongly_is_refused(old, new, filename):
    assert old in RULE
    with pytest.raises(ValueError, match="T99"):
        load_rule(RULE.replace(old, new), filename)


@pytest.mark.parametrize(
    "patch",
    [
        Patch({"fees.lephi.amount": 1}),
        Patch({"deadline.7": {}}),
        Patch({"name.x": 1}),
        Patch({}, replace=Replacement("không có chỗ này", "x")),
        Patch({}, replace=Replacement("copies", "x")),
    ],
)
def test_a_place_that_is_not_there_is_refused(patch):
    with pytest.raises(ValueError, match="bản mẫu"):
        patched(patch)


def test_places_are_named_by_number_or_by_name():
    by_name = Patch({"workflow.steps.phe_duyet.actions.duyet.label": "Ký"})
    by_number = Patch({"workflow.steps.1.actions.0.label": "Ký"})
    assert patched(by_name) == patched(by_number)
    added = Patch({"deadline.+": {"amount": 1, "unit": "day"}})
    assert load(patched(added), "x").definition.deadlines[-1].rule.amount == 1


def test_a_fragment_shows_whose_the_change_is_and_nothing_else():
    shown = fragment(Patch({"form.pages.chung.fields.copies.max": 7}))
    assert "id: copies" in shown
    assert "max: 7" in shown
    assert "full_name" not in shown
