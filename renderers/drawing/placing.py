"""Where each node of a layer stands: Brandes and Köpf, “Fast and Simple Horizontal Coordinate Assignment” (2002), with
the corrections of 2020, in whole numbers. A node is put in line with a middle neighbour; of four such placements (from
above and below, from left and right) each node takes the mean of the middle two, which keeps all distances.
"""

from collections.abc import Sequence
from itertools import pairwise

from renderers.drawing.graph import Layered

Pairs = frozenset[tuple[int, int]]


def place(graph: Layered) -> None:
    """Fill `x` of every node; the least is anything."""
    wrong = _conflicts(graph)
    found = []
    for down in (True, False):
        for mirrored in (False, True):
            layers = [layer[::-1] if mirrored else layer for layer in graph.layers]
            xs = _compacted(graph, layers, _aligned(graph, layers, wrong, down=down), mirrored=mirrored)
            found.append([-x for x in xs] if mirrored else xs)
    _together(graph, found)
    for number, node in enumerate(graph.nodes):
        four = sorted(xs[number] for xs in found)
        node.x = (four[1] + four[2]) // 2


def _conflicts(graph: Layered) -> Pairs:
    """Pieces of line that cross a piece between two points of one link: those give way, so that long lines are straight."""
    at = {node: number for layer in graph.layers for number, node in enumerate(layer)}
    nodes = graph.nodes
    found: set[tuple[int, int]] = set()
    for layer in graph.layers[:-1]:
        pieces = [(upper, lower) for upper in layer for lower in nodes[upper].down]
        inner = [(u, w) for u, w in pieces if not nodes[u].box and not nodes[w].box]
        for u, w in pieces:
            straight = not nodes[u].box and not nodes[w].box
            for v, z in inner:
                crosses = (at[u] - at[v]) * (at[w] - at[z]) < 0
                # of two long lines that cross, the one further right gives way
                if crosses and (not straight or at[u] > at[v]):
                    found.add((u, w))
    return frozenset(found)


def _aligned(graph: Layered, layers: Sequence[list[int]], wrong: Pairs, *, down: bool) -> list[int]:
    """For each node the node that stands for all those in line with it."""
    at = {node: number for layer in layers for number, node in enumerate(layer)}
    root, align = list(range(len(graph.nodes))), list(range(len(graph.nodes)))
    for layer in layers if down else layers[::-1]:
        last = -1
        for node in layer:
            ends = sorted(graph.nodes[node].up if down else graph.nodes[node].down, key=at.__getitem__)
            if not ends:
                continue
            middle = (len(ends) - 1) // 2
            liked = [end for end in ends if _piece(end, node, down=down) in graph.main]
            for end in (*liked, *ends[middle : len(ends) // 2 + 1]):
                if align[node] == node and last < at[end] and _piece(end, node, down=down) not in wrong:
                    align[end] = node
                    align[node] = root[node] = root[end]
                    last = at[end]
    return root


def _piece(end: int, node: int, *, down: bool) -> tuple[int, int]:
    return (end, node) if down else (node, end)


def _compacted(
    graph: Layered, layers: Sequence[list[int]], root: Sequence[int], *, mirrored: bool
) -> list[int]:
    """As far left as the distances let each line of nodes be, then as near to what is at its right."""
    apart: dict[int, dict[int, int]] = {number: {} for number in set(root)}
    for layer in layers:
        for one, other in pairwise(layer):
            u, w = root[one], root[other]
            apart[u][w] = max(apart[u].get(w, 0), _distance(graph, one, other, mirrored=mirrored))
    order = _sorted(apart)
    x = dict.fromkeys(order, 0)
    for u in order:
        for w, far in apart[u].items():
            x[w] = max(x[w], x[u] + far)
    for u in reversed(order):
        if apart[u]:
            x[u] = max(x[u], min(x[w] - far for w, far in apart[u].items()))
    return [x[each] for each in root]


def _distance(graph: Layered, one: int, other: int, *, mirrored: bool) -> int:
    left, right = (
        (graph.nodes[other], graph.nodes[one]) if mirrored else (graph.nodes[one], graph.nodes[other])
    )
    return left.right + (left.gap + right.gap) // 2 + right.left


def _sorted(apart: dict[int, dict[int, int]]) -> list[int]:
    missing = dict.fromkeys(apart, 0)
    for ends in apart.values():
        for w in ends:
            missing[w] += 1
    order = [u for u in sorted(apart) if not missing[u]]
    for u in order:
        for w in apart[u]:
            missing[w] -= 1
            if not missing[w]:
                order.append(w)
    return order


def _together(graph: Layered, found: list[list[int]]) -> None:
    """Move the four so that they cover the narrowest: those from the left at its left, those from the right at its right."""
    nodes = graph.nodes
    spans = [
        (
            min(x - node.left for x, node in zip(xs, nodes, strict=True)),
            max(x + node.right for x, node in zip(xs, nodes, strict=True)),
        )
        for xs in found
    ]
    least, most = min(spans, key=lambda span: span[1] - span[0])
    for number, (left, right) in enumerate(spans):
        move = most - right if number % 2 else least - left
        found[number] = [x + move for x in found[number]]
