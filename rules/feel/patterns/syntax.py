"""Regular expressions of XPath (which FEEL borrows) parsed to a tree; what they do not allow is a PatternError."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from rules.feel.patterns import charsets
from rules.feel.patterns.charsets import CharSet

LITERAL_ESCAPES = frozenset("\\|.?*+(){}$-[]^")
CONTROL = {"n": "\n", "r": "\r", "t": "\t"}
NESTING = 40
REPEAT = 1000


class PatternError(ValueError):
    """Not a regular expression."""


@dataclass(frozen=True, slots=True)
class Chars:
    chars: CharSet


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """`most` is None for without end."""

    item: Node
    least: int
    most: int | None
    lazy: bool


@dataclass(frozen=True, slots=True)
class Group:
    """`number` is None where the group is not kept."""

    item: Node
    number: int | None


@dataclass(frozen=True, slots=True)
class Back:
    number: int


@dataclass(frozen=True, slots=True)
class Edge:
    """Start (`^`) or end (`$`) of the text."""

    start: bool


Node = Chars | Sequence | Choice | Repeat | Group | Back | Edge


class Reader:
    """One reading of one pattern; `groups` counts the kept ones."""

    def __init__(self, pattern: str, flags: str) -> None:
        self.pattern = _without_space(pattern) if "x" in flags else pattern
        self.dot = charsets.ANY if "s" in flags else charsets.NOT_NEWLINE
        self.at = 0
        self.level = 0
        self.groups = 0
        self.closed: set[int] = set()

    def read(self) -> Node:
        node = self._choice()
        if self.at < len(self.pattern):
            self.fail()
        return node

    def fail(self) -> NoReturn:
        raise PatternError(self.pattern)

    def peek(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def take(self) -> str:
        if self.at >= len(self.pattern):
            self.fail()
        self.at += 1
        return self.pattern[self.at - 1]

    def takes(self, text: str) -> bool:
        if self.pattern.startswith(text, self.at):
            self.at += len(text)
            return True
        return False

    def _choice(self) -> Node:
        self.level += 1
        if self.level > NESTING:
            self.fail()
        items = [self._sequence()]
        while self.takes("|"):
            items.append(self._sequence())
        self.level -= 1
        return items[0] if len(items) == 1 else Choice(tuple(items))

    def _sequence(self) -> Node:
        items: list[Node] = []
        while self.peek() not in {"", "|", ")"}:
            items.append(self._quantified(self._atom()))
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def _quantified(self, atom: Node) -> Node:
        mark = self.peek()
        if mark not in {"?", "*", "+", "{"} or not mark:
            return atom
        self.at += 1
        least, most = {"?": (0, 1), "*": (0, None), "+": (1, None)}.get(mark) or self._counts()
        if isinstance(atom, Edge):
            self.fail()
        return Repeat(atom, least, most, lazy=self.takes("?"))

    def _counts(self) -> tuple[int, int | None]:
        least = self._integer()
        most: int | None = least
        if self.takes(","):
            most = None if self.peek() == "}" else self._integer()
        if not self.takes("}") or least > REPEAT or (most is not None and not least <= most <= REPEAT):
            self.fail()
        return least, most

    def _integer(self) -> int:
        start = self.at
        while self.peek() in set("0123456789") and self.at - start < 6:
            self.at += 1
        if self.at == start:
            self.fail()
        return int(self.pattern[start : self.at])

    def _atom(self) -> Node:
        mark = self.take()
        if mark == "(":
            return self._group()
        if mark == "[":
            return Chars(self._class())
        if mark == ".":
            return Chars(self.dot)
        if mark in {"^", "$"}:
            return Edge(start=mark == "^")
        if mark == "\\":
            return self._escape()
        if mark in set("?*+{}]"):
            self.fail()
        return Chars(charsets.single(mark))

    def _group(self) -> Node:
        number: int | None = None
        if self.takes("?"):
            if not self.takes(":"):
                self.fail()
        else:
            self.groups += 1
            number = self.groups
        node = self._choice()
        if not self.takes(")"):
            self.fail()
        if number is not None:
            self.closed.add(number)
        return Group(node, number)

    def _escape(self) -> Node:
        if self.peek() in set("123456789"):
            number = int(self.take())
            while self.peek() in set("0123456789") and number * 10 + int(self.peek()) <= self.groups:
                number = number * 10 + int(self.take())
            if number not in self.closed:
                self.fail()
            return Back(number)
        return Chars(self._class_escape())

    def _class_escape(self) -> CharSet:
        mark = self.take()
        if mark in LITERAL_ESCAPES:
            return charsets.single(mark)
        if mark in CONTROL:
            return charsets.single(CONTROL[mark])
        if mark in charsets.ESCAPES:
            return charsets.ESCAPES[mark]
        if mark in {"p", "P"} and self.takes("{"):
            end = self.pattern.find("}", self.at)
            name = self.pattern[self.at : max(end, self.at)]
            self.at = end + 1
            return charsets.negate(self._property(name)) if mark == "P" else self._property(name)
        return self.fail()

    def _property(self, name: str) -> CharSet:
        if name in charsets.CATEGORIES:
            return CharSet(categories=(name,))
        if name.startswith("Is") and name[2:] in charsets.BLOCKS:
            return CharSet((charsets.BLOCKS[name[2:]],))
        return self.fail()

    def _class(self) -> CharSet:
        """The inside of `[…]`, the opening bracket being read."""
        self.level += 1
        if self.level > NESTING:
            self.fail()
        negated = self.takes("^")
        spans: list[tuple[int, int]] = []
        parts: list[CharSet] = []
        without: CharSet | None = None
        while not self.takes("]"):
            if self.takes("-["):
                without = self._class()
                if self.peek() != "]":
                    self.fail()
                continue
            first = self._member()
            if isinstance(first, CharSet):
                parts.append(first)
                continue
            last: str | CharSet = first
            if self.peek() == "-" and self.pattern[self.at + 1 : self.at + 2] not in {"", "]", "["}:
                self.at += 1
                last = self._member()
            if isinstance(last, CharSet) or last < first:
                self.fail()
            spans.append((ord(first), ord(last)))
        if not spans and not parts:
            self.fail()
        self.level -= 1
        return CharSet(tuple(spans), (), tuple(parts), negated, without)

    def _member(self) -> str | CharSet:
        mark = self.take()
        if mark == "[":
            self.fail()
        if mark != "\\":
            return mark
        chars = self._class_escape()
        if (
            not chars.categories
            and not chars.parts
            and len(chars.spans) == 1
            and chars.spans[0][0] == chars.spans[0][1]
        ):
            return chr(chars.spans[0][0])
        return chars


def _without_space(pattern: str) -> str:
    """Flag `x`: blanks outside of brackets are not part of the pattern."""
    kept: list[str] = []
    level, escaped = 0, False
    for character in pattern:
        if not level and character in " \t\n\r":
            continue
        if not escaped:
            level += {"[": 1, "]": -1 if level else 0}.get(character, 0)
        escaped = character == "\\" and not escaped
        kept.append(character)
    return "".join(kept)
