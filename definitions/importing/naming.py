"""Ids from Vietnamese labels: without diacritics, unique, and the same every time the same source is read."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from definitions.compiler.names import SCOPE_NAMES
from rules.feel.builtins import BUILTINS
from rules.feel.names import KEYWORDS

_LONGEST: Final = 40
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_RESERVED: Final = frozenset({*SCOPE_NAMES, *KEYWORDS, *BUILTINS, "item", "partial", "end"})


def plain(text: str) -> str:
    """`Đơn đề nghị` → `don de nghi`: lower case, no diacritics, single spaces between words."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    kept = "".join(character for character in bare if not unicodedata.combining(character))
    return " ".join(re.findall(r"[a-z0-9]+", kept.lower()))


def slug(text: str, joint: str = "_") -> str:
    """An id: at most 40 letters, cut between words; empty where the text has no letter to begin with."""
    words = re.sub(r"^[0-9 ]+", "", plain(_CAMEL.sub(" ", text))).split()
    made = ""
    for word in words:
        longer = f"{made}{joint}{word}" if made else word[:_LONGEST]
        if len(longer) > _LONGEST:
            break
        made = longer
    return made


class Names:
    """Ids given so far. `shared`: slugs of more than one label; such labels do not name, the source's own key does, so
    that a row added in between changes no other id.
    """

    def __init__(self, labels: Iterable[str] = ()) -> None:
        self._taken: set[str] = set()
        seen: set[str] = set()
        self.shared: set[str] = set()
        for label in labels:
            name = slug(label)
            (self.shared if name in seen else seen).add(name)

    def take(self, *candidates: str, fallback: str) -> str:
        """The first candidate that makes a free id; a number is added when none does."""
        slugs = [name for text in candidates if (name := slug(text))]
        own = [name for name in slugs if name not in self.shared] or slugs or [fallback]
        for name in own:
            if self._free(name):
                return self._give(name)
        base = own[0] if own[0] not in _RESERVED else f"{own[0]}_khai"
        number = 1
        name = base
        while not self._free(name):
            number += 1
            name = f"{base}_{number}"
        return self._give(name)

    def _free(self, name: str) -> bool:
        return name not in self._taken and name not in _RESERVED

    def _give(self, name: str) -> str:
        self._taken.add(name)
        return name
