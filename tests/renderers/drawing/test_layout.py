"""What every layout keeps, tried on graphs of all shapes."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renderers.drawing import Box, Link, laid_out
from renderers.drawing.layers import backward, layered, ranks
from renderers.drawing.ordering import crossings, order

DIRECTIONS = ("down", "right")


@st.composite
def graphs(draw, most=12):
    count = draw(st.integers(1, most))
    sizes = st.builds(Box, st.integers(40, 200), st.integers(20, 90))
    ends = st.integers(0, count - 1)
    labels = st.one_of(st.just((0, 0)), st.tuples(st.integers(10, 120), st.integers(14, 60)))
    link = st.builds(
        lambda source, target, label, main: Link(source, target, *label, main=main),
        ends,
        ends,
        labels,
        st.booleans(),
    )
    boxes = draw(st.lists(sizes, min_size=count, max_size=count))
    return tuple(boxes), tuple(draw(st.lists(link, max_size=2 * most)))


def on_edge(rect, point):
    x, y = point
    inside = rect.x <= x <= rect.right and rect.y <= y <= rect.bottom
    return inside and (x in {rect.x, rect.right} or y in {rect.y, rect.bottom})


def apart(one, other):
    return one.right <= other.x or other.right <= one.x or one.bottom <= other.y or other.bottom <= one.y


@pytest.mark.parametrize("direction", DIRECTIONS)
@given(graph=graphs())
@settings(max_examples=40, deadline=None)
def test_boxes_and_labels_lie_apart_and_within_the_drawing(direction, graph):
    layout = laid_out(*graph, direction)
    rects = [*layout.boxes, *(route.label for route in layout.routes if route.label is not None)]
    for at, one in enumerate(rects):
        assert one.x >= 0
        assert one.y >= 0
        assert one.right <= layout.width
        assert one.bottom <= layout.height
        assert all(apart(one, other) for other in rects[at + 1 :])


@pytest.mark.parametrize("direction", DIRECTIONS)
@given(graph=graphs())
@settings(max_examples=40, deadline=None)
def test_each_link_is_one_line_that_touches_its_boxes(direction, graph):
    boxes, links = graph
    layout = laid_out(boxes, links, direction)
    assert len(layout.routes) == len(links)
    for link, route in zip(links, layout.routes, strict=True):
        assert on_edge(layout.boxes[link.source], route.start)
        assert on_edge(layout.boxes[link.target], route.end)
        assert (route.label is not None) == (link.width > 0)
        numbers = [int(number) for number in re.findall(r"-?\d+", route.path)]
        assert tuple(numbers[:2]) == route.start
        assert tuple(numbers[-2:]) == route.end
        assert route.path.count("M") == 1
        assert route.arrow[0] == route.end


@given(graph=graphs())
@settings(max_examples=40, deadline=None)
def test_lines_pass_through_no_box_of_others(graph):
    boxes, links = graph
    layout = laid_out(boxes, links)
    for route in layout.routes:
        for x, y in sampled(route):
            for rect in layout.boxes:
                assert not (rect.x < x < rect.right and rect.y < y < rect.bottom)


def sampled(route):
    """Points of the line: those of its steps, and some on the curves between."""
    at = route.start
    for name, *points in route.steps:
        if name == "C":
            one, two, end = points
            for part in range(1, 16):
                t = part / 16
                yield tuple(
                    (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t**2 * c + t**3 * d
                    for a, b, c, d in zip(at, one, two, end, strict=True)
                )
        else:
            end = points[-1]
            for part in range(1, 8):
                yield tuple(a + (b - a) * part / 8 for a, b in zip(at, end, strict=True))
        at = end


@given(graph=graphs(most=16))
@settings(max_examples=40, deadline=None)
def test_links_go_to_a_later_layer_unless_they_close_a_loop(graph):
    boxes, links = graph
    layout = laid_out(boxes, links)
    for link, route in zip(links, layout.routes, strict=True):
        if route.back:
            assert layout.layers[link.target] <= layout.layers[link.source]
        else:
            assert layout.layers[link.target] > layout.layers[link.source]


@given(graph=graphs())
@settings(max_examples=40, deadline=None)
def test_only_what_lies_on_a_circle_goes_back(graph):
    boxes, links = graph
    for number in backward(len(boxes), links):
        reached, waiting = set(), [links[number].target]
        while waiting:
            box = waiting.pop()
            if box not in reached:
                reached.add(box)
                waiting += [link.target for link in links if link.source == box]
        assert links[number].source in reached


@given(graph=graphs())
@settings(max_examples=30, deadline=None)
def test_the_same_graph_has_the_same_layout(graph):
    assert laid_out.__wrapped__(*graph) == laid_out.__wrapped__(*graph)


def test_two_lines_that_cross_are_uncrossed():
    # 1 leads to 4 and 2 to 3, once more 1 to 4: in the order of their numbers they would cross
    boxes = (Box(40, 20),) * 5
    links = tuple(Link(*ends) for ends in ((0, 1), (0, 2), (1, 4), (2, 3), (1, 4)))
    graph = layered(boxes, links)
    order(graph)
    assert crossings(graph) == 0


def test_what_leads_to_one_box_stands_right_before_it():
    # 0→1→2→3, and 4→3 alone: 4 is drawn down to the layer before 3
    links = (Link(0, 1), Link(1, 2), Link(2, 3), Link(4, 3))
    assert ranks(5, links, frozenset()) == [0, 1, 2, 3, 2]


def test_a_straight_way_is_drawn_straight():
    layout = laid_out((Box(100, 40),) * 4, tuple(Link(at, at + 1, 60, 20, main=True) for at in range(3)))
    assert len({box.middle[0] for box in layout.boxes}) == 1
    assert all("C" not in route.path for route in layout.routes)
    assert [box.y for box in layout.boxes] == sorted(box.y for box in layout.boxes)


def test_sixty_boxes_are_laid_out():
    boxes = (Box(176, 70),) * 60
    links = tuple(Link(at, (at * 7 + 3) % 60, 80, 20) for at in range(60)) + tuple(
        Link(at, at + 1, 80, 20, main=True) for at in range(59)
    )
    layout = laid_out(boxes, links)
    assert len(layout.boxes) == 60
    assert len(layout.routes) == 119


def test_an_empty_drawing_is_empty():
    assert laid_out((), ()).boxes == ()
