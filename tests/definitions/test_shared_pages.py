"""The pages on what definitions share and on expressions: up to date, and true where they show an example."""

import json
from datetime import date
from decimal import Decimal

import pytest

from definitions.assess import assess
from definitions.loader import load
from rules import feel
from rules.feel.jsonform import declared, json_text
from scripts import feel_reference, shared_reference


@pytest.mark.parametrize("made", [shared_reference, feel_reference], ids=["shared", "feel"])
def test_the_page_is_up_to_date(made):
    assert made.TARGET.read_text(encoding="utf-8") == made.page(), f"run: python -m {made.__name__}"


@pytest.mark.parametrize(("block", "answer"), list(shared_reference.answered()))
def test_the_answer_shown_for_a_block_is_accepted(small, block, answer):
    field = f"- {{id: thing, type: {block}, label: Thử, help: Thử, required: true}}\n        - {{id: note,"
    text = small.replace("- {id: note,", field).replace("copies: 3", f"copies: 3, thing: {answer}", 1)
    definition = load(text, "x.yaml").definition
    assert definition is not None
    example = definition.examples[0]
    found = assess(
        definition, example.answers, now=example.submitted_at, channel="online", agency={}, applicant={}
    )
    assert [error for error in found.submission.errors if error.path.startswith("thing")] == []
    assert found.submission.clean["thing"]


def test_every_block_has_an_answer_to_show():
    from definitions.blocks import shared

    assert dict(shared_reference.answered()).keys() == shared().keys()


@pytest.mark.parametrize(("what", "text", "value"), feel_reference.EXAMPLES)
def test_an_expression_gives_what_the_page_says(what, text, value):
    data = json.loads(json.dumps(feel_reference.CONTEXT), parse_float=Decimal)
    data["born"] = date.fromisoformat(data["born"].removeprefix("@date "))
    compiled = feel.compile(text, {name: declared(found) for name, found in data.items()})
    assert json_text(compiled.evaluate(data)) == value, what
