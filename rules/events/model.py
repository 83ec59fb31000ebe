"""The closed, typed language of event rules: what may be asked of a dossier's facts after an event.

There are only these conditions, two-valued: any comparison with an absent field is false, and `!=` and `not` are
plain negation (so they are true of an absent field).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

MAX_FIELDS = 100
MAX_RULES = 200
MAX_TESTS = 400
MAX_TESTS_PER_FIELD = 48
MAX_DEPTH = 8
MAX_TEXT = 500
MAX_CHOICES = 40
MAX_PATHS = 56
MAX_NUMBER = 2**53 - 1
"""What the engine bears with room to spare; the pure-Python twin keeps to the same limits."""


class Kind(StrEnum):
    NUMBER = "number"  # whole numbers below 2^53
    STRING = "string"
    BOOLEAN = "boolean"
    DATE = "date"

    @property
    def ordered(self) -> bool:
        return self in {Kind.NUMBER, Kind.DATE}

    @property
    def words(self) -> str:
        return {"number": "số nguyên", "string": "chuỗi ký tự", "boolean": "đúng/sai", "date": "ngày"}[
            self.value
        ]


class Op(StrEnum):
    EQ = "="
    NE = "!="
    LT = "<"
    LE = "<="
    GT = ">"
    GE = ">="
    IN = "in"
    NULL = "is null"


Scalar = int | str
"""A value as rules compare it: numbers and booleans as integers, dates as ordinals, text in NFC."""


@dataclass(frozen=True, slots=True)
class Test:
    """One field compared. `values`: one, several for `in`, none for `is null`."""

    field: str
    op: Op
    values: tuple[Scalar, ...] = ()


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Some:
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: "Condition"


Condition = Test | All | Some | Not


@dataclass(frozen=True, slots=True)
class EventRule:
    id: str
    when: Condition


@dataclass(frozen=True, slots=True)
class Ruleset:
    """Rules in order, over declared fields; `key` is the hash of the content. Made by `rules.events.read`."""

    key: str
    fields: Mapping[str, Kind]
    rules: tuple[EventRule, ...]


@dataclass(frozen=True, slots=True)
class RuleProblem:
    """`path` is the place within the data: `rules[2].when.and[0].value`."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class EventRulesError(ValueError):
    """Rules that cannot be accepted, with everything wrong in them."""

    def __init__(self, problems: Sequence[RuleProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(str(problem) for problem in problems))


class FactError(ValueError):
    """A fact whose value is not of the kind its field declares."""
