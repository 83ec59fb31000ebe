"""A new value for a place as the fewest changes below it, so that what did not change keeps its comments. Pure."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from definitions.editing.edits import Drop, Edit, Insert, Move, Put
from definitions.editing.places import NAMED
from definitions.reading.tree import Path


def minimal(path: Path, before: object, after: object) -> tuple[Edit, ...]:
    """Changes that make `after` of `before` when taken one after the other; none where they are the same."""
    return tuple(_between(path, before, after))


def same(one: object, other: object) -> bool:
    """Equal, and of one kind: 1 is not true, as Python would have it."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return isinstance(one, bool) is isinstance(other, bool) and one == other


def _between(path: Path, before: Any, after: Any) -> Iterator[Edit]:
    if isinstance(before, dict) and isinstance(after, dict) and before and after:
        yield from (Drop((*path, key)) for key in before if key not in after)
        for key, value in after.items():
            if key not in before:
                yield Put((*path, key), value)
            else:
                yield from _between((*path, key), before[key], value)
    elif isinstance(before, list) and isinstance(after, list) and before and after:
        yield from _lists(path, before, after)
    elif not same(before, after):
        yield Put(path, after)


def _lists(path: Path, before: list[Any], after: list[Any]) -> Iterator[Edit]:
    key = _telling(before, after)
    if key is None:
        yield from _by_content(path, before, after)
        return
    names, wanted = [item[key] for item in before], [item[key] for item in after]
    items = list(before)
    for number in reversed(range(len(names))):
        if names[number] not in wanted:
            del names[number], items[number]
            yield Drop((*path, number))
    for number, name in enumerate(wanted):
        if name not in names:
            names.insert(number, name)
            items.insert(number, after[number])
            yield Insert(path, number, after[number])
        elif names[number] != name:
            old = names.index(name)
            names.insert(number, names.pop(old))
            items.insert(number, items.pop(old))
            yield Move(path, old, number)
        yield from _between((*path, number), items[number], after[number])


def _telling(before: list[Any], after: list[Any]) -> str | None:
    """The key by which the elements of both lists are told apart."""
    for key in NAMED:
        names = [
            [item.get(key) if isinstance(item, dict) else None for item in each] for each in (before, after)
        ]
        if all(None not in each and len(set(map(str, each))) == len(each) for each in names):
            return key
    return None


def _by_content(path: Path, before: list[Any], after: list[Any]) -> Iterator[Edit]:
    """Elements without names: those that stay the same stay, those that stand across from each other change."""
    matcher = SequenceMatcher(
        None, [repr(item) for item in before], [repr(item) for item in after], autojunk=False
    )
    shift = 0
    for _, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        common = min(to_old - from_old, to_new - from_new)
        for step in range(common):
            yield from _between(
                (*path, from_old + step + shift), before[from_old + step], after[from_new + step]
            )
        for number in reversed(range(from_old + common, to_old)):
            yield Drop((*path, number + shift))
        for step in range(common, to_new - from_new):
            yield Insert(path, from_old + step + shift, after[from_new + step])
        shift += (to_new - from_new) - (to_old - from_old)
