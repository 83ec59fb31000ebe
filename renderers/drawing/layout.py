"""Boxes and links to places and lines: layers, order, places, then the lines through them."""

from functools import lru_cache
from typing import Literal, TypeAlias

from renderers.drawing.graph import Box, Layered, Layout, Link
from renderers.drawing.layers import layered
from renderers.drawing.ordering import order
from renderers.drawing.placing import place
from renderers.drawing.routing import MARGIN, routed

Direction: TypeAlias = Literal["down", "right"]
_LEAST, _MOST = 20, 44


@lru_cache(maxsize=128)
def laid_out(boxes: tuple[Box, ...], links: tuple[Link, ...], direction: Direction = "down") -> Layout:
    """`down`: from top to bottom, for screens that scroll; `right`: from left to right, for wide ones. The first box
    is where the walk begins that tells loops from ways on.
    """
    if direction == "right":
        return _turned(laid_out(tuple(map(_turned_box, boxes)), tuple(map(_turned_link, links))))
    if not boxes:
        return Layout(0, 0, (), (), ())
    graph = layered(boxes, links)
    order(graph)
    place(graph)
    tops, height = _tops(graph)
    return routed(graph, boxes, links, tops, height)


def _tops(graph: Layered) -> tuple[list[tuple[int, int]], int]:
    """Top and bottom of each layer, and the height of all. Where lines go far to the side there is more room between."""
    found = []
    y = MARGIN
    for number, layer in enumerate(graph.layers):
        high = max((graph.nodes[node].height for node in layer), default=0)
        found.append((y, y + high))
        far = max(
            (
                abs(graph.nodes[upper].x - graph.nodes[lower].x)
                for upper in layer
                for lower in graph.nodes[upper].down
            ),
            default=0,
        )
        y += high
        if number < len(graph.layers) - 1:
            y += min(_MOST, _LEAST + far // 14)
    return found, y + MARGIN


def _turned_box(box: Box) -> Box:
    return Box(box.height, box.width)


def _turned_link(link: Link) -> Link:
    return Link(link.source, link.target, link.height, link.width, link.main)


def _turned(layout: Layout) -> Layout:
    return Layout(
        layout.height,
        layout.width,
        tuple(each.turned() for each in layout.boxes),
        tuple(route.turned() for route in layout.routes),
        layout.layers,
    )
