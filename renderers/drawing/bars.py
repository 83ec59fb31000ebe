"""Bars of several parts, lying one below the other, placed in whole numbers: what `parts/chart.html` draws.

A chart says nothing that its words do not: it carries a sentence for each bar, and the table of the same figures stands
beside it on the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

Tone = str
"""`ok`, `info`, `warn`, `bad`, or empty: a class of css/report.css, each with a pattern of its own beside its colour."""

WIDTH: Final = 720
_LABEL: Final = 200
_ROW: Final = 28
_BAR: Final = 18
_VALUE: Final = 56
_MOST_LETTERS: Final = 28


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of part: what it is called and how it looks."""

    name: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Piece:
    x: int
    width: int
    tone: Tone
    title: str


@dataclass(frozen=True, slots=True)
class Bar:
    """`label`: as it fits; `y`: the top of its row; `sum_x`: where its sum stands."""

    label: str
    full: str
    y: int
    pieces: tuple[Piece, ...]
    total: int
    sum_x: int


@dataclass(frozen=True, slots=True)
class Bars:
    width: int
    height: int
    bar: int
    parts: tuple[Part, ...]
    rows: tuple[Bar, ...]
    words: str


def bars(parts: Sequence[Part], rows: Sequence[tuple[str, Sequence[int]]]) -> Bars | None:
    """`rows`: a label and a whole number ≥ 0 for each part; `None` where there is nothing to draw."""
    sums = [sum(values) for _, values in rows]
    most = max(sums, default=0)
    if most == 0:
        return None
    room = WIDTH - _LABEL - _VALUE
    drawn: list[Bar] = []
    said: list[str] = []
    for place, (label, values) in enumerate(rows):
        pieces: list[Piece] = []
        at, before = _LABEL, 0
        for part, value in zip(parts, values, strict=True):
            before += value
            # from the sum so far, so that rounding adds up to nothing
            end = _LABEL + before * room // most
            if value:
                pieces.append(Piece(at, max(end - at, 1), part.tone, f"{label}: {part.name} {value}"))
            at = end
        cut = label if len(label) <= _MOST_LETTERS else f"{label[: _MOST_LETTERS - 1].rstrip()}…"
        drawn.append(Bar(cut, label, place * _ROW, tuple(pieces), before, at + 6))
        told = ", ".join(
            f"{part.name.lower()} {value}" for part, value in zip(parts, values, strict=True) if value
        )
        said.append(f"{label}: {before}{f' ({told})' if told else ''}")
    return Bars(WIDTH, len(drawn) * _ROW, _BAR, tuple(parts), tuple(drawn), "; ".join(said) + ".")
