"""Gestures on the steps of a drawing: a new one, one less, a branch beside one, a time for one, another name."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from definitions.compiler.roles import bind
from definitions.compiler.signing import signed_steps
from definitions.gestures.lines import put_step
from definitions.gestures.model import (
    Draft,
    GestureError,
    Raw,
    checked,
    fresh,
    known_actor,
    main,
    needs_reason,
    retarget,
    targets,
)
from definitions.problems import Report
from definitions.reading import Tree
from rules.deadlines import Unit
from rules.workflow.model import END, Join


def own_steps(data: Mapping[str, Any], shared: Mapping[str, Mapping[str, Any]]) -> Raw:
    """The steps of the shared workflow that is used, as the definition's own, with its times, functions and signatures."""
    copy = deepcopy(dict(data))
    told = copy.get("workflow")
    changed: Mapping[str, Any] = {"use": told} if isinstance(told, str) else (told or {})
    use = changed.get("use")
    if use is None:
        raise GestureError("Các bước đã là của riêng thủ tục này.")
    if use not in shared:
        raise GestureError(f"Không có quy trình dùng chung “{use}”.")
    durations = changed.get("durations", {})
    workflow = deepcopy(dict(shared[use]))
    if changed.get("signed"):
        workflow["steps"] = signed_steps(workflow, changed["signed"])
    for step in workflow["steps"]:
        if step["id"] in durations:
            step["duration"] = durations[step["id"]]
    report = Report("", Tree("", copy))
    bound = bind(workflow, changed.get("roles", {}), ("workflow", "roles"), report)
    if report.has_errors:
        raise GestureError(report.problems[0].message)
    copy["workflow"] = dict(bound)
    return copy


def add_step(data: Mapping[str, Any], step_id: str, name: str, actor: str) -> Raw:
    """A new step after another: on the line by which that one usually goes on."""
    draft = Draft.of(data)
    action = main(draft.step(step_id))
    ways = targets(action)
    if len(ways) > 1:
        raise GestureError(
            f"Bước “{draft.step(step_id)['name']}” tách thành nhiều nhánh; ông/bà chọn đường nối để thêm bước vào."
        )
    put_step(draft, step_id, action["id"], name, actor)
    return draft.data


def add_branch(data: Mapping[str, Any], step_id: str, action_id: str, name: str, actor: str) -> Raw:
    """A new step side by side with the one that an action leads to; both meet at the step that comes after it."""
    draft = Draft.of(data)
    action = draft.action(step_id, action_id)
    beside = targets(action)[0]
    if beside == END:
        raise GestureError(f"“{action['label']}” kết thúc hồ sơ nên không tách nhánh ở đây được.")
    if draft.backward(step_id, beside):
        raise GestureError(f"“{action['label']}” chuyển lại bước trước nên không tách nhánh ở đây được.")
    after = targets(main(draft.step(beside)))
    if len(after) != 1 or after[0] == END:
        raise GestureError(
            f"Sau bước “{draft.step(beside)['name']}” chưa có một bước nào để các nhánh gộp lại; ông/bà thêm bước ấy trước."
        )
    if draft.backward(beside, after[0]):
        raise GestureError(
            f"Bước “{draft.step(beside)['name']}” chuyển lại bước trước nên các nhánh không gộp được."
        )
    known_actor(actor)
    name = checked(name)
    new = draft.new_step_id(name)
    onward: Raw = {"id": "xong", "label": "Đã xong", "to": after[0], "primary": True}
    draft.steps.insert(draft.at(beside) + 1, {"id": new, "name": name, "actor": actor, "actions": [onward]})
    ways = action["to"]
    action["to"] = [ways, new] if isinstance(ways, str) else [*ways, new]
    draft.step(after[0]).setdefault("join", Join.ALL.value)
    return draft.data


def add_timer(data: Mapping[str, Any], step_id: str, amount: int, unit: str, label: str) -> Raw:
    """A time for a step, at the end of which the system goes on by itself: by a new action that leads where the step
    usually does.
    """
    draft = Draft.of(data)
    step = draft.step(step_id)
    units = {each.value for each in Unit if each is not Unit.UNSPECIFIED}
    if unit not in units or amount <= 0:
        raise GestureError(
            "Nhập thời gian lớn hơn 0 và chọn đơn vị: giờ làm việc, ngày làm việc, ngày hoặc tháng."
        )
    if "until" in step:
        raise GestureError(
            f"Bước “{step['name']}” đã chờ đến một ngày; ông/bà bỏ ngày ấy trước khi đặt thời gian."
        )
    if step.get("automatic"):
        raise GestureError(f"Bước “{step['name']}” do hệ thống tự làm nên không có thời gian.")
    step["duration"] = {"amount": amount, "unit": unit}
    if "on_timeout" in step:
        return draft.data
    usual = main(step)
    if usual.get("outcome") is not None:
        raise GestureError(
            f"Bước “{step['name']}” kết thúc hồ sơ: hệ thống không tự kết thúc thay cán bộ được."
        )
    name = fresh(checked(label), (action["id"] for action in step["actions"]), "thao_tac")
    timed: Raw = {"id": name, "label": checked(label), "to": deepcopy(usual["to"])}
    if "together" in usual:
        timed["together"] = usual["together"]
    if any(draft.backward(step_id, target) for target in targets(timed)):
        raise GestureError(
            f"Bước “{step['name']}” chuyển lại bước trước; hệ thống không ghi lý do thay được nên không tự chuyển."
        )
    step["actions"].append(timed)
    step["on_timeout"] = name
    return draft.data


def remove_step(data: Mapping[str, Any], step_id: str) -> Raw:
    """What led to the step leads to the one that it usually goes on to."""
    draft = Draft.of(data)
    step = draft.step(step_id)
    if len(draft.steps) == 1:
        raise GestureError("Quy trình phải còn ít nhất một bước.")
    _not_spoken_of(draft, step)
    onward = next((a for a in (main(step), *step["actions"]) if step_id not in targets(a)), None)
    if onward is None or len(targets(onward)) != 1:
        raise GestureError(
            f"Sau bước “{step['name']}” có nhiều nhánh nên không biết nối các bước trước vào đâu; ông/bà nối lại trước."
        )
    goal = targets(onward)[0]
    if goal == END and draft.workflow["start"] == step_id:
        raise GestureError("Bước đầu tiên dẫn thẳng tới kết thúc; bỏ đi thì quy trình không còn đường nào.")
    incoming = [
        (other["id"], action)
        for other in draft.steps
        if other["id"] != step_id
        for action in other["actions"]
        if step_id in targets(action)
    ]
    for source, action in incoming:
        if goal == source and len(targets(action)) == 1 and len(draft.step(source)["actions"]) == 1:
            raise GestureError(
                f"Bỏ bước “{step['name']}” thì bước “{draft.step(source)['name']}” chỉ còn quay về chính nó; "
                "ông/bà nối lại trước."
            )
        if goal == END and len(targets(action)) > 1:
            raise GestureError(
                f"Bước “{step['name']}” là một nhánh và dẫn tới kết thúc; ông/bà gộp các nhánh trước."
            )
        retarget(action, step_id, goal)
        if goal == END:
            action["outcome"] = onward["outcome"]
    if draft.workflow["start"] == step_id:
        draft.workflow["start"] = goal
    _forget(draft, step_id)
    draft.steps.pop(draft.at(step_id))
    for source, action in incoming:
        needs_reason(draft, source, action)
    return draft.data


def _not_spoken_of(draft: Draft, step: Raw) -> None:
    """Rules and documents that name the step keep it from going."""
    for rule in draft.data.get("events", []):
        if any(isinstance(part, dict) and part.get("step") == step["id"] for part in rule.values()):
            raise GestureError(
                f"Quy tắc sự kiện “{rule.get('label', rule.get('id'))}” nhắc tới bước “{step['name']}”; "
                "ông/bà sửa quy tắc ấy trước."
            )
    for document in draft.data.get("documents", []):
        if document.get("at") == [step["id"]]:
            raise GestureError(
                f"Văn bản “{document.get('name', document.get('id', document.get('use')))}” chỉ lập ở bước "
                f"“{step['name']}”; ông/bà chọn bước khác cho văn bản ấy trước."
            )


def _forget(draft: Draft, step_id: str) -> None:
    """Where others only mention it among several."""
    for document in draft.data.get("documents", []):
        if step_id in document.get("at", ()):
            document["at"] = [name for name in document["at"] if name != step_id]
    for step in draft.steps:
        for action in step["actions"]:
            if step_id in action.get("cancels", ()):
                action["cancels"] = [name for name in action["cancels"] if name != step_id]
                if not action["cancels"]:
                    del action["cancels"]
            if action.get("while_at") == step_id:
                del action["while_at"]


def rename(data: Mapping[str, Any], step_id: str, name: str, *, action_id: str = "") -> Raw:
    """Another name for a step, or for one of its actions; ids never change (design §3)."""
    draft = Draft.of(data)
    if action_id:
        draft.action(step_id, action_id)["label"] = checked(name)
    else:
        draft.step(step_id)["name"] = checked(name)
    return draft.data
