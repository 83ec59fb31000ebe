"""Bars of several parts, lying one below the other, placed in whole numbers: what `parts/chart.html` draws.

A chart says nothing that its words do not: it carries a sentence for each bar, and the table of the same figures stands
beside it on the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

Tone = str
"""`main`, `ok`, `info`, `warn`, `bad` or `plain`: a class of css/report.css."""

WHOLE: Final = 10_000
"""A bar as wide as there is room, in hundredths of a per cent: a chart is as wide as its page."""
_ROW: Final = 46
_BAR: Final = 16
_TEXT: Final = 14


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of part: what it is called and how it looks."""

    name: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Piece:
    """`x`, `width`: in hundredths of a per cent."""

    x: int
    width: int
    tone: Tone
    title: str


@dataclass(frozen=True, slots=True)
class Bar:
    """`base`: where its words stand; `y`: the top of the bar below them."""

    label: str
    base: int
    y: int
    pieces: tuple[Piece, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Bars:
    """`height`, `bar`: of all and of one, in pixels; `words`: all that is drawn, as sentences."""

    height: int
    bar: int
    parts: tuple[Part, ...]
    rows: tuple[Bar, ...]
    words: str


def bars(parts: Sequence[Part], rows: Sequence[tuple[str, Sequence[int]]]) -> Bars | None:
    """`rows`: a label and a whole number ≥ 0 for each part; `None` where there is nothing to draw."""
    most = max((sum(values) for _, values in rows), default=0)
    if most == 0:
        return None
    drawn: list[Bar] = []
    said: list[str] = []
    for place, (label, values) in enumerate(rows):
        pieces: list[Piece] = []
        at = total = 0
        for part, value in zip(parts, values, strict=True):
            total += value
            # from the sum so far, so that nothing is lost by rounding
            end = total * WHOLE // most
            if value:
                pieces.append(Piece(at, end - at, part.tone, f"{label}: {part.name} {value}"))
            at = end
        top = place * _ROW
        drawn.append(Bar(label, top + _TEXT, top + _TEXT + 6, tuple(pieces), total))
        told = ", ".join(
            f"{part.name.lower()} {value}" for part, value in zip(parts, values, strict=True) if value
        )
        said.append(f"{label}: {total}{f' ({told})' if told else ''}")
    return Bars(len(drawn) * _ROW, _BAR, tuple(parts), tuple(drawn), "; ".join(said) + ".")
