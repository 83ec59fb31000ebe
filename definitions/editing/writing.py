"""Values as YAML in the style of the shipped definitions: what fits stands on one line, what does not stands below. Pure.

What is written reads back as the same data by `definitions.reading`, whose plain scalars follow JSON: so texts that
look like a number or a truth value are quoted, days and times of day are not.
"""

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

WIDTH: Final = 120
_PLAIN: Final = re.compile(
    r"[^\W_](?:[^\n\r:#\[\]{},\"'`\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]|:(?=\S))*"
)
_PLAIN_FLOW: Final = re.compile(
    r"[^\W_](?:[^\n\r:#\[\]{},\"'`\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]|:(?=[\w/.]))*"
)
_READ_OTHERWISE: Final = re.compile(r"null|true|false|-?\d+(\.\d+)?([eE][+-]?\d+)?|\d[\d_,.eE+-]*|\.\w+")
_DAY_OR_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?|\d\d:\d\d|\d\d\d\d-\d\d")
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def inline(value: object, *, flow: bool) -> str:
    """The value on one line; `flow`: it stands between brackets, where commas part."""
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key(name)}: {inline(each, flow=True)}" for name, each in value.items())
        return f"{{{inner}}}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(inline(each, flow=True) for each in value)}]"
    if isinstance(value, str):
        return _text(value, flow=flow)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)


def key(name: str) -> str:
    return _text(name, flow=True)


def below(value: object, column: int) -> str:
    """What follows `key:` at that column: ` value` on the same line, or lines below it, none ended."""
    if isinstance(value, str) and "\n" in value and _literal(value):
        mark = "|" if value.endswith("\n") else "|-"
        lines = (
            f"{' ' * (column + 2)}{line}" if line else "" for line in value.removesuffix("\n").split("\n")
        )
        return f" {mark}\n" + "\n".join(lines)
    if not _parts(value, column):
        return f" {inline(value, flow=False)}"
    if isinstance(value, Mapping):
        return "\n" + entries(value, column + 2)
    assert isinstance(value, Sequence)
    return "\n" + "\n".join(f"{' ' * (column + 2)}- {element(each, column + 2)}" for each in value)


def entries(value: Mapping[str, object], column: int) -> str:
    """The lines of a group whose keys stand at that column."""
    return "\n".join(f"{' ' * column}{key(name)}:{below(each, column)}" for name, each in value.items())


def element(value: object, column: int) -> str:
    """What follows the `- ` at that column."""
    if not _parts(value, column):
        if isinstance(value, str) and "\n" in value:
            return below(value, column).removeprefix(" ")
        return inline(value, flow=False)
    if isinstance(value, Mapping):
        return entries(value, column + 2).lstrip(" ")
    assert isinstance(value, Sequence)
    lines = (f"{' ' * (column + 2)}- {element(each, column + 2)}" for each in value)
    return "\n".join(lines).lstrip(" ")


def _parts(value: object, column: int) -> bool:
    """Whether its parts go on lines of their own."""
    if not isinstance(value, (Mapping, list, tuple)) or not value:
        return False
    if _depth(value) > 2 or _broken(value):
        return True
    return column + len(inline(value, flow=False)) > WIDTH - 20


def _depth(value: object) -> int:
    if isinstance(value, Mapping):
        return 1 + max(map(_depth, value.values()), default=0)
    if isinstance(value, (list, tuple)):
        return 1 + max(map(_depth, value), default=0)
    return 0


def _broken(value: object) -> bool:
    """Whether a text of several lines is in it."""
    if isinstance(value, Mapping):
        return any(map(_broken, value.values()))
    if isinstance(value, (list, tuple)):
        return any(map(_broken, value))
    return isinstance(value, str) and "\n" in value


def _text(value: str, *, flow: bool) -> str:
    pattern = _PLAIN_FLOW if flow else _PLAIN
    if _DAY_OR_TIME.fullmatch(value):
        return value
    if pattern.fullmatch(value) and value == value.strip() and not _READ_OTHERWISE.fullmatch(value):
        return value
    if "\n" not in value and "\r" not in value and "\t" not in value and not _UNPRINTABLE.search(value):
        return (
            '"' + value + '"'
            if '"' not in value and "\\" not in value
            else "'" + value.replace("'", "''") + "'"
        )
    quoted = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", quoted)


def _literal(value: str) -> bool:
    """Whether a block of lines can hold it as it is."""
    body = value.removesuffix("\n")
    return (
        body != ""  # a block without a line says nothing, not a line's end
        and not _UNPRINTABLE.search(value)
        and "\r" not in value
        and "\t" not in value
        and not body.startswith((" ", "\n"))
        and not body.endswith("\n")
        and all(line == line.rstrip() for line in body.split("\n"))
    )
