"""What a layout is asked and what it answers. Lengths are whole pixels, boxes are known by their number."""

from dataclasses import dataclass, field
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Box:
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Link:
    """From a box to a box; `width`, `height`: of its label, 0 without one. `main`: drawn straight where that can be."""

    source: int
    target: int
    width: int = 0
    height: int = 0
    main: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A rectangle; `x` and `y` are of its corner at the top left."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    def turned(self) -> "Placed":
        """With across and down changed over."""
        return Placed(self.y, self.x, self.height, self.width)

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2


Point: TypeAlias = tuple[int, int]
Step: TypeAlias = tuple[Any, ...]
"""One command of an SVG path with its points: `("L", (10, 20))`."""


def _in_line(one: Point, two: Point, three: Point) -> bool:
    return one[0] == two[0] == three[0] or one[1] == two[1] == three[1]


@dataclass(frozen=True, slots=True)
class Route:
    """A line from the edge of a box to the edge of a box, and the corners of its arrow, whose point is at `end`.
    `back`: it closes a loop and so runs against the direction; `label`: where its words go.
    """

    steps: tuple[Step, ...]
    arrow: tuple[Point, ...]
    start: Point
    end: Point
    back: bool
    label: Placed | None

    @property
    def path(self) -> str:
        """As the `d` of an SVG path; straight steps in one direction are one, those that go nowhere none."""
        kept: list[Step] = []
        for step in self.steps:
            name, last = step[0], kept[-1][-1] if kept else step[-1]
            if kept and name == "L" and step[-1] == last:
                continue
            if (
                name == "L"
                and len(kept) > 1
                and kept[-1][0] == "L"
                and _in_line(kept[-2][-1], last, step[-1])
            ):
                kept[-1] = step
            else:
                kept.append(step)
        return "".join(name + " ".join(f"{x} {y}" for x, y in points) for name, *points in kept)

    @property
    def arrow_path(self) -> str:
        return "M" + "L".join(f"{x} {y}" for x, y in self.arrow) + "Z"

    def turned(self) -> "Route":
        """With across and down changed over."""
        return Route(
            tuple((name, *((y, x) for x, y in points)) for name, *points in self.steps),
            tuple((y, x) for x, y in self.arrow),
            self.start[::-1],
            self.end[::-1],
            self.back,
            self.label.turned() if self.label is not None else None,
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """`layers`: the number of each box's layer, growing in the direction of the drawing."""

    width: int
    height: int
    boxes: tuple[Placed, ...]
    routes: tuple[Route, ...]
    layers: tuple[int, ...]


@dataclass(slots=True)
class Node:
    """A place in a layer while the layout is made, as if drawn from top to bottom: a box, or a point that a link
    passes through, which may carry its label. `left`, `right`: what it takes on each side of its own line.
    """

    layer: int
    left: int
    right: int
    height: int
    gap: int
    box: bool = False
    up: list[int] = field(default_factory=list)
    down: list[int] = field(default_factory=list)
    x: int = 0


@dataclass(slots=True)
class Chain:
    """A link through the layers: `nodes` from its upper box to its lower one. `label`: the number in `nodes` that
    carries the label.
    """

    link: int
    nodes: list[int]
    back: bool
    label: int | None


@dataclass(slots=True)
class Layered:
    """`layers`: numbers of nodes, from left to right. The first nodes are the boxes, in their order."""

    nodes: list[Node]
    chains: list[Chain]
    layers: list[list[int]]
    main: frozenset[tuple[int, int]] = frozenset()
    back: frozenset[tuple[int, int]] = frozenset()
