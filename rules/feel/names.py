"""Names of several words: `date and time`, `số trang`, known to the parser before they are read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rules.feel.errors import FeelError
from rules.feel.lexer import Token, tokens
from rules.feel.types import FeelType

KEYWORDS = frozenset(
    [
        "if",
        "then",
        "else",
        "for",
        "in",
        "return",
        "some",
        "every",
        "satisfies",
        "and",
        "or",
        "between",
        "instance",
        "of",
        "true",
        "false",
        "null",
        "function",
    ]
)
RESERVED = KEYWORDS - {"of", "in", "function"}
PROPERTIES = ("start included", "end included", "time offset")


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    """The tokens a name is made of; none where it is no name. `name` is in NFC."""
    try:
        return tuple(token.text for token in tokens(name)[:-1])
    except FeelError:
        return ()


class Lexicon:
    """Known names by their first word, longest first."""

    def __init__(self) -> None:
        self._by_word: dict[str, list[tuple[str, ...]]] = {}
        self._names: dict[tuple[str, ...], str] = {}

    def add(self, name: str) -> None:
        if name.isascii() and name.isidentifier():
            return  # one word, as nearly every field's id is: known without reading it token by token
        name = unicodedata.normalize("NFC", name)
        words = _words(name)
        if len(words) < 2 or words in self._names:
            return
        self._names[words] = name
        group = self._by_word.setdefault(words[0], [])
        group.append(words)
        group.sort(key=len, reverse=True)

    def add_all(self, names: Iterable[str]) -> None:
        for name in names:
            self.add(name)

    def add_type(self, type_: FeelType | None) -> None:
        """The fields a value of the type may have, however deep."""
        if type_ is None or (type_.element is None and type_.fields is None):
            return
        self.add_type(type_.element)
        for name, inner in type_.fields or ():
            self.add(name)
            self.add_type(inner)

    def match(self, stream: list[Token], at: int) -> tuple[str, int] | None:
        """The longest known name that starts at token `at`, and how many tokens it takes."""
        for words in self._by_word.get(stream[at].text, ()):
            if tuple(token.text for token in stream[at : at + len(words)]) == words:
                return self._names[words], len(words)
        return None


@lru_cache(maxsize=16)
def lexicon(names: tuple[str, ...]) -> Lexicon:
    """A lexicon to be read by many and added to by nobody."""
    made = Lexicon()
    made.add_all(names)
    return made
