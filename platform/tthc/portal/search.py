"""Finding a procedure by ordinary words, with or without diacritics, with slips of the keyboard (Đ8.1). Pure.

1. The query is cut into words, folded to plain letters; a word that no procedure knows is read as the nearest that one
   does: another spelling of the sound, telex keys left in it, two words run together, its beginning, one letter wrong.
2. Everyday phrases stand for what papers say (`definitions.finding`): «đám ma» is asked as «mai táng» too.
3. A procedure's score is the sum over the query's words and phrases of how rare each is and where it is met: name and
   keywords count most, then the result, the summary, the rest. Neighbouring words met side by side count more.
4. What meets too little of the query is left out; whoever meets all of it says so (`Hit.whole`).
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter
from typing import Final

from definitions.finding import Speech, speech
from renderers.text import folded

_WORD = re.compile(r"[0-9a-z.]+")
_MARKED = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")
_QUERY: Final = 200
_SLIGHT: Final = 0.12
"""What a word counts that says little."""
_MEANT: Final = 0.85
"""What is met by its meaning counts a little less than what is met by its own words."""
_ENOUGH: Final = 0.34
"""Of the query's weight that a procedure has to meet."""
_NEAR: Final = 0.30
"""Of the best score, below which nothing is shown."""
_LONGEST_PHRASE: Final = 5
_BEGUN: Final = 50
"""How many words a beginning is tried as."""


def fold(text: str) -> str:
    """`Đường Tô Hiệu` → `duong to hieu`: lower case, no diacritics, single spaces."""
    return " ".join(_WORD.findall(folded(text)))


@dataclass(frozen=True, slots=True)
class Entry:
    """One findable procedure; `key` is its official code. `result`: what one gets; `words`: other words of its own, such
    as its cases' names; `codes`: of the procedures it took the place of.
    """

    key: str
    name: str
    keywords: tuple[str, ...] = ()
    sector: str = ""
    result: str = ""
    summary: str = ""
    words: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """`whole`: every telling word of the query was met."""

    key: str
    score: float
    whole: bool


@dataclass(slots=True)
class _Row:
    """`tokens`: word → (where it counts most, how it is written); `pairs`: the same of two neighbours."""

    key: str
    named: int
    tokens: dict[str, tuple[float, frozenset[str]]] = field(default_factory=dict)
    pairs: dict[tuple[str, str], tuple[float, frozenset[str]]] = field(default_factory=dict)

    def add(self, text: str, weight: float) -> None:
        words = _words(text)
        for plain, marked in words:
            most, forms = self.tokens.get(plain, (0.0, frozenset()))
            self.tokens[plain] = max(most, weight), forms | {marked}
        for (left, one), (right, other) in pairwise(words):
            most, forms = self.pairs.get((left, right), (0.0, frozenset()))
            self.pairs[left, right] = max(most, weight), forms | {f"{one} {other}"}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A word of a query. `marked`: as typed, empty where its marks say nothing; `quality`: below 1 where it was read as
    another word; `others`: what it may be as well, where it is but the beginning of words,
    and then `part`: how much so few letters say.
    """

    plain: str
    marked: str
    quality: float = 1.0
    slight: bool = False
    others: tuple[str, ...] = ()
    part: float = 1.0


class Index:
    """The catalogue by words; made once for a catalogue, asked many times."""

    def __init__(self, entries: Iterable[Entry], spoken: Speech | None = None) -> None:
        told = speech() if spoken is None else spoken
        self._ignored = frozenset(_plain(word) for word in told.ignored)
        self._meanings = _phrases(told)
        self._rows: list[_Row] = []
        self._codes: dict[str, str] = {}
        for entry in entries:
            self._rows.append(_row(entry))
            self._codes |= {fold(code): entry.key for code in entry.codes}
        self._codes |= {row.key.lower(): row.key for row in self._rows}
        self._rare = self._rareness(row.tokens for row in self._rows)
        self._rarest = math.log(1 + max(1, len(self._rows)))
        self._beginnings = sorted(self._rare)
        self._having: dict[str, list[int]] = {}
        for at, row in enumerate(self._rows):
            for word in row.tokens:
                self._having.setdefault(word, []).append(at)

    def find(self, query: str, limit: int = 50) -> Sequence[str]:
        """Keys of the procedures that meet `query`, best first."""
        return [hit.key for hit in self.search(query, limit)]

    def search(self, query: str, limit: int = 50) -> Sequence[Hit]:
        """The same with how well each does."""
        query = unicodedata.normalize("NFC", query[:_QUERY])
        exact = self._codes.get(fold(query))
        if exact is not None:
            return [Hit(exact, math.inf, whole=True)]
        asked = self._read(query)
        if not asked:
            return []
        units = list(self._units(asked))
        rows = self._worth_looking_at(asked, units)
        hits = [hit for row in rows if (hit := self._score(row, asked, units)) is not None]
        hits.sort(key=lambda hit: (-hit.score, hit.key))
        least = hits[0].score * _NEAR if hits else 0
        return [hit for hit in hits if hit.score >= least][:limit]

    def _rareness(self, rows: Iterable[Iterable[str]]) -> dict[str, float]:
        counts = Counter(word for words in rows for word in words)
        return {word: math.log(1 + len(self._rows) / count) for word, count in counts.items()}

    def _read(self, query: str) -> list[_Asked]:
        words = _words(query)
        if all(marked == plain for plain, marked in words):
            words = [(plain, "") for plain, _ in words]  # without marks: any will do
        found: list[_Asked] = []
        for at, (plain, marked) in enumerate(words):
            if plain in self._rare or self._spoken(plain):
                found.append(_Asked(plain, marked, 1.0, plain in self._ignored))
            else:
                last = at == len(words) - 1
                found += self._corrected(plain, last=last) or [
                    _Asked(plain, marked, 0.0, plain in self._ignored)
                ]
        return found

    def _spoken(self, plain: str) -> bool:
        return plain in self._ignored or plain in self._meanings.known

    def _corrected(self, plain: str, *, last: bool) -> list[_Asked]:
        """What a word that nobody knows is most likely to be; nothing where it is like none."""
        telex = _telex(plain)
        if telex != plain and self._known(telex):
            return [_Asked(telex, "", 0.9)]
        for cut in range(2, len(plain) - 1):
            left, right = plain[:cut], plain[cut:]
            if len(plain) > 4 and self._known(left) and self._known(right):  # «khaisinh»
                return [_Asked(left, "", 0.9), _Asked(right, "", 0.9)]
        alike = [word for word in self._vocabulary() if _sound(word) == _sound(plain)]
        if alike:
            return [_Asked(self._most_telling(alike), "", 0.8)]
        if last:
            begun = [word for word in self._beginnings if word.startswith(plain)]
            if begun:
                others = tuple(begun[1:_BEGUN])
                return [_Asked(begun[0], "", 0.5, others=others, part=min(1.0, len(plain) / 4))]
        if len(plain) >= 3 and not plain.isdecimal():
            near = [word for word in self._vocabulary() if _one_slip(plain, word)]
            if near:
                return [_Asked(self._most_telling(near), "", 0.6)]
        return []

    def _known(self, word: str) -> bool:
        return word in self._rare or word in self._meanings.known

    def _vocabulary(self) -> Iterator[str]:
        yield from self._rare
        yield from self._meanings.known

    def _most_telling(self, words: Sequence[str]) -> str:
        """Of several it could be, that which most procedures use: the likeliest to be meant."""
        return min(words, key=lambda word: (self._rare.get(word, self._rarest), word))

    def _units(self, asked: Sequence[_Asked]) -> Iterator[tuple[Sequence[_Asked], Sequence[tuple[str, ...]]]]:
        """The query cut into phrases that have meanings, the longest first, and single words between them."""
        at = 0
        while at < len(asked):
            for length in range(min(_LONGEST_PHRASE, len(asked) - at), 0, -1):
                words = asked[at : at + length]
                meant = () if self._unsure(words) else self._meanings.meant(words)
                if meant or length == 1:
                    yield words, meant
                    at += length
                    break

    def _unsure(self, words: Sequence[_Asked]) -> bool:
        """One word without marks that procedures have too: «ban» is more than «bán»."""
        return len(words) == 1 and not words[0].marked and words[0].plain in self._rare

    def _worth_looking_at(
        self, asked: Sequence[_Asked], units: Sequence[tuple[Sequence[_Asked], Sequence[tuple[str, ...]]]]
    ) -> Iterator[_Row]:
        """The procedures that share a telling word with the query or with what it means; any word where none tells."""
        telling = {word.plain for word in asked if not word.slight} or {word.plain for word in asked}
        telling |= {other for word in asked for other in word.others}
        telling |= {word for _, meanings in units for meaning in meanings for word in meaning}
        found = {at for word in telling for at in self._having.get(word, ())}
        return (self._rows[at] for at in sorted(found))

    def _score(
        self,
        row: _Row,
        asked: Sequence[_Asked],
        units: Sequence[tuple[Sequence[_Asked], Sequence[tuple[str, ...]]]],
    ) -> Hit | None:
        got = met = wanted = 0.0
        whole = True
        for words, meanings in units:
            own, own_met, most = self._own(row, words)
            meant = max((self._meant(row, meaning) for meaning in meanings), default=(0.0, 0.0))
            by_meaning = meant[0] * _MEANT
            got += max(own, by_meaning) + 0.25 * min(own, by_meaning)
            share = max(own_met, meant[1])
            met += share * most
            wanted += most
            if share < 0.99 and not all(word.slight for word in words):
                whole = False
        for left, right in pairwise(asked):
            at = row.pairs.get((left.plain, right.plain))
            if at is not None:
                slight = _SLIGHT if left.slight and right.slight else 1.0
                typed = f"{left.marked} {right.marked}" if left.marked and right.marked else ""
                got += (
                    0.8
                    * at[0]
                    * slight
                    * _written(typed, at[1])
                    * (self._weight(left.plain) + self._weight(right.plain))
                    / 2
                )
        if not got or met < wanted * _ENOUGH:
            return None
        closeness = len({word.plain for word in asked} & row.tokens.keys()) / (row.named + 4)
        return Hit(row.key, got * (1 + 0.2 * met / wanted) + closeness, whole)

    def _own(self, row: _Row, words: Sequence[_Asked]) -> tuple[float, float, float]:
        """Score by the words as asked, the share of them met, and what all of them weigh."""
        got = met = most = 0.0
        for word in words:
            weight = self._weight(word.plain) * word.part * (_SLIGHT if word.slight else 1.0)
            most += weight
            found = (row.tokens.get(each) for each in (word.plain, *word.others))
            at = max((each for each in found if each is not None), key=itemgetter(0), default=None)
            if at is None or not word.quality:
                continue
            quality = word.quality * _written(word.marked, at[1])
            got += at[0] * weight * quality
            met += weight * min(1.0, quality + 0.2)
        return got, met / most if most else 0.0, most

    def _meant(self, row: _Row, meaning: tuple[str, ...]) -> tuple[float, float]:
        """Score by another way of saying it, and the share of it that was met."""
        weights = [(word, self._weight(word)) for word in meaning]
        found = [(row.tokens[word][0], weight) for word, weight in weights if word in row.tokens]
        share = sum(weight for _, weight in found) / sum(weight for _, weight in weights)
        beside = [row.pairs[pair][0] for pair in pairwise(meaning) if pair in row.pairs]
        score = sum(at * weight for at, weight in found) * share
        return score + 0.4 * sum(beside) * share, share

    def _weight(self, word: str) -> float:
        return self._rare.get(word, self._rarest)


@dataclass(frozen=True, slots=True)
class _Phrases:
    """`of`: a phrase's plain words → (it as written, one of its meanings); `known`: every word that stands in a phrase."""

    of: Mapping[tuple[str, ...], Sequence[tuple[str, tuple[str, ...]]]]
    known: frozenset[str]

    def meant(self, words: Sequence[_Asked]) -> tuple[tuple[str, ...], ...]:
        """What the phrase means; where it was typed with marks, the marks too must be the phrase's."""
        found = self.of.get(tuple(word.plain for word in words), ())
        typed = " ".join(word.marked for word in words) if all(word.marked for word in words) else ""
        return tuple(meaning for written, meaning in found if _written(typed, frozenset({written})) == 1)


@lru_cache(maxsize=4)
def _phrases(told: Speech) -> _Phrases:
    found: dict[tuple[str, ...], list[tuple[str, tuple[str, ...]]]] = {}
    for say, mean in told.meanings:
        words = _words(say)
        written = " ".join(marked for _, marked in words)
        meanings = [(written, tuple(plain for plain, _ in _words(each))) for each in mean]
        found.setdefault(tuple(plain for plain, _ in words), []).extend(meanings)
    return _Phrases(found, frozenset(word for phrase in found for word in phrase))


def _row(entry: Entry) -> _Row:
    row = _Row(entry.key, len(_words(entry.name)))
    row.add(entry.name, 3.0)
    for keyword in entry.keywords:
        row.add(keyword, 3.0)
    row.add(entry.result, 2.0)
    row.add(entry.summary, 1.2)
    row.add(entry.sector.replace("-", " "), 1.0)
    for words in entry.words:
        row.add(words, 0.8)
    row.add(entry.key, 3.0)
    return row


def _words(text: str) -> list[tuple[str, str]]:
    """Each word plain and as written, in order."""
    return [(_plain(word), word) for word in _MARKED.findall(text.casefold())]


@lru_cache(maxsize=20_000)
def _plain(word: str) -> str:
    """Unmarked; `y` and `i` at the end of a syllable are one letter, as people write them: `ký`, `kí`."""
    plain = folded(word)
    return re.sub(r"(?<=[bcdghklmnpqrstvx])y\b", "i", plain)


def _written(marked: str, forms: frozenset[str]) -> float:
    """1 where the marks agree or none were typed; less where other marks were: «bản» is not «bán»."""
    if not marked or marked in forms:
        return 1.0
    letters = sorted(unicodedata.normalize("NFD", marked))  # hoá, hóa
    same = any(sorted(unicodedata.normalize("NFD", form)) == letters for form in forms)
    return 1.0 if same else 0.3


_TELEX: Final = re.compile(r"[sfrxj]$")


def _telex(word: str) -> str:
    """A word typed with its marks switched off, as it was meant: `giaays` → `giay`, `dduongwf` → `duong`."""
    bare = _TELEX.sub("", word)
    bare = re.sub(r"([aeod])\1", r"\1", bare).replace("w", "")
    return _TELEX.sub("", bare) if len(bare) > 2 else bare


@lru_cache(maxsize=20_000)
def _sound(word: str) -> str:
    """How it is heard where letters are mixed up most: s/x, ch/tr, d/gi/r, l/n, v; n/ng, c/t at the end."""
    heard = re.sub(r"^(?:gi|r|d)(?=[aeiou])", "d", word)
    heard = re.sub(r"^tr", "ch", heard)
    heard = re.sub(r"^s(?=[^h])", "x", heard)
    heard = re.sub(r"^n(?=[aeiou])", "l", heard)
    heard = re.sub(r"^k(?=[aeiou])", "c", heard)
    return re.sub(r"ng$", "n", heard)


def _one_slip(word: str, other: str) -> bool:
    """Whether one letter is missing, too many, another, or two are swapped."""
    if abs(len(word) - len(other)) > 1 or word == other:
        return False
    start = 0
    while start < min(len(word), len(other)) and word[start] == other[start]:
        start += 1
    left, right = word[start:], other[start:]
    return (
        left[1:] == right[1:]
        or left[1:] == right
        or left == right[1:]
        or (left[:2] == right[1::-1] and left[2:] == right[2:])
    )
