"""A condition by rows, as values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, Literal, TypeAlias

Value: TypeAlias = str | Decimal | bool | date
Mode = Literal["all", "any"]


class Comparison(StrEnum):
    """How a field is held against values. How many values each takes: `takes`."""

    IS = "is"
    IS_NOT = "is_not"
    ONE_OF = "one_of"
    NONE_OF = "none_of"
    LESS = "less"
    AT_MOST = "at_most"
    MORE = "more"
    AT_LEAST = "at_least"
    BETWEEN = "between"
    HAS = "has"
    HAS_NOT = "has_not"
    YES = "yes"
    NO = "no"
    NOT_YES = "not_yes"
    NOT_NO = "not_no"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"

    @property
    def takes(self) -> tuple[int, int | None]:
        """Fewest and most values; most is None where any number will do."""
        if self in _MANY:
            return 1, None
        if self is Comparison.BETWEEN:
            return 2, 2
        return (0, 0) if self in _BARE else (1, 1)


_MANY: Final = frozenset({Comparison.ONE_OF, Comparison.NONE_OF})
_BARE: Final = frozenset(
    {
        Comparison.YES,
        Comparison.NO,
        Comparison.NOT_YES,
        Comparison.NOT_NO,
        Comparison.ANSWERED,
        Comparison.UNANSWERED,
    }
)


@dataclass(frozen=True, slots=True)
class Always:
    """`true`, or no condition at all."""


@dataclass(frozen=True, slots=True)
class Never:
    """`false`."""


@dataclass(frozen=True, slots=True)
class Row:
    """`path` names a subject (`mother.birth_date`)."""

    path: str
    comparison: Comparison
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Rows within brackets, two or more: of «all» rows, one group holds when any of its rows does, and the other way
    round.
    """

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Made by `rows`, which brings them into the one form that each condition has."""

    mode: Mode
    items: tuple[Row | Group, ...]


Condition: TypeAlias = Always | Never | Rows
ALWAYS: Final = Always()
NEVER: Final = Never()


def rows(mode: Mode, items: Sequence[Row | Group]) -> Condition:
    """The rows in their one form: groups of a single row are that row, a group alone is the whole, a row alone is
    «all», nothing is no condition.
    """
    kept: list[Row | Group] = []
    for item in items:
        if isinstance(item, Row):
            kept.append(item)
        elif len(item.rows) == 1:
            kept.append(item.rows[0])
        elif item.rows:
            kept.append(item)
    if not kept:
        return ALWAYS
    if len(kept) == 1:
        (only,) = kept
        if isinstance(only, Group):
            return Rows("any" if mode == "all" else "all", only.rows)
        return Rows("all", (only,))
    return Rows(mode, tuple(kept))
