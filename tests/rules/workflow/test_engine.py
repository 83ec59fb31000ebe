from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.calendar import TZ, Calendar
from rules.deadlines import Unit
from rules.feel import compile as feel
from rules.workflow import (
    APPLICANT,
    END,
    Action,
    Duration,
    Outcome,
    Phase,
    Step,
    Token,
    Workflow,
    WorkflowError,
    allowed,
    start,
    take,
)

CALENDAR = Calendar.from_data(
    {
        "rest_days": [6, 7],
        "hours": [{"sessions": [["07:30", "11:30"], ["13:30", "17:30"]]}],
        "years": {2026: {"confirmed": True, "days": []}},
    }
)
NOW = datetime(2026, 6, 3, 10, 0, tzinfo=TZ)


def ids(prefix: str = "t"):
    numbers: Iterator[int] = count(1)
    return lambda: f"{prefix}{next(numbers)}"


def days(amount: str) -> Duration:
    return Duration(Decimal(amount), Unit.WORKING_DAY)


EXAMINE = Step(
    "tham_tra",
    "Thẩm tra",
    "tham_dinh",
    (
        Action("trinh", "Trình", "phe_duyet", primary=True),
        Action("bo_sung", "Yêu cầu bổ sung", "cho_bo_sung"),
        Action("tra_lai", "Không giải quyết", END, outcome=Outcome.DECLINED),
    ),
    duration=days("1.5"),
)
APPROVE = Step(
    "phe_duyet",
    "Phê duyệt",
    "phe_duyet",
    (
        Action("duyet", "Duyệt", "tra"),
        Action("chuyen_lai", "Chuyển lại", "tham_tra"),
        Action("uy_quyen", "Chuyển cấp phó", "tra", when=feel("amount > 10")),
    ),
    skip_when=feel("amount < 5"),
    duration=days("0.5"),
)
WAIT = Step(
    "cho_bo_sung",
    "Chờ bổ sung",
    APPLICANT,
    (Action("gui", "Gửi bổ sung", "tham_tra"),),
    phase=Phase.WAITING_APPLICANT,
)
RETURN = Step(
    "tra",
    "Trả kết quả",
    "tiep_nhan",
    (Action("tra", "Trả kết quả", END, outcome=Outcome.RETURNED),),
    phase=Phase.RESULT_READY,
)
FLOW = Workflow("thuong", "Quy trình thường", "tham_tra", (EXAMINE, APPROVE, WAIT, RETURN))
SCOPE = {"amount": 7}


def go(move, action, scope=SCOPE, new_id=None, **more):
    return take(
        FLOW, move.tokens, move.tokens[0].id, action, scope, NOW, CALENDAR, new_id or ids("n"), **more
    )


def test_start_puts_one_token_on_the_first_step_with_its_due_time():
    move = start(FLOW, SCOPE, NOW, CALENDAR, ids())
    (token,) = move.tokens
    assert token == Token("t1", "tham_tra", NOW, datetime(2026, 6, 4, 16, 0, tzinfo=TZ))
    assert (move.entered, move.left, move.outcome) == ((token,), None, None)


def test_half_a_working_day_is_four_hours():
    move = go(start(FLOW, SCOPE, NOW, CALENDAR, ids()), "trinh")
    assert move.tokens[0].due == datetime(2026, 6, 3, 16, 0, tzinfo=TZ)


def test_a_step_without_duration_has_no_due_time():
    assert go(start(FLOW, SCOPE, NOW, CALENDAR, ids()), "bo_sung").tokens[0].due is None


def test_taking_an_action_replaces_the_token():
    first = start(FLOW, SCOPE, NOW, CALENDAR, ids())
    move = go(first, "trinh", assignee="an")
    assert move.left == first.tokens[0]
    assert [(t.step, t.assignee) for t in move.tokens] == [("phe_duyet", "an")]


def test_loop_back_makes_a_new_token_on_the_old_step():
    new_id = ids()
    move = start(FLOW, SCOPE, NOW, CALENDAR, new_id)
    for action in ("trinh", "chuyen_lai"):
        move = go(move, action, new_id=new_id)
    assert [(t.id, t.step) for t in move.tokens] == [("t3", "tham_tra")]


def test_skip_when_passes_the_token_on_by_the_first_action_and_forgets_the_assignee():
    move = go(start(FLOW, SCOPE, NOW, CALENDAR, ids()), "trinh", {"amount": 3}, assignee="an")
    assert [(t.step, t.assignee) for t in move.tokens] == [("tra", None)]
    assert move.skipped == ("phe_duyet",)


def test_a_null_answer_does_not_skip():
    assert go(start(FLOW, {}, NOW, CALENDAR, ids()), "trinh", {}).tokens[0].step == "phe_duyet"


def test_guards_hide_and_refuse_an_action():
    move = go(start(FLOW, SCOPE, NOW, CALENDAR, ids()), "trinh")
    assert [a.id for a in allowed(FLOW, move.tokens[0], SCOPE)] == ["duyet", "chuyen_lai"]
    assert [a.id for a in allowed(FLOW, move.tokens[0], {"amount": 11})] == [
        "duyet",
        "chuyen_lai",
        "uy_quyen",
    ]
    with pytest.raises(WorkflowError, match="không áp dụng"):
        go(move, "uy_quyen")


def test_the_end_has_the_outcome_of_its_action():
    move = start(FLOW, {"amount": 1}, NOW, CALENDAR, ids())
    move = go(move, "trinh", {"amount": 1})
    move = go(move, "tra")
    assert (move.tokens, move.outcome) == ((), Outcome.RETURNED)
    assert go(start(FLOW, SCOPE, NOW, CALENDAR, ids()), "tra_lai").outcome is Outcome.DECLINED


def test_a_token_or_action_that_is_not_there_is_refused_in_vietnamese():
    move = start(FLOW, SCOPE, NOW, CALENDAR, ids())
    with pytest.raises(WorkflowError, match="tải lại trang"):
        take(FLOW, move.tokens, "khac", "trinh", SCOPE, NOW, CALENDAR, ids())
    with pytest.raises(WorkflowError, match="không có thao tác này"):
        go(move, "khong_co")


def test_several_tokens_may_stand_and_the_last_one_ends_the_workflow():
    two = (Token("a", "tra", NOW), Token("b", "tham_tra", NOW))
    move = take(FLOW, two, "a", "tra", SCOPE, NOW, CALENDAR, ids())
    assert (move.tokens, move.outcome) == ((two[1],), None)
    move = take(FLOW, two, "b", "tra_lai", SCOPE, NOW, CALENDAR, ids())
    assert (move.tokens, move.outcome) == ((), Outcome.DECLINED)


def test_steps_that_skip_round_in_a_circle_are_told():
    always = feel("true")
    flow = Workflow(
        "vong",
        "Vòng",
        "a",
        (
            Step("a", "A", "x", (Action("b", "B", "b"),), skip_when=always),
            Step("b", "B", "x", (Action("a", "A", "a"),), skip_when=always),
        ),
    )
    with pytest.raises(WorkflowError, match="không đi tới đâu"):
        start(flow, {}, NOW, CALENDAR, ids())


def test_a_workflow_skipped_to_its_end_is_over_at_the_start():
    flow = Workflow(
        "bo", "Bỏ", "a", (Step("a", "A", "x", (Action("het", "Hết", END),), skip_when=feel("true")),)
    )
    move = start(flow, {}, NOW, CALENDAR, ids())
    assert (move.tokens, move.outcome, move.skipped) == ((), Outcome.RETURNED, ("a",))


def test_an_unknown_step_is_told():
    flow = Workflow("hong", "Hỏng", "khong_co", ())
    with pytest.raises(WorkflowError, match="không có bước"):
        start(flow, {}, NOW, CALENDAR, ids())


@settings(deadline=None, max_examples=100)
@given(st.lists(st.integers(0, 9), max_size=30), st.integers(0, 15))
def test_any_walk_keeps_exactly_one_token_until_it_ends(choices, amount):
    scope, new_id = {"amount": amount}, ids()
    move = start(FLOW, scope, NOW, CALENDAR, new_id)
    seen = {move.tokens[0].id}
    for choice in choices:
        if move.outcome is not None:
            assert move.tokens == ()
            break
        (token,) = move.tokens
        ways = allowed(FLOW, token, scope)
        move = go(move, ways[choice % len(ways)].id, scope, new_id)
        assert not {t.id for t in move.entered} & seen
        seen |= {t.id for t in move.entered}
