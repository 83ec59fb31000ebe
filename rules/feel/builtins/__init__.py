"""The standard's built-in functions (DMN 1.5, 10.3.4), by subject."""

from rules.feel.builtins import contexts, conversion, dates, lists, numbers, ranges, strings
from rules.feel.builtins.registry import BUILTINS, Builtin, Signature

__all__ = [
    "BUILTINS",
    "Builtin",
    "Signature",
    "contexts",
    "conversion",
    "dates",
    "lists",
    "numbers",
    "ranges",
    "strings",
]
