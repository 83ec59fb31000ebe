"""Elements that may be written short: a text alone stands for a group with one key (`"Điều 1"` for `text: Điều 1`). Pure.

The schema names that key (`plain`). Controls show the group; what comes back is short again where it was or may be.
"""

from collections.abc import Mapping
from typing import Any

from definitions.outline import Part


def plain_key(part: Part) -> str:
    """The key that a text alone stands for; empty where the language has no short form."""
    return str(part.raw.get("plain", ""))


def opened(part: Part, value: Any) -> Mapping[str, Any]:
    """The element as a group; empty for what has no keys."""
    if isinstance(value, Mapping):
        return value
    key = plain_key(part)
    return {key: value} if key and value is not None and not isinstance(value, list) else {}


def closed(part: Part, before: Any, after: Mapping[str, Any]) -> Any:
    """The element as it is written: short where it was short, or new, and has nothing but that one key."""
    key = plain_key(part)
    if key and set(after) == {key} and not isinstance(before, Mapping):
        return after[key]
    return after


def lead_key(part: Part) -> str:
    """The key that says what an element is: its short form's, else the only one that the language demands."""
    return plain_key(part) or (next(iter(part.required)) if len(part.required) == 1 else "")
