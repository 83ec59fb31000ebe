"""Finding a procedure by ordinary words, with or without diacritics (Đ8.1). Pure.

A query's words are compared with each procedure's code, name, keywords and sector, all folded to plain letters.
A word in the name counts more than one in the keywords, a whole phrase more than its words apart; every word of the
query must be met somewhere, a last word half typed by its beginning.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from renderers.text import folded

_WORD = re.compile(r"[0-9a-z.]+")


def fold(text: str) -> str:
    """`Đường Tô Hiệu` → `duong to hieu`: lower case, no diacritics, single spaces."""
    return " ".join(_WORD.findall(folded(text)))


@dataclass(frozen=True, slots=True)
class Entry:
    """One findable procedure; `key` is its official code."""

    key: str
    name: str
    keywords: tuple[str, ...] = ()
    sector: str = ""


@dataclass(frozen=True, slots=True)
class _Folded:
    key: str
    name: str
    keywords: tuple[str, ...]
    rest: str


class Index:
    """A folded copy of the catalogue; small enough (thousands of rows) to be scanned for each query."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._rows = [
            _Folded(
                fold(entry.key),
                fold(entry.name),
                tuple(fold(word) for word in entry.keywords),
                fold(f"{entry.sector} {entry.key}"),
            )
            for entry in entries
        ]
        self._keys = {row.key: row for row in self._rows}

    def find(self, query: str, limit: int = 50) -> Sequence[str]:
        """Keys of the procedures that meet every word of `query`, best first."""
        phrase = fold(query[:200])
        words = phrase.split()
        if not words:
            return []
        scored = [(score, row.key) for row in self._rows if (score := _score(row, phrase, words))]
        scored.sort(key=lambda pair: (-pair[0], pair[1]))
        return [key for _, key in scored[:limit]]


def _score(row: _Folded, phrase: str, words: Sequence[str]) -> int:
    if phrase == row.key:
        return 10_000
    total = 0
    haystacks = ((row.name, 8), *((keyword, 5) for keyword in row.keywords), (row.rest, 2))
    for word in words:
        best = max(weight * _meets(word, text) for text, weight in haystacks)
        if best == 0:
            return 0
        total += best
    bonus = sum(weight * 4 for text, weight in haystacks if f" {phrase} " in f" {text} ")
    return total + bonus


def _meets(word: str, text: str) -> int:
    """2 for the whole word, 1 for the beginning of one, 0 for neither."""
    padded = f" {text} "
    if f" {word} " in padded:
        return 2
    return 1 if f" {word}" in padded else 0
