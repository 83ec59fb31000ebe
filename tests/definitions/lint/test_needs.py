"""What actions must ask for (T131–T134): who took the result, the result, a draft to sign, a reason to refuse."""

import pytest

from definitions.loader import load

WAYS = """\
workflow:
  name: Thẩm định rồi ký
  start: a
  steps:
    - {id: a, name: A, actor: lanh_dao_phong, actions: [{id: giao, label: Giao, to: b}, {id: trinh_thang, label: Trình thẳng, to: c, needs: [draft]}]}
    - {id: b, name: B, actor: tham_dinh, actions: [{id: trinh, label: Trình, to: c, needs: [draft]}]}
    - id: c
      name: C
      actor: phe_duyet
      actions:
        - {id: ky, label: Ký, to: d}
        - {id: lai, label: Chuyển lại, to: a, needs: [reason]}
        - {id: tu_choi, label: Từ chối, to: e, needs: [draft, reason]}
    - {id: d, name: D, actor: van_thu, actions: [{id: phat_hanh, label: Phát hành, to: f, needs: [result]}]}
    - {id: e, name: E, actor: van_thu, actions: [{id: bao, label: Báo, to: g, needs: [result]}]}
    - {id: f, name: F, actor: tiep_nhan, phase: result_ready, actions: [{id: tra, label: Trả, to: end, needs: [payment, recipient], outcome: returned}]}
    - {id: g, name: G, actor: tiep_nhan, phase: result_ready, actions: [{id: tra_ho_so, label: Trả hồ sơ, to: end, needs: [recipient], outcome: declined}]}
"""


def told(small, old="", new=""):
    assert old in WAYS
    text = small.replace("workflow: day-du\n", WAYS.replace(old, new, 1))
    return [(p.code, p.path) for p in load(text, "x").problems if p.code[:3] == "T13"]


def test_a_workflow_that_asks_for_everything_has_nothing_to_be_told(small):
    assert told(small) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        ("needs: [payment, recipient]", "needs: [payment]", "T131", "workflow.steps.5.actions.0"),
        (", needs: [recipient], outcome: declined", ", outcome: declined", "T131", "workflow.steps.6.actions.0"),
        ("to: f, needs: [result]", "to: f", "T132", "workflow.steps.3.actions.0"),
        ("to: g, needs: [result]", "to: g", "T132", "workflow.steps.4.actions.0"),
        ("to: c, needs: [draft]}]}\n    - {id: b", "to: c}]}\n    - {id: b", "T133", "workflow.steps.2"),
        ("label: Trình, to: c, needs: [draft]", "label: Trình, to: c", "T133", "workflow.steps.2"),
        ("needs: [draft, reason]", "needs: [draft]", "T134", "workflow.steps.2.actions.2"),
    ],
)  # fmt: skip
def test_what_an_action_should_ask_for_is_told_where_it_stands(small, old, new, code, path):
    assert told(small, old, new) == [(code, path)]


def test_a_draft_attached_before_on_the_way_is_enough(small):
    assert told(small, "label: Giao, to: b}", "label: Giao, to: b, needs: [draft]}") == []
    both = WAYS.replace("label: Giao, to: b}", "label: Giao, to: b, needs: [draft]}")
    both = both.replace("label: Trình, to: c, needs: [draft]", "label: Trình, to: c")
    text = small.replace("workflow: day-du\n", both)
    assert not [p for p in load(text, "x").problems if p.code == "T133"]


def test_an_example_that_says_another_level_is_told(small):
    text = small.replace("expect: {case: phuong}", "expect: {case: phuong, service_level: 4}")
    (problem,) = [p for p in load(text, "x").problems if p.code == "T135"]
    assert problem.path == "examples.1.expect.service_level" and problem.severity == "error"
    same = text.replace("service_level: 4", "service_level: 3")
    assert not [p for p in load(same, "x").problems if p.code == "T135"]
