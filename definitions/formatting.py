"""One canonical order of keys, that of the language's schema; comments, quotes and line breaks stay as people wrote them.

The text is rearranged, never written anew: each key travels with its lines and with the comment lines above it.
"""

from dataclasses import dataclass
from io import StringIO
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from definitions.outline import Part, root, shared_part
from definitions.reading import read

_FLOW_BREAKS: Final = "#"
_SHARED: Final = (("steps", "workflow"), ("parts", "block"), ("entries", "vocabulary"), ("body", "document"))
"""By which key a shared file is known, and what it is."""


class FormattingError(RuntimeError):
    """The rearranged text would not say the same; nothing was changed."""


def formatted(text: str) -> str:
    """The definition's text in canonical order, ending with one line break. Raises `ReadingError` where it cannot be
    read, `FormattingError` where it cannot be rearranged.
    """
    before = read(text).data
    source = text.replace("\r\n", "\n").rstrip("\n") + "\n"
    node: Node | None = YAML(pure=True).compose(StringIO(source))
    if node is None:
        return source
    arranger = _Arranger(source)
    start = node.start_mark.index
    made = source[:start] + arranger.value(node, _part_of(before), len(source))
    if read(made).data != before:
        raise FormattingError("Không sắp xếp lại được tệp này mà giữ nguyên nội dung; tệp được để nguyên.")
    return made


def _part_of(data: object) -> Part:
    """What the file is: a definition, or one of the things that definitions share."""
    keys = data if isinstance(data, dict) else {}
    if "procedure" not in keys:
        for key, name in _SHARED:
            if key in keys:
                return root().child(name) if name in root().keys else shared_part(name)
    return root()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A key with its value: `lead` are the comment and blank lines above it, `body` its own text, both whole lines."""

    key: str
    lead: str
    body: str


class _Arranger:
    """Every `limit` is the index where the next thing begins: of block text always the start of a line."""

    def __init__(self, text: str) -> None:
        self.text = text

    def value(self, node: Node, part: Part, limit: int) -> str:
        """The text from the node's start to the limit, rearranged."""
        if isinstance(node, MappingNode) and node.value:
            return self._flow(node, part, limit) if node.flow_style else self._block(node, part, limit)
        if isinstance(node, SequenceNode) and node.value:
            return self._list(node, part, limit)
        return self.text[node.start_mark.index : limit]

    def _list(self, node: SequenceNode, part: Part, limit: int) -> str:
        made, cursor = [], node.start_mark.index
        items: list[Node] = node.value
        for at, item in enumerate(items):
            start = item.start_mark.index
            if node.flow_style:
                end = item.end_mark.index
            else:
                end = limit if at + 1 == len(items) else self._lead(items[at + 1], node.start_mark.column)
            made += [self.text[cursor:start], self.value(item, part.child(0), end)]
            cursor = end
        return "".join([*made, self.text[cursor:limit]])

    def _block(self, node: MappingNode, part: Part, limit: int) -> str:
        column: int = node.start_mark.column
        pairs: list[tuple[Any, Node]] = node.value
        pieces = []
        for at, (key, value) in enumerate(pairs):
            start = key.start_mark.index
            end = limit if at + 1 == len(pairs) else self._lead(pairs[at + 1][0], column)
            lead = "" if at == 0 else self.text[self._lead(key, column) : start - column]
            inside = value.start_mark.index
            body = self.text[start:inside] + self.value(value, part.child(key.value), end)
            pieces.append(_Piece(key.value, lead, body))
        ordered = _ordered(pieces, part)
        if ordered == pieces:
            return "".join(
                piece.body if at == 0 else piece.lead + " " * column + piece.body
                for at, piece in enumerate(pieces)
            )
        made = []
        for at, piece in enumerate(ordered):
            body = piece.body if piece.body.endswith("\n") else piece.body + "\n"
            if at:
                made.append(piece.lead + " " * column + body)
                continue
            comments = [line.strip() for line in piece.lead.splitlines() if line.strip()]
            made.append("".join(f"{line}\n{' ' * column}" for line in comments) + body)
        return "".join(made)

    def _flow(self, node: MappingNode, part: Part, limit: int) -> str:
        pairs: list[tuple[Any, Node]] = node.value
        starts = [key.start_mark.index for key, _ in pairs]
        ends = [max(key.end_mark.index, value.end_mark.index) for key, value in pairs]
        pieces = []
        for (key, value), start, end in zip(pairs, starts, ends, strict=True):
            inside = value.start_mark.index
            pieces.append(
                _Piece(key.value, "", self.text[start:inside] + self.value(value, part.child(key.value), end))
            )
        between = [self.text[end:start] for end, start in zip(ends, starts[1:], strict=False)]
        ordered = pieces if any(_FLOW_BREAKS in each for each in between) else _ordered(pieces, part)
        made = [self.text[node.start_mark.index : starts[0]], ordered[0].body]
        for piece, gap in zip(ordered[1:], between, strict=True):
            made += [gap, piece.body]
        return "".join([*made, self.text[ends[-1] : limit]])

    def _lead(self, node: Node, column: int) -> int:
        """Where the lines that belong to a key or an element begin: with the comments in its own column above it."""
        start = self.text.rfind("\n", 0, node.start_mark.index) + 1
        while start:
            above = self.text.rfind("\n", 0, start - 1) + 1
            line = self.text[above : start - 1]
            own = line.startswith(" " * column + "#")
            if line.strip() and not own:
                break
            start = above
        return start


def _ordered(pieces: list[_Piece], part: Part) -> list[_Piece]:
    """As the schema has them; keys that it does not know stay behind, in their order."""
    places = {key: at for at, key in enumerate(part.keys)}
    return sorted(pieces, key=lambda piece: places.get(piece.key, len(places)))
