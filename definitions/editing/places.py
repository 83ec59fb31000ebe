"""Places by the ids of what stands in lists (`form.pages.nguoi_nop.fields.full_name`), so that a link to an element
holds while others come and go around it. Pure.
"""

from typing import Final

from definitions.editing.edits import gone
from definitions.reading.tree import Path

NAMED: Final = ("id", "value", "name", "number", "step")
"""What tells the elements of a list apart, in this order: fields, options, examples, laws, branches."""


def path_of(data: object, place: str) -> Path:
    """The path that a place names now; raises `EditError` where it names nothing. The empty place is the whole."""
    path: list[str | int] = []
    for part in place.split("\N{FULL STOP}") if place else ():
        if isinstance(data, list):
            index = _index(data, _decoded(part))
            if index is None:
                raise gone((*path, part))
            path.append(index)
            data = data[index]
        elif isinstance(data, dict) and part in data:
            path.append(part)
            data = data[part]
        else:
            raise gone((*path, part))
    return tuple(path)


def place_of(data: object, path: Path) -> str:
    """The lasting name of a path; of a part that is not there, as the path has it."""
    names: list[str] = []
    for part in path:
        name = str(part)
        if isinstance(data, list) and isinstance(part, int) and part < len(data):
            name = name_in(data, part)
            data = data[part]
        elif isinstance(data, dict) and part in data:
            data = data[part]
        names.append(name)
    return ".".join(names)


def name_in(items: list[object], index: int) -> str:
    """What an element is known by among its list; its number where it has no name of its own."""
    item = items[index]
    if isinstance(item, dict):
        for key in NAMED:
            name = item.get(key)
            if isinstance(name, str) and name and not name.isdecimal():
                others = (other for other in items if isinstance(other, dict) and other.get(key) == name)
                if sum(1 for _ in others) == 1:
                    return _encoded(name)
    return str(index)


def _index(items: list[object], name: str) -> int | None:
    if name.isdecimal():
        return int(name) if int(name) < len(items) else None
    for key in NAMED:
        for number, item in enumerate(items):
            if isinstance(item, dict) and item.get(key) == name:
                return number
    return None


def _encoded(name: str) -> str:
    """Dots part the names of a place, so those within one are written otherwise."""
    return name.replace("~", "~0").replace(".", "~1")


def _decoded(name: str) -> str:
    return name.replace("~1", ".").replace("~0", "~")
