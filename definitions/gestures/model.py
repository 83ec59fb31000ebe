"""A workflow's raw data, to be changed: finding steps and actions in it, naming new ones, where lines lead."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, TypeAlias

from definitions.editing import Edit, minimal
from definitions.functions import FUNCTIONS
from rules.workflow.model import END

Raw: TypeAlias = dict[str, Any]


class GestureError(ValueError):
    """A gesture that cannot be done; the message says why and what to do, in Vietnamese."""


@dataclass(slots=True)
class Draft:
    """A copy of a definition's data that a gesture changes. `data`: all of it; `workflow`: the part with the steps."""

    data: Raw
    workflow: Raw

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Draft":
        """Raises `GestureError` where the steps are not the definition's own."""
        copy = deepcopy(dict(data))
        workflow = copy.get("workflow")
        if not isinstance(workflow, dict) or "use" in workflow or not workflow.get("steps"):
            raise GestureError(
                "Thủ tục này dùng quy trình chung nên không sửa được từng bước. "
                "Ông/bà chọn “Chép các bước về thủ tục này” trước."
            )
        return cls(copy, workflow)

    @property
    def steps(self) -> list[Raw]:
        return self.workflow["steps"]  # type: ignore[no-any-return]  # raw YAML, of the schema's shape

    def at(self, step_id: str) -> int:
        """The number of a step; raises `GestureError`."""
        for number, step in enumerate(self.steps):
            if step["id"] == step_id:
                return number
        raise GestureError(f"Không còn bước “{step_id}”; ông/bà tải lại trang để thấy quy trình bây giờ.")

    def step(self, step_id: str) -> Raw:
        return self.steps[self.at(step_id)]

    def action(self, step_id: str, action_id: str) -> Raw:
        step = self.step(step_id)
        for action in step["actions"]:
            if action["id"] == action_id:
                return action  # type: ignore[no-any-return]  # raw YAML, of the schema's shape
        raise GestureError(f"Bước “{step['name']}” không còn thao tác “{action_id}”; ông/bà tải lại trang.")

    def new_step_id(self, name: str) -> str:
        return fresh(name, (step["id"] for step in self.steps), "buoc")

    def backward(self, source: str, target: str) -> bool:
        """Whether a line goes to a step before, or to the step itself, in the order of the text (T018)."""
        return target != END and self.at(target) <= self.at(source)


def fresh(name: str, taken: Iterable[str], other: str) -> str:
    """An id made of a name that none of those `taken` has: `lay_y_kien`, `lay_y_kien_2`."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    base = re.sub(r"[^a-z0-9]+", "_", re.sub(r"[\u0300-\u036f]", "", plain)).strip("_")[:50].strip("_")
    if not re.match(r"[a-z]", base) or base == END:
        base = f"{other}_{base}".strip("_")
    known = set(taken)
    if base not in known:
        return base
    return next(f"{base}_{number}" for number in range(2, len(known) + 3) if f"{base}_{number}" not in known)


def targets(action: Raw) -> list[str]:
    """Where an action leads, in its order."""
    ways = action["to"]
    return [ways] if isinstance(ways, str) else [way if isinstance(way, str) else way["step"] for way in ways]


def retarget(action: Raw, old: str, new: str) -> None:
    """Every way of an action that leads to `old` leads to `new`; two branches to one step become one."""
    ways = action["to"]
    if isinstance(ways, str):
        action["to"] = new if ways == old else ways
        return
    made: list[Any] = []
    for way in ways:
        name = way if isinstance(way, str) else way["step"]
        changed = way if name != old else (new if isinstance(way, str) else {**way, "step": new})
        known = changed if isinstance(changed, str) else changed["step"]
        if known not in [each if isinstance(each, str) else each["step"] for each in made]:
            made.append(changed)
    one = made[0]
    if len(made) == 1 and isinstance(one, str):
        action["to"] = one
        action.pop("together", None)
    else:
        action["to"] = made


def needs_reason(draft: Draft, source: str, action: Raw) -> None:
    """What goes back must ask for a reason (Đ14.1a); a step that the system does by itself asks nobody."""
    if draft.step(source).get("automatic"):
        return
    needs = action.get("needs", [])
    if "reason" not in needs and any(draft.backward(source, target) for target in targets(action)):
        action["needs"] = [*needs, "reason"]


def main(step: Raw) -> Raw:
    """The action by which a step usually goes on."""
    actions: list[Raw] = step["actions"]
    return next((action for action in actions if action.get("primary")), actions[0])


def known_actor(actor: str) -> None:
    """Raises `GestureError` where nobody holds such a function."""
    if actor not in FUNCTIONS:
        raise GestureError(f"Không có chức năng “{actor}”; ông/bà chọn một chức năng trong danh sách.")


def checked(name: str) -> str:
    """A name as it is kept; raises `GestureError` where there is none."""
    told = " ".join(name.split())
    if not told:
        raise GestureError("Nhập tên trước khi lưu.")
    if len(told) > 300:
        raise GestureError("Tên dài quá 300 ký tự; ông/bà viết gọn lại, phần giải thích ghi ở Hướng dẫn.")
    return told


def edits(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Edit, ...]:
    """The fewest changes of the text that make what a gesture answered of what it was given."""
    return minimal((), before, after)
