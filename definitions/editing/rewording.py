"""Another word at many spots of a text, by the characters of each: quotes, line breaks and comments stay. Pure."""

from collections.abc import Iterator
from typing import Final

from definitions.editing.edits import Spot, at, gone, spliced
from definitions.editing.lines import Lines
from definitions.editing.writing import below, inline, key
from definitions.reading import Tree
from definitions.reading.tree import Node

_QUOTES: Final = ("'", '"')


def reworded(tree: Tree, lines: Lines, spots: tuple[Spot, ...]) -> str:
    """`lines`: those of the tree. Where a text is written so that its characters cannot be told apart (folded, with
    escapes), it is written anew as a whole.
    """
    changes = sorted(set(_changes(tree, lines, spots)), reverse=True)
    text = lines.text
    for start, end, word in changes:
        text = text[:start] + word + text[end:]
    return text


def _changes(tree: Tree, lines: Lines, spots: tuple[Spot, ...]) -> Iterator[tuple[int, int, str]]:
    for spot in spots:
        holder, number = lines.holder(spot.path)
        name, node = holder.entries[number]
        if spot.key:
            if name is None:
                raise gone(spot.path)
            yield name.start, name.end, key(spot.new)
            continue
        value = at(tree.data, spot.path)
        begin = _begin(lines, node, value, spot)
        if begin is not None:
            yield begin, begin + spot.end - spot.start, spot.new
            continue
        whole = spliced(value, (each for each in spots if each.path == spot.path))
        if node.style in {"|", ">"} and "\n" in whole:
            yield node.start, lines.content_end(node), below(whole, holder.column).lstrip(" ")
        else:
            yield node.start, lines.content_end(node), inline(whole, flow=holder.style in {"{", "["})


def _begin(lines: Lines, node: Node, value: str, spot: Spot) -> int | None:
    """Where the spot's characters stand in the text; None where that cannot be told."""
    raw, word = lines.text, value[spot.start : spot.end]
    if node.style in {"|", ">"}:
        begin = _in_block(raw[node.start : lines.content_end(node)], value, spot)
        begin = None if begin is None else node.start + begin
    else:
        begin = node.start + (1 if node.style in _QUOTES else 0)
        whole = raw[begin : begin + len(value)] == value
        begin = begin + spot.start if whole else None
    return begin if begin is not None and raw[begin : begin + len(word)] == word else None


def _in_block(raw: str, value: str, spot: Spot) -> int | None:
    """In lines below `|` or `>`: the characters before the spot that are no white space are the same in both."""
    head = raw.find("\n") + 1
    if not head:
        return None
    wanted = sum(1 for each in value[: spot.start] if not each.isspace())
    seen = 0
    for place in range(head, len(raw)):
        if raw[place].isspace():
            continue
        if seen == wanted:
            return place
        seen += 1
    return None
