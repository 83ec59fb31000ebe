"""What may stand at a place because of what stands beside it; what the whole definition has of a kind, the language
itself says (`refers`, `definitions.editing.own`).
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from admin.builder.blocks import block_choices
from definitions import blocks, workflows
from definitions.editing import EditError, at
from definitions.editing.controls import Control, word
from definitions.editing.fresh import field_types
from definitions.raw import mapping
from definitions.reading.tree import Path
from rules.workflow.model import END

Choice = tuple[str, str]

_ACTION_KEYS = frozenset({"on_timeout", "on_payment", "on_returned", "on_declined"})
_PART_KEYS: Final = frozenset({"only", "required_parts", "optional_parts"})
_FIELD_LISTS: Final = frozenset({"fields", "item", "questions"})
_CHOOSING: Final = frozenset({"choice", "multi_choice"})
_PROFILE: Final[tuple[Choice, ...]] = (
    ("full_name", "Họ, chữ đệm, tên"),
    ("organisation_name", "Tên tổ chức"),
    ("citizen_number", "Số định danh cá nhân"),
    ("tax_number", "Mã số thuế"),
    ("birth_date", "Ngày sinh"),
    ("sex", "Giới tính"),
    ("phone", "Số điện thoại"),
    ("email", "Thư điện tử"),
    ("address", "Địa chỉ"),
)
"""What an account knows of whom it belongs to (`Account.profile_values`)."""


def choices(data: Any, path: Path, control: Control) -> tuple[Choice, ...]:
    """(value, words) for a control that would otherwise be typed; none where anything may be typed."""
    if control.options:
        return control.options
    steps = steps_of(data)
    inside = path[:1] == ("workflow",)
    field = _of_field(data, path)
    if field is not None:
        return _field_choices(data, path, control, field)
    if control.key == "to" and inside and control.kind == "line":
        return (*_called(steps, "name"), (END, word(END)))
    if control.key in _ACTION_KEYS and len(path) >= 3 and inside:
        actions = mapping(steps[int(path[2])]).get("actions", ()) if int(path[2]) < len(steps) else ()
        return tuple(
            (str(each.get("id", "")), str(each.get("label", each.get("id", "")))) for each in actions
        )
    return ()


def _of_field(data: Any, path: Path) -> Mapping[str, Any] | None:
    """The field that a place is."""
    if len(path) < 2 or not isinstance(path[-1], int) or path[-2] not in _FIELD_LISTS:
        return None
    try:
        found = at(data, path)
    except EditError:
        return None
    return found if isinstance(found, Mapping) and "type" in found else None


def _field_choices(data: Any, path: Path, control: Control, field: Mapping[str, Any]) -> tuple[Choice, ...]:
    beside = [each for each in at(data, path[:-1]) if isinstance(each, Mapping) and each is not field]
    block = blocks.shared().get(str(field["type"]))
    match control.name:
        case "type":
            return (*field_types().items(), *((each, f"Khối {label}") for each, label in block_choices()))
        case "options.parent":
            return _called(each for each in beside if each.get("type") in _CHOOSING)
        case "check_against.birth_date":
            return _called(each for each in beside if each.get("type") == "date")
        case "check_against.sex":
            return _called(each for each in beside if each.get("type") in _CHOOSING)
        case "line":
            return _called(_list(field, "item"))
        case "prefill":
            return (("applicant", "Người nộp hồ sơ"),) if block else _PROFILE
    return _called(block["parts"]) if block and control.key in _PART_KEYS else ()


def own_options(value: Mapping[str, Any]) -> bool | None:
    """Whether a choice has its list written in place; False where a vocabulary's, None for what is no choice."""
    return isinstance(value.get("options"), list) if value.get("type") in _CHOOSING else None


def every_step(data: Any) -> list[Mapping[str, Any]]:
    """The steps of the workflow, be they the definition's own or a shared one's."""
    return steps_of(data) or list(workflows.shared().get(shared_name(data), {}).get("steps", ()))


def _called(found: Iterable[Mapping[str, Any]], key: str = "label") -> tuple[Choice, ...]:
    """(id, name) of elements, each id once."""
    return tuple({str(each["id"]): str(each.get(key, each["id"])) for each in found if "id" in each}.items())


def _list(holder: Any, key: str) -> list[Mapping[str, Any]]:
    found = mapping(holder).get(key)
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def steps_of(data: Any) -> list[Mapping[str, Any]]:
    """The steps of the workflow that the definition has of its own."""
    found = mapping(mapping(data).get("workflow")).get("steps", [])
    return (
        [step for step in found if isinstance(step, Mapping) and "id" in step]
        if isinstance(found, list)
        else []
    )


def uses_shared(data: Any) -> bool:
    """Whether the workflow is a shared one, named or changed in places."""
    told = mapping(data).get("workflow")
    return isinstance(told, str) or "use" in mapping(told)


def shared_name(data: Any) -> str:
    """The id of the shared workflow that is used; empty where there is none."""
    told = mapping(data).get("workflow")
    return told if isinstance(told, str) else str(mapping(told).get("use", ""))
