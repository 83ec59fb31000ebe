"""Which layer each box stands in: loops are broken where a walk from the start comes back, then everything goes as
near to what leads to it as it can (Sugiyama's first two steps).
"""

from collections.abc import Sequence
from itertools import pairwise

from renderers.drawing.graph import Box, Chain, Layered, Link, Node

BEND_GAP, LABEL_GAP, BOX_GAP = 10, 14, 26
SLOT = 12
SELF = 8


def backward(count: int, links: Sequence[Link]) -> frozenset[int]:
    """Numbers of the links that lead back to a box the walk is still on its way from; a link to its own box is none."""
    onward: list[list[int]] = [[] for _ in range(count)]
    for number, link in enumerate(links):
        if link.source != link.target:
            onward[link.source].append(number)
    state = [0] * count  # 0 unseen, 1 on the way, 2 done
    found: set[int] = set()
    for first in range(count):
        if state[first]:
            continue
        state[first] = 1
        stack = [(first, iter(onward[first]))]
        while stack:
            box, rest = stack[-1]
            number = next(rest, -1)
            if number < 0:
                state[box] = 2
                stack.pop()
                continue
            target = links[number].target
            if state[target] == 1:
                found.add(number)
            elif state[target] == 0:
                state[target] = 1
                stack.append((target, iter(onward[target])))
    return frozenset(found)


def ranks(count: int, links: Sequence[Link], back: frozenset[int]) -> list[int]:
    """The layer of each box, from 0: every link that is not `back` leads to a higher one, the others to a lower."""
    arcs = [
        (link.target, link.source) if number in back else (link.source, link.target)
        for number, link in enumerate(links)
        if link.source != link.target
    ]
    after: list[list[int]] = [[] for _ in range(count)]
    before: list[list[int]] = [[] for _ in range(count)]
    for upper, lower in arcs:
        after[upper].append(lower)
        before[lower].append(upper)
    missing = [len(each) for each in before]
    order = [box for box in range(count) if not missing[box]]
    for box in order:
        for lower in after[box]:
            missing[lower] -= 1
            if not missing[lower]:
                order.append(lower)
    rank = [0] * count
    for box in order:
        rank[box] = max((rank[upper] + 1 for upper in before[box]), default=0)
    for box in reversed(order):
        # what more links leave than come to is drawn down to where they lead
        if after[box] and len(after[box]) > len(before[box]):
            rank[box] = max(rank[box], min(rank[lower] for lower in after[box]) - 1)
    return rank


def layered(boxes: Sequence[Box], links: Sequence[Link]) -> Layered:
    """Boxes in every second layer, in the others labels; links pass through each layer on their way."""
    back = backward(len(boxes), links)
    rank = ranks(len(boxes), links, back)
    nodes = [_box(number, box, links, back, rank[number]) for number, box in enumerate(boxes)]
    chains = []
    for number, link in enumerate(links):
        if link.source == link.target:
            continue
        against = number in back
        upper, lower = (link.target, link.source) if against else (link.source, link.target)
        between = range(2 * rank[upper] + 1, 2 * rank[lower])
        at = (len(between) if against else 1) if link.width else None
        way = [upper]
        for place, layer in enumerate(between, start=1):
            way.append(len(nodes))
            nodes.append(_bend(layer, link if place == at else None))
        chains.append(Chain(number, [*way, lower], against, at))
    made = Layered(nodes, chains, [[] for _ in range(1 + max((node.layer for node in nodes), default=0))])
    main, against_ = set(), set()
    for chain in chains:
        for upper, lower in pairwise(chain.nodes):
            nodes[upper].down.append(lower)
            nodes[lower].up.append(upper)
            if links[chain.link].main:
                main.add((upper, lower))
            if chain.back:
                against_.add((upper, lower))
    made.main, made.back = frozenset(main), frozenset(against_)
    return made


def _box(number: int, box: Box, links: Sequence[Link], back: frozenset[int], rank: int) -> Node:
    """At its right there is room for the lines of loops, which leave and come in there, and for loops to itself."""
    out = sum(1 for n in back if links[n].source == number)
    into = sum(1 for n in back if links[n].target == number)
    own = [link for link in links if link.source == link.target == number]
    beside = SLOT * max(out, into) + sum(SLOT + SELF + link.width for link in own)
    height = max([box.height, *(link.height for link in own)])
    half = box.width // 2
    return Node(2 * rank, half, box.width - half + beside, height, BOX_GAP, box=True)


def _bend(layer: int, label: Link | None) -> Node:
    if label is None:
        return Node(layer, 1, 1, 0, BEND_GAP)
    half = label.width // 2
    return Node(layer, half, label.width - half, label.height, LABEL_GAP)
