"""Two people's changes of one definition brought together. Pure.

Groups are merged key by key, lists whose elements have names element by element; everything else is one thing. Where
both changed the same thing otherwise, neither wins: the place is told.
"""

from typing import Any, Final

from definitions.editing.minimal import same
from definitions.editing.places import NAMED
from definitions.reading.tree import Path

_GONE: Final = object()


def merged(base: object, mine: object, theirs: object) -> tuple[Any, tuple[Path, ...]]:
    """What both come to, beginning from `base`, and the places where they cannot: there it holds what `theirs` has."""
    clashes: list[Path] = []
    return _merge((), base, mine, theirs, clashes), tuple(clashes)


def _merge(path: Path, base: Any, mine: Any, theirs: Any, clashes: list[Path]) -> Any:
    if _same(mine, base) or _same(mine, theirs):
        return theirs
    if _same(theirs, base):
        return mine
    if isinstance(base, dict) and isinstance(mine, dict) and isinstance(theirs, dict):
        return _groups(path, base, mine, theirs, clashes)
    key = _telling(base, mine, theirs)
    if key is not None:
        return _lists(path, key, (base, mine, theirs), clashes)
    clashes.append(path)
    return theirs


def _groups(
    path: Path, base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any], clashes: list[Path]
) -> Any:
    made = {}
    for name in [*theirs, *(name for name in mine if name not in theirs)]:
        one, two, three = (each.get(name, _GONE) for each in (base, mine, theirs))
        value = _merge((*path, name), one, two, three, clashes)
        if value is not _GONE:
            made[name] = value
    return made


def _lists(path: Path, key: str, sides: tuple[list[Any], list[Any], list[Any]], clashes: list[Path]) -> Any:
    base, mine, theirs = sides
    b, m, t = ({item[key]: item for item in each} for each in (base, mine, theirs))
    first, second = (theirs, mine) if _kept_order(b, m) else (mine, theirs)
    if not _kept_order(b, m) and not _kept_order(b, t):
        clashes.append(path)
        return theirs
    order = [item[key] for item in first]
    before = None
    for item in second:
        name = item[key]
        if name not in order:
            order.insert(order.index(before) + 1 if before in order else 0, name)
        before = name
    made: list[Any] = []
    for name in order:
        place = (*path, list(t).index(name) if name in t else len(made))
        value = _merge(place, b.get(name, _GONE), m.get(name, _GONE), t.get(name, _GONE), clashes)
        if value is not _GONE:
            made.append(value)
    return made


def _kept_order(base: dict[str, Any], other: dict[str, Any]) -> bool:
    common = [name for name in other if name in base]
    return common == [name for name in base if name in other]


def _telling(*lists: Any) -> str | None:
    """The key whose value tells the elements of all the lists apart."""
    if not all(isinstance(each, list) for each in lists):
        return None
    for key in NAMED:
        names = [[item.get(key) if isinstance(item, dict) else None for item in each] for each in lists]
        if all(all(isinstance(name, str) for name in each) and len(set(each)) == len(each) for each in names):
            return key
    return None


def _same(one: object, other: object) -> bool:
    if one is _GONE or other is _GONE:
        return one is other
    return same(one, other)
