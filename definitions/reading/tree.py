"""A parsed text whose every value remembers where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the text, counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Scalar:
    """How a text value was written: `style` is `""` (plain), `'`, `"`, `|` or `>`; `start` counts characters."""

    style: str
    start: int
    text: str


@dataclass(slots=True)
class Node:
    """The characters of a value or key: from `start` up to `end` (of lists and groups in block style, unreliable).

    `style`: as of `Scalar`; `[` or `{` of what stands in brackets, `-` or `:` of block style. `column` counts from 0.
    `entries`: of a group key and value, of a list nothing and element.
    """

    start: int
    end: int
    column: int
    style: str
    name: str = ""
    entries: list[tuple["Node | None", "Node"]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tree:
    """`data`: dict, list, str, int, Decimal, bool, None. Dates stay ISO text (YAML 1.2 has no dates)."""

    source: str
    data: object
    values: Mapping[Path, Mark] = field(default_factory=dict)
    keys: Mapping[Path, Mark] = field(default_factory=dict)
    scalars: Mapping[Path, Scalar] = field(default_factory=dict)
    top: Node | None = None

    def mark(self, path: Path, *, on_key: bool = False) -> Mark:
        """Where the value (or its key) stands; for a path that is not there, its nearest container's key."""
        if on_key and path in self.keys:
            return self.keys[path]
        if path in self.values:
            return self.values[path]
        while path:
            path = path[:-1]
            if path in self.keys:
                return self.keys[path]
            if path in self.values:
                return self.values[path]
        return Mark(1, 1)

    def inside(self, path: Path, offset: int) -> Mark:
        """Where character `offset` of the text at `path` stands; the start of the text where escapes or folding
        make that unclear.
        """
        scalar = self.scalars.get(path)
        if scalar is None:
            return self.mark(path)
        if scalar.style == "|":
            return self._inside_block(path, scalar, offset)
        begin = scalar.start + (1 if scalar.style in {"'", '"'} else 0)
        if self.source[begin : begin + len(scalar.text)] != scalar.text or "\n" in scalar.text:
            return self.mark(path)
        mark = self.mark(path)
        return Mark(mark.line, mark.column + begin - scalar.start + offset)

    def _inside_block(self, path: Path, scalar: Scalar, offset: int) -> Mark:
        first = self.mark(path).line
        before = scalar.text[:offset]
        row = before.count("\n")
        lines = self.source.split("\n")[first:]
        wanted = scalar.text.split("\n")[row]
        if row >= len(lines) or not lines[row].rstrip("\r").endswith(wanted):
            return self.mark(path)
        indent = len(lines[row].rstrip("\r")) - len(wanted)
        return Mark(first + row + 1, indent + len(before) - before.rfind("\n"))
