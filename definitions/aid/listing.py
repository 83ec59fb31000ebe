"""The conditions and tables that a definition's text has, each at its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from definitions.outline import Part, root
from definitions.reading.tree import Path

CONDITION_KEYS: Final = ("when", "visible", "required", "skip_when", "rule")
_SKIPPED: Final = frozenset({"examples", "information"})


@dataclass(frozen=True, slots=True)
class Found:
    """`title` says where it stands (`Phí, lệ phí › Phí thẩm định`); `value`: the FEEL, or the table's data."""

    path: Path
    title: str
    value: object

    @property
    def dotted(self) -> str:
        return ".".join(map(str, self.path))


def conditions_in(data: object) -> tuple[Found, ...]:
    """Every condition that is written in the text itself, in its order."""
    return tuple(each for each in _walk(data, (), "", root()) if isinstance(each.value, str))


def tables_in(data: object) -> tuple[Found, ...]:
    """The tables of fees, with the number of the fee in the path."""
    fees = data.get("fees", ()) if isinstance(data, dict) else ()
    return tuple(
        Found(("fees", at, "amount"), str(fee.get("label", "")), fee["amount"])
        for at, fee in enumerate(fees)
        if isinstance(fee, dict) and isinstance(fee.get("amount"), dict)
    )


def unwritten(data: object, dotted: str) -> Found | None:
    """A place of the text where a condition or a fee's table may stand and none does yet, to be written from nothing."""
    *into, key = (int(each) if each.isdecimal() else each for each in dotted.split("."))
    parent, part, title = data, root(), ""
    for each in into:
        try:
            parent = parent[each]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return None
        part = part.child(each)
        title = _joined(
            title, _called(parent, each) if isinstance(each, int) else part.title if not title else ""
        )
    path = (*into, key)
    if not isinstance(parent, Mapping) or key not in part.keys or path[0] in _SKIPPED:
        return None
    if key in CONDITION_KEYS and not isinstance(parent.get(key), str):
        return Found(path, _joined(title, part.child(key).title), "")
    if path[0] == "fees" and key == "amount" and not isinstance(parent.get(key), Mapping):
        return Found(path, title, {})
    return None


def _walk(data: object, path: Path, title: str, part: Part) -> Iterator[Found]:
    if isinstance(data, Mapping):
        for key, value in data.items():
            if not path and key in _SKIPPED:
                continue
            here = part.child(key)
            if key in CONDITION_KEYS and isinstance(value, str):
                yield Found((*path, key), _joined(title, here.title or key), value)
            else:
                yield from _walk(value, (*path, key), title if path else here.title or key, here)
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from _walk(value, (*path, at), _joined(title, _called(value, at)), part.child(at))


def _joined(title: str, more: str) -> str:
    return f"{title} › {more}" if title and more else title or more


def _called(value: object, at: int) -> str:
    if not isinstance(value, Mapping):
        return ""
    for key in ("label", "title", "name", "message"):
        if isinstance(value.get(key), str):
            return str(value[key])
    return f"dòng {at + 1}"
