"""Completeness, overlap and reachability of one table, for each period of law."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice, product
from math import prod

from rules.feel import Expression, FeelError
from rules.tables.analysis.cells import is_constant
from rules.tables.analysis.domains import Domain
from rules.tables.analysis.findings import Analysis, Gap, Given, Overlap, Point, Unreachable
from rules.tables.analysis.grid import Grid, grid
from rules.tables.analysis.periods import Period, both_law, law_day, periods
from rules.tables.analysis.sweep import STEPS, Budget, Cover, Masks, TooLargeError, bits, met
from rules.tables.decide import DecisionTable, equal
from rules.tables.model import Hit

MOST = 10  # findings of a kind that are listed; more would not be read
_TRIED = 64  # gaps looked at, when a first one turns out not to occur
_VARIANTS = 8
_ROW_STEPS = STEPS // 3
_PAIRS = 50_000

Confirm = Callable[[Point], bool | None]
"""Whether such an input can occur: True; False, which is said of all inputs that the table does not tell from it too;
or None where that is not known."""


def analyse(
    table: DecisionTable,
    domains: Mapping[str, Domain] | None = None,
    *,
    first: date | None = None,
    last: date | None = None,
    confirm: Confirm | None = None,
    steps: int = STEPS,
) -> Analysis:
    """All that is wrong with the table between two days (inclusive), with counter-examples.

    `domains`: what the inputs may be, by the text of their expressions; an input without one may be any value of its
    type, or null. `confirm` sets gaps aside that cannot occur because inputs depend on each other. `steps` bounds the work; what it does not suffice for is not known.
    """
    cut = grid(table, domains or {})
    sizes = [len(axis.atoms) for axis in cut.axes]
    surely = Cover([box.surely for box in cut.boxes], sizes)
    perhaps = Cover([box.perhaps for box in cut.boxes], sizes) if cut.undecided else surely
    return _Search(table, cut, confirm, Budget(steps), Budget(3 * steps), surely, perhaps).run(first, last)


@dataclass(slots=True)
class _Search:
    table: DecisionTable
    grid: Grid
    confirm: Confirm | None
    budget: Budget
    rest: Budget  # for the rows that never decide
    surely: Cover
    perhaps: Cover
    listed: dict[bool | None, int] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)
    overlaps: list[Overlap] = field(default_factory=list)
    too_large: bool = False
    complete: bool | None = True
    disjoint: bool | None = True

    def run(self, first: date | None, last: date | None) -> Analysis:
        found = periods([rule.row for rule in self.table.rules], first, last)
        dated = self.table.dated
        for period in found:
            day = period.day if dated else None
            try:
                if not self._answers_anyway():
                    self._find_gaps(period, day)
            except TooLargeError:
                self.too_large = True
                self._doubt()
        self._find_overlaps(first, last)
        self._find_refused()
        unreachable = self._unreachable(found)
        return Analysis(
            tuple(self.gaps[:MOST]),
            tuple(islice(sorted(self.overlaps, key=_weight), MOST)),
            tuple(unreachable),
            self.grid.undecided,
            self.too_large,
            self.complete,
            self.disjoint,
        )

    def _answers_anyway(self) -> bool:
        """Whether the table has an answer also where no row holds."""
        return self.table.hit is Hit.COUNT or any(answer.default for answer in self.table.answers)

    # -- gaps -----------------------------------------------------------------------------------------------

    def _find_gaps(self, period: Period, day: date | None) -> None:
        lawful = sum(1 << row for row in period.rows)
        seen = sure = 0
        refuted = True
        doubtful: Gap | None = None
        for space in self.perhaps.uncovered(self.grid.space, lawful, self.budget):
            seen += 1
            gap, impossible = self._gap(space, day)
            refuted = refuted and impossible
            if gap is not None and gap.sure:
                sure += 1
                self._keep(gap)
            doubtful = doubtful or gap
            if sure >= MOST or seen >= _TRIED:
                break
        if sure:
            self.complete = False
            return
        if doubtful is not None:
            self._keep(doubtful)
        if not refuted or seen >= _TRIED or (self.grid.undecided and not self._covers(lawful)):
            self._doubt()

    def _covers(self, rows: int) -> bool:
        return self.surely.is_covered(self.grid.space, rows, self.budget)

    def _doubt(self) -> None:
        """What was proven so far is proven no longer; what was refuted stays so."""
        self.complete = None if self.complete is True else self.complete

    def _gap(self, space: Masks, day: date | None) -> tuple[Gap | None, bool]:
        """The gap of this box by the first of its points that occurs, and whether it is known that none does."""
        doubtful: Gap | None = None
        tried = 0
        for point in self._points(space, day):
            tried += 1
            verdict = self._occurs(point)
            if verdict is True:
                return Gap(point), False
            if verdict is None:
                doubtful = doubtful or Gap(point, sure=False)
        return doubtful, doubtful is None and tried == _size(space)

    def _occurs(self, point: Point) -> bool | None:
        if self.confirm is not None:
            return self.confirm(point)
        return True if all(axis.free for axis in self.grid.axes) else None

    def _keep(self, gap: Gap) -> None:
        known = [(other.point.values, other.refused) for other in self.gaps]
        if (gap.point.values, gap.refused) not in known:
            self.gaps.append(gap)

    def _find_refused(self) -> None:
        """Values that the input may have but the table's allowed values turn away."""
        for at, axis in enumerate(self.grid.axes):
            outside = axis.whole & ~axis.allowed
            if not outside or axis.domain == Domain(nullable=axis.domain.nullable):
                continue  # nothing was declared besides the table: then its allowed values are the declaration
            space = tuple(outside if at == n else other.whole for n, other in enumerate(self.grid.axes))
            gap, impossible = self._gap(space, None)
            if gap is not None:
                self._keep(Gap(gap.point, refused=True, sure=gap.sure))
            if gap is not None and gap.sure:
                self.complete = False
            elif not impossible:
                self._doubt()

    def _points(self, space: Masks, day: date | None) -> Iterator[Point]:
        """A few points of the box: the first value of each input, and mixes with inputs left empty."""
        choices = []
        for axis, mask in zip(self.grid.axes, space, strict=True):
            values = [axis.atoms[bit] for bit in bits(mask)]
            first = next((value for value in values if value is not None), None)
            choices.append([first, None] if None in values and first is not None else [first])
        for picked in islice(product(*choices), _VARIANTS):
            yield Point(
                tuple(
                    Given(axis.expression, axis.label, value, axis.domain)
                    for axis, value in zip(self.grid.axes, picked, strict=True)
                ),
                day,
            )

    # -- overlaps -------------------------------------------------------------------------------------------

    def _find_overlaps(self, first: date | None, last: date | None) -> None:
        boxes, space = self.grid.boxes, self.grid.space
        rows = [rule.row for rule in self.table.rules]
        looked = 0
        for right, box in enumerate(boxes):
            inside = met(space, box.perhaps)
            if inside is None:
                continue
            for left in bits(self.perhaps.meeting(inside) & ((1 << right) - 1)):
                common = met(inside, boxes[left].perhaps)
                if common is None or not both_law((rows[left], rows[right]), first, last):
                    continue
                looked += 1
                if self._said_all():
                    return
                if looked > _PAIRS:
                    self.too_large = True
                    self._doubt_disjoint()
                    return
                if not (boxes[left].decided and box.decided):
                    # whatever the undecided cells take, the decided ones do not part these rows
                    both = met(boxes[left].surely, box.surely)
                    common = None if both is None else met(space, both)
                    if common is None:
                        self._doubt_disjoint()
                        continue
                day = law_day((rows[left], rows[right]), first, last) if self.table.dated else None
                self._overlap((left + 1, right + 1), common, day)

    def _said_all(self) -> bool:
        """Whether more pairs could tell nothing new: the policy judges all alike, and enough are listed."""
        return self.table.hit is not Hit.ANY and self.disjoint is False and len(self.overlaps) >= MOST

    def _doubt_disjoint(self) -> None:
        self.disjoint = None if self.disjoint is True else self.disjoint

    def _overlap(self, pair: tuple[int, int], common: Masks, day: date | None) -> None:
        forbidden = self._forbidden(pair)
        self.listed[forbidden] = self.listed.get(forbidden, 0) + 1
        if self.listed[forbidden] > MOST and self.disjoint is False:
            return
        tried = 0
        for point in self._points(common, day):
            tried += 1
            verdict = self._occurs(point)
            if verdict is False:
                continue
            self.overlaps.append(Overlap(pair, point, forbidden, sure=verdict is True))
            if verdict is True:
                self.disjoint = False
            else:
                self._doubt_disjoint()
            return
        if tried < _size(common):
            self._doubt_disjoint()

    def _forbidden(self, pair: tuple[int, int]) -> bool | None:
        """Whether the policy forbids that both rows hold."""
        if self.table.hit is Hit.UNIQUE:
            return True
        if self.table.hit is not Hit.ANY:
            return False
        left, right = (self.table.rules[number - 1].values for number in pair)
        same = [_same(a, b) for a, b in zip(left, right, strict=True)]
        return True if False in same else (None if None in same else False)

    # -- rows that never decide -----------------------------------------------------------------------------

    def _unreachable(self, found: Sequence[Period]) -> list[Unreachable]:
        never: list[Unreachable] = []
        for number, box in enumerate(self.grid.boxes):
            row = number + 1
            empty = self._empty_axis(box.perhaps)
            lawful = [period for period in found if number in period.rows]
            if empty is not None:
                axis = self.grid.axes[empty]
                never.append(Unreachable(row, "empty", (), axis.columns[0], axis.label))
            elif not lawful:
                never.append(Unreachable(row, "never law"))
            elif self.table.hit is Hit.FIRST:
                masks = [self._masks(number, period) for period in lawful]
                if all(masks):
                    by = sorted({before for each in masks for before in each})
                    never.append(Unreachable(row, "masked", tuple(before + 1 for before in by)))
        return never

    def _empty_axis(self, box: Masks) -> int | None:
        return next(
            (at for at, (own, may) in enumerate(zip(box, self.grid.space, strict=True)) if not own & may),
            None,
        )

    def _masks(self, number: int, period: Period) -> list[int]:
        """The earlier rows that together take everything this row takes; empty where something is left."""
        space = met(self.grid.space, self.grid.boxes[number].perhaps)
        earlier = sum(1 << row for row in period.rows if row < number)
        if space is None or not earlier:
            return []
        near = self.surely.meeting(space) & earlier
        own = Budget(min(_ROW_STEPS, self.rest.left))
        before = own.left
        try:
            return list(bits(near)) if self.surely.is_covered(space, near, own) else []
        except TooLargeError:
            self.too_large = True
            return []
        finally:
            self.rest.left -= before - max(own.left, 0)


def _size(space: Masks) -> int:
    """How many points there are in the box."""
    return prod(mask.bit_count() for mask in space)


def _weight(overlap: Overlap) -> tuple[int, tuple[int, int]]:
    """Forbidden overlaps come first."""
    return ({True: 0, None: 1, False: 2}[overlap.forbidden], overlap.rows)


def _same(left: Expression, right: Expression) -> bool | None:
    """Whether two results are equal; None where they read data and are not written alike."""
    if left.text.strip() == right.text.strip():
        return True
    if not (is_constant(left) and is_constant(right)):
        return None
    try:
        return equal(left.evaluate({}), right.evaluate({}))
    except FeelError:
        return None
