"""Cases: asked first, and able to end the way with a word."""

from datetime import datetime

import pytest

from definitions.assess import assess
from definitions.loader import load
from rules.calendar import TZ
from tthc.dossiers.refusals import Refused
from tthc.dossiers.submission import require_valid
from tthc.portal import wizard

NOW = datetime(2026, 11, 20, 9, tzinfo=TZ)
AGENCY = {"id": "a", "name": "Ủy ban nhân dân xã Mẫu", "level": "xa", "area": "xa", "identifier": "H52"}
ENDS = (
    "ends: {kind: elsewhere, reason: Phường do công an giải quyết., remedy: Nộp trên cổng của công an.,"
    " url: 'https://vidu.vn/nop'}"
)


def ending(small, ends=ENDS):
    return small.replace(
        "when: 'area = \"phuong\"'}", f"when: 'area = \"phuong\"', help: Nhà ở phường, {ends}}}"
    )


def judge(definition, answers):
    return assess(definition, answers, now=NOW, channel="online", agency=AGENCY, applicant={"kind": "person"})


def test_a_case_that_ends_owes_nothing_and_says_what_to_do(small):
    definition = load(ending(small), "x.yaml").definition
    case = definition.cases[0]
    assert (case.help, case.ends.kind, case.ends.url) == ("Nhà ở phường", "elsewhere", "https://vidu.vn/nop")
    found = judge(definition, {"area": "phuong"})
    assert found.ended
    assert (found.papers, found.fees, found.deadline, found.gaps) == ((), (), None, ())
    with pytest.raises(Refused) as refused:
        require_valid(found)
    assert refused.value.code == "case_ends"
    assert "Nộp trên cổng của công an." in refused.value.sentence()


def test_the_wizard_ends_after_the_questions_only_where_the_case_ends(small):
    definition = load(ending(small), "x.yaml").definition
    ended = wizard.steps(definition, judge(definition, {"area": "phuong"}))
    assert [step.id for step in ended] == ["cau_hoi_mo_dau", "huong-giai-quyet"]
    others = wizard.steps(definition, judge(definition, {"area": "xa"}))
    assert [step.id for step in others] == ["cau_hoi_mo_dau", "chung", "giay-to", "nhan-ket-qua", "kiem-tra"]


def test_examples_say_that_a_dossier_of_an_ending_case_is_not_taken(small):
    text = ending(small) + (
        "  - name: Ở phường\n    submitted_at: 2026-11-20T09:00\n    answers: {area: phuong}\n"
        "    expect: {case: phuong, valid: false}\n"
    )
    loaded = load(text, "x.yaml")
    assert not [problem for problem in loaded.problems if problem.severity == "error"]


@pytest.mark.parametrize(
    "ends",
    [
        "ends: {kind: elsewhere, reason: Ở nơi khác., remedy: Hỏi., url: 'javascript:alert(1)'}",
        "ends: {kind: elsewhere, reason: Ở nơi khác.}",
        "ends: {kind: gone, reason: Hết., remedy: Thôi.}",
    ],
)
def test_an_end_has_a_kind_a_remedy_and_a_safe_address(small, ends):
    assert load(ending(small, ends), "x.yaml").definition is None
