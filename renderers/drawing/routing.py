"""The lines of a layout that has its places: smooth between layers, straight through them, loops out at the side.

Between two layers a line is a curve that stays between them, and within a layer it keeps to its own place, so that no
line touches a box which it does not belong to.
"""

from collections.abc import Sequence
from itertools import pairwise

from renderers.drawing.graph import Box, Chain, Layered, Layout, Link, Placed, Point, Route, Step
from renderers.drawing.layers import SELF, SLOT

MARGIN = 12
ARROW = 7
_STUB = 9  # the last of a line before its arrow is straight
_PORT, _EDGE, _CORNER = 14, 14, 6
Tops = Sequence[tuple[int, int]]


def routed(graph: Layered, boxes: Sequence[Box], links: Sequence[Link], tops: Tops, height: int) -> Layout:
    """`tops`: top and bottom of each layer."""
    shift = MARGIN - min((node.x - node.left for node in graph.nodes), default=0)
    for node in graph.nodes:
        node.x += shift
    width = MARGIN + max((node.x + node.right for node in graph.nodes), default=MARGIN)
    placed = tuple(_middle(graph, number, box.width, box.height, tops) for number, box in enumerate(boxes))
    lines = _Lines(graph, placed, links, tops)
    routes = [lines.own(number) if link.source == link.target else None for number, link in enumerate(links)]
    for chain in graph.chains:
        routes[chain.link] = lines.back(chain) if chain.back else lines.forward(chain)
    layers = tuple(node.layer // 2 for node in graph.nodes[: len(boxes)])
    return Layout(width, height, placed, tuple(route for route in routes if route is not None), layers)


def _middle(graph: Layered, number: int, width: int, height: int, tops: Tops) -> Placed:
    """In the middle of its layer's height."""
    node = graph.nodes[number]
    top, bottom = tops[node.layer]
    return Placed(node.x - node.left, top + (bottom - top - height) // 2, width, height)


class _Lines:
    def __init__(self, graph: Layered, placed: Sequence[Placed], links: Sequence[Link], tops: Tops) -> None:
        self.graph, self.placed, self.links, self.tops = graph, placed, links, tops
        on = [chain for chain in graph.chains if not chain.back]
        back = [chain for chain in graph.chains if chain.back]
        self.out = self._ports([(chain.nodes[0], chain.nodes[1], chain.link) for chain in on])
        self.into = self._ports([(chain.nodes[-1], chain.nodes[-2], chain.link) for chain in on])
        # of a loop the lower box is where it leaves, the upper where it comes in
        self.leaves = self._slots([(chain.nodes[-1], chain.nodes[-2], chain.link) for chain in back])
        self.comes = self._slots([(chain.nodes[0], chain.nodes[1], chain.link) for chain in back])

    def _ports(self, ends: Sequence[tuple[int, int, int]]) -> dict[int, int]:
        """Where each link meets its box, by link: straight under what it goes to where that can be, else in order."""
        found = {}
        for box in sorted({box for box, _, _ in ends}):
            mine = sorted((self.graph.nodes[near].x, link) for b, near, link in ends if b == box)
            rect = self.placed[box]
            least, most = rect.x + _EDGE, rect.right - _EDGE
            apart = min(_PORT, (most - least) // max(len(mine) - 1, 1))
            wanted = [min(max(x, least), most) for x, _ in mine]
            for at in range(1, len(wanted)):
                wanted[at] = max(wanted[at], wanted[at - 1] + apart)
            for at in range(len(wanted) - 1, -1, -1):
                limit = most if at == len(wanted) - 1 else wanted[at + 1] - apart
                wanted[at] = min(wanted[at], limit)
            found.update({link: x for (_, link), x in zip(mine, wanted, strict=True)})
        return found

    def _slots(self, ends: Sequence[tuple[int, int, int]]) -> dict[int, tuple[int, int]]:
        """(number of the slot from the box outwards, of how many) of each loop at one of its boxes."""
        found = {}
        for box in sorted({box for box, _, _ in ends}):
            mine = sorted((self.graph.nodes[near].x, link) for b, near, link in ends if b == box)
            found.update({link: (at, len(mine)) for at, (_, link) in enumerate(mine)})
        return found

    def forward(self, chain: Chain) -> Route:
        first, last = self.placed[chain.nodes[0]], self.placed[chain.nodes[-1]]
        start = (self.out[chain.link], first.bottom)
        end = (self.into[chain.link], last.y)
        stops = self._stops(chain)
        top_of_last = self.tops[self.graph.nodes[chain.nodes[-1]].layer][0]
        bottom_of_first = self.tops[self.graph.nodes[chain.nodes[0]].layer][1]
        columns = [
            ((start[0], start[1]), (start[0], bottom_of_first)),
            *stops,
            ((end[0], top_of_last - _STUB), (end[0], end[1])),
        ]
        path = _through(columns)
        return Route(path, _arrow(end, "down"), start, end, back=False, label=self._label(chain))

    def back(self, chain: Chain) -> Route:
        """Out at the right of the lower box, up, and in at the right of the upper one."""
        upper, lower = chain.nodes[0], chain.nodes[-1]
        leaving, of_leaving = self.leaves[chain.link]
        coming, of_coming = self.comes[chain.link]
        start = self._side(lower, leaving, of_leaving, coming=False)
        end = self._side(upper, of_coming - 1 - coming, of_coming, coming=True)
        out = self.placed[lower].right + SLOT * (leaving + 1)
        into = self.placed[upper].right + SLOT * (coming + 1)
        columns = [
            ((out, start[1]), (out, self.tops[self.graph.nodes[lower].layer][0])),
            *[(low, high) for high, low in reversed(self._stops(chain))],
            ((into, self.tops[self.graph.nodes[upper].layer][1]), (into, end[1])),
        ]
        steps: list[Step] = [("M", start), *_corner(start, columns[0][0], columns[0][1])]
        steps += _curves(columns)[1:]
        last_from = columns[-1][0]
        steps[-1:] = _corner(last_from, columns[-1][1], end)
        steps.append(("L", end))
        return Route(tuple(steps), _arrow(end, "left"), start, end, back=True, label=self._label(chain))

    def own(self, number: int) -> Route:
        """From a box to itself: out at the right and in again below."""
        link, box = self.links[number], self.placed[self.links[number].source]
        mine = [n for n, each in enumerate(self.links) if each.source == each.target == link.source]
        loops = [chain for chain in self.graph.chains if chain.back]
        slots = max(
            sum(1 for chain in loops if chain.nodes[0] == link.source),
            sum(1 for chain in loops if chain.nodes[-1] == link.source),
        )
        before = sum(SLOT + SELF + self.links[n].width for n in mine[: mine.index(number)])
        x = box.right + SLOT * slots + before + SLOT
        at = mine.index(number) + 1
        share = box.height // (2 * len(mine) + 2)
        start, end = (box.right, box.y + share * at), (box.right, box.bottom - share * at)
        steps: list[Step] = [
            ("M", start),
            *_corner(start, (x, start[1]), (x, end[1])),
            *_corner((x, start[1]), (x, end[1]), end),
            ("L", end),
        ]
        label = None
        if link.width:
            middle = (start[1] + end[1]) // 2
            label = Placed(x + SELF // 2, middle - link.height // 2, link.width, link.height)
        return Route(tuple(steps), _arrow(end, "left"), start, end, back=True, label=label)

    def _side(self, box: int, at: int, of: int, *, coming: bool) -> Point:
        """On the right side of a box: loops leave in the upper half, the outermost lowest, and come in in the lower
        half, the outermost highest, so that none crosses another.
        """
        rect = self.placed[box]
        half = rect.height // 2
        y = rect.y + (half if coming else 0) + half * (at + 1) // (of + 1)
        return rect.right, y

    def _stops(self, chain: Chain) -> list[tuple[Point, Point]]:
        """Through each layer between its boxes."""
        found = []
        for number in chain.nodes[1:-1]:
            node = self.graph.nodes[number]
            top, bottom = self.tops[node.layer]
            found.append(((node.x, top), (node.x, bottom)))
        return found

    def _label(self, chain: Chain) -> Placed | None:
        link = self.links[chain.link]
        if chain.label is None:
            return None
        return _middle(self.graph, chain.nodes[chain.label], link.width, link.height, self.tops)


def _through(columns: Sequence[tuple[Point, Point]]) -> tuple[Step, ...]:
    return (("M", columns[0][0]), *_curves(columns))


def _curves(columns: Sequence[tuple[Point, Point]]) -> list[Step]:
    """Straight along each column, curved from one to the next."""
    steps: list[Step] = [("L", columns[0][1])]
    for (_, (x, y)), ((to_x, to_y), leave) in pairwise(columns):
        if x == to_x:
            steps.append(("L", (to_x, to_y)))
        else:
            half = (y + to_y) // 2
            steps.append(("C", (x, half), (to_x, half), (to_x, to_y)))
        steps.append(("L", leave))
    return steps


def _corner(before: Point, at: Point, after: Point) -> list[Step]:
    """A right angle, rounded."""
    if at in {before, after}:
        return [("L", at)]
    return [("L", _towards(at, before)), ("Q", at, _towards(at, after))]


def _towards(at: Point, other: Point) -> Point:
    def near(here: int, there: int) -> int:
        far = min(_CORNER, abs(there - here) // 2)
        return here + (far if there > here else -far)

    return near(at[0], other[0]), near(at[1], other[1])


def _arrow(end: Point, way: str) -> tuple[Point, ...]:
    x, y = end
    if way == "down":
        return (x, y), (x - 4, y - ARROW), (x + 4, y - ARROW)
    return (x, y), (x + ARROW, y - 4), (x + ARROW, y + 4)
