"""A new element as it begins: with what the language demands, named by the label it was given. Pure."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from definitions.editing.plain import closed, plain_key
from definitions.outline import Part

_KEPT: Final = re.compile(r"[^a-z0-9]+")
_LONGEST: Final = 40
_OPTIONS: Final = [
    {"value": "lua_chon_1", "label": "Lựa chọn 1"},
    {"value": "lua_chon_2", "label": "Lựa chọn 2"},
]
_WITH_OPTIONS: Final = frozenset({"choice", "multi_choice"})
_WITH_ITEM: Final = frozenset({"list", "group"})


@cache
def field_types() -> Mapping[str, str]:
    """What each type of field is called when one is chosen, in the order of the palette."""
    data = json.loads(files(__package__).joinpath("types.json").read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


def fresh(part: Part, label: str, taken: Iterable[str], **given: str) -> Any:
    """An element of the list that `part` describes the elements of; `given`: values of some of its keys (`type`), or under
    `begins` the key that it begins with.
    """
    begins = given.pop("begins", "")
    if begins in part.raw.get("begins", ()):
        return closed(part, None, {begins: _least(part.child(begins), label)})
    if plain_key(part):
        return label
    keys = part.keys
    made: dict[str, Any] = {}
    for key in keys:
        if key == "id":
            made[key] = id_of(label, taken)
        elif key in given:
            made[key] = given[key]
        elif key in {"label", "title", "name"} and key in part.required:
            made[key] = label
        elif key in part.required:
            child = part.child(key)
            made[key] = label if label in child.raw.get("words", ()) else _least(child, label)
    if "id" in keys and "label" in keys and "label" not in made:
        made["label"] = label
    kind = made.get("type")
    if kind in _WITH_OPTIONS:
        made["options"] = [dict(option) for option in _OPTIONS]
    if kind in _WITH_ITEM:
        made["item"] = [{"id": "noi_dung", "type": "text", "label": "Nội dung"}]
    if kind == "list":
        made["max"] = 20
    if not made and keys and part.child(keys[0]).raw.get("type") == "string":
        made[keys[0]] = label
    return made


def id_of(label: str, taken: Iterable[str]) -> str:
    """`Họ và tên` → `ho_va_ten`, with a number where that is taken."""
    plain = unicodedata.normalize("NFD", label.lower().replace("đ", "d"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    name = _KEPT.sub("_", plain).strip("_")[:_LONGEST].rstrip("_")
    if not name or not name[0].isalpha():
        name = f"muc_{name}".rstrip("_")
    used, number, found = set(taken), 2, name
    while found in used:
        found, number = f"{name}_{number}", number + 1
    return found


def ids_in(data: object) -> Iterator[str]:
    """Every id that stands anywhere in a definition: a new one is unlike all of them."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            if key == "id" and isinstance(value, str):
                yield value
            else:
                yield from ids_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from ids_in(value)


def _least(part: Part, label: str) -> Any:
    """The least that the language accepts at a place."""
    raw = part.raw
    if "enum" in raw:
        return raw["enum"][0]
    types = raw.get("type", "string")
    types = [types] if isinstance(types, str) else types
    if "array" in types and "string" not in types:
        item = part.child(0)
        # elements are added by their own names; an empty list is told as one
        return [_least(item, label)] if raw.get("minItems", 0) and not item.keys else []
    if "object" in types and "string" not in types:
        return {key: _least(part.child(key), label) for key in part.keys if key in part.required}
    if "boolean" in types:
        return True
    if "number" in types or "integer" in types:
        return raw.get("minimum", 0) or 1
    pattern = str(raw.get("pattern", ""))
    if pattern.startswith("^[a-z]"):
        return id_of(label, ())
    if "examples" in raw:
        return raw["examples"][0]
    return label
