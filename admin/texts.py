"""The text of a definition as it is posted: typed in or taken from a file; which procedure it is of; what it changes."""

import difflib
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Final, Literal

from werkzeug.datastructures import FileStorage

from definitions.cache import Lru
from definitions.loader import Loaded, load
from definitions.problems import Problem
from definitions.reading import MAX_BYTES, ReadingError, read
from definitions.shape import schema

_PROCEDURE: Final = re.compile(r"""^\s*["']?procedure["']?\s*:\s*["']?([0-9A-Z.]+)""", re.MULTILINE)
_NAME: Final = re.compile(r"""^\s*["']?name["']?\s*:\s*["']?(.{1,300}?)["']?,?\s*$""", re.MULTILINE)
_EXACT: Final = 10_000
PART_LINES: Final = 120
_LOADED: Final[Lru[Loaded]] = Lru(64)


class TextError(ValueError):
    """A posted text or file that cannot be taken; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text or of a comparison, numbered from 1; `kind` says how it is marked."""

    number: int
    text: str
    kind: Literal["", "error", "warning", "added", "removed", "gap"] = ""


def normal(text: str) -> str:
    """Line ends as everywhere else: a browser posts CR LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def uploaded(sent: FileStorage) -> str:
    """The text of a chosen file; raises TextError."""
    with closing(sent):
        data = sent.stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise TextError("Tệp lớn quá 1 MB; ông/bà kiểm tra xem có chọn nhầm tệp không.")
    try:
        return normal(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise TextError(
            "Tệp không phải văn bản UTF-8; ông/bà lưu lại tệp .yaml hoặc .json với mã UTF-8 rồi chọn lại."
        ) from None


def procedure_of(text: str) -> str | None:
    """The code that the text names, even if the rest of it cannot be read; None where there is none or it is malformed."""
    try:
        data = read(text).data
        told = data.get("procedure") if isinstance(data, dict) else None
    except ReadingError:
        found = _PROCEDURE.search(text)
        told = found.group(1) if found else None
    rule = schema()["properties"]["procedure"]
    proper = isinstance(told, str) and len(told) <= rule["maxLength"] and re.fullmatch(rule["pattern"], told)
    return told if isinstance(told, str) and proper else None


def name_in(text: str) -> str:
    """The first name that the text gives, however wrong the rest; empty where there is none."""
    found = _NAME.search(text)
    return found.group(1).strip() if found else ""


def loaded(key: str, text: str, filename: str) -> Loaded:
    """What a stored text comes to; `key` names its letters, so it is worked out once."""
    kept = _LOADED.get(f"{key}:{filename}")
    if kept is None:
        kept = load(text, filename)
        _LOADED.put(f"{key}:{filename}", kept)
    return kept


def lines(text: str, problems: Iterable[Problem] = ()) -> tuple[Line, ...]:
    """The text line by line, those that something is wrong with marked."""
    marks: dict[int, Literal["error", "warning"]] = {}
    for problem in problems:
        if problem.severity == "error" or problem.line not in marks:
            marks[problem.line] = problem.severity
    return tuple(
        Line(number, line, marks.get(number, "")) for number, line in enumerate(text.splitlines(), start=1)
    )


@dataclass(frozen=True, slots=True)
class Part:
    """The lines that one page shows of many. `number` counts from 1 to `of`."""

    lines: tuple[Line, ...]
    number: int
    of: int


def part(found: tuple[Line, ...], number: int) -> Part:
    """That part of the lines, or the nearest there is: a page stays light however long the text."""
    of = max(1, -(-len(found) // PART_LINES))
    number = min(max(number, 1), of)
    return Part(found[(number - 1) * PART_LINES : number * PART_LINES], number, of)


def part_of(line: int) -> int:
    """The number of the part that a line of a text stands in."""
    return max(0, line - 1) // PART_LINES + 1


def changes(before: str, after: str) -> tuple[Line, ...]:
    """What `after` says otherwise than `before`, with three lines around; empty where they are the same."""
    return tuple(_changes(before.splitlines(), after.splitlines()))


def _changes(before: list[str], after: list[str]) -> Iterator[Line]:
    # exact for every text a person writes; for enormous ones frequent lines are passed over, or it would take minutes
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=len(before) + len(after) > _EXACT)
    for place, group in enumerate(matcher.get_grouped_opcodes(3)):
        if place:
            yield Line(0, "…", "gap")
        for kind, from_old, to_old, from_new, to_new in group:
            if kind == "equal":
                yield from (Line(at + 1, after[at]) for at in range(from_new, to_new))
            else:
                yield from (Line(at + 1, before[at], "removed") for at in range(from_old, to_old))
                yield from (Line(at + 1, after[at], "added") for at in range(from_new, to_new))
