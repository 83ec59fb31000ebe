"""What is assessed late is what would have been assessed at once, whatever is read first."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from definitions import late_scope
from definitions.assess import assess
from definitions.late_scope import LateScope
from definitions.loader import load
from definitions.shipped import loaded, shipped
from rules.feel import compile as feel

CASES = [
    (definition, example)
    for name, text in shipped()
    if (definition := loaded(text, name).definition) is not None
    for example in definition.examples
]
GIVEN = ("channel", "agency", "applicant", "submitted_at")


def told(definition, example):
    """The arguments of both."""
    return {
        "now": example.submitted_at,
        "channel": example.channel,
        "agency": {"id": "a", "level": definition.offered_by.level, **(example.agency or {})},
        "applicant": {"kind": "person", "name": "Hoa", **(example.applicant or {})},
        "submitted_at": example.submitted_at,
    }


def late(definition, example):
    return LateScope(definition, example.answers, **told(definition, example))


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(CASES), st.data())
def test_each_name_reads_as_in_an_assessment_in_whatever_order(case, data):
    definition, example = case
    whole = assess(definition, example.answers, **told(definition, example)).context
    scope = late(definition, example)
    for name in data.draw(st.lists(st.sampled_from([*whole, "khong_co"]), max_size=6)):
        assert (name in scope, scope.get(name, "–")) == (name in whole, whole.get(name, "–"))
    assert list(scope.items()) == list(whole.items())
    assert {**scope, "item": "x"} == {**whole, "item": "x"}


@pytest.fixture
def unassessed(monkeypatch):
    """Whoever assesses now is told so."""

    def refused(*_args, **_told):
        raise AssertionError("assessed")

    monkeypatch.setattr(late_scope, "assess", refused)


@pytest.mark.usefixtures("unassessed")
def test_the_channel_and_the_case_need_no_assessment():
    for definition, example in CASES:
        scope = late(definition, example)
        assert [scope[name] for name in GIVEN[:1]] == [example.channel]
        assert scope["case"] is None or isinstance(scope["case"], str)
        assert feel("channel = applicant.kind").truth(scope) is False
        with pytest.raises(AssertionError, match="assessed"):
            scope[definition.fields[0].id]


def test_a_field_named_like_something_given_comes_first(small):
    definition = load(small, "").definition
    example = definition.examples[0]
    page = definition.whole_form.pages[1]
    named = replace(page, fields=(replace(page.fields[0], id="channel"), *page.fields[1:]))
    form = replace(definition.whole_form, pages=(definition.whole_form.pages[0], named))
    example = replace(example, answers={**example.answers, "channel": "Lò Văn Ban"})
    assert late(replace(definition, whole_form=form), example)["channel"] == "Lò Văn Ban"
