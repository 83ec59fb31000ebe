from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from definitions.assess import assess, legal_day
from definitions.loader import load
from definitions.shipped import shipped
from renderers.html.procedure import deadline_words
from rules.calendar import TZ

NOW = datetime(2026, 11, 20, 9, tzinfo=TZ)
AGENCY = {"id": "a", "name": "Ủy ban nhân dân xã Mẫu", "level": "xa", "area": "xa", "identifier": "H52"}


def judge(text, answers, **changes):
    definition = load(text, "x.yaml").definition
    facts = {"now": NOW, "channel": "online", "agency": AGENCY, "applicant": {"kind": "person", "name": "A"}}
    return assess(definition, answers, **{**facts, **changes})


ANSWERS = {"area": "phuong", "full_name": "Lò Văn Ban", "copies": "3"}


def test_everything_at_once(small):
    found = judge(small, ANSWERS)
    assert found.submission.valid
    assert found.case.id == "phuong"
    assert [paper.id for paper in found.papers] == ["don"]
    assert [(fee.id, fee.amount, fee.kind) for fee in found.fees] == [("phi", 6000, "phi")]
    assert found.total == 6000
    assert found.deadline.rule.amount == 5
    assert found.gaps == ()
    assert found.context["case"] == "phuong"
    assert found.context["copies"] == 3
    assert found.context["agency"] == AGENCY
    assert found.context["note"] is None


def test_a_deadline_gains_what_its_circumstances_give(small):
    more = """  - amount: 5
    unit: working_day
    more:
      - {when: 'case = "xa"', amount: 10, reason: xã vùng III, source: {text: NĐ 1/2026 Đ2}}
      - {when: copies > 100, amount: 2, reason: trên 100 bản}
workflow"""
    text = small.replace("  - {amount: 5, unit: working_day}\nworkflow", more)
    assert text != small
    near = judge(text, ANSWERS).deadline.rule
    assert (near.total, near.additions) == (5, ())
    far = judge(text, {**ANSWERS, "area": "xa"}).deadline.rule
    assert far.total == 15
    assert [(a.amount, a.reason, a.source) for a in far.additions] == [(10, "xã vùng III", "NĐ 1/2026 Đ2")]
    both = judge(text, {**ANSWERS, "area": "xa", "copies": "101"}).deadline
    assert both.rule.text == (
        "5 ngày làm việc, thêm 10 ngày làm việc (xã vùng III), thêm 2 ngày làm việc (trên 100 bản)"
    )
    assert deadline_words(both).startswith("5 ngày làm việc, thêm")


HEAVY = "count(for i in 1..copies, j in 1..copies, k in 1..copies return i) > 0"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("form_generated: true}", f"form_generated: true, when: '{HEAVY}'}}"),
        ("    kind: phi\n", f"    kind: phi\n    when: '{HEAVY}'\n"),
        ("{amount: 5, unit", f"{{when: '{HEAVY}', amount: 5, unit"),
    ],
)
def test_a_condition_that_takes_too_much_work_is_no_silent_no(small, old, new):
    text = small.replace(old, new, 1)
    assert text != small
    assert judge(text, ANSWERS).gaps == ()
    gaps = judge(text, {**ANSWERS, "copies": "400"}).gaps
    assert "condition" in {gap.kind for gap in gaps}
    assert any("quá nhiều phép tính" in gap.message for gap in gaps)


def test_what_is_missing_is_told_by_page(small):
    assert [e.path for e in judge(small, {}).submission.errors] == ["area", "full_name", "copies"]
    assert [e.path for e in judge(small, {}, page="chung").submission.errors] == ["full_name", "copies"]
    assert [e.path for e in judge(small, {}, page="cau_hoi_mo_dau").submission.errors] == ["area"]


def test_a_form_may_read_the_case(small):
    text = small.replace("visible: copies > 5", 'visible: case = "phuong"')
    assert "note" in judge(text, ANSWERS).submission.visible
    assert "note" not in judge(text, {**ANSWERS, "area": "xa"}).submission.visible


def test_a_hidden_answer_costs_nothing(small):
    text = small.replace(
        "visible: copies > 5}",
        "visible: copies > 5}\n        - {id: extra, type: integer, label: Thêm, help: x, visible: note != null}",
    )
    text = text.replace("2000 * copies", "2000 * copies + (if extra = null then 0 else extra)")
    assert judge(text, {**ANSWERS, "note": "a", "extra": 5}).total == 6000
    assert judge(text, {**ANSWERS, "copies": 6, "note": "a", "extra": 5}).total == 12005


def test_fees_follow_the_day_of_submission_not_the_day_of_looking(small):
    text = small.replace(
        "collect: before_acceptance", "collect: before_acceptance\n    effective: {to: 2026-12-31}"
    )
    assert judge(text, ANSWERS).total == 6000
    later = NOW + timedelta(days=60)
    assert judge(text, ANSWERS, now=later).fees == ()
    assert judge(text, ANSWERS, now=later, submitted_at=NOW).total == 6000


def test_the_legal_day_is_the_day_in_viet_nam():
    assert legal_day(datetime(2026, 12, 31, 18, tzinfo=ZoneInfo("UTC"))).isoformat() == "2027-01-01"
    assert legal_day(datetime(2026, 12, 31, 16, tzinfo=ZoneInfo("UTC"))).isoformat() == "2026-12-31"


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("2000 * copies", "if copies = 3 then null else 1", "fee"),
        ("2000 * copies", "copies - 4", "fee"),
        ("2000 * copies", "copies / 2", "fee"),
        ("{amount: 5, unit", "{when: copies > 100, amount: 5, unit", "deadline"),
        (
            "label: Ở phường, when: 'area = \"phuong\"'}\n  - {id: xa, label: Ở xã, when: true",
            'label: Ở phường, when: area = "xa"',
            "case",
        ),
    ],
)
def test_what_the_definition_cannot_say_is_a_gap(small, old, new, kind):
    assert old in small
    found = judge(small.replace(old, new), ANSWERS)
    assert [gap.kind for gap in found.gaps] == [kind]
    assert found.gaps[0].message.endswith(".")


def test_papers_by_condition_and_duty(small):
    text = small.replace(
        "form_generated: true}",
        'form_generated: true}\n  - {id: anh, name: Ảnh, copies: {copy: 2}, when: copies > 2, required: channel = "online", help: Nền trắng}',
    )
    (_, paper) = judge(text, ANSWERS).papers
    assert (paper.id, paper.copy, paper.required, paper.help) == ("anh", 2, True, "Nền trắng")
    assert not judge(text, ANSWERS, channel="counter").papers[1].required
    assert len(judge(text, {**ANSWERS, "copies": 1}).papers) == 1


def test_no_cases_is_no_gap(small):
    head, rest = small.split("cases:", 1)
    text = (head + "attachments:" + rest.split("attachments:", 1)[1]).replace("case: xa, ", "")
    found = judge(text, ANSWERS)
    assert found.case is None
    assert found.gaps == ()


def test_a_fee_says_why(small):
    text = small.replace("amount: 2000 * copies", "amount: 2000 * copies\n    note: Mỗi bản 2.000 đồng.")
    assert judge(text, ANSWERS).fees[0].explanation == "Mỗi bản 2.000 đồng."
    assert "Số bản" in judge(small, ANSWERS).fees[0].explanation


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(
            ["issued_abroad", "documents", "requester_name", "requester_number", "appointment_date", "la"]
        ),
        st.none()
        | st.booleans()
        | st.integers()
        | st.text(max_size=8)
        | st.lists(st.text(max_size=3), max_size=2)
        | st.lists(
            st.fixed_dictionaries(
                {"pages": st.integers(-2, 9), "copies": st.integers(-2, 9) | st.text(max_size=2)}
            ),
            max_size=2,
        ),
    )
)
def test_whatever_is_answered_is_assessed_twice_alike(answers):
    first, second = (
        assess(_copies(), answers, now=NOW, channel="online", agency=AGENCY, applicant={"kind": "person"})
        for _ in range(2)
    )
    assert first == second
    assert all(fee.amount >= 0 for fee in first.fees)


@cache
def _copies():
    return load(dict(shipped())["2.000815.yaml"], "x").definition
