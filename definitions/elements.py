"""Every element of a definition by its place: ids from the outermost inwards (`form.pages.nguoi_nop.fields.full_name`,
`fees.phi`, `information.sequence`), each with the name people know it by. What a comment is pinned to (Đ9.1a).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from definitions.diff.comparing import NAMES, PARTS
from definitions.diff.saying import part_word
from definitions.outline import Part, root

_OPENED: Final = frozenset({"information", "form", "workflow"})
"""Keys that hold several things, each an element of its own."""
_INNER: Final = frozenset(PARTS) - {"inputs", "examples"}
"""Lists whose elements may hold lists with elements: an example is one thing, whatever it tells."""


@dataclass(frozen=True, slots=True)
class Element:
    """`place`: the dotted path by ids; `label`: with what it is, «trường “Họ và tên”»."""

    place: str
    label: str


def elements(raw: Mapping[str, Any]) -> tuple[Element, ...]:
    """All of them in the order of the language. `raw`: a definition's data, canonical."""
    return tuple(_mapping("", raw, root()))


def element_of(found: Sequence[Element], place: str) -> Element | None:
    """The element at that place, or the innermost that holds it; None where there is nothing of it any more."""
    known = {element.place: element for element in found}
    while place:
        if place in known:
            return known[place]
        place = place.rpartition(".")[0]
    return None


def _mapping(place: str, raw: Mapping[str, Any], schema: Part) -> Iterator[Element]:
    known = [key for key in schema.keys if key in raw]
    for key in dict.fromkeys([*known, *raw]):
        here = f"{place}.{key}" if place else key
        below, value = schema.child(key), raw[key]
        listed = key in PARTS and _of_parts(value)
        if not place or place in _OPENED or listed:
            yield Element(here, below.title or f"“{key}”")
        if listed:
            yield from _list(here, key, value, below.child(0))
        elif here in _OPENED and isinstance(value, Mapping):
            yield from _mapping(here, value, below)


def _list(place: str, key: str, values: Sequence[Mapping[str, Any]], schema: Part) -> Iterator[Element]:
    for number, value in enumerate(values, start=1):
        name = str(value.get(NAMES.get(key, "id"), number))
        here = f"{place}.{name}"
        yield Element(here, _label(PARTS[key], value, name))
        if key in _INNER:
            for inner in schema.keys:
                if inner in _INNER and _of_parts(value.get(inner)):
                    yield from _list(f"{here}.{inner}", inner, value[inner], schema.child(inner).child(0))


def _label(part: str, value: Mapping[str, Any], name: str) -> str:
    said = next((str(value[key]) for key in ("label", "name", "title", "message") if value.get(key)), name)
    return f"{part_word(part)} “{' '.join(said.split())}”"


def _of_parts(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and bool(value) and all(isinstance(v, Mapping) for v in value)
