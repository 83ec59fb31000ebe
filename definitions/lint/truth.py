"""Whether a condition can be true and can be false, found by trying every answer that makes a difference to it.

Only conditions that compare answers with constants are looked at (`=`, `<`, `in`, `and`, `or`, `not`): for those the
constants themselves and their neighbours stand for all answers. Anything else is left undecided.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import product
from math import prod
from typing import Final

from definitions.model import Definition
from definitions.scope import CHANNELS, closed
from forms.model import Field
from rules.feel import Expression, FeelLimitError

MOST: Final = 3000
"""Combinations tried for one condition; with more it stays undecided."""

NEVER: Final = frozenset({False})
ALWAYS: Final = frozenset({True})

_CALLS: Final = re.compile(r"([^\W\d]\w*)\s*\(")
_TEXTS: Final = re.compile(r'"((?:[^"\\]|\\.)*)"')
_NUMBERS: Final = re.compile(r"(?<![\w.])\d+(?:\.\d+)?")
_DATES: Final = re.compile(r'date\(\s*"(\d{4}-\d{2}-\d{2})"\s*\)')
_KNOWN_CALLS: Final = frozenset({"not", "date", "and", "or", "in"})
_BEYOND: Final = re.compile(r"\b(?:for|some|every|if|function|instance)\b|[\[\].{}@]|[-+*/]|\?")
_AMOUNTS: Final = frozenset({"integer", "decimal", "money"})


@dataclass(frozen=True)
class Answers:
    """What the names that conditions read can be. `fields`: by id, those of one level (a form, a row, a group)."""

    definition: Definition
    fields: Mapping[str, Field]
    hidden_sometimes: frozenset[str] = frozenset()

    @classmethod
    def of(cls, definition: Definition) -> "Answers":
        hidden = {
            field.id
            for page in definition.whole_form.pages
            for field in page.fields
            if page.visible is not None or field.visible is not None
        }
        return cls(definition, {field.id: field for field in definition.fields}, frozenset(hidden))

    @cached_property
    def cases(self) -> tuple[str, ...]:
        """Those that make a dossier."""
        return tuple(case.id for case in self.definition.cases if case.ends is None)

    def choices(self, name: str) -> Sequence[str] | None:
        """The texts that a name can be, where they are a closed list."""
        if name == "case" and name not in self.fields:
            return tuple(case.id for case in self.definition.cases) or None
        if name == "channel" and name not in self.fields:
            return tuple(CHANNELS)
        if "." in name and name.partition(".")[0] not in self.fields:
            return closed(self.definition, name)
        field = self.fields.get(name)
        if field is None or field.type != "choice" or not field.options:
            return None
        return tuple(option.value for option in field.options)

    def domain(self, name: str, text: str) -> Sequence[object] | None:
        """Values that stand for all, as far as this text tells them apart; None where they cannot be listed."""
        if name == "case" and name not in self.fields:
            return self.cases or None
        if name == "channel" and name not in self.fields:
            return self.definition.submit_by
        field = self.fields.get(name)
        if field is None:
            return None
        values = _values(field, text)
        if values is None:
            return None
        sure = field.required is True and name not in self.hidden_sometimes
        return values if sure else (*values, None)


def outcomes(answers: Answers, conditions: Iterable[Expression]) -> frozenset[bool] | None:
    """Which of true and false all the conditions together can come to; None where that is undecided."""
    wanted = tuple(conditions)
    tried = contexts(answers, wanted)
    if tried is None:
        return None
    found: set[bool] = set()
    for context in tried:
        try:
            found.add(all(condition.evaluate(context) is True for condition in wanted))
        except FeelLimitError:
            return None
        if len(found) == 2:
            break
    return frozenset(found)


def contexts(answers: Answers, conditions: Iterable[Expression]) -> Iterator[dict[str, object]] | None:
    """Every answer that makes a difference to the conditions, by name; None where they cannot be listed."""
    wanted = tuple(conditions)
    text = " ".join(condition.text for condition in wanted)
    if not _comparing(text):
        return None
    names = sorted(frozenset[str]().union(*(condition.sources for condition in wanted)))
    domains = [answers.domain(name, text) for name in names]
    known = [domain for domain in domains if domain is not None]
    if len(known) < len(domains) or prod(map(len, known)) > MOST:
        return None
    return (dict(zip(names, values, strict=True)) for values in product(*known))


def _comparing(text: str) -> bool:
    """Whether the text only compares: then constants and their neighbours stand for all answers."""
    bare = _TEXTS.sub('""', _DATES.sub("0", text))
    without = re.sub(r"\.\.|(?<=\d)\.(?=\d)|(?<![\w)])-(?=\d)", " ", bare)  # ranges, decimals, signs
    ranges = re.sub(r"[\[\]]", " ", without) if ".." in bare else without
    return set(_CALLS.findall(bare)) <= _KNOWN_CALLS and not _BEYOND.search(ranges)


def _values(field: Field, text: str) -> tuple[object, ...] | None:
    if field.type == "yes_no":
        return (True, False)
    if field.type == "choice" and field.options:
        return tuple(option.value for option in field.options)
    if field.type in _AMOUNTS:
        step = Decimal(1) if field.type == "integer" else Decimal("0.5")
        low, high = _constant(field.min), _constant(field.max)
        told = {Decimal(number) for number in _NUMBERS.findall(_TEXTS.sub("", text))}
        near = {value + change for value in told for change in (-step, Decimal(0), step)} or {Decimal(1)}
        edges = {edge for edge in (low, high) if edge is not None}
        return tuple(
            sorted(
                value
                for value in near | edges
                if (low is None or value >= low) and (high is None or value <= high)
            )
        )
    if field.type == "date":
        days = {date.fromisoformat(day) for day in _DATES.findall(text)}
        return tuple(sorted({day + timedelta(days=by) for day in days for by in (-1, 0, 1)})) or None
    if field.type in {"text", "textarea"}:
        return (*dict.fromkeys(_TEXTS.findall(text)), "\N{REPLACEMENT CHARACTER}")
    return None


def _constant(expression: Expression | None) -> Decimal | None:
    if expression is None or expression.sources or _CALLS.search(expression.text):
        return None
    value = expression.evaluate({})
    return value if isinstance(value, Decimal) else None
