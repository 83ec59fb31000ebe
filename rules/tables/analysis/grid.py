"""A table as boxes: each input cut into atoms that no cell tells apart, each row the atoms it takes of each input.

After D. Calvanese, M. Dumas, Ü. Laurson, F. Maggi, M. Montali, I. Teinemaa: Semantics and Analysis of DMN Decision
Tables, 2016. A set of atoms is a whole number whose bits they are.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, DecimalException
from math import ceil, floor

from rules.feel import FeelLimitError, FeelValue, UnaryTest, tree
from rules.feel.values import kind
from rules.tables.analysis.cells import Boundaries, boundaries, reads_only_its_value
from rules.tables.analysis.domains import Domain
from rules.tables.analysis.scale import SCALES, NotOnScaleError, pieces
from rules.tables.decide import DecisionTable

SMALL = 100  # so few whole numbers are tried one by one where a cell cannot be decided otherwise
_OTHER = "giá trị khác"


@dataclass(frozen=True, slots=True)
class Undecided:
    """A cell of which it cannot be said what it takes; `row` and `column` from 1, row 0 the allowed values."""

    row: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Axis:
    """One input. `columns`: the numbers (from 1) of those that read it; `atoms`: a value of each; `allowed`: the atoms
    that the table's allowed values let in; `free`: the values of the other axes do not bear on this one.
    """

    expression: str
    label: str
    domain: Domain
    columns: tuple[int, ...]
    atoms: tuple[FeelValue, ...]
    allowed: int
    free: bool

    @property
    def whole(self) -> int:
        return (1 << len(self.atoms)) - 1


@dataclass(frozen=True, slots=True)
class Box:
    """A row: `surely` and `perhaps` are the atoms it takes of each axis; they differ where a cell is undecided."""

    surely: tuple[int, ...]
    perhaps: tuple[int, ...]

    @property
    def decided(self) -> bool:
        return self.surely == self.perhaps


@dataclass(frozen=True, slots=True)
class Grid:
    axes: tuple[Axis, ...]
    boxes: tuple[Box, ...]
    undecided: tuple[Undecided, ...]

    @property
    def space(self) -> tuple[int, ...]:
        """What can be asked of the table: all allowed atoms."""
        return tuple(axis.allowed for axis in self.axes)


def grid(table: DecisionTable, domains: Mapping[str, Domain]) -> Grid:
    """`domains` by the text of the input's expression."""
    groups: dict[str, list[int]] = {}
    for number, column in enumerate(table.columns):
        groups.setdefault(column.expression.text.strip(), []).append(number)
    undecided: list[Undecided] = []
    axes: list[Axis] = []
    masks: list[list[tuple[int, int]]] = []
    for text, numbers in groups.items():
        axis, taken = _axis(table, text, numbers, domains.get(text), undecided)
        axes.append(axis)
        masks.append(taken)
    boxes = [
        Box(tuple(taken[row][0] for taken in masks), tuple(taken[row][1] for taken in masks))
        for row in range(len(table.rules))
    ]
    return Grid(tuple(axes), tuple(boxes), tuple(sorted(undecided, key=lambda u: (u.row, u.column))))


def _axis(
    table: DecisionTable,
    text: str,
    numbers: Sequence[int],
    declared: Domain | None,
    undecided: list[Undecided],
) -> tuple[Axis, list[tuple[int, int]]]:
    column = table.columns[numbers[0]]
    cells = {
        (row, number): test
        for row, rule in enumerate(table.rules, 1)
        for number in numbers
        if (test := rule.tests[number]) is not None
    }
    for number in numbers:
        allowed = table.columns[number].allowed
        if allowed is not None:
            cells[0, number] = allowed
    once = {test.text: test for test in cells.values()}
    seen = {text: boundaries(test) for text, test in once.items()}
    found = {place: seen[test.text] for place, test in cells.items()}
    # without a word on what the input may be, the allowed values say whether it may be empty
    domain = declared or Domain(nullable=not any((0, number) in cells for number in numbers))
    kinds = domain.kind or column.type.kind
    values = _listed(domain, kinds, found.values())
    if values is None:
        values, lost = _cut(domain, kinds, found)
    else:
        lost = {place for place, test in cells.items() if not reads_only_its_value(test)}
    taken: dict[tuple[int, int], int] = {}
    masks = {text: _mask(test, values) for text, test in once.items()}
    for place, test in cells.items():
        mask = None if place in lost else masks[test.text]
        if mask is None:
            undecided.append(Undecided(place[0], place[1] + 1, test.text))
        else:
            taken[place] = mask
    whole = (1 << len(values)) - 1
    inside = whole
    for number in numbers:
        inside &= taken.get((0, number), whole)
    rows = []
    for row in range(1, len(table.rules) + 1):
        surely = perhaps = whole
        for number in numbers:
            if (row, number) in cells:
                mask = taken.get((row, number))
                surely &= 0 if mask is None else mask
                perhaps &= whole if mask is None else mask
        rows.append((surely, perhaps))
    axis = Axis(
        text,
        domain.label or column.label,
        domain,
        tuple(number + 1 for number in numbers),
        tuple(values),
        inside,
        _free(table, numbers[0]),
    )
    return axis, rows


def _listed(domain: Domain, kinds: str, found: Collection[Boundaries | None]) -> list[FeelValue] | None:
    """All values of the input where they can be listed; small ranges of whole numbers only where a cell asks so."""
    empty: list[FeelValue] = [None] if domain.nullable else []
    if domain.values is not None:
        return [*domain.values, *(none for none in empty if None not in domain.values)]
    if kinds == "boolean":
        return [True, False, *empty]
    low, high = domain.low, domain.high
    if domain.integer and None in found and isinstance(low, Decimal) and isinstance(high, Decimal):
        first, last = ceil(low), floor(high)
        if last - first < SMALL:
            return [*(Decimal(number) for number in range(first, last + 1)), *empty]
    return None


def _cut(
    domain: Domain, kinds: str, found: Mapping[tuple[int, int], Boundaries | None]
) -> tuple[list[FeelValue], set[tuple[int, int]]]:
    """One value of each piece that the boundaries cut the input into, and the cells that do not keep to pieces."""
    lost = {place for place, cut in found.items() if cut is None}
    sound = {place: cut for place, cut in found.items() if cut is not None}
    constants = [value for cut in sound.values() for value in cut.values if value is not None]
    seen = {kind(value) for value in constants}
    if kinds in {"any", "null"} and len(seen) == 1:
        kinds = seen.pop()  # an input nobody declared is taken to be what it is compared with
    own = [value for value in constants if kind(value) == kinds]
    empty: list[FeelValue] = [None] if domain.nullable else []
    if kinds == "boolean":
        return [True, False, *empty], lost
    if kinds == "string":
        lost |= {
            place
            for place, cut in sound.items()
            if cut.ordered and any(isinstance(value, str) for value in cut.values)
        }
        mentioned = list(dict.fromkeys(own))
        return [*mentioned, _other(mentioned), *empty], lost
    scale = SCALES.get(kinds)
    if scale is not None:
        try:
            return [
                *pieces(scale, own, domain.low, domain.high, whole=domain.integer),
                *empty,
            ], lost
        except (NotOnScaleError, DecimalException, OverflowError, TypeError):
            return [_sample(own)], set(found)
    return [_sample(own)], set(found)


def _sample(own: Sequence[FeelValue]) -> FeelValue:
    return own[0] if own else None


def _other(mentioned: Sequence[FeelValue]) -> str:
    name = _OTHER
    while name in mentioned:
        name += " nữa"
    return name


def _mask(test: UnaryTest, values: Sequence[FeelValue]) -> int | None:
    mask = 0
    try:
        for bit, value in enumerate(values):
            if test.matches(value, {}) is True:
                mask |= 1 << bit
    except FeelLimitError:
        return None
    return mask


def _free(table: DecisionTable, number: int) -> bool:
    """Whether the input is a plain name or path that no other input reads: then any mix of values can occur."""
    own = _path(table.columns[number].expression.tree)
    if own is None:
        return False
    for column in table.columns:
        other = _path(column.expression.tree)
        if other == own:
            continue
        if other is None:
            if own[0] in column.expression.sources:
                return False
        elif other[: len(own)] == own or own[: len(other)] == other:
            return False
    return True


def _path(node: tree.Node) -> tuple[str, ...] | None:
    if isinstance(node, tree.Name):
        return (node.name,)
    if isinstance(node, tree.Path):
        base = _path(node.base)
        return None if base is None else (*base, node.name)
    return None
