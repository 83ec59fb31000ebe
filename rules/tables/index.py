"""Which rows can match, found without trying them one after another.

A cell that reads only the value tested, and compares it with constants, answers alike for all numbers between two
neighbouring constants. So each column keeps, for each such stretch and for each text named, the set of rows that
accept it, as the bits of one number; a decision is a look-up for each column and the intersection of what was found.
Cells of other kinds, and values of other kinds than numbers, texts, truth values and null, are tried as ever.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from itertools import count
from typing import Any, Final

from rules.feel import UnaryTest
from rules.tables.compiler import Rule

FEWEST: Final = 8
"""Rows from which an index is worth making."""

_FINE: Final = Context(prec=60)  # the middle of any two numbers of the language
_PLAIN: Final = (None, True, False)

Tried = tuple[int, UnaryTest]  # column, test


@dataclass(frozen=True, slots=True)
class Column:
    """`sides`: masks of the stretches before, at and after each of `bounds`; `texts`, `plain`: by value."""

    bounds: tuple[Decimal, ...]
    sides: tuple[int, ...]
    texts: dict[str, int]
    other_text: int
    plain: dict[bool | None, int]

    def mask(self, value: Any) -> int | None:
        """The rows whose cell accepts the value or was not indexed; None where the index cannot say."""
        kind = value.__class__
        if kind is Decimal:
            at = bisect_left(self.bounds, value)
            here = at < len(self.bounds) and self.bounds[at] == value
            return self.sides[2 * at + here]
        if kind is str:
            return self.texts.get(value, self.other_text)
        return self.plain[value] if value is None or kind is bool else None


@dataclass(frozen=True, slots=True)
class Index:
    """`columns`: one for each input; `tried`: of each row, the cells that must still be tried; `tests`: all of them."""

    columns: tuple[Column, ...]
    everything: int
    tried: tuple[tuple[Tried, ...], ...]
    tests: tuple[tuple[Tried, ...], ...]

    def candidates(self, tested: Sequence[object]) -> Iterator[tuple[int, tuple[Tried, ...]]]:
        """Rows (from 0, in order) that may match the values of the inputs, each with the cells still to be tried."""
        found, blind = self.everything, False
        for column, value in zip(self.columns, tested, strict=True):
            mask = column.mask(value)
            if mask is None:
                blind = True
            else:
                found &= mask
        left = self.tests if blind else self.tried
        while found:
            lowest = found & -found
            row = lowest.bit_length() - 1
            yield row, left[row]
            found ^= lowest


def make(rules: Sequence[Rule], width: int) -> Index | None:
    """The index of the rows; None where there are too few to be worth one. `width`: how many inputs there are."""
    if len(rules) < FEWEST:
        return None
    known = [[_known(rule.tests[at]) for rule in rules] for at in range(width)]
    columns = tuple(_column([rule.tests[at] for rule in rules], known[at]) for at in range(width))
    tests = tuple(
        tuple((at, test) for at, test in enumerate(rule.tests) if test is not None) for rule in rules
    )
    tried = tuple(
        tuple((at, test) for at, test in cells if known[at][row] is None) for row, cells in enumerate(tests)
    )
    return Index(columns, (1 << len(rules)) - 1, tried, tests)


def _known(test: UnaryTest | None) -> tuple[Any, ...] | None:
    """The constants at which a cell's answer may change; None where that cannot be said."""
    from rules.tables.analysis.cells import boundaries, reads_only_its_value

    if test is None:
        return ()
    found = boundaries(test) if reads_only_its_value(test) else None
    if found is None or (found.ordered and any(isinstance(value, str) for value in found.values)):
        return None
    return found.values


def _column(tests: Sequence[UnaryTest | None], known: Sequence[tuple[Any, ...] | None]) -> Column:
    def accepts(row: int, value: object) -> bool:
        test = tests[row]
        return known[row] is None or test is None or test.matches(value) is True

    def mask(value: object) -> int:
        return sum(1 << row for row in range(len(tests)) if accepts(row, value))

    named = {value for values in known if values for value in values if isinstance(value, str)}
    other = mask(next(text for n in count() if (text := f"khác {n}") not in named))
    bounds = sorted({value for values in known if values for value in values if isinstance(value, Decimal)})
    return Column(
        bounds=tuple(bounds),
        sides=_sides(bounds, [_numbers(values) for values in known], accepts),
        texts=_texts(named, known, accepts, other),
        other_text=other,
        plain={value: mask(value) for value in _PLAIN},
    )


def _numbers(values: Iterable[Any] | None) -> list[Decimal]:
    return sorted({value for value in values or () if isinstance(value, Decimal)})


def _texts(
    named: Iterable[str],
    known: Sequence[tuple[Any, ...] | None],
    accepts: Callable[[int, object], bool],
    other: int,
) -> dict[str, int]:
    """A row that does not name a text takes it as it takes any other."""
    masks = dict.fromkeys(named, other)
    for row, values in enumerate(known):
        for value in values or ():
            if isinstance(value, str):
                bit = 1 << row
                masks[value] = masks[value] | bit if accepts(row, value) else masks[value] & ~bit
    return masks


def _sides(
    bounds: Sequence[Decimal], own: Sequence[Sequence[Decimal]], accepts: Callable[[int, object], bool]
) -> tuple[int, ...]:
    """Each row is asked once for each stretch between its own constants; where its answer turns, its bit does."""
    turns = [0] * (2 * len(bounds) + 2)
    place = {value: at for at, value in enumerate(bounds)}
    for row, values in enumerate(own):
        bit, before = 1 << row, False
        for at, sample in _stretches(values, place):
            now = accepts(row, sample)
            if now is not before:
                turns[at] ^= bit
            before = now
    sides, current = [], 0
    for turn in turns[:-1]:
        current ^= turn
        sides.append(current)
    return tuple(sides)


def _stretches(values: Sequence[Decimal], place: dict[Decimal, int]) -> Iterator[tuple[int, Decimal]]:
    """(the stretch it begins at, a number in it) of each stretch between a row's own constants, in order."""
    if not values:
        yield 0, Decimal(0)
        return
    yield 0, min(values[0], Decimal(0)) * 2 - 1
    for value, following in zip(values, [*values[1:], max(values[-1], Decimal(0)) * 2 + 1], strict=True):
        yield 2 * place[value] + 1, value
        yield 2 * place[value] + 2, _FINE.divide(_FINE.add(value, following), Decimal(2))
