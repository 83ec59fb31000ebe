"""Which characters and lines of a text an entry of a group or list owns, its comments among them. Pure."""

from dataclasses import dataclass
from typing import Final, TypeAlias

from definitions.editing.edits import gone
from definitions.reading.tree import Node, Path

GROUP: Final = ("{", ":")
LIST: Final = ("[", "-")
FLOW: Final = ("{", "[")
_BLOCK_TEXT: Final = ("|", ">")

Entry: TypeAlias = tuple[Node | None, Node]


@dataclass(frozen=True, slots=True)
class Lines:
    """A text and the node of its whole."""

    text: str
    top: Node

    def find(self, path: Path) -> Node | None:
        """The value's node; None where the path leads nowhere."""
        node = self.top
        for part in path:
            number = entry_number(node, part)
            if number is None:
                return None
            node = node.entries[number][1]
        return node

    def holder(self, path: Path) -> tuple[Node, int]:
        """The group or list that the path's last part stands in, and its number there; raises `EditError`."""
        holder = self.find(path[:-1]) if path else None
        number = None if holder is None else entry_number(holder, path[-1])
        if holder is None or number is None:
            raise gone(path)
        return holder, number

    def end(self, entry: Entry) -> int:
        """After the last character of the entry itself."""
        name, value = entry
        end = self.content_end(value)
        return end if name is None else max(end, name.end)

    def content_end(self, node: Node) -> int:
        if node.style in _BLOCK_TEXT:
            lines = self.text[node.start : node.end].split("\n")
            inner = next((indent(line) for line in lines[1:] if line.strip()), 0)
            while len(lines) > 1 and (not lines[-1].strip() or indent(lines[-1]) < inner):
                lines.pop()
            return node.start + len("\n".join(lines))
        if node.style in FLOW or not node.entries:
            return node.end
        return self.end(node.entries[-1])

    def region(self, holder: Node, number: int) -> tuple[int, int]:
        """The whole lines of an entry in block style: from the comments above it to the line where it ends.

        The first key of a group that begins on the line of a dash has its region begin at the key.
        """
        entry = holder.entries[number]
        head, column = start_of(entry), holder.column
        if number:
            start = self.lead(head, column)
        elif holder.style == ":" and not self.alone(head):
            start = head
        else:
            start = self.lead(head, column)
            while self.text.startswith(
                "\n", start
            ):  # blank lines above the first part it from what is before
                start += 1
        end = self.text.find("\n", self.end(entry)) + 1 or len(self.text)
        while end < len(self.text):  # comment lines that stand further in than the entry are its own
            stop = self.text.find("\n", end) + 1 or len(self.text)
            line = self.text[end:stop]
            if not line.lstrip().startswith("#") or indent(line) <= column:
                break
            end = stop
        return start, end

    def alone(self, index: int) -> bool:
        """Whether nothing but spaces stands before it on its line."""
        return not self.text[self.line(index) : index].strip()

    def line(self, index: int) -> int:
        """Where the line of a character begins."""
        return self.text.rfind("\n", 0, index) + 1

    def lead(self, index: int, column: int) -> int:
        """Where the lines of an entry begin: with the blank lines and the comments in its own column above it."""
        start = self.line(index)
        while start:
            above = self.line(start - 1)
            line = self.text[above : start - 1]
            if line.strip() and not line.startswith(" " * column + "#"):
                break
            start = above
        return start


def start_of(entry: Entry) -> int:
    name, value = entry
    return (value if name is None else name).start


def entry_number(node: Node, part: str | int) -> int | None:
    """Of a key or an element among the entries; None where it is not there."""
    if isinstance(part, int):
        return part if node.style in LIST and 0 <= part < len(node.entries) else None
    if node.style not in GROUP:
        return None
    named = (
        number for number, (name, _) in enumerate(node.entries) if name is not None and name.name == part
    )
    return next(named, None)


def indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
