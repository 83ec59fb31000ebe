"""Where a process may be killed while it works: before and after each of its writes, as the driver itself tells them.

A process under test announces each write and waits for leave to go on. Whoever watches it gives leave or kills it, so
that a kill falls at a known place: with a number drawn and no dossier written, with a dossier written and no answer
given, between the claim of a delivery and its record. Nothing depends on how fast a machine is.
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from pymongo.monitoring import CommandFailedEvent, CommandListener, CommandStartedEvent, CommandSucceededEvent

from tthc.dossiers.codes import COUNTERS
from tthc.dossiers.repository import DOSSIERS
from tthc.reports.lives import LIVES

_WRITES: Final = frozenset({"insert", "update", "findAndModify", "delete"})
_WATCHED: Final = frozenset({DOSSIERS, COUNTERS, LIVES, "inbox", "mailbox"})


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """`who`: the process; `what`: the write; `after`: whether the database has made it already."""

    who: str
    what: str
    after: bool

    def __str__(self) -> str:
        return f"{self.who}, {'sau' if self.after else 'trước'} khi ghi {self.what}"


class Plan:
    """Which points a process is killed at: each one that occurs, the first time and then ever more seldom, `most` times.

    `before`: also before writes. After one write and before the next the database holds the same, so that a shorter run
    which leaves those out still ends processes in every state that they can leave behind.
    """

    def __init__(self, seed: int, most: int, *, before: bool = True) -> None:
        self._random = random.Random(seed)  # noqa: S311 — to be killed again by the same seed
        self._most = most
        self._before = before
        self._left: dict[Point, int] = {}
        self.killed: Counter[Point] = Counter()

    def falls(self, point: Point) -> bool:
        """Whether whoever is at this point now is killed there."""
        if self.killed[point] >= self._most or not (point.after or self._before):
            return False
        left = self._left.get(point, 0)
        if left:
            self._left[point] = left - 1
            return False
        self.killed[point] += 1
        self._left[point] = self._random.randint(1, 4 ** self.killed[point])
        return True

    def stop(self) -> None:
        """No more kills."""
        self._most = 0


def lines(killed: Mapping[Point, int]) -> Iterator[str]:
    """Where processes died, and how often."""
    yield f"Đã giết tiến trình {sum(killed.values())} lần:"
    for point, times in sorted(killed.items()):
        yield f"  {times:>5}  {point}"


class Announce(Protocol):
    def __call__(self, what: str, *, after: bool) -> None: ...


class Announcer(CommandListener):
    """Calls `announce` before and after each watched write of this process; what a write is, and whether it is made."""

    def __init__(self, announce: Announce) -> None:
        self._announce = announce
        self._open: dict[int, str] = {}
        self.on = False

    def started(self, event: CommandStartedEvent) -> None:
        what = write_of(event.command_name, event.command) if self.on else None
        if what is not None:
            self._open[event.request_id] = what
            self._announce(what, after=False)

    def succeeded(self, event: CommandSucceededEvent) -> None:
        what = self._open.pop(event.request_id, None)
        if what is not None:
            self._announce(what, after=True)

    def failed(self, event: CommandFailedEvent) -> None:
        self._open.pop(event.request_id, None)


def write_of(name: str, command: Mapping[str, Any]) -> str | None:
    """A write's name by what it is for, or `None` for whatever is none or is not watched."""
    collection = str(command.get(name, ""))
    if name not in _WRITES or collection not in _WATCHED:
        return None
    if name != "update" or collection != DOSSIERS:
        return f"{collection}/{name}"
    return f"{collection}/{_purpose(command['updates'][0]['u'])}"


def _purpose(update: Mapping[str, Any]) -> str:
    """Of an update of a dossier: a command carried out, a delivery claimed or recorded, or a sweep's mark."""
    if "history" in update.get("$push", {}):
        return "command"
    fields: Mapping[str, Any] = update.get("$set", {})
    entry = next((value for name, value in fields.items() if name.startswith("outbox.")), None)
    if entry is not None:
        return f"outbox {entry['state']}"
    if "rules_seen" in fields:
        return "rules asked"
    return "life told" if "life_due" in update.get("$unset", {}) else "mark"
