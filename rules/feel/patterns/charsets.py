"""Sets of characters as XML Schema regular expressions have them: ranges, Unicode categories, subtraction."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

LAST = 0x10FFFF
Span = tuple[int, int]

# The blocks a Vietnamese office may meet; the name is written \p{IsBasicLatin}.
BLOCKS: dict[str, Span] = {
    "BasicLatin": (0x0000, 0x007F),
    "Latin-1Supplement": (0x0080, 0x00FF),
    "LatinExtended-A": (0x0100, 0x017F),
    "LatinExtended-B": (0x0180, 0x024F),
    "IPAExtensions": (0x0250, 0x02AF),
    "SpacingModifierLetters": (0x02B0, 0x02FF),
    "CombiningDiacriticalMarks": (0x0300, 0x036F),
    "Greek": (0x0370, 0x03FF),
    "GreekandCoptic": (0x0370, 0x03FF),
    "Cyrillic": (0x0400, 0x04FF),
    "Hebrew": (0x0590, 0x05FF),
    "Arabic": (0x0600, 0x06FF),
    "Thai": (0x0E00, 0x0E7F),
    "Lao": (0x0E80, 0x0EFF),
    "Khmer": (0x1780, 0x17FF),
    "LatinExtendedAdditional": (0x1E00, 0x1EFF),
    "GeneralPunctuation": (0x2000, 0x206F),
    "CurrencySymbols": (0x20A0, 0x20CF),
    "CJKUnifiedIdeographs": (0x4E00, 0x9FFF),
}
CATEGORIES = frozenset(
    [
        "L",
        "Lu",
        "Ll",
        "Lt",
        "Lm",
        "Lo",
        "M",
        "Mn",
        "Mc",
        "Me",
        "N",
        "Nd",
        "Nl",
        "No",
        "P",
        "Pc",
        "Pd",
        "Ps",
        "Pe",
        "Pi",
        "Pf",
        "Po",
        "Z",
        "Zs",
        "Zl",
        "Zp",
        "S",
        "Sm",
        "Sc",
        "Sk",
        "So",
        "C",
        "Cc",
        "Cf",
        "Co",
        "Cn",
    ]
)


@dataclass(frozen=True, slots=True)
class CharSet:
    """Characters within `spans`, of `categories` or in `parts`; all others when `negated`; never those of `without`."""

    spans: tuple[Span, ...] = ()
    categories: tuple[str, ...] = ()
    parts: tuple[CharSet, ...] = ()
    negated: bool = False
    without: CharSet | None = None

    @property
    def plain(self) -> bool:
        """Whether Python's own engine can say it, as ranges alone."""
        return (
            not self.categories
            and self.without is None
            and all(p.plain and not p.negated for p in self.parts)
        )

    def all_spans(self) -> Iterable[Span]:
        yield from self.spans
        for part in self.parts:
            yield from part.all_spans()

    def holds(self, character: str) -> bool:
        code = ord(character)
        inside = (
            any(low <= code <= high for low, high in self.spans)
            or (bool(self.categories) and unicodedata.category(character).startswith(self.categories))
            or any(part.holds(character) for part in self.parts)
        )
        if inside is self.negated:
            return False
        return self.without is None or not self.without.holds(character)

    def holds_any_case(self, character: str) -> bool:
        """As `holds` when capitals count as small letters: by the positive set, then turned round if negated."""
        cases = variants(character)
        inside = any(CharSet(self.spans, self.categories, self.parts).holds(c) for c in cases)
        if inside is self.negated:
            return False
        return self.without is None or not any(self.without.holds(c) for c in cases)


def variants(character: str) -> set[str]:
    """The character and those that differ from it in case only."""
    found = {character, character.lower(), character.upper(), character.casefold()}
    found |= {c.upper() for c in found} | {c.lower() for c in found}
    if "k" in found or "K" in found:
        found.add("\u212a")
    return {c for c in found if len(c) == 1}


def single(character: str) -> CharSet:
    return CharSet(((ord(character), ord(character)),))


def predicate(chars: CharSet, *, ignore_case: bool) -> Callable[[str], bool]:
    """A test that remembers its answers."""
    test = chars.holds_any_case if ignore_case else chars.holds
    known: dict[str, bool] = {}

    def holds(character: str) -> bool:
        answer = known.get(character)
        if answer is None:
            answer = test(character)
            if len(known) < 4096:
                known[character] = answer
        return answer

    return holds


def negate(chars: CharSet) -> CharSet:
    return CharSet(parts=(chars,), negated=True)


SPACE = CharSet(((9, 10), (13, 13), (32, 32)))
DIGIT = CharSet(categories=("Nd",))
WORD = CharSet(categories=("P", "Z", "C"), negated=True)
NAME_START = CharSet(((58, 58), (95, 95)), ("L", "Nl"))
NAME = CharSet(((45, 46), (58, 58), (95, 95), (0xB7, 0xB7)), ("L", "M", "N"))
ANY = CharSet(((0, LAST),))
NOT_NEWLINE = CharSet(((10, 10), (13, 13)), negated=True)
ESCAPES = {
    "s": SPACE,
    "S": negate(SPACE),
    "d": DIGIT,
    "D": negate(DIGIT),
    "w": WORD,
    "W": negate(WORD),
    "i": NAME_START,
    "I": negate(NAME_START),
    "c": NAME,
    "C": negate(NAME),
}
