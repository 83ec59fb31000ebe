"""How a built-in function is declared, found, and given its arguments.

A declaration reads like the standard: `substring(string: string, start position: number, length?: number) -> string`.
`|` separates alternatives, `?` after a name makes it optional, `*` gathers either one list or all arguments.
An argument that is null where nothing says `any` makes the result null; a list of one stands for its element and
an element for a list of one, as the standard's implicit conversions have it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from rules.feel import types as T  # noqa: N812
from rules.feel.errors import FeelLimitError
from rules.feel.limits import Run
from rules.feel.types import FeelType
from rules.feel.values import Function, Range, YearMonthDuration

WORDS: Mapping[str, tuple[type, FeelType]] = {
    "number": (Decimal, T.NUMBER),
    "string": (str, T.STRING),
    "boolean": (bool, T.BOOLEAN),
    "date": (date, T.DATE),
    "time": (time, T.TIME),
    "datetime": (datetime, T.DATE_TIME),
    "days": (timedelta, T.DAYS_DURATION),
    "months": (YearMonthDuration, T.YEARS_MONTHS_DURATION),
    "list": (list, T.LIST),
    "context": (dict, T.CONTEXT),
    "range": (Range, T.RANGE),
    "function": (Function, T.FUNCTION),
}


class Mismatch:
    """The mark that arguments do not fit a signature."""


MISMATCH = Mismatch()


@dataclass(frozen=True, slots=True)
class Param:
    """`accepts` is None for `any`; `types` are the static types in the same order."""

    name: str
    accepts: frozenset[type] | None
    types: tuple[FeelType, ...]
    optional: bool = False
    gathers: bool = False

    def fit(self, value: Any) -> Any:
        """The argument as the function wants it, or MISMATCH."""
        accepts = self.accepts
        if accepts is None or value.__class__ in accepts:
            return value
        if list in accepts:
            return MISMATCH if value is None else [value]
        if value is None:
            return None if self.optional else MISMATCH
        if value.__class__ is list and len(value) == 1 and value[0].__class__ in accepts:
            return value[0]
        if value.__class__ is date and datetime in accepts:
            return datetime(value.year, value.month, value.day)
        return MISMATCH


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to call a function. `result` is a type's word, or @element, @list, @same of the first argument."""

    params: tuple[Param, ...]
    result: str
    body: Callable[..., Any]

    @property
    def least(self) -> int:
        return sum(not p.optional and not p.gathers for p in self.params) or (1 if self.params else 0)

    @property
    def most(self) -> int | None:
        return None if any(p.gathers for p in self.params) else len(self.params)

    def takes(self, count: int) -> bool:
        return self.least <= count and (self.most is None or count <= self.most)

    def bind(self, values: Sequence[Any]) -> list[Any] | Mismatch:
        """Positional values as the body wants them."""
        bound: list[Any] = []
        for at, param in enumerate(self.params):
            if param.gathers:
                rest = list(values[at:])
                only_list = len(rest) == 1 and rest[0].__class__ is list
                if at == 0 and len(rest) == 1 and rest[0] is None:
                    return MISMATCH
                bound.append([*rest[0]] if only_list and at == 0 else rest)
                return bound
            if at >= len(values):
                return bound
            fitted = param.fit(values[at])
            if isinstance(fitted, Mismatch):
                return fitted
            bound.append(fitted)
        return bound

    def order(self, names: Sequence[str]) -> list[int | None] | None:
        """For named arguments: which of them each parameter takes; None when the names do not fit."""
        known = [p.name for p in self.params]
        if any(name not in known for name in names):
            return None
        places = [names.index(name) if name in names else None for name in known]
        missing = any(place is None and not p.optional for place, p in zip(places, self.params, strict=True))
        return None if missing else places


@dataclass(frozen=True, slots=True)
class Builtin:
    name: str
    signatures: tuple[Signature, ...]

    def call(self, run: Run, signatures: Sequence[Signature], values: list[Any]) -> Any:
        """The result with the first of the signatures that the values fit; null when none does."""
        for signature in signatures:
            bound = signature.bind(values)
            if not isinstance(bound, Mismatch):
                return invoke(run, signature.body, bound)
        return None

    def as_function(self) -> Function:
        def positional(run: Run, values: list[Any]) -> Any:
            return self.call(run, [s for s in self.signatures if s.takes(len(values))], values)

        def named(run: Run, values: dict[str, Any]) -> Any:
            for signature in self.signatures:
                places = signature.order(list(values))
                if places is not None:
                    given = list(values.values())
                    return self.call(run, [signature], [None if p is None else given[p] for p in places])
            return None

        return Function(tuple(p.name for p in self.signatures[0].params), positional, self.name, named)


def invoke(run: Run, body: Callable[..., Any], values: Sequence[Any]) -> Any:
    """Run a body, charging for the size of what it is given and makes; values it cannot work with yield null."""
    for value in values:
        cls = value.__class__
        if cls is list or cls is dict:
            run.spend(len(value))
        elif cls is str:
            run.spend(len(value) >> 6)
    try:
        result = body(run, *values)
    except FeelLimitError:
        raise
    except (ArithmeticError, ValueError):
        return None
    if result.__class__ is str:
        run.spend(len(result) >> 6)
    return result


BUILTINS: dict[str, Builtin] = {}


Body = Callable[..., Any]


def builtin(declaration: str) -> Callable[[Body], Body]:
    """Declare a built-in function, or one more signature of it."""
    head, _, result = declaration.partition(" -> ")
    name, _, inside = head.removesuffix(")").partition("(")
    params = tuple(_param(part.strip()) for part in inside.split(",") if part.strip())

    def register(body: Body) -> Body:
        before = BUILTINS[name].signatures if name in BUILTINS else ()
        BUILTINS[name] = Builtin(name, (*before, Signature(params, result, body)))
        return body

    return register


def _param(text: str) -> Param:
    name, _, words = text.partition(": ")
    optional, gathers = name.endswith("?"), name.endswith("*")
    name = name.rstrip("?*")
    if words == "any":
        return Param(name, None, (T.ANY,), optional, gathers)
    pairs = [WORDS[word] for word in words.split("|")]
    return Param(name, frozenset(cls for cls, _ in pairs), tuple(t for _, t in pairs), optional, gathers)


def result_type(signature: Signature, first: FeelType | None) -> FeelType:
    """Static type of the result, given that of the first argument."""
    word = signature.result
    if word in WORDS:
        return WORDS[word][1]
    if word.startswith("list<"):
        return T.list_of(WORDS[word[5:-1]][1])
    if first is None or not word.startswith("@"):
        return T.ANY
    if word == "@same":
        return first
    element = first.element or T.ANY if first.kind == "list" else first
    return element if word == "@element" else T.list_of(element)
