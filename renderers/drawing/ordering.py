"""The order within each layer, so that few lines cross: sweeps down and up by the mean place of the neighbours, then
neighbours changed over where that helps; the best order met is kept (as dagre and Gansner et al. 1993 do).
"""

from bisect import bisect_right, insort
from collections.abc import Sequence

from renderers.drawing.graph import Layered

SWEEPS = 16
_TRIED_IN_PAIRS = 400


def order(graph: Layered) -> None:
    """Fill the layers."""
    _first(graph)
    best, fewest = [list(layer) for layer in graph.layers], crossings(graph)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        _sweep(graph, down=sweep % 2 == 0, last=sweep % 4 >= 2)
        if len(graph.nodes) <= _TRIED_IN_PAIRS:
            _change_over(graph)
        found = crossings(graph)
        if found < fewest:
            best, fewest = [list(layer) for layer in graph.layers], found
    graph.layers = best


def crossings(graph: Layered) -> int:
    """How many pairs of lines cross, all layers together."""
    place = _places(graph)
    return sum(
        _inversions(
            [_key(graph, place, upper, lower) for upper in layer for lower in graph.nodes[upper].down]
        )
        for layer in graph.layers[:-1]
    )


def _key(graph: Layered, place: Sequence[int], upper: int, lower: int) -> tuple[int, int]:
    """Where a line leaves and comes in. Loops use the right side of a box, so they are beyond its other lines."""
    against = (upper, lower) in graph.back
    return (
        2 * place[upper] + (against and graph.nodes[upper].box),
        2 * place[lower] + (against and graph.nodes[lower].box),
    )


def _inversions(lines: list[tuple[int, int]]) -> int:
    met: list[int] = []
    found = 0
    for _, lower in sorted(lines):
        found += len(met) - bisect_right(met, lower)
        insort(met, lower)
    return found


def _places(graph: Layered) -> list[int]:
    place = [0] * len(graph.nodes)
    for layer in graph.layers:
        for at, node in enumerate(layer):
            place[node] = at
    return place


def _first(graph: Layered) -> None:
    """As a walk from the top meets them."""
    seen: set[int] = set()
    tops = sorted(range(len(graph.nodes)), key=lambda node: graph.nodes[node].layer)
    for top in tops:
        stack = [top]
        while stack:
            node = stack.pop()
            if node in seen:
                continue
            seen.add(node)
            graph.layers[graph.nodes[node].layer].append(node)
            # loops last, so that they come to stand at the right
            lowers = graph.nodes[node].down[::-1]
            stack += [lower for lower in lowers if (node, lower) in graph.back]
            stack += [lower for lower in lowers if (node, lower) not in graph.back]


def _sweep(graph: Layered, *, down: bool, last: bool) -> None:
    layers = graph.layers if down else graph.layers[::-1]
    place = [2 * at for at in _places(graph)]
    for layer in layers[1:]:
        means = {}
        for at, node in enumerate(layer):
            ends = graph.nodes[node].up if down else graph.nodes[node].down
            keys = [place[end] + _beside(graph, end, node) for end in ends]
            means[node] = sum(keys) / len(keys) if keys else float(2 * at)
        free = [node for node in layer if not (graph.nodes[node].up if down else graph.nodes[node].down)]
        fixed = [node for node in layer if node not in set(free)]
        now = {node: at for at, node in enumerate(layer)}
        fixed.sort(key=lambda node: (means[node], -now[node] if last else now[node]))
        for node in free:  # they keep their place among the others
            fixed.insert(min(now[node], len(fixed)), node)
        layer[:] = fixed
        for at, node in enumerate(layer):
            place[node] = 2 * at


def _beside(graph: Layered, end: int, node: int) -> int:
    against = (end, node) in graph.back or (node, end) in graph.back
    return int(against and graph.nodes[end].box)


def _change_over(graph: Layered) -> None:
    """Two neighbours change places where fewer of their lines cross then."""
    place = _places(graph)
    for _ in range(4):
        better = False
        for layer in graph.layers:
            for at in range(len(layer) - 1):
                one, other = layer[at], layer[at + 1]
                if _pair(graph, place, one, other) > _pair(graph, place, other, one):
                    layer[at], layer[at + 1] = other, one
                    place[one], place[other] = at + 1, at
                    better = True
        if not better:
            return


def _pair(graph: Layered, place: Sequence[int], left: int, right: int) -> int:
    """Crossings of the lines of two nodes, were they to stand in this order."""
    found = 0
    for side in ("up", "down"):
        lefts = sorted(2 * place[n] + _beside(graph, n, left) for n in getattr(graph.nodes[left], side))
        for end in getattr(graph.nodes[right], side):
            found += len(lefts) - bisect_right(lefts, 2 * place[end] + _beside(graph, end, right))
    return found
