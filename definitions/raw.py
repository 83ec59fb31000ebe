"""Raw data read whatever stands there. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

Raw = Mapping[str, Any]


def mapping(value: Any) -> Raw:
    """The group; an empty one where something else, or nothing, stands."""
    return value if isinstance(value, Mapping) else {}


def rows(value: Any) -> list[tuple[int, Raw]]:
    """The groups of a list with their numbers; nothing where there is no list."""
    return [
        (at, each)
        for at, each in enumerate(value if isinstance(value, list) else ())
        if isinstance(each, Mapping)
    ]


def groups(value: Any) -> Iterator[Raw]:
    """The groups of a list, whatever else stands in it."""
    yield from (each for _, each in rows(value))
