"""One query out of several conditions. What two of them say of one field becomes one condition wherever it can: beside
a `$and` the embedded server reads the whole collection, whatever its indexes (docs/benchmarks.md).
"""

from collections.abc import Mapping
from typing import Any, Final

SCALARS: Final = frozenset({"agency", "status", "procedure", "channel", "next_due", "submitted_at"})
"""Fields that hold one value: two values asked for at once are found nowhere. The others may hold several."""


_BOUNDS: Final[Mapping[str, Any]] = {"$gt": max, "$gte": max, "$lt": min, "$lte": min}


def together(*parts: Mapping[str, Any]) -> dict[str, Any]:
    """Where all of them hold."""
    whole: dict[str, Any] = {}
    apart: list[Any] = []
    for part in parts:
        for name, value in part.items():
            if name == "$and":
                apart += value
            elif name not in whole:
                whole[name] = value
            elif (both := _both(name, whole[name], value)) is not None:
                whole[name] = both
            else:
                apart.append({name: value})
    return {**whole, "$and": apart} if apart else whole


def _both(name: str, said: Any, value: Any) -> Any | None:
    """One condition that holds where both do; `None` where there is none."""
    if said == value:
        return said
    if _range(said) and _range(value):
        bounds = {**said, **value}
        return bounds | {each: _BOUNDS[each](said[each], value[each]) for each in said.keys() & value.keys()}
    if name in SCALARS:
        first, second = _values(said), _values(value)
        if first is not None and second is not None:
            return _one_of([each for each in first if each in second])
        if first is not None and _range(value):
            return _one_of([each for each in first if _within(each, value)])
        if second is not None and _range(said):
            return _one_of([each for each in second if _within(each, said)])
    mine, theirs = _operators(said), _operators(value)
    return None if mine.keys() & theirs.keys() else {**mine, **theirs}


def _one_of(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 and values[0] is not None else {"$in": values}


def _values(said: Any) -> list[Any] | None:
    """The values that a condition allows, where it names them."""
    if not isinstance(said, dict):
        return [said]
    return list(said["$in"]) if said.keys() == {"$in"} else None


def _operators(said: Any) -> Mapping[str, Any]:
    return said if isinstance(said, dict) else {"$eq": said}


def _range(said: Any) -> bool:
    return isinstance(said, dict) and bool(said) and said.keys() <= _BOUNDS.keys()


def _within(value: Any, bounds: Mapping[str, Any]) -> bool:
    holds = {
        "$gt": lambda bound: value > bound,
        "$gte": lambda bound: value >= bound,
        "$lt": lambda bound: value < bound,
        "$lte": lambda bound: value <= bound,
    }
    return value is not None and all(holds[each](bound) for each, bound in bounds.items())
