"""What a person asks of the workflow's drawing, as it is posted."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Self

from definitions import gestures
from definitions.reading.tree import Path
from definitions.workflows import shared

ACTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "chung": "Dùng quy trình chung",
        "rieng": "Chép quy trình dùng chung thành của riêng",
        "sau": "Thêm bước sau",
        "chen": "Chèn bước vào đường đi",
        "noi": "Nối thao tác tới bước khác",
        "nhanh": "Thêm nhánh song song",
        "gio": "Đặt thời gian và tự chuyển",
        "lai": "Thêm thao tác quay lại",
        "bo": "Bỏ bước và nối lại đường",
    }
)
_LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class Asked:
    """`step`, `action`: on which; `name`: of what is new; `goal`: the step that is led to."""

    act: str
    step: str
    action: str
    name: str
    actor: str
    goal: str
    amount: str
    unit: str

    @classmethod
    def of(cls, form: Mapping[str, str]) -> Self:
        names = ("viec", "buoc", "thao_tac", "ten", "nguoi", "den", "so", "don_vi")
        return cls(*(form.get(name, "")[:_LONGEST] for name in names))

    def done(self, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """The data after the gesture; raises `GestureError` with what to do instead."""
        match self.act:
            case "chung":
                if self.goal not in shared():
                    raise gestures.GestureError("Ông/bà chọn một quy trình dùng chung trong danh sách.")
                return {**data, "workflow": self.goal}
            case "rieng":
                return gestures.own_steps(data, shared())
            case "sau":
                return gestures.add_step(data, self.step, self.name, self.actor)
            case "chen":
                return gestures.insert_step(data, self.step, self.action, self.name, self.actor)
            case "noi":
                return gestures.connect(data, self.step, self.action, self.goal)
            case "nhanh":
                return gestures.add_branch(data, self.step, self.action, self.name, self.actor)
            case "gio":
                amount = int(self.amount) if self.amount.isdecimal() else 0
                return gestures.add_timer(data, self.step, amount, self.unit, self.name)
            case "lai":
                return gestures.loop_back(data, self.step, self.goal, self.name)
            case _:
                return gestures.remove_step(data, self.step)


def step_of(data: Any, path: Path) -> Mapping[str, Any] | None:
    """The step that a place is or stands in."""
    if path[:2] != ("workflow", "steps") or len(path) < 3:
        return None
    try:
        found = data["workflow"]["steps"][path[2]]
    except (KeyError, IndexError, TypeError):
        return None
    return found if isinstance(found, dict) else None


def shared_choices() -> list[tuple[str, str]]:
    """Shared workflows by their names."""
    return [(each, str(raw.get("name", each))) for each, raw in shared().items()]
