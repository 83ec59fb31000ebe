"""What boxes leave uncovered: a walk over the axes that keeps, at each atom, the boxes that still take it.

Atoms taken by the same boxes are walked once; a set of boxes found to cover all that follows is remembered. The work
is bounded: `Budget.spend` raises TooLargeError.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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


def uncovered(space: Masks, boxes: Sequence[Masks], budget: Budget) -> Iterator[Masks]:
    """Disjoint boxes that together are all of `space` outside the `boxes`."""
    if all(space):
        yield from _Walk(space, boxes, budget).run()


def is_covered(space: Masks, boxes: Sequence[Masks], budget: Budget) -> bool:
    return next(uncovered(space, boxes, budget), None) is None


def met(left: Masks, right: Masks) -> Masks | None:
    """The box that two have in common; None where there is none."""
    common = tuple(a & b for a, b in zip(left, right, strict=True))
    return common if all(common) else None


def bits(mask: int) -> Iterator[int]:
    """Places of the bits that are set, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


class _Walk:
    def __init__(self, space: Masks, boxes: Sequence[Masks], budget: Budget) -> None:
        budget.spend(len(boxes) * (len(space) + 1))
        kept = [box for box in (met(space, box) for box in boxes) if box is not None]
        self.space = space
        self.budget = budget
        self.every = (1 << len(kept)) - 1
        slices = [self._slices(axis, kept) for axis in range(len(space))]
        # axes that part the boxes into few sets first: what follows is then shared by many
        self.order = sorted(range(len(space)), key=lambda axis: len(slices[axis]))
        self.slices = [slices[axis] for axis in self.order]
        self.rest = [0] * len(space) + [self.every]
        for level in range(len(space) - 1, -1, -1):
            axis = self.order[level]
            full = sum(1 << number for number, box in enumerate(kept) if box[axis] == space[axis])
            self.rest[level] = self.rest[level + 1] & full
        self.covered: set[tuple[int, int]] = set()

    def _slices(self, axis: int, boxes: Sequence[Masks]) -> list[tuple[int, int]]:
        """(the boxes that take them, the atoms) for each set of boxes."""
        found: dict[int, int] = {}
        for atom in bits(self.space[axis]):
            takers = sum(1 << number for number, box in enumerate(boxes) if box[axis] >> atom & 1)
            found[takers] = found.get(takers, 0) | 1 << atom
        return list(found.items())

    def run(self) -> Iterator[Masks]:
        for chosen in self._from(0, self.every):
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
