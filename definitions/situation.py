"""A dossier that a check found something wrong with, as far as it matters: to be told, and to be loaded into a preview."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final, Self

from rules.feel import FeelValue, literal

MOST: Final = 1500
"""Characters of a packed situation that fit into an address with everything else."""


@dataclass(frozen=True, slots=True)
class Situation:
    """`answers`: of the form, nested by path, None where nothing is answered; `facts`: of the scope by dotted name
    (`channel`, `agency.level`); `day`: of handing in, None where it does not matter.
    """

    answers: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    day: date | None = None

    @property
    def packed(self) -> str:
        """In one line of JSON; empty where it is too long to be carried in an address."""
        told: dict[str, Any] = {}
        if self.answers:
            told["a"] = self.answers
        if self.facts:
            told["f"] = self.facts
        if self.day is not None:
            told["d"] = self.day.isoformat()
        made = json.dumps(told, ensure_ascii=False, separators=(",", ":"), default=_number)
        return made if len(made) <= MOST else ""

    @classmethod
    def unpacked(cls, text: str) -> Self | None:
        """None for what is no packed situation: it comes in an address, which anybody may write."""
        if not text or len(text) > MOST:
            return None
        try:
            told = json.loads(text, parse_float=Decimal, parse_constant=_refused)
            json.dumps(told, ensure_ascii=False, default=str).encode()  # halves of characters cannot be shown
            if not isinstance(told, dict):
                return None
            day = date.fromisoformat(told["d"]) if "d" in told else None
        except (ValueError, TypeError, RecursionError):
            return None
        answers, facts = told.get("a", {}), told.get("f", {})
        if not isinstance(answers, dict) or not isinstance(facts, dict):
            return None
        return cls(answers, facts, day)


def plain(value: object) -> object:
    """A value as answers hold it: numbers, texts, truth values, days as ISO text."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value
    return _written(value)  # type: ignore[arg-type]  # values of FEEL


def _written(value: FeelValue) -> str:
    said = literal(value)
    return said[2:-1] if said.startswith('@"') else said


def _refused(word: str) -> object:
    raise ValueError(word)


def _number(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(type(value).__name__)
