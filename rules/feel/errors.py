"""What an expression can be wrong about, said in Vietnamese with the place and the nearest known name."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable


class FeelError(ValueError):
    """An expression that cannot be accepted.

    `message` is a whole Vietnamese sentence without the position; `offset` counts characters from 0,
    `line` and `column` from 1; `suggestion` is the nearest known name; `code` is stable and machine-readable
    (`syntax`, `name`, `field`, `function`, `argument`, `type`, `value`, `limit`).
    """

    def __init__(
        self,
        message: str,
        *,
        text: str = "",
        offset: int = 0,
        suggestion: str | None = None,
        code: str = "syntax",
    ) -> None:
        self.message = message
        self.offset = offset
        self.line = text.count("\n", 0, offset) + 1
        self.column = offset - (text.rfind("\n", 0, offset) + 1) + 1
        self.suggestion = suggestion
        self.code = code
        super().__init__(message)

    def __str__(self) -> str:
        return f"{self.message} (dòng {self.line}, cột {self.column})"


class FeelLimitError(FeelError):
    """A text, a value or an evaluation beyond the limits (see `rules.feel.limits`)."""

    def __init__(self, message: str, *, text: str = "", offset: int = 0) -> None:
        super().__init__(message, text=text, offset=offset, code="limit")


def fold(name: str) -> str:
    """`Số trang` and `so_trang` look alike to whoever mistypes: no case, marks, spaces or underscores."""
    plain = unicodedata.normalize("NFD", name.casefold()).replace("đ", "d")
    return "".join(c for c in plain if c.isalnum())


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` was most likely meant to be, or None."""
    folded: dict[str, str] = {}
    for candidate in sorted(known):
        folded.setdefault(fold(candidate), candidate)
    found = difflib.get_close_matches(fold(name), folded, n=1, cutoff=0.65)
    return folded[found[0]] if found else None


def unknown(what: str, name: str, known: Iterable[str], *, text: str, offset: int, code: str) -> FeelError:
    """«Không có trường “documets”. Có phải ông/bà muốn viết “documents”?»"""
    suggestion = nearest(name, known)
    message = f"Không có {what} “{name}”."
    if suggestion is not None:
        message += f" Có phải ông/bà muốn viết “{suggestion}”?"
    return FeelError(message, text=text, offset=offset, suggestion=suggestion, code=code)
