"""The same pattern for Python's own engine, and what it may cost there at worst."""

from __future__ import annotations

import re

from rules.feel.patterns import syntax
from rules.feel.patterns.charsets import CharSet

CHEAP = 2_000_000
"""Character steps that Python's engine makes in some hundredths of a second."""


def translate(node: syntax.Node, flags: str) -> re.Pattern[str] | None:
    """The pattern compiled by `re`, None where `re` cannot say the same."""
    source = _emit(node, lines="m" in flags)
    if source is None:
        return None
    return re.compile(source, re.IGNORECASE if "i" in flags else 0)


def cost(node: syntax.Node, length: int) -> float:
    """An upper bound of the ways to match at one place of a text of the length."""
    if isinstance(node, syntax.Repeat):
        inner = cost(node.item, length)
        most = length + 1 if node.most is None else node.most
        if inner > 1:
            return inner ** min(most, 60)
        return float(min(most, length) - min(node.least, length) + 1)
    if isinstance(node, syntax.Group):
        return cost(node.item, length)
    if isinstance(node, syntax.Sequence):
        total = 1.0
        for item in node.items:
            total *= cost(item, length)
            if total > 10.0**12:
                return total
        return total
    if isinstance(node, syntax.Choice):
        return sum(cost(item, length) for item in node.items)
    return 1.0


def affordable(node: syntax.Node, length: int) -> bool:
    """Whether the worst text of the length stays cheap, every place being a start."""
    return cost(node, length) * (length + 1) <= CHEAP


def _emit(node: syntax.Node, *, lines: bool) -> str | None:
    if isinstance(node, syntax.Chars):
        return _class(node.chars)
    if isinstance(node, syntax.Edge):
        if node.start:
            return r"(?:\A|(?<=\n)(?!\Z))" if lines else r"\A"
        return r"(?:\Z|(?=\n))" if lines else r"\Z"
    if isinstance(node, (syntax.Sequence, syntax.Choice)):
        parts = [_emit(item, lines=lines) for item in node.items]
        if any(part is None for part in parts):
            return None
        made = ("" if isinstance(node, syntax.Sequence) else "|").join(part or "" for part in parts)
        return made if isinstance(node, syntax.Sequence) else f"(?:{made})"
    if isinstance(node, syntax.Back):
        return None
    inner = _emit(node.item, lines=lines)
    if inner is None:
        return None
    if isinstance(node, syntax.Group):
        return f"(?:{inner})" if node.number is None else f"({inner})"
    most = "" if node.most is None else node.most
    return f"(?:{inner}){{{node.least},{most}}}" + ("?" if node.lazy else "")


def _class(chars: CharSet) -> str | None:
    if not chars.plain:
        return None
    spans = "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in chars.all_spans())
    return f"[{'^' if chars.negated else ''}{spans}]"
