"""Ids in the builder: where an element is used, what another id or its going would touch, asked before it is done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from admin.builder import preview
from admin.builder.page import place_of_path
from definitions.cache import Lru
from definitions.editing import EditError, path_of
from definitions.editing import at as value_at
from definitions.editing.contents import title_of
from definitions.editing.controls import part_at
from definitions.editing.reshaping import list_path
from definitions.reading.tree import Path
from definitions.references import Index, Renaming, Symbol, Use, index, inside, outside, renaming
from definitions.references.examples import acted as acted_at
from definitions.references.model import Acted

_INDEXED: Final[Lru[Index]] = Lru(32)
_SHOWN: Final = 90


@dataclass(frozen=True, slots=True)
class Spoken:
    """An element that speaks of another. `control`: the name of what does so in it; `title`: what it is called, after what
    it stands in; `said`: the text that names it; `times`: how often.
    """

    place: str
    control: str
    title: str
    said: str
    times: int


@dataclass(frozen=True, slots=True)
class Named:
    """The element being edited under its id, and who speaks of it."""

    symbol: Symbol
    spoken: tuple[Spoken, ...]
    times: int


@dataclass(frozen=True, slots=True)
class Asking:
    """What is to be said yes to. `place`: of the element; `new`: its id to be; `unread`: expressions that could not be
    searched, `unsure`: places that may mean it; both stay as they are.
    """

    act: Literal["rename", "remove"]
    place: str
    title: str
    old: str
    spoken: tuple[Spoken, ...]
    times: int
    new: str = ""
    unsure: tuple[Spoken, ...] = ()
    unread: tuple[Spoken, ...] = ()


def indexed(key: str, data: Any) -> Index:
    """`key`: of the text that the data are of."""
    kept = _INDEXED.get(key)
    if kept is None:
        kept = index(data)
        _INDEXED.put(key, kept)
    return kept


def acted(key: str, text: str, code: str, data: Any) -> Acted:
    """At which steps the examples act, by running them; nothing known where the text does not compile."""
    tried = preview.tried(key, text, code)
    if tried is None:
        return {}
    moves = [[(each.step, each.action) for each in result.passages] for result in tried.results]
    return acted_at(data, moves)


def named(found: Index, data: Any, path: Path) -> Named | None:
    symbol = found.at(path)
    if symbol is None:
        return None
    uses = inside(found, path)
    return Named(symbol, spoken(data, uses), len(uses))


def renamed(data: Any, place: str, new: str, known: Acted) -> Renaming:
    """Raises `EditError` with what to do instead."""
    return renaming(data, index(data, known), path_of(data, place), new, known)


def asking_to_rename(data: Any, place: str, plan: Renaming, found: Index) -> Asking:
    path = path_of(data, place)
    return Asking(
        "rename",
        place,
        title_of(part_at(path), value_at(data, path), path),
        plan.symbol.id,
        spoken(data, plan.uses),
        len(plan.uses),
        plan.new,
        spoken_at(data, plan.unsure),
        spoken_at(data, found.unread),
    )


def asking_to_remove(data: Any, place: str, found: Index) -> Asking | None:
    """None where nothing else speaks of the element or of what goes with it."""
    try:
        path = list_path(data, place)
        value = value_at(data, path)
    except EditError:
        return None
    uses = outside(found, path)
    if not uses:
        return None
    symbol = found.at(path)
    title = title_of(part_at(path), value, path)
    return Asking("remove", place, title, symbol.id if symbol else "", spoken(data, uses), len(uses))


def spoken(data: Any, uses: Sequence[Use]) -> tuple[Spoken, ...]:
    """By element, in the order of the definition."""
    return _grouped(data, [(use.path, use.key) for use in uses])


def spoken_at(data: Any, paths: Iterable[Path]) -> tuple[Spoken, ...]:
    return _grouped(data, [(path, False) for path in paths])


def _grouped(data: Any, found: Sequence[tuple[Path, bool]]) -> tuple[Spoken, ...]:
    made: dict[str, Spoken] = {}
    for path, key in found:
        place, control = place_of_path(data, path)
        known = made.get(place)
        if known is None:
            made[place] = Spoken(place, control, _titled(data, place), _said(data, path, key=key), 1)
        else:
            made[place] = replace(known, times=known.times + 1)
    return tuple(made.values())


def _titled(data: Any, place: str) -> str:
    """`Phí, lệ phí › Phí thẩm định`: the part of the definition, the elements on the way, the element."""
    path = list_path(data, place) if place else ()
    shown = [
        path[:length]
        for length in range(1, len(path) + 1)
        if length in {1, len(path)} or isinstance(path[length - 1], int)
    ]
    titles = [title_of(part_at(each), value_at(data, each), each) for each in shown]
    return " › ".join(filter(None, (_short(title, 60) for title in titles))) or "Thông tin chung"


def _said(data: Any, path: Path, *, key: bool) -> str:
    """The text that names it; a key with what stands at it, where that is one line."""
    value = value_at(data, path)
    text = " ".join(value.split()) if isinstance(value, str) else ""
    said = f"{path[-1]}: {text}".removesuffix(": ") if key else text or str(path[-1])
    return _short(said, _SHOWN)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
