"""One change of one place, as a value: what it does to the data of a definition. Pure.

A path is what problems name: keys of groups and numbers of list elements (`("fees", 0, "amount")`).
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, TypeAlias

from definitions.reading.tree import Path


class EditError(ValueError):
    """A change that cannot be made; the message says why, in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Put:
    """The place gets this value, whether or not it had one. Groups on the way that are missing are made."""

    path: Path
    value: object


@dataclass(frozen=True, slots=True)
class Drop:
    """The key or the list element goes, and with it the comments above it."""

    path: Path


@dataclass(frozen=True, slots=True)
class Insert:
    """A new element of the list at `path` (made where there is none), before the one that has number `index` now."""

    path: Path
    index: int
    value: object


@dataclass(frozen=True, slots=True)
class Move:
    """An element of the list at `path` goes to another place of the same list: `index` is its number afterwards."""

    path: Path
    of: int
    index: int


@dataclass(frozen=True, slots=True)
class Spot:
    """The characters `start` to `end` of the text at a path, or (`key`) the path's last part, which is a key; and the word
    that comes there.
    """

    path: Path
    new: str
    start: int = 0
    end: int = 0
    key: bool = False


@dataclass(frozen=True, slots=True)
class Rename:
    """Other words at many spots at once; paths and characters are those of before."""

    spots: tuple[Spot, ...]


Edit: TypeAlias = Put | Drop | Insert | Move | Rename


def at(data: object, path: Sequence[str | int]) -> Any:
    """The value at a path; raises `EditError` where there is none."""
    for part in path:
        holder: Any = data
        keyed = isinstance(holder, dict) and isinstance(part, str) and part in holder
        listed = isinstance(holder, list) and isinstance(part, int) and 0 <= part < len(holder)
        if not keyed and not listed:
            raise gone(path)
        data = holder[part]
    return data


def gone(path: Sequence[str | int]) -> EditError:
    place = ".".join(map(str, path))
    return EditError(f"Chỗ “{place}” không còn trong bản cấu hình; có thể vừa bị xóa hay đổi ở nơi khác.")


def applied(data: Any, edit: Edit) -> Any:
    """The data after the change; the data given stays as it is. Raises `EditError`."""
    if isinstance(edit, Rename):
        return _renamed(data, (), _by_path(edit.spots))
    data = deepcopy(data)
    match edit:
        case Put(path, value):
            if not path:
                return deepcopy(value)
            into = _group(data, path)
            if isinstance(into, list):
                at(into, path[-1:])
            into[path[-1]] = deepcopy(value)
        case Drop(path):
            if not path:
                raise EditError("Không xóa được cả bản cấu hình.")
            at(data, path)
            holder: Any = at(data, path[:-1])
            del holder[path[-1]]
        case Insert(path, index, value):
            items = at(data, path) if _there(data, path) else []
            if not isinstance(items, list) or not 0 <= index <= len(items):
                raise gone((*path, index))
            fresh = [*items[:index], deepcopy(value), *items[index:]]
            return applied(data, Put(path, fresh))
        case Move(path, of, index):
            items = at(data, path)
            if not isinstance(items, list) or not (0 <= of < len(items) and 0 <= index < len(items)):
                raise gone((*path, of))
            items.insert(index, items.pop(of))
    return data


def _by_path(spots: Iterable[Spot]) -> Mapping[Path, list[Spot]]:
    found: dict[Path, list[Spot]] = {}
    for spot in spots:
        found.setdefault(spot.path, []).append(spot)
    return found


def _renamed(data: Any, path: Path, spots: Mapping[Path, Sequence[Spot]]) -> Any:
    if isinstance(data, dict):
        made = {}
        for key, each in data.items():
            here = (*path, key)
            name = next((spot.new for spot in spots.get(here, ()) if spot.key), key)
            made[name] = _renamed(each, here, spots)
        return made
    if isinstance(data, list):
        return [_renamed(each, (*path, at), spots) for at, each in enumerate(data)]
    return spliced(data, spots[path]) if isinstance(data, str) and path in spots else data


def spliced(text: str, spots: Iterable[Spot]) -> str:
    """The text with the new word at each of its spots."""
    for spot in sorted({each for each in spots if not each.key}, key=lambda each: each.start, reverse=True):
        text = text[: spot.start] + spot.new + text[spot.end :]
    return text


def _there(data: object, path: Path) -> bool:
    try:
        at(data, path)
    except EditError:
        return False
    return True


def _group(data: Any, path: Path) -> Any:
    """What holds the last part of the path; groups that are missing on the way are made."""
    for number, part in enumerate(path[:-1]):
        if isinstance(data, dict) and isinstance(part, str):
            if not isinstance(data.get(part), (dict, list)):
                if part in data and data[part] is not None:
                    raise gone(path[: number + 1])
                data[part] = {}
            data = data[part]
        elif isinstance(data, list) and isinstance(part, int) and 0 <= part < len(data):
            data = data[part]
        else:
            raise gone(path[: number + 1])
    if isinstance(data, dict) is not isinstance(path[-1], str) or not isinstance(data, (dict, list)):
        raise gone(path)
    return data
