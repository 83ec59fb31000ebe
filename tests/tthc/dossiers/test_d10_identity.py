"""How sure it must be who hands in online, and how long a dossier is kept (Đ10.1a)."""

from dataclasses import replace
from datetime import date

import pytest
from dossier_stories import (
    APPLICANT,
    BODY,
    OWNER,
    RECEPTION,
    WORKFLOW,
    Story,
    definition,
    registration,
    submission,
)

from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Applicant

SURE = definition(WORKFLOW, "identity: verified\n" + BODY)


@pytest.mark.parametrize("level", ["", "contact"])
def test_d10_1a_where_the_procedure_asks_only_a_confirmed_identity_submits_online(level):
    story = Story(SURE)
    with pytest.raises(Refused) as caught:
        story.do(OWNER, submission(applicant=replace(APPLICANT, identity=level)))
    assert (caught.value.code, caught.value.rule) == ("identity", "Đ10.1a")
    assert story.dossier is None
    done = story.do(OWNER, submission(applicant=replace(APPLICANT, identity="verified")))
    assert done.applicant.identity == "verified"


def test_d10_1a_a_procedure_may_ask_for_a_proven_contact_alone():
    story = Story(definition(WORKFLOW, "identity: contact\n" + BODY))
    with pytest.raises(Refused, match="đã xác nhận"):
        story.do(OWNER, submission())
    done = story.do(OWNER, submission(applicant=replace(APPLICANT, identity="contact")))
    assert done.applicant.identity == "contact"


def test_d10_1a_at_the_counter_and_elsewhere_nobody_is_asked_for_it():
    assert Story(SURE).do(RECEPTION, registration()).applicant.identity == ""
    assert Story().do(OWNER, submission()).applicant.identity == ""
    assert definition().identity == ""
    assert Applicant("person", "Hà").identity == "", "as histories from before have it"


def test_d24_2_a_definition_says_how_long_its_dossiers_are_kept():
    kept = definition(WORKFLOW, "retention: {years: 10, source: {text: Danh mục lưu trữ}}\n" + BODY).retention
    assert (kept.years, kept.source.text) == (10, "Danh mục lưu trữ")
    assert kept.ends(date(2026, 12, 31)) == date(2037, 1, 1)
    for_ever = definition(WORKFLOW, "retention: {source: {text: Danh mục lưu trữ}}\n" + BODY).retention
    assert for_ever.ends(date(2026, 1, 1)) is None
    assert definition().retention is None
