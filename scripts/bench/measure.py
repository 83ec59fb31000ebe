"""How a figure is taken, and what it was taken on."""

import gc
import os
import platform
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

ROUNDS = 7
ROUND_SECONDS = 0.4


@dataclass(frozen=True, slots=True)
class Figure:
    """`ours_ms`: milliseconds for one piece of work, the median of the rounds."""

    work: str
    ours_ms: float

    @property
    def per_second(self) -> float:
        return 1000 / self.ours_ms

    def row(self) -> dict[str, object]:
        return {
            "work": self.work,
            "ours_ms": round(self.ours_ms, 4),
            "per_second": round(self.per_second, 1),
        }


def repeat(work: str, once: Callable[[], object]) -> Figure:
    """The same piece of work over and over, in rounds of about `ROUND_SECONDS` each, after one round to warm up."""
    count = max(1, int(ROUND_SECONDS / _seconds([once])))
    count = max(1, int(ROUND_SECONDS / (_seconds([once] * count) / count)))
    return _figure(work, ([once] * count for _ in range(ROUNDS)))


def each(work: str, rounds: Iterable[list[Callable[[], object]]]) -> Figure:
    """Pieces of work that can be done only once; the first round warms up and is not counted."""
    remaining = iter(rounds)
    _seconds(next(remaining))
    return _figure(work, remaining)


def machine() -> str:
    """Processor, cores that may be used, system and interpreter, in one line."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        lines = info.read_text(encoding="utf-8").splitlines()
        name = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), name)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"{name}, {cores} nhân, {platform.system()} {platform.release()}, Python {platform.python_version()}"
    )


def _figure(work: str, rounds: Iterable[list[Callable[[], object]]]) -> Figure:
    return Figure(work, statistics.median(1000 * _seconds(pieces) / len(pieces) for pieces in rounds))


def _seconds(pieces: list[Callable[[], object]]) -> float:
    gc.collect()
    begun = time.perf_counter()
    for piece in pieces:
        piece()
    return time.perf_counter() - begun
