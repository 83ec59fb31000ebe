"""In which language sentences for people are said (docs/decisions/0056).

Every sentence is written in Vietnamese where it arises, and `gettext` gives it in the language that whoever asked is
reading in: `gettext("còn {days} ngày").format(days=2)`. Without `speaking` that is Vietnamese, so what is decided,
kept, printed or sent is Vietnamese wherever it is made; only pages are said in another language.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import NullTranslations
from typing import Final, Self

VIETNAMESE: Final = NullTranslations()
_SPOKEN: Final[ContextVar[NullTranslations]] = ContextVar("spoken", default=VIETNAMESE)


class Telling(str):
    """A sentence with data in it, in Vietnamese, that `gettext` can say in another language afterwards: it keeps the
    `message` it was made of and its `data`; a number, a day or an amount, which languages write differently, as a function
    that writes it. For what is decided in Vietnamese and then told to whoever waits for the
    answer; what is stored keeps only the Vietnamese (docs/decisions/0059).
    """

    __slots__ = ("data", "message", "n")
    message: str
    data: Mapping[str, object]
    n: int | None

    def __new__(cls, message: str, data: Mapping[str, object], n: int | None = None) -> Self:
        with in_vietnamese():
            made = super().__new__(
                cls, message.format(**{name: _written(each) for name, each in data.items()})
            )
        made.message, made.data, made.n = message, data, n
        return made

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        """Whatever is copied or sent away is the Vietnamese alone."""
        return (str, (str(self),))

    def again(self, spoken: NullTranslations) -> str:
        """In that language, the data that are sentences or names of their own too."""
        message = (
            spoken.gettext(self.message)
            if self.n is None
            else spoken.ngettext(self.message, self.message, self.n)
        )
        return message.format(**{name: _written(each) for name, each in self.data.items()})


def _written(each: object) -> object:
    if callable(each):
        return each()
    return gettext(each) if isinstance(each, str) else each


def telling(message: str, **data: object) -> Telling:
    """`telling("Đính kèm “{name}”.", name="Giấy chứng sinh")`: Vietnamese, and what `gettext` needs to say it otherwise."""
    return Telling(message, data)


def ntelling(one: str, many: str, n: int, **data: object) -> Telling:
    """`telling` of `n` things; `{n}` is among the data. Vietnamese knows no plural: `one` and `many` are the same."""
    assert one == many
    return Telling(one, {"n": n, **data}, n)


def one_after_another(*sentences: str) -> Telling:
    """Sentences with a space between them, each said by itself."""
    return Telling(
        " ".join(f"{{s{at}}}" for at in range(len(sentences))),
        {f"s{at}": each for at, each in enumerate(sentences)},
    )


def gettext(message: str) -> str:
    """The sentence in the language being spoken; as it is where that language has none."""
    spoken = _SPOKEN.get()
    if isinstance(message, Telling):
        return message.again(spoken)
    return spoken.gettext(message) if message else message


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
