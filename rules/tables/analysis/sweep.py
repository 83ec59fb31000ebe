"""What boxes leave uncovered: a walk over the axes that keeps, at each atom, the boxes that still take it.

Atoms taken by the same boxes are walked once; a set of boxes found to cover all that follows is remembered. The work
is bounded: `Budget.spend` raises TooLargeError. Sets of atoms and sets of boxes are whole numbers whose bits they are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

STEPS = 300_000

Masks = tuple[int, ...]


class TooLargeError(Exception):
    """The table is too large for a proof within the work allowed."""


@dataclass(slots=True)
class Budget:
    left: int = STEPS

    def spend(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise TooLargeError


def met(left: Masks, right: Masks) -> Masks | None:
    """The box that two have in common; None where there is none."""
    for one, other in zip(left, right, strict=True):
        if not one & other:
            return None
    return tuple(one & other for one, other in zip(left, right, strict=True))


def bits(mask: int) -> Iterator[int]:
    """Places of the bits that are set, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


class Cover:
    """Boxes, turned about: for each atom of each axis, the boxes that take it. `sizes`: atoms of each axis."""

    def __init__(self, boxes: Sequence[Masks], sizes: Sequence[int]) -> None:
        self.every = (1 << len(boxes)) - 1
        self.takers = [[0] * size for size in sizes]
        for number, box in enumerate(boxes):
            for axis, mask in enumerate(box):
                for atom in bits(mask):
                    self.takers[axis][atom] |= 1 << number

    def meeting(self, space: Masks) -> int:
        """The boxes that have something in common with the space."""
        found = self.every
        for axis, mask in enumerate(space):
            found &= reduce(or_, (self.takers[axis][atom] for atom in bits(mask)), 0)
        return found

    def uncovered(self, space: Masks, boxes: int, budget: Budget) -> Iterator[Masks]:
        """Disjoint boxes that together are all of `space` outside those of the `boxes`."""
        if all(space):
            yield from _Walk(self, space, boxes & self.meeting(space), budget).run()

    def is_covered(self, space: Masks, boxes: int, budget: Budget) -> bool:
        return next(self.uncovered(space, boxes, budget), None) is None


class _Walk:
    def __init__(self, cover: Cover, space: Masks, alive: int, budget: Budget) -> None:
        self.space = space
        self.alive = alive
        self.budget = budget
        slices = []
        for axis, mask in enumerate(space):
            found: dict[int, int] = {}  # the atoms, by the boxes that take them
            for atom in bits(mask):
                takers = cover.takers[axis][atom] & alive
                found[takers] = found.get(takers, 0) | 1 << atom
            slices.append(found)
            budget.spend(mask.bit_count())
        # axes that part the boxes into few sets first: what follows is then shared by many
        self.order = sorted(range(len(space)), key=lambda axis: len(slices[axis]))
        self.slices = [list(slices[axis].items()) for axis in self.order]
        # from each level on, the boxes that take all of what is left
        self.rest = [alive] * (len(space) + 1)
        for level in range(len(space) - 1, -1, -1):
            self.rest[level] = self.rest[level + 1] & reduce(
                and_, (takers for takers, _ in self.slices[level])
            )
        self.covered: set[tuple[int, int]] = set()

    def run(self) -> Iterator[Masks]:
        for chosen in self._from(0, self.alive):
            by_axis = dict(zip(self.order, chosen, strict=True))
            yield tuple(by_axis[axis] for axis in range(len(self.space)))

    def _from(self, level: int, alive: int) -> Iterator[list[int]]:
        """Uncovered parts of the axes from this level on, where only the boxes `alive` are left."""
        if alive & self.rest[level] or (level, alive) in self.covered:
            return
        if not alive:
            yield [self.space[axis] for axis in self.order[level:]]
            return
        merged: dict[int, int] = {}
        for takers, atoms in self.slices[level]:
            left = takers & alive
            merged[left] = merged.get(left, 0) | atoms
        self.budget.spend(len(self.slices[level]))
        whole = True
        # where the fewest boxes are left a gap is found soonest
        for left, atoms in sorted(merged.items(), key=lambda each: each[0].bit_count()):
            for tail in self._from(level + 1, left):
                whole = False
                yield [atoms, *tail]
        if whole:
            self.covered.add((level, alive))
