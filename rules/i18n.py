"""In which language sentences for people are said (docs/decisions/0056).

Every sentence is written in Vietnamese where it arises, and `gettext` gives it in the language that whoever asked is
reading in: `gettext("còn {days} ngày").format(days=2)`. Without `speaking` that is Vietnamese, so what is decided,
kept, printed or sent is Vietnamese wherever it is made; only pages are said in another language.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import NullTranslations
from typing import Final

VIETNAMESE: Final = NullTranslations()
_SPOKEN: Final[ContextVar[NullTranslations]] = ContextVar("spoken", default=VIETNAMESE)


def gettext(message: str) -> str:
    """The sentence in the language being spoken; as it is where that language has none."""
    return _SPOKEN.get().gettext(message) if message else message


def ngettext(one: str, many: str, n: int) -> str:
    """The sentence for `n` things. Vietnamese knows no plural: `one` and `many` are the same there."""
    return _SPOKEN.get().ngettext(one, many, n)


def language() -> str:
    """The code of the language being spoken, for what is written differently and not only said: `vi`, `en`."""
    return _SPOKEN.get().info().get("language") or "vi"


def noted(message: str) -> str:
    """Marks a sentence for the catalogue where it is written down; it is said with `gettext` where it is shown."""
    return message


@contextmanager
def speaking(translations: NullTranslations) -> Iterator[None]:
    """Within, sentences are said by these translations."""
    token = _SPOKEN.set(translations)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


class _Also(NullTranslations):
    """`words` first, then what `rest` says."""

    def __init__(self, words: Mapping[str, str], rest: NullTranslations) -> None:
        super().__init__()
        self._words, self._rest = words, rest

    def gettext(self, message: str) -> str:
        return self._words.get(message) or self._rest.gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._rest.ngettext(msgid1, msgid2, n)

    def info(self) -> dict[str, str]:
        return self._rest.info()


@contextmanager
def also_saying(words: Mapping[str, str]) -> Iterator[None]:
    """Within, these sentences are said as `words` has them; for words in the language being spoken."""
    with speaking(_Also(words, _SPOKEN.get())):
        yield


@contextmanager
def in_vietnamese() -> Iterator[None]:
    """Within, sentences are Vietnamese whoever reads: what is kept, printed or sent to somebody else."""
    with speaking(VIETNAMESE):
        yield
