"""The change made in the text itself. Pure.

The place is found by the positions that reading the text tells of; only its own characters are touched. Afterwards the
text is read again and must say exactly what the change says, or nothing is changed at all.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Final

from definitions.cache import Lru
from definitions.editing.edits import Drop, Edit, EditError, Insert, Move, Put, Rename, applied, at, gone
from definitions.editing.lines import FLOW, GROUP, LIST, Lines, start_of
from definitions.editing.minimal import minimal, same
from definitions.editing.rewording import reworded
from definitions.editing.writing import WIDTH, below, element, inline, key
from definitions.outline import root
from definitions.reading import Tree, read
from definitions.reading.tree import Node, Path

_TREES: Final[Lru[Tree]] = Lru(8)
_TOO_LONG: Final = 2 * WIDTH


def edited_all(text: str, edits: Iterable[Edit]) -> str:
    """The text after all the changes, in their order; raises `EditError`, `ReadingError`."""
    for edit in edits:
        text = edited(text, edit)
    return text


def edited(text: str, edit: Edit) -> str:
    """The text after the change; raises `EditError` where it cannot be made, `ReadingError` where the text cannot be read.

    A new value of a place that has one is made of the fewest changes below it.
    """
    source = text.replace("\r\n", "\n").rstrip("\n") + "\n"
    before = tree_of(source).data
    steps = _steps(before, edit)
    if not steps:
        return source
    wanted = applied(before, edit)
    made = source
    for step in steps:
        made = _once(made, step)
    if not same(tree_of(made).data, wanted):
        raise EditError(
            "Không sửa được chỗ này mà giữ nguyên các chỗ khác; ông/bà sửa trực tiếp ở phần Nội dung."
        )
    return made


def tree_of(text: str) -> Tree:
    """The text read, kept for the next change of it. Raises `ReadingError`."""
    kept = _TREES.get(text)
    if kept is None:
        kept = read(text)
        _TREES.put(text, kept)
    return kept


def _steps(before: object, edit: Edit) -> tuple[Edit, ...]:
    if not isinstance(edit, Put):
        return (edit,)
    try:
        return minimal(edit.path, at(before, edit.path), edit.value)
    except EditError:  # a place without a value yet
        return (edit,)


def _once(text: str, edit: Edit) -> str:
    tree = tree_of(text)
    if tree.top is None:
        raise gone(())
    page = _Page(tree.source, tree.top)
    match edit:
        case Put(path, value):
            return page.put(path, value)
        case Drop(path):
            return page.drop(path)
        case Insert(path, index, value):
            return page.insert(path, index, value)
        case Move(path, of, index):
            return page.move(path, of, index)
        case Rename(spots):
            return reworded(tree, page, spots)


class _Page(Lines):
    """Each method gives the whole text with one thing changed."""

    def put(self, path: Path, value: object) -> str:
        if self.find(path) is not None:
            return self._replace(path, value)
        # the nearest group that is there gets the first missing key, with all that goes below it
        for length in range(len(path) - 1, -1, -1):
            holder = self.find(path[:length])
            if holder is None:
                continue
            for part in reversed(path[length + 1 :]):
                value = {part: value}
            if holder.style in GROUP and holder.entries:
                return self._add(path[:length], holder, str(path[length]), value)
            return self._replace(path[:length], {path[length]: value})
        raise gone(path)

    def drop(self, path: Path) -> str:
        holder, number = self.holder(path)
        entries = holder.entries
        if len(entries) == 1:
            return self._replace(path[:-1], [] if holder.style in LIST else {})
        if holder.style in FLOW:
            if number + 1 < len(entries):
                return self.text[: start_of(entries[number])] + self.text[start_of(entries[number + 1]) :]
            return self.text[: self.end(entries[number - 1])] + self.text[self.end(entries[number]) :]
        first = start_of(entries[0])
        if number == 0 and holder.style == ":" and not self.alone(first):
            return self._drop_beside_dash(holder)
        start, end = self.region(holder, number)
        return self.text[:start] + self.text[end:]

    def _drop_beside_dash(self, holder: Node) -> str:
        """The first key shares its line with a dash: the second takes its place, its comments go above the dash."""
        first, second = (start_of(entry) for entry in holder.entries[:2])
        begin = self.line(first)
        lead = self.text[self.lead(second, holder.column) : self.line(second)]
        margin = self.text[begin:first].partition("-")[0]
        above = "".join(f"{margin}{line.strip()}\n" for line in lead.splitlines() if line.strip())
        return self.text[:begin] + above + self.text[begin:first] + self.text[second:]

    def insert(self, path: Path, index: int, value: object) -> str:
        holder = self.find(path)
        if holder is None:
            return self.put(path, [value])
        if holder.style not in LIST:
            raise gone(path)
        if not holder.entries:
            return self._replace(path, [value])
        last = index == len(holder.entries)
        if holder.style in FLOW:
            fresh = inline(value, flow=True)
            place = self.end(holder.entries[-1]) if last else start_of(holder.entries[index])
            made = f", {fresh}" if last else f"{fresh}, "
            return _unfolded(path, self.text, self.text[:place] + made + self.text[place:], place)
        column = holder.column
        place = self.region(holder, index - 1)[1] if last else self.region(holder, index)[0]
        return self._line_at(place, f"{' ' * column}- {element(value, column)}\n")

    def move(self, path: Path, of: int, index: int) -> str:
        holder = self.find(path)
        if holder is None or holder.style not in LIST:
            raise gone(path)
        if holder.style in FLOW:
            regions = [(start_of(entry), self.end(entry)) for entry in holder.entries]
        else:
            regions = [self.region(holder, number) for number in range(len(holder.entries))]
        pieces = [self.text[start:end] for start, end in regions]
        gaps = [self.text[one[1] : other[0]] for one, other in pairwise(regions)]
        pieces.insert(index, pieces.pop(of))
        made = pieces[0] + "".join(gap + piece for gap, piece in zip(gaps, pieces[1:], strict=True))
        return self.text[: regions[0][0]] + made + self.text[regions[-1][1] :]

    def _replace(self, path: Path, value: object) -> str:
        """Another value in the place of the one that is there."""
        if not path:
            raise EditError("Không thay được cả bản cấu hình một lần.")
        holder, number = self.holder(path)
        name, node = holder.entries[number]
        start, end = node.start, self.content_end(node)
        if holder.style in FLOW:
            space = " " if self.text[start - 1] == ":" else ""
            made = self.text[:start] + space + inline(value, flow=True) + self.text[end:]
            return _unfolded(path[:-1], self.text, made, start)
        if name is None:
            dash = self.text.rfind("-", 0, start + 1)
            return f"{self.text[: dash + 1]} {element(value, holder.column)}{self.text[end:]}"
        colon = self.text.index(":", name.end) + 1
        return self.text[:colon] + below(value, holder.column) + self.text[max(end, colon) :]

    def _add(self, path: Path, holder: Node, name: str, value: object) -> str:
        """A new key of a group, where the language's order has it."""
        places = {each: number for number, each in enumerate(_keys(path))}
        mine = places.get(name, len(places))
        known = [places.get(each.name, len(places)) for each, _ in holder.entries if each is not None]
        after = next((number for number, place in enumerate(known) if place > mine), len(known)) - 1
        if holder.style in FLOW:
            fresh = f"{key(name)}: {inline(value, flow=True)}"
            place = start_of(holder.entries[0]) if after < 0 else self.end(holder.entries[after])
            made = f"{fresh}, " if after < 0 else f", {fresh}"
            return _unfolded(path, self.text, self.text[:place] + made + self.text[place:], place)
        fresh = f"{key(name)}:{below(value, holder.column)}\n"
        if after < 0:
            start = start_of(holder.entries[0])
            return f"{self.text[:start]}{fresh}{' ' * holder.column}{self.text[start:]}"
        return self._line_at(self.region(holder, after)[1], " " * holder.column + fresh)

    def _line_at(self, place: int, fresh: str) -> str:
        ended = "" if not place or self.text[place - 1] == "\n" else "\n"
        return self.text[:place] + ended + fresh + self.text[place:]


def _unfolded(path: Path, before: str, text: str, place: int) -> str:
    """Brackets that grew too long for a line are opened into lines, unless comments stand in them or their author
    had them as long before.
    """
    if _line_length(before, place) > _TOO_LONG or _line_length(text, place) <= _TOO_LONG:
        return text
    tree = tree_of(text)
    if tree.top is None:
        return text
    page = _Page(text, tree.top)
    while path and page.holder(path)[0].style in FLOW:
        path = path[:-1]
    found = page.find(path)
    if not path or found is None or found.style not in FLOW or "#" in text[found.start : found.end]:
        return text
    value = at(tree.data, path)
    # its parts on lines of their own even where one line would just do
    return page._replace(path, value) if isinstance(value, (Mapping, list)) else text


def _line_length(text: str, place: int) -> int:
    end = text.find("\n", place)
    return (end if end >= 0 else len(text)) - text.rfind("\n", 0, place) - 1


def _keys(path: Path) -> tuple[str, ...]:
    """The keys that the language's schema has at a place, in its order."""
    part = root()
    for each in path:
        part = part.child(each)
    return part.keys
