"""The language's schema as an outline: what each key is called, what it means and in which order keys are written."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from definitions.shape import schema

_REF = "#/"


@dataclass(frozen=True)
class Part:
    """One place of a definition. `raw`: its schema, references followed; empty for what the schema does not know."""

    raw: Mapping[str, Any]

    @property
    def title(self) -> str:
        """As people call it; empty where the schema has no word."""
        return str(self.raw.get("title", ""))

    @property
    def description(self) -> str:
        return str(self.raw.get("description", ""))

    @property
    def keys(self) -> tuple[str, ...]:
        """In the canonical order."""
        return tuple(self.raw.get("properties", ()))

    @property
    def required(self) -> frozenset[str]:
        return frozenset(self.raw.get("required", ()))

    def child(self, key: str | int) -> "Part":
        """The value of a key, or an element of a list."""
        if isinstance(key, int):
            return _part(self.raw.get("items", {}))
        known = self.raw.get("properties", {})
        if key in known:
            return _part(known[key])
        others = self.raw.get("additionalProperties", {})
        return _part(others if isinstance(others, Mapping) else {})


def _part(raw: Mapping[str, Any]) -> Part:
    """What stands beside a reference is said of this place and wins."""
    reference = str(raw.get("$ref", ""))
    if not reference.startswith(_REF):
        return Part(raw)
    target: Any = schema()
    for name in reference.removeprefix(_REF).split("/"):
        target = target[name]
    found = _part(target)
    return Part({**found.raw, **{key: value for key, value in raw.items() if key != "$ref"}})


@cache
def root() -> Part:
    return Part(schema())


def shared_part(name: str) -> Part:
    """A part of the schema that is no key of a definition: `block`, `vocabulary`."""
    return _part({"$ref": f"#/$defs/{name}"})
