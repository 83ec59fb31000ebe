"""Ours against theirs: the same work, the same answer, in turns.

Each round times ours, then theirs, so that whatever else the machine does falls on both. A peer's answer is compared
with ours before anything is timed; one that is not installed here is named with the reason and has no figure.
"""

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from scripts.bench.measure import ROUNDS, Figure

ROUND_SECONDS = 0.2

Batch = Callable[[int], float]  # does the work so many times and answers the seconds it took


class NotInstalledError(Exception):
    """A peer that cannot be measured here; the text says why."""


class DisagreementError(Exception):
    """A peer that answers otherwise than ours: timing it would compare different work."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A side that can be timed. `answer`: of one piece of work, in plain values that can be compared."""

    batch: Batch
    answer: object
    version: str = ""


@dataclass(frozen=True, slots=True)
class Peer:
    """`prepare` loads and compiles once, as the peer's manual recommends; raises ImportError or NotInstalledError."""

    name: str
    prepare: Callable[[], Ready]


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work. `note`: what the figure does and does not include, for the reader."""

    name: str
    note: str
    ours: Ready
    peers: Sequence[Peer]


@dataclass(frozen=True, slots=True)
class Row:
    """Milliseconds for one piece of work, each the median of the rounds; without a peer ours alone.

    `missing` says why a peer has no figure.
    """

    work: str
    ours_ms: float
    peer: str | None = None
    peer_version: str | None = None
    peer_ms: float | None = None
    missing: str = ""

    @classmethod
    def alone(cls, figure: Figure) -> "Row":
        return cls(figure.work, figure.ours_ms)

    @property
    def ratio(self) -> float | None:
        """How many times faster ours is."""
        return None if self.peer_ms is None else self.peer_ms / self.ours_ms

    def data(self) -> dict[str, object]:
        """As it is kept in `var/bench.json`."""
        return {
            "work": self.work,
            "ours_ms": round(self.ours_ms, 6),
            "peer": self.peer,
            "peer_version": self.peer_version,
            "peer_ms": None if self.peer_ms is None else round(self.peer_ms, 6),
            "ratio": None if self.ratio is None else round(self.ratio, 2),
        }


def loop(once: Callable[[], object]) -> Batch:
    def batch(count: int) -> float:
        gc.collect()
        begun = time.perf_counter()
        for _ in range(count):
            once()
        return time.perf_counter() - begun

    return batch


def python_peer(package: str, once: Callable[[], object], answer: object) -> Ready:
    """A peer in this process, after it was imported and compiled."""
    return Ready(loop(once), answer, version(package))


def rows(work: Work) -> Iterator[Row]:
    """Ours against each peer in turn."""
    for peer in work.peers:
        try:
            theirs = peer.prepare()
        except (ImportError, NotInstalledError) as error:
            yield Row(work.name, _median(work.ours.batch), peer.name, missing=str(error))
            continue
        if theirs.answer != work.ours.answer:
            raise DisagreementError(f"{work.name}: {peer.name}: {theirs.answer!r} != {work.ours.answer!r}")
        mine, other = _in_turns(work.ours.batch, theirs.batch)
        yield Row(work.name, mine, peer.name, theirs.version, other)


def _in_turns(ours: Batch, theirs: Batch) -> tuple[float, float]:
    mine, other = _count(ours), _count(theirs)
    times = [(ours(mine) / mine, theirs(other) / other) for _ in range(ROUNDS + 1)][1:]  # the first warms up
    return 1000 * statistics.median(a for a, _ in times), 1000 * statistics.median(b for _, b in times)


def _median(batch: Batch) -> float:
    count = _count(batch)
    return 1000 * statistics.median([batch(count) / count for _ in range(ROUNDS + 1)][1:])


def _count(batch: Batch) -> int:
    """How often the work fits into one round; found twice, because the first time is cold."""
    count = max(1, int(ROUND_SECONDS / batch(1)))
    return max(1, int(ROUND_SECONDS / (batch(count) / count)))
