"""Gestures on the lines of a drawing: a step put on one, one led elsewhere, one that goes back."""

from collections.abc import Mapping
from typing import Any

from definitions.gestures.model import (
    Draft,
    GestureError,
    Raw,
    checked,
    fresh,
    known_actor,
    needs_reason,
    retarget,
    targets,
)
from rules.workflow.model import END, Outcome


def insert_step(
    data: Mapping[str, Any],
    step_id: str,
    action_id: str,
    name: str,
    actor: str,
    *,
    branch: str = "",
) -> Raw:
    """A new step on the line of an action: the action leads to it, and it leads where the action led. `branch`: which
    of the steps that a split leads to.
    """
    draft = Draft.of(data)
    put_step(draft, step_id, action_id, name, actor, branch=branch)
    return draft.data


def put_step(draft: Draft, step_id: str, action_id: str, name: str, actor: str, *, branch: str = "") -> str:
    """As `insert_step`, in a draft; the id of the new step."""
    known_actor(actor)
    name = checked(name)
    action = draft.action(step_id, action_id)
    goal = _goal(action, branch)
    new = draft.new_step_id(name)
    onward: Raw = {"id": "chuyen_tiep", "label": "Chuyển tiếp", "to": goal}
    if goal == END:
        onward["outcome"] = action.get("outcome", Outcome.RETURNED.value)
        if targets(action).count(END) == len(targets(action)):
            action.pop("outcome", None)
    step: Raw = {"id": new, "name": name, "actor": actor, "actions": [{**onward, "primary": True}]}
    draft.steps.insert(draft.at(step_id) + 1, step)
    retarget(action, goal, new)
    needs_reason(draft, new, step["actions"][0])
    return new


def _goal(action: Raw, branch: str) -> str:
    ways = targets(action)
    if len(ways) == 1:
        return ways[0]
    if branch not in ways:
        raise GestureError(
            f"Thao tác “{action['label']}” tách thành nhiều nhánh; ông/bà chọn nhánh để thêm bước vào."
        )
    return branch


def connect(
    data: Mapping[str, Any],
    step_id: str,
    action_id: str,
    target: str,
    *,
    outcome: str = "",
    branch: str = "",
) -> Raw:
    """An action leads to another step, or to `end` with an outcome. `branch`: which way of a split is led there."""
    draft = Draft.of(data)
    action = draft.action(step_id, action_id)
    goal = _goal(action, branch)
    split = not isinstance(action["to"], str)
    if target == END:
        if split:
            raise GestureError(
                f"Một nhánh của “{action['label']}” không tự kết thúc hồ sơ được; ông/bà gộp các nhánh trước."
            )
        if outcome not in {each.value for each in Outcome}:
            raise GestureError("Chọn kết cục của hồ sơ: đã trả kết quả, hay không giải quyết.")
        action["to"], action["outcome"] = END, outcome
        return draft.data
    draft.at(target)
    if split and target in targets(action) and target != goal:
        raise GestureError(f"Thao tác “{action['label']}” đã có nhánh sang bước này.")
    retarget(action, goal, target)
    if END not in targets(action):
        action.pop("outcome", None)
    needs_reason(draft, step_id, action)
    return draft.data


def loop_back(data: Mapping[str, Any], step_id: str, target: str, label: str) -> Raw:
    """A new action that goes back to a step before, with a reason (Đ14.1a)."""
    draft = Draft.of(data)
    step = draft.step(step_id)
    if not draft.backward(step_id, target):
        raise GestureError(
            f"Bước “{draft.step(target)['name']}” không đứng trước bước “{step['name']}” nên đây không phải "
            "chuyển lại; ông/bà nối một thao tác sang bước ấy."
        )
    if step.get("automatic"):
        raise GestureError(f"Bước “{step['name']}” do hệ thống tự làm nên không ai ghi lý do để chuyển lại.")
    label = checked(label)
    name = fresh(label, (action["id"] for action in step["actions"]), "thao_tac")
    step["actions"].append({"id": name, "label": label, "to": target, "needs": ["reason"]})
    return draft.data
