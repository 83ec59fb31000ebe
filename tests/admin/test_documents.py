"""Documents are shown from an example that went where they are made, with what staff gave as the reason."""

import pytest

from admin.documents import tried
from definitions import calendars
from definitions.loader import load
from definitions.shipped import shipped
from rules.workflow.model import APPLICANT, Outcome
from tthc.trials.run import run_all

CALENDAR = calendars.shipped()
TOLD = {"result": Outcome.RETURNED, "notice": Outcome.DECLINED}


@pytest.fixture(scope="module", params=[text for _, text in shipped()], ids=[name for name, _ in shipped()])
def definition(request):
    found = load(request.param).definition
    if not found.documents:
        pytest.skip("the procedure prints no documents")
    return found


def went(definition, name):
    """The steps and the last outcome of the example of that name."""
    passages = next(each for each in run_all(definition, CALENDAR) if each.name == name).passages
    last = definition.workflow.step(passages[-1].step).action(passages[-1].action)
    return {passage.step for passage in passages}, last.outcome


def test_the_example_shown_went_where_the_document_is_made(definition):
    for one in tried(definition, CALENDAR):
        steps, outcome = went(definition, one.example)
        if one.document.at:
            assert steps & set(one.document.at), one.document.id
        elif one.document.kind in TOLD:
            assert outcome is TOLD[one.document.kind], one.document.id


def test_no_document_prints_what_an_applicant_gave_as_a_reason(definition):
    theirs = {
        action.id for step in definition.workflow.steps if step.actor == APPLICANT for action in step.actions
    }
    given = {
        step["reason"]
        for example in definition.examples
        for step in example.steps
        if step.get("do") in theirs and "reason" in step
    }
    for result in run_all(definition, CALENDAR):
        for made in result.documents:
            assert not [reason for reason in given if reason in made.text], made.document.id
