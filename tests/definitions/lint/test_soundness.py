"""Workflows that do not come to their end, each with the way that shows it."""

import json
from datetime import UTC, datetime
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from definitions.loader import load
from definitions.workflows import shared
from rules.workflow import END, Action, Branch, Join, Outcome, Phase, Step, Workflow, allowed, start, take
from rules.workflow.soundness import flaws

NOW = datetime(2026, 6, 3, 10, 0, tzinfo=UTC)


def step(name, *actions, **more):
    return Step(name, f"Bước {name}", "tham_dinh", actions, **more)


def go(*to, action="xong", **more):
    outcome = Outcome.RETURNED if END in to else None
    split = tuple(Branch(way) for way in to) if len(to) > 1 else ()
    return Action(action, "Xong", to[0], outcome=outcome, split=split, **more)


def found(*steps, most=2000):
    return {(flaw.kind, flaw.step): flaw for flaw in flaws(Workflow("w", "Thử", steps[0].id, steps), most)}


def test_what_splits_and_joins_is_sound():
    assert (
        found(
            step("a", go("b", "c")), step("b", go("d")), step("c", go("d")), step("d", go(END), join=Join.ALL)
        )
        == {}
    )


def test_a_milestone_that_never_comes_is_shown_with_its_way():
    flaw = found(step("a", go("b")), step("b", go(END, while_at="a")))["stuck", "b"]
    assert flaw.way == (("a", "xong"),)


def test_branches_that_nobody_joins_meet_twice():
    flaw = found(step("a", go("b", "c")), step("b", go("d")), step("c", go("d")), step("d", go(END)))[
        "twice", "d"
    ]
    assert sorted(flaw.way) == [("a", "xong"), ("b", "xong"), ("c", "xong")]


def test_a_result_must_not_go_out_while_others_work():
    last = step("b", go(END), phase=Phase.RESULT_READY)
    assert ("left_over", "b") in found(step("a", go("b", "c")), last, step("c", go(END)))
    calm = step("b", go(END, cancels=("c",)), phase=Phase.RESULT_READY)
    assert found(step("a", go("b", "c")), calm, step("c", go(END))) == {}


def test_branches_that_grow_are_told():
    assert ("endless", "a") in {
        (kind, "a")
        for kind, _ in found(step("a", go("a", "b"), go(END, action="thoi")), step("b", go(END)), most=60)
    }


GOOD = {
    "name": "Thử",
    "start": "a",
    "steps": [
        {"id": "a", "name": "A", "actor": "tham_dinh", "actions": [{"id": "x", "label": "X", "to": ["b", "c"]}]},
        {"id": "b", "name": "B", "actor": "tham_dinh", "actions": [{"id": "x", "label": "X", "to": "d"}]},
        {"id": "c", "name": "C", "actor": "tham_dinh", "actions": [{"id": "x", "label": "X", "to": "d"}]},
        {
            "id": "d", "name": "D", "actor": "tiep_nhan", "phase": "result_ready", "join": "all",
            "actions": [{"id": "x", "label": "X", "to": "end", "outcome": "returned"}],
        },
    ],
}  # fmt: skip


def changed(at, **what):
    told = json.loads(json.dumps(GOOD))
    place = told["steps"][at] if "to" not in what else told["steps"][at]["actions"][0]
    for key, value in what.items():
        place.pop(key, None) if value is None else place.update({key: value})
    return told


def problems(small, told):
    text = small.replace("workflow: day-du\n", f"workflow: {json.dumps(told, ensure_ascii=False)}\n")
    return load(text, "x.yaml").problems


def test_the_good_one_has_no_problem(small):
    assert [p for p in problems(small, GOOD) if p.code.startswith("T02")] == []


@pytest.mark.parametrize(
    ("told", "code", "path", "says"),
    [
        (changed(2, to="d", while_at="b"), "T023", "workflow.steps.2", "A (“X”) → B (“X”)"),
        (changed(3, join=None), "T024", "workflow.steps.3", "Đường đi: A (“X”)"),
        (changed(2, to="end", outcome="returned", cancels=[]) | {}, None, "", ""),
        (changed(3, join="first"), "T025", "workflow.steps.3", "kết quả được trả khi việc khác"),
        (changed(1, automatic=True, actions=[{"id": "x", "label": "X", "to": "d", "when": 'channel = "counter"'}]),
         "T027", "workflow.steps.1.actions.0", "có thể không có nhánh nào"),
        (changed(0, to=[{"step": "b", "when": 'channel = "counter"'}, {"step": "c", "when": 'channel = "online"'}]),
         "T028", "workflow.steps.0.actions.0.to", "nhánh nào cũng có điều kiện"),
        (changed(0, to="b") | {"steps": [s for s in changed(0, to="b")["steps"] if s["id"] != "c"]},
         "T029", "workflow.steps.2.join", "không có chỗ nào tách nhánh"),
    ],
)  # fmt: skip
def test_each_flaw_is_told_where_it_is(small, told, code, path, says):
    of_soundness = [p for p in problems(small, told) if p.code in {f"T02{n}" for n in range(3, 10)}]
    if code is None:
        assert of_soundness == []
        return
    (problem,) = [p for p in of_soundness if p.code == code]
    assert problem.path == path
    assert says in problem.message
    assert problem.remedy


def test_shared_workflows_are_sound(small):
    for name in shared():
        text = small.replace("workflow: day-du\n", f"workflow: {name}\n")
        assert [p for p in load(text, "x.yaml").problems if p.code in {"T023", "T024", "T025", "T026"}] == []


NAMES = "abcde"


@st.composite
def workflows(draw):
    """Small drawings, sound or not."""
    steps = []
    for name in NAMES[: draw(st.integers(2, 5))]:
        targets = st.sampled_from([*NAMES[:2], END])
        actions = []
        for number in range(draw(st.integers(1, 2))):
            to = draw(st.lists(targets, min_size=1, max_size=2, unique=True))
            actions.append(go(*to, action=f"x{number}"))
        steps.append(step(name, *actions, join=draw(st.sampled_from([None, Join.ALL, Join.FIRST]))))
    return Workflow("w", "Thử", "a", tuple(steps))


@settings(max_examples=40, deadline=None)
@given(workflows(), st.data())
def test_what_is_called_sound_is_never_seen_stuck_or_twice(workflow, data):
    told = {flaw.kind for flaw in flaws(workflow, 40)}
    numbers = count(1)
    new_id = lambda: str(next(numbers))  # noqa: E731 — a name for a counter
    tokens = start(workflow, {}, NOW, None, new_id).tokens
    for _ in range(12):
        if not tokens:
            return
        names = [token.step for token in tokens]
        if len(set(names)) < len(names):
            assert told & {"twice", "endless"}
        token = data.draw(st.sampled_from(tokens))
        ways = allowed(workflow, token, {}, NOW, tokens)
        tokens = take(
            workflow, tokens, token.id, data.draw(st.sampled_from(ways)).id, {}, NOW, None, new_id
        ).tokens
