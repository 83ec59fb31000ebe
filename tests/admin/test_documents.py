"""Documents are shown from an example that went where they are made, with what staff gave as the reason."""

import pytest

from admin.documents import tried
from definitions import calendars
from definitions.shipped import loaded, shipped
from rules.workflow.model import APPLICANT, Outcome
from tthc.trials.run import run_all

CALENDAR = calendars.shipped()
TOLD = {"result": Outcome.RETURNED, "notice": Outcome.DECLINED}


PRINTING = [each for each in shipped() if "\ndocuments:\n" in each[1]]


@pytest.fixture(scope="module", params=PRINTING, ids=lambda each: each[0])
def made(request):
    """A definition, its documents as they are shown, and how its examples went."""
    name, text = request.param
    found = loaded(text, name).definition
    assert found.documents
    return found, tried(found, CALENDAR), run_all(found, CALENDAR)


def test_the_example_shown_went_where_the_document_is_made(made):
    definition, shown, results = made
    passages = {each.name: each.passages for each in results}
    for one in shown:
        went = passages[one.example]
        last = definition.workflow.step(went[-1].step).action(went[-1].action)
        if one.document.at:
            assert {each.step for each in went} & set(one.document.at), one.document.id
        elif one.document.kind in TOLD:
            assert last.outcome is TOLD[one.document.kind], one.document.id


def test_no_document_prints_what_an_applicant_gave_as_a_reason(made):
    definition, _, results = made
    theirs = {
        action.id for step in definition.workflow.steps if step.actor == APPLICANT for action in step.actions
    }
    given = {
        step["reason"]
        for example in definition.examples
        for step in example.steps
        if step.get("do") in theirs and "reason" in step
    }
    for result in results:
        for document in result.documents:
            assert not [reason for reason in given if reason in document.text], document.document.id
