"""A definition's table of contents: every element that has a page of its own in the builder, by its place. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from definitions.editing.controls import kind_of, said
from definitions.editing.places import name_in
from definitions.editing.plain import plain_key
from definitions.outline import Part, root
from definitions.problems import Problem
from definitions.reading.tree import Path

GENERAL: Final = ""
_SAID: Final = 4
_OPENING: Final = ("heading", "text")
"""A paragraph that opens in bold is called by both."""
_CALLED: Final = ("label", "title", "name", "question", "heading", "do", "reason", "text")


@dataclass(frozen=True, slots=True)
class Entry:
    """`path`: numbers of today; `place`: lasting. `kind`: what the language calls it. `many`: its children are a list that
    grows. `counts`: errors and warnings in it and below.
    """

    path: Path
    place: str
    title: str
    kind: str
    many: bool
    counts: tuple[int, int] = (0, 0)
    children: tuple["Entry", ...] = ()

    def walk(self) -> Iterator["Entry"]:
        yield self
        for child in self.children:
            yield from child.walk()


def contents(data: Any, problems: Iterable[Problem] = ()) -> Entry:
    """The whole as the first entry, whose own page holds what stands at the top of the definition."""
    marks = _marks(problems)
    known = data if isinstance(data, Mapping) else {}
    top = root()
    children = tuple(
        _entry((key,), top.child(key), known.get(key), key, marks)
        for key in top.keys
        if kind_of(top.child(key), known.get(key)) == "parts" or key == "workflow"
    )
    inside = {child.path[0] for child in children}
    own = [severity for path, severity in marks if not path or path[0] not in inside]
    return Entry(
        (), GENERAL, "Thông tin chung", "Bản cấu hình", many=False, counts=_count(own), children=children
    )


def _entry(path: Path, part: Part, value: Any, place: str, marks: list[tuple[Path, str]]) -> Entry:
    below = [severity for where, severity in marks if where[: len(path)] == tuple(map(str, path))]
    children = tuple(_children(path, part, value, place, marks))
    many = isinstance(value, list) or "array" in _types(part) or _keyed(part)
    return Entry(path, place, title_of(part, value, path), part.title, many, _count(below), children)


def _children(
    path: Path, part: Part, value: Any, place: str, marks: list[tuple[Path, str]]
) -> Iterator[Entry]:
    if isinstance(value, list):
        for number, each in enumerate(value):
            if isinstance(each, dict) or (isinstance(each, str) and plain_key(part.child(number))):
                yield _entry(
                    (*path, number), part.child(number), each, f"{place}.{name_in(value, number)}", marks
                )
        return
    if not isinstance(value, Mapping):
        return
    for key in part.keys or value:
        child = part.child(key)
        if key in value and kind_of(child, value[key]) == "parts" and path[:1] != ("examples",):
            yield _entry((*path, key), child, value[key], f"{place}.{key}", marks)


def title_of(part: Part, value: Any, path: Path) -> str:
    """What an element is called: by its own words, else by the language's with its number."""
    if isinstance(value, str) and path and isinstance(path[-1], int) and value.strip():
        return _worded(part, plain_key(part), value)
    if isinstance(value, Mapping) and path and isinstance(path[-1], int):
        opening = [str(value[key]) for key in _OPENING if isinstance(value.get(key), str)]
        if len(opening) == len(_OPENING):
            return " ".join(opening)
        for key in (*_CALLED, plain_key(part)):
            told = value.get(key)
            if isinstance(told, str) and told.strip():
                return _worded(part, key, told)
        told = value.get("id")
        if isinstance(told, str):
            return told
        said = " · ".join(islice(_leaves(value), _SAID))
        return said or f"{part.title or 'Mục'} {path[-1] + 1}"
    return part.title or (str(path[-1]) if path else "")


def _worded(part: Part, key: str, value: str) -> str:
    """By its word, where it is one of what the definition has."""
    words = part.child(key).raw.get("words", {})
    said = str(words.get(value, value)).strip()
    return said[:1].upper() + said[1:] if value in words else said


def _leaves(value: Any) -> Iterator[str]:
    """What an element without a name says, one thing after the other: a row of a table by its cells."""
    if isinstance(value, Mapping):
        for each in value.values():
            yield from _leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each)
    elif value is not None and str(value).strip():
        yield said(str(value).strip().strip('"'))


def _keyed(part: Part) -> bool:
    return not part.keys and isinstance(part.raw.get("additionalProperties"), Mapping)


def _types(part: Part) -> list[str]:
    types = part.raw.get("type", "")
    return [types] if isinstance(types, str) else list(types)


def _count(severities: list[str]) -> tuple[int, int]:
    errors = sum(1 for severity in severities if severity == "error")
    return errors, len(severities) - errors


def _marks(problems: Iterable[Problem]) -> list[tuple[Path, str]]:
    return [
        (tuple(problem.path.split(".")) if problem.path else (), problem.severity) for problem in problems
    ]
