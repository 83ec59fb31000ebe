"""The examples of the linter's rules: the small definition `rules/base.yaml` with a few places changed.

A place is named as the problems name it, with dots (`fees.0.amount`), or more readably by the ids of what stands in a
list (`fees.phi.amount`, `workflow.steps.tham_dinh.actor`); `+` is the place after the last of a list.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from io import StringIO
from textwrap import dedent
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.representer import SafeRepresenter
from ruamel.yaml.resolver import VersionedResolver

from definitions.reading import read
from definitions.reading.tree import Path
from definitions.sharing import texts

FOLDER: Final = "lint/rules"
BASE: Final = "base.yaml"
_NAMED: Final = ("id", "value", "name", "number")
"""What tells the elements of a list apart, in this order: fields, options, examples, laws."""

_WALKS: Final[Mapping[str, object]] = {
    "examples.0.steps": [
        {"do": "accept"},
        {"do": "trinh", "at": "2026-11-20T10:00"},
        {"do": "chuyen_lai", "at": "2026-11-20T14:00"},
        {"do": "trinh", "at": "2026-11-20T15:00"},
        {"do": "duyet", "at": "2026-11-23T09:00"},
        {"do": "tra", "at": "2026-11-23T14:00"},
    ],
    "examples.1.steps": [{"do": "accept"}, {"do": "trinh", "at": "2026-11-20T10:00"}],
}

_VISIBLE: Final = {code: chr(0x2400 + code) for code in range(32) if chr(code) != "\n"}
"""Control characters by their pictures: a page can show them, and stays a text."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """In the text of the base: `old`, which stands there once, becomes `new`, written `times` times."""

    old: str
    new: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Patch:
    """`put` places get a value, `drop` places go; `replace` is for what is wrong with the text itself and stands alone.

    `show`: the places the page shows; those that are changed, unless said.
    """

    put: Mapping[str, object]
    drop: tuple[str, ...] = ()
    replace: Replacement | None = None
    show: tuple[str, ...] = ()


@cache
def base() -> str:
    """The text of the small sound definition."""
    return next(text for name, text in texts(FOLDER) if name == BASE)


def patched(patch: Patch) -> str:
    """The whole text of an example; raises `ValueError` for a place that is not there."""
    if patch.replace is not None:
        return base().replace(_once(patch.replace), patch.replace.new * patch.replace.times)
    return _written(_changed(patch)[0])


def walked(patch: Patch) -> Patch:
    """The same with examples that take every action of the base: for what only a run of them can tell."""
    return replace(patch, put={**_WALKS, **patch.put}, show=patch.show or tuple(patch.put))


def fragment(patch: Patch) -> str:
    """The part of the example that matters, as its author would write it; what stands around it is left out."""
    if patch.replace is not None:
        return _lines_around(patch.replace)
    data, touched = _changed(patch)
    shown = [_place(data, name) for name in patch.show] or touched
    return _written(_pruned(data, shown))


def _changed(patch: Patch) -> tuple[Any, list[Path]]:
    """The data after the patch and the places it touched: of a value its group, so that the reader sees whose it is."""
    data: Any = deepcopy(read(base()).data)
    touched: list[Path] = []
    for name, value in patch.put.items():
        *way, last = _place(data, name)
        into = _at(data, way)
        if last == len(into) and isinstance(into, list):
            into.append(deepcopy(value))
        else:
            into[last] = deepcopy(value)
        touched.append((*way, last))
    for name in patch.drop:
        *way, last = _place(data, name)
        del _at(data, way)[last]
        touched.append(tuple(way))
    return data, [_whole(data, place) for place in touched]


def _whole(data: Any, place: Path) -> Path:
    """The element of a list that the place belongs to when it is small, else the place itself."""
    for end in range(len(place), 0, -1):
        if isinstance(place[end - 1], int):
            element = place[:end]
            return element if len(_written(_at(data, element))) < 400 else place
    return place


def _place(data: Any, name: str) -> Path:
    """`fees.phi.amount` → `("fees", 0, "amount")`; the last name need not be there yet."""
    path: list[str | int] = []
    names = name.split(".")
    for at, part in enumerate(names):
        if isinstance(data, list):
            found: str | int | None = _index(data, part)
        else:
            found = part if isinstance(data, dict) and (part in data or at == len(names) - 1) else None
        if found is None:
            raise ValueError(f"bản mẫu không có “{name}”: không thấy “{part}”")
        path.append(found)
        data = _at(data, [found]) if at < len(names) - 1 else None
    return tuple(path)


def _index(items: Sequence[Any], part: str) -> int | None:
    if part == "+":
        return len(items)
    if part.isdecimal():
        return int(part) if int(part) < len(items) else None
    named = (
        at
        for at, item in enumerate(items)
        if isinstance(item, dict) and part in (item.get(key) for key in _NAMED)
    )
    return next(named, None)


def _at(data: Any, path: Sequence[str | int]) -> Any:
    for part in path:
        data = data[part]
    return data


def _pruned(data: Any, shown: Sequence[Path], *, listed: bool = False) -> Any:
    """Only what leads to the shown places; an element of a list keeps the name it is known by."""
    if () in shown:
        return data
    inner: dict[Any, list[Path]] = {}
    for first, *rest in shown:
        inner.setdefault(first, []).append(tuple(rest))
    if isinstance(data, list):
        return [_pruned(data[at], inner[at], listed=True) for at in sorted(inner)]
    name = next((key for key in _NAMED if key in data), None) if listed else None
    return {
        key: _pruned(value, inner[key]) if key in inner else value
        for key, value in data.items()
        if key in inner or key == name
    }


def _once(change: Replacement) -> str:
    if base().count(change.old) != 1:
        raise ValueError(f"bản mẫu phải có đúng một chỗ “{change.old}”")
    return change.old


def _lines_around(change: Replacement) -> str:
    """The changed lines, whole; a long repetition is cut short."""
    before, _, after = base().partition(_once(change))
    start = before.rpartition("\n")[2]
    end = after.partition("\n")[0]
    new = change.new if change.times == 1 else f"{change.new}… ({change.times} lần như vậy) …"
    return dedent(f"{start}{new}{end}\n").translate(_VISIBLE)


class _NoDates(VersionedResolver):
    """Days stay plain text, as the reader of definitions has it."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        tag = super().resolve(kind, value, implicit)
        return self.DEFAULT_SCALAR_TAG if str(tag).endswith(":timestamp") else tag


class _Representer(SafeRepresenter):
    def decimal(self, value: Decimal) -> Any:
        return self.represent_scalar("tag:yaml.org,2002:float", f"{value:f}")


_Representer.add_representer(Decimal, _Representer.decimal)


def _written(data: Any) -> str:
    """YAML: leaves on a line, what holds them below each other, keys in the order of the data."""
    yaml: Any = YAML(typ="safe", pure=True)
    yaml.Resolver = _NoDates
    yaml.Representer = _Representer
    yaml.default_flow_style = None
    yaml.sort_base_mapping_type_on_output = False
    yaml.allow_unicode = True
    yaml.width = 110
    yaml.indent(mapping=2, sequence=4, offset=2)
    into = StringIO()
    yaml.dump(data, into)
    return into.getvalue()
