"""Regular expressions of FEEL: those of XPath 3.1 `fn:matches`, `fn:replace` and `fn:tokenize`, made safe.

Python's engine is used where the worst case is cheap, a matcher of bounded work elsewhere. A pattern, flag or
replacement that is not allowed yields null, and so does `replace` or `split` with a pattern that matches nothing.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from rules.feel.limits import Run, check_list, check_string
from rules.feel.patterns import charsets, native, syntax
from rules.feel.patterns.machine import Program

FLAGS = frozenset("smixq")
LENGTH = 2000
_DIGITS = frozenset("0123456789")
Found = tuple[int, ...]


class Pattern:
    """A compiled pattern."""

    def __init__(self, pattern: str, flags: str) -> None:
        if len(pattern) > LENGTH or not set(flags) <= FLAGS:
            raise syntax.PatternError(pattern)
        if "q" in flags:
            self.node: syntax.Node = syntax.Sequence(tuple(syntax.Chars(charsets.single(c)) for c in pattern))
            self.groups = 0
        else:
            reader = syntax.Reader(pattern, flags)
            self.node = reader.read()
            self.groups = reader.groups
        self.flags = flags
        self.native = native.translate(self.node, flags)
        self._program: Program | None = None

    def program(self) -> Program:
        if self._program is None:
            self._program = Program(self.node, self.groups, self.flags)
        return self._program

    def search(self, run: Run, text: str, start: int = 0) -> Found | None:
        """Begin and end of the first match at or after `start`, then of each group (-1: not matched)."""
        if self.native is None or not native.affordable(self.node, len(text)):
            return self.program().search(run, text, start)
        run.spend(1 + (len(text) >> 4))
        match = self.native.search(text, start)
        return None if match is None else _places(match)

    def each(self, run: Run, text: str) -> Iterator[Found]:
        """All matches, none overlapping another."""
        at = 0
        while (found := self.search(run, text, at)) is not None:
            yield found
            at = found[1]


def _places(match: re.Match[str]) -> Found:
    return tuple(place for span in match.regs for place in span)


@functools.lru_cache(maxsize=512)
def _compiled(pattern: str, flags: str) -> Pattern | None:
    try:
        return Pattern(pattern, flags)
    except (syntax.PatternError, re.error, RecursionError, OverflowError):
        return None


def search(run: Run, pattern: str, flags: str, text: str) -> bool | None:
    """Whether the pattern matches anywhere in the text."""
    compiled = _compiled(pattern, flags)
    return None if compiled is None else compiled.search(run, text) is not None


def replace(run: Run, pattern: str, flags: str, text: str, replacement: str) -> str | None:
    """The text with every match replaced; `$1` in the replacement is the first group, `$0` all of the match."""
    compiled = _compiled(pattern, flags)
    if compiled is None:
        return None
    parts = [replacement] if "q" in flags else _template(replacement, compiled.groups)
    if parts is None or compiled.search(run, "") is not None:
        return None
    made: list[str] = []
    size = at = 0
    for found in compiled.each(run, text):
        if found[0] == found[1]:
            return None
        made.append(text[at : found[0]])
        for part in parts:
            made.append(_part(part, text, found))
            size += len(made[-1])
            check_string(size)
        at = found[1]
    return "".join(made) + text[at:]


def _part(part: str | int, text: str, found: Found) -> str:
    if isinstance(part, str):
        return part
    start, end = found[2 * part], found[2 * part + 1]
    return text[start:end] if start >= 0 else ""


def _template(replacement: str, groups: int) -> list[str | int] | None:
    r"""The replacement as literal text and group numbers; `\$` and `\\` stand for themselves."""
    parts: list[str | int] = []
    at = 0
    while at < len(replacement):
        mark, after = replacement[at], replacement[at + 1 : at + 2]
        at += 1
        if mark == "\\":
            if after not in {"\\", "$"}:
                return None
            parts.append(after)
            at += 1
        elif mark == "$":
            if after not in _DIGITS:
                return None
            number = int(after)
            at += 1
            while replacement[at : at + 1] in _DIGITS and number * 10 + int(replacement[at]) <= groups:
                number = number * 10 + int(replacement[at])
                at += 1
            parts.append(number if number <= groups else "")
        else:
            parts.append(mark)
    return parts


def split(run: Run, pattern: str, text: str) -> list[str] | None:
    """What lies between the matches."""
    compiled = _compiled(pattern, "")
    if compiled is None or compiled.search(run, "") is not None:
        return None
    parts: list[str] = []
    at = 0
    for found in compiled.each(run, text):
        if found[0] == found[1]:
            return None
        parts.append(text[at : found[0]])
        check_list(len(parts))
        at = found[1]
    parts.append(text[at:])
    return parts
