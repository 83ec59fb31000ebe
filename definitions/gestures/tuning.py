"""What a procedure has otherwise than the shared workflow it uses: the time of a step, who plays a role, what is signed."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from definitions.functions import FUNCTIONS
from definitions.gestures.model import GestureError, Raw
from rules.workflow.model import APPLICANT, EXTERNAL

Duration = Mapping[str, Any]


def tuned(
    data: Mapping[str, Any],
    shared: Mapping[str, Mapping[str, Any]],
    durations: Mapping[str, Duration | None],
    roles: Mapping[str, str],
    signed: Mapping[str, bool] | None = None,
) -> Raw:
    """`durations`: by step, `{amount, unit}`, None for that of the shared workflow; `roles`: by role, a function, empty
    for the usual one; `signed`: by action, whether it asks for a digital signature here. What is as in the shared workflow is not written; a use that changes nothing is its name alone.
    """
    copy = deepcopy(dict(data))
    told = copy.get("workflow")
    use = told if isinstance(told, str) else (told or {}).get("use", "")
    if use not in shared:
        raise GestureError("Thủ tục này không dùng quy trình dùng chung; ông/bà sửa thời gian ở từng bước.")
    workflow = shared[use]
    usual = {step["id"]: step.get("duration") for step in workflow["steps"]}
    known = {role: told["function"] for role, told in workflow.get("roles", {}).items()}
    before: Mapping[str, Any] = {} if isinstance(told, str) else (told or {})
    own = dict(before.get("durations") or {})
    for step, duration in durations.items():
        if step not in usual:
            raise GestureError(f"Quy trình dùng chung không có bước “{step}”; ông/bà tải lại trang.")
        _set(own, step, None if duration == usual[step] else duration)
    bound = dict(before.get("roles") or {})
    for role, function in roles.items():
        if role not in known:
            raise GestureError(f"Quy trình dùng chung không có vai trò “{role}”; ông/bà tải lại trang.")
        if function and (function not in FUNCTIONS or function in {APPLICANT, EXTERNAL}):
            raise GestureError(f"Không có chức năng “{function}”; ông/bà chọn trong danh sách.")
        _set(bound, role, None if function == known[role] else function or None)
    actions = [action["id"] for step in workflow["steps"] for action in step["actions"]]
    asked = set(before.get("signed") or ())
    for action, wanted in (signed or {}).items():
        if action not in actions:
            raise GestureError(f"Quy trình dùng chung không có thao tác “{action}”; ông/bà tải lại trang.")
        asked = asked | {action} if wanted else asked - {action}
    changed: Raw = {"use": use}
    if own:
        changed["durations"] = own
    if bound:
        changed["roles"] = bound
    if asked:
        # those of no action stay, so that the check tells of them
        known_first = [each for each in actions if each in asked]
        changed["signed"] = [*dict.fromkeys(known_first), *sorted(asked - set(actions))]
    copy["workflow"] = use if len(changed) == 1 else changed
    return copy


def _set(values: dict[str, Any], key: str, value: Any) -> None:
    if value is None:
        values.pop(key, None)
    else:
        values[key] = dict(value) if isinstance(value, Mapping) else value
