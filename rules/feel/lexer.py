"""Text to tokens. Names come one word at a time; the parser joins words into names that are known."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, NamedTuple

from rules.feel.errors import FeelError, FeelLimitError
from rules.feel.limits import TEXT
from rules.feel.values import CONTEXT


class Token(NamedTuple):
    """`kind` is name, number, string, at (the text within `@"…"`), op or end."""

    kind: str
    text: str
    start: int
    end: int
    value: Any = None


_START = r"(?:[^\W\d]|[\u2190-\u21FF\u2600-\u27BF\U00010000-\U000EFFFF])"
_PART = r"(?:[\w\u0300-\u036F\u00B7\u200C\u200D\u203F\u2040\u2190-\u21FF\u2600-\u27BF\uFE0F\U00010000-\U000EFFFF])"
_TOKEN = re.compile(
    rf"""(?P<space>(?:\s|\ufeff|//[^\n]*|/\*.*?\*/)+)
    |(?P<number>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<at>@"(?:[^"\\\n]|\\.)*")
    |(?P<string>"(?:[^"\\]|\\.)*")
    |(?P<name>{_START}{_PART}*|\?)
    |(?P<op>\.\.|\*\*|<=|>=|!=|->|[-+*/=<>()\[\]{{}},.:;'])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{6}|.)", re.DOTALL)
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}


def tokens(text: str) -> list[Token]:
    """All tokens of `text` and a closing one of kind `end`; raises FeelError."""
    if len(text) > TEXT:
        raise FeelLimitError(f"Biểu thức quá dài: {len(text)} ký tự, nhiều nhất là {TEXT}.")
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _stray(text, at)
        kind, raw, end = str(match.lastgroup), match.group(), match.end()
        if raw == "/" and text.startswith("/*", at):
            raise FeelError("Ghi chú mở bằng “/*” thiếu “*/” ở cuối.", text=text, offset=at)
        if kind == "number":
            try:
                number = CONTEXT.create_decimal(raw)
            except ArithmeticError:
                raise FeelError(
                    "Số quá lớn, không biểu diễn được.", text=text, offset=at, code="value"
                ) from None
            found.append(Token(kind, raw, at, end, number))
        elif kind in {"string", "at"}:
            inner = raw[2:-1] if kind == "at" else raw[1:-1]
            found.append(Token(kind, raw, at, end, unescape(inner)))
        elif kind == "name":
            found.append(Token(kind, unicodedata.normalize("NFC", raw), at, end))
        elif kind == "op":
            found.append(Token(kind, raw, at, end))
        at = end
    found.append(Token("end", "", len(text), len(text)))
    return found


def unescape(inner: str) -> str:
    if "\\" not in inner:
        return inner
    return _join_surrogates(_ESCAPE.sub(_escaped, inner))


def _escaped(match: re.Match[str]) -> str:
    code = match.group(1)
    if len(code) > 1:
        point = int(code[1:], 16)
        return chr(point) if point <= 0x10FFFF else match.group()
    return _SIMPLE.get(code, match.group())


def _join_surrogates(text: str) -> str:
    r"""`\uD83D\uDC0E` is one character; a lone half is replaced, for no encoding can write it."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _stray(text: str, at: int) -> FeelError:
    character = text[at]
    if character in {'"', "@"}:
        return FeelError('Chuỗi ký tự thiếu dấu nháy kép “"” ở cuối.', text=text, offset=at)
    if character in "“”‘’":  # noqa: RUF100
        return FeelError(
            f'Dấu nháy “{character}” không dùng được ở đây; xin dùng dấu nháy thẳng (").',
            text=text,
            offset=at,
        )
    shown = f"“{character}”" if character.isprintable() else f"không nhìn thấy được (U+{ord(character):04X})"
    return FeelError(f"Ký tự {shown} không có nghĩa trong biểu thức.", text=text, offset=at)
