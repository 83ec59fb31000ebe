"""What may stand at a place because of what stands elsewhere: steps to go to, functions, types of fields."""

from collections.abc import Iterator, Mapping
from typing import Any

from definitions.editing.controls import Control, word
from definitions.editing.fresh import field_types
from definitions.reading.tree import Path
from rules.workflow.model import APPLICANT, END, EXTERNAL
from tthc.accounts.model import FUNCTIONS

Choice = tuple[str, str]

_STEP_KEYS = frozenset({"to", "while_at", "step"})
_ACTION_KEYS = frozenset({"on_timeout", "on_payment"})


def choices(data: Any, path: Path, control: Control) -> tuple[Choice, ...]:
    """(value, words) for a control that would otherwise be typed; none where anything may be typed."""
    if control.options:
        return control.options
    steps = steps_of(data)
    inside = "steps" in path
    if control.key == "type" and path and isinstance(path[-1], int):
        return tuple(field_types().items())
    if control.key == "actor" and inside:
        functions = (*FUNCTIONS, APPLICANT, EXTERNAL)
        roles = list(_mapping(_mapping(data).get("workflow")).get("roles", ()))
        return tuple((each, word(each)) for each in (*functions, *roles))
    if control.key in _STEP_KEYS and inside and control.kind in {"line", "choice"}:
        ends = ((END, word(END)),) if control.key == "to" else ()
        return (*((str(step["id"]), str(step.get("name", step["id"]))) for step in steps), *ends)
    if control.key in _ACTION_KEYS and len(path) >= 3 and inside:
        actions = _mapping(steps[int(path[2])]).get("actions", ()) if int(path[2]) < len(steps) else ()
        return tuple(
            (str(each.get("id", "")), str(each.get("label", each.get("id", "")))) for each in actions
        )
    if control.key == "each" and path[:1] == ("attachments",):
        return tuple(
            (field["id"], str(field.get("label", field["id"])))
            for field in _fields(data)
            if field.get("type") == "list"
        )
    return ()


def steps_of(data: Any) -> list[Mapping[str, Any]]:
    """The steps of the workflow that the definition has of its own."""
    found = _mapping(_mapping(data).get("workflow")).get("steps", [])
    return (
        [step for step in found if isinstance(step, Mapping) and "id" in step]
        if isinstance(found, list)
        else []
    )


def uses_shared(data: Any) -> bool:
    """Whether the workflow is a shared one, named or changed in places."""
    told = _mapping(data).get("workflow")
    return isinstance(told, str) or "use" in _mapping(told)


def shared_name(data: Any) -> str:
    """The id of the shared workflow that is used; empty where there is none."""
    told = _mapping(data).get("workflow")
    return told if isinstance(told, str) else str(_mapping(told).get("use", ""))


def _fields(data: Any) -> Iterator[Mapping[str, Any]]:
    for page in _mapping(_mapping(data).get("form")).get("pages", []) or []:
        for field in _mapping(page).get("fields", []) or []:
            if isinstance(field, Mapping) and "id" in field:
                yield field


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
