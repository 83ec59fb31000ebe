"""An example put behind the others in the text of a definition; comments and line breaks of all else stay."""

import re
from typing import Any, Final

from definitions.reading import ReadingError, read
from tthc.trials.recording import Recorded

_KEY: Final = re.compile(r"^examples:\s*(#.*)?$")
_ITEM: Final = re.compile(r"^(\s*)- ")
_BY_HAND: Final = "Phần examples của bản này không viết theo từng dòng nên chưa tự thêm được; ông/bà chép phần tử dưới đây vào bản nháp."


class SavingError(ValueError):
    """The example cannot be put in; the message is a sentence."""


def with_example(text: str, recorded: Recorded) -> str:
    """The text with one example more; raises SavingError."""
    lines = text.rstrip("\n").split("\n")
    start = next((at for at, line in enumerate(lines) if _KEY.match(line)), None)
    element = recorded.text.rstrip("\n").split("\n")
    if start is None:
        made = [*lines, "", "examples:", *element]
    else:
        end = start + 1
        while end < len(lines) and (not lines[end] or lines[end][0] in " \t#-"):
            end += 1
        while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
            end -= 1
        first = next((_ITEM.match(line) for line in lines[start + 1 : end] if _ITEM.match(line)), None)
        indent = "  " if first is None else first.group(1)
        made = [*lines[:end], *(_indented(line, indent) for line in element), *lines[end:]]
    found = "\n".join(made) + "\n"
    if _count(found) != _count(text) + 1:
        raise SavingError(_BY_HAND)
    return found


def _indented(line: str, indent: str) -> str:
    return indent + line.removeprefix("  ") if line.strip() else line


def _count(text: str) -> int:
    try:
        data: Any = read(text).data
    except ReadingError:
        raise SavingError(_BY_HAND) from None
    examples = data.get("examples", []) if isinstance(data, dict) else None
    if not isinstance(examples, list):
        raise SavingError(_BY_HAND)
    return len(examples)
