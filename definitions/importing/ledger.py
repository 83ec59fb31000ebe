"""The account of an import: every value of the source is carried, told, or without meaning here; nothing else.

An importer marks what it deals with as it goes. What it left unmarked is settled at the end by a table of known
properties, and what even that does not know is told, so a property of tomorrow's exports cannot vanish.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from definitions.importing.report import Finding, What, shown
from definitions.importing.source import at, leaves
from definitions.reading.tree import Path

ALL: Final = "*"
"""Ends the path of what is said of a group as such; nothing in it is marked by that."""
_LOST: Final = "Bản nháp không còn chỗ cho giá trị này."
_LOST_REMEDY: Final = "Đọc lại trường trong tệp gốc và ghi tay nếu cần."


@dataclass(frozen=True, slots=True)
class Carried:
    """`target[key]` of the draft says it; `whole`: and all that is below it in the source."""

    target: Any
    key: str | int
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    what: What
    why: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Meaningless:
    reason: str


Mark = Carried | Told | Meaningless
Rule = Callable[[Path, object], tuple[Path, Mark]]
"""Of a value nobody marked: what becomes of it, and how far up the tree that holds."""


class Ledger:
    """A mark stands for its path; what is told, meaningless or carried whole also for all below it that is not marked
    itself.
    """

    def __init__(self, source: object) -> None:
        self.source = source
        self._marks: dict[Path, Mark] = {}
        self._labels: dict[Path, str] = {}

    def carried(self, path: Path, target: Any, key: str | int, *, whole: bool = False) -> None:
        if not isinstance(self._marks.get(path), Told):
            self._marks[path] = Carried(target, key, whole)

    def told(self, path: Path, why: str, remedy: str, what: What = "dropped") -> None:
        self._marks[path] = Told(what, why, remedy)

    def meaningless(self, path: Path, reason: str) -> None:
        self._marks.setdefault(path, Meaningless(reason))

    def withdraw(self, target: Any, key: str | int, keep: Path) -> None:
        """What was carried to `target[key]`, which now says something else, is told; but for the path to keep."""
        for path, mark in self._marks.items():
            if isinstance(mark, Carried) and mark.target is target and mark.key == key and path != keep:
                self._marks[path] = Told("dropped", _LOST, _LOST_REMEDY)

    def label(self, path: Path, label: str) -> None:
        """What people call the thing at the path, so that the report can say where it is."""
        self._labels[path] = " ".join(label.split())[:100]

    def mark(self, path: Path) -> Mark | None:
        """The nearest mark at or above the path; what is told of a whole holds for its parts too."""
        for length in range(len(path), -1, -1):
            found = self._marks.get(path[:length])
            if found is None or (isinstance(found, Carried) and not found.whole and length < len(path)):
                continue
            return found
        return None

    def settle(self, rule: Rule) -> None:
        """Let the rule decide about every value nobody marked."""
        for path, value in leaves(self.source):
            if self.mark(path) is None:
                where, mark = rule(path, value)
                self._marks[where] = mark

    def close(self, draft: object) -> "Account":
        """The account against the finished draft; a value carried to a place that is gone is told after all."""
        places = dict(_places(draft))
        carried, ignored = [], []
        for path, _ in leaves(self.source):
            mark = self.mark(path)
            assert mark is not None, path
            if isinstance(mark, Meaningless):
                ignored.append((dotted(path), mark.reason))
            elif isinstance(mark, Carried):
                place = places.get(id(mark.target))
                if place is not None and at(mark.target, (mark.key,)) is not None:
                    carried.append((dotted(path), dotted((*place, mark.key))))
                else:
                    self._marks[path] = Told("dropped", _LOST, _LOST_REMEDY)
        found = [self._finding(path, mark) for path, mark in self._marks.items() if isinstance(mark, Told)]
        return Account(tuple(carried), tuple(ignored), tuple(found))

    def _finding(self, path: Path, mark: Told) -> Finding:
        near = next(
            (self._labels[path[:n]] for n in range(len(path), -1, -1) if path[:n] in self._labels), ""
        )
        was = at(self.source, path[:-1] if path[-1:] == (ALL,) else path)
        return Finding(dotted(path), mark.what, shown(was), near, mark.why, mark.remedy)


@dataclass(frozen=True, slots=True)
class Account:
    """As `Imported` has them."""

    carried: tuple[tuple[str, str], ...]
    ignored: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]


def dotted(path: Path) -> str:
    return ".".join(str(part) for part in path)


def _places(value: object, path: Path = ()) -> list[tuple[int, Path]]:
    found: list[tuple[int, Path]] = []
    if isinstance(value, dict):
        found.append((id(value), path))
        for key, child in value.items():
            found += _places(child, (*path, key))
    elif isinstance(value, list):
        found.append((id(value), path))
        for index, child in enumerate(value):
            found += _places(child, (*path, index))
    return found
