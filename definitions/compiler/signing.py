"""Which actions of a shared workflow ask for a digital signature in one procedure: `signed` beside `use` (Đ10.4b)."""

from collections.abc import Collection, Mapping
from typing import Any

from rules.workflow.model import Need


def action_ids(workflow: Mapping[str, Any]) -> set[str]:
    """Of a raw workflow, the ids of all its actions."""
    return {action["id"] for step in workflow["steps"] for action in step["actions"]}


def signed_steps(workflow: Mapping[str, Any], signed: Collection[str]) -> list[dict[str, Any]]:
    """The raw steps of a shared workflow, the actions in `signed` with the need of a signature besides their own."""
    return [
        {**step, "actions": [_action(each, signed) for each in step["actions"]]} for step in workflow["steps"]
    ]


def _action(action: Mapping[str, Any], signed: Collection[str]) -> dict[str, Any]:
    needs = list(action.get("needs", ()))
    if action["id"] not in signed or Need.SIGNATURE in needs:
        return dict(action)
    return {**action, "needs": [*needs, Need.SIGNATURE.value]}
