"""How wide words are and where their lines break, by classes of letters: nothing is cut, and boxes grow.

A sans-serif family has nearly the same widths everywhere; what is said here is a little more than the widest of those
that `tokens.css` names, so that a line never leaves its box.
"""

import unicodedata
from functools import lru_cache
from typing import Final

_CLASSES: Final = (
    (285, " iljI.,:;'|!’‘·"),
    (360, 'ftr()[]{}-/\\"*'),
    (470, "“”"),
    (870, "mw"),
    (1010, "MW@%—–…→"),
    (735, "ABCEĐDGHKNOPQRSTUVXYZ&"),
    (585, "0123456789+=<>~#$_?LFJz"),
)
_OTHER: Final = 585
_WIDTHS: Final = {letter: width for width, letters in _CLASSES for letter in letters}
_BOLD: Final = 108


@lru_cache(maxsize=4096)
def _letter(letter: str) -> int:
    """Thousandths of the size. Marks above and below letters take no room, hooked letters a little."""
    base, *marks = list(unicodedata.normalize("NFD", letter))
    wide = 1000 if unicodedata.east_asian_width(base) in "WF" else _WIDTHS.get(base, _OTHER)
    if unicodedata.combining(base):
        return 0
    return wide + (80 if "\N{COMBINING HORN}" in marks else 0)


def width(text: str, size: int, *, bold: bool = False) -> int:
    """Pixels, rounded up, at the most."""
    wide = sum(map(_letter, text)) * size * (_BOLD if bold else 100)
    return -(-wide // 100_000)


def wrapped(text: str, most: int, size: int, *, bold: bool = False) -> tuple[str, ...]:
    """Lines of at most so many pixels, as few as can be and of nearly one length; a word that is wider is broken where
    it must be; () for an empty text.
    """
    found = _filled(text, most, size, bold=bold)
    least, widest = 0, most
    while widest - least > 4 and len(found) > 1:
        middle = (least + widest) // 2
        words = text.split()
        fits = all(width(word, size, bold=bold) <= middle for word in words)
        if fits and len(_filled(text, middle, size, bold=bold)) == len(found):
            widest = middle
        else:
            least = middle
    return _filled(text, widest, size, bold=bold)


def _filled(text: str, most: int, size: int, *, bold: bool) -> tuple[str, ...]:
    """Each line as full as it can be."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if width(longer, size, bold=bold) <= most:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _broken(word, most, size, bold=bold)
        lines += full
    return (*lines, line) if line else tuple(lines)


def _broken(word: str, most: int, size: int, *, bold: bool) -> list[str]:
    """One word in pieces, at least a letter each."""
    pieces = [""]
    for letter in word:
        longer = pieces[-1] + letter
        if pieces[-1] and width(longer, size, bold=bold) > most:
            pieces.append(letter)
        else:
            pieces[-1] = longer
    return pieces
