"""Whether the conditions of a definition hold. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from rules.feel import Expression, FeelLimitError, Together


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges conditions over one submission and keeps those that went beyond the limits: they count as not holding, and
    whoever asked must say that not everything was decided.
    """

    now: datetime
    exhausted: list[str] = field(default_factory=list)

    def holds(self, rule: Expression, context: Mapping[str, object]) -> bool:
        try:
            return rule.truth(context, now=self.now)
        except FeelLimitError:
            self.exhausted.append(rule.text)
            return False

    def all_of(self, rules: Together, context: Mapping[str, object]) -> tuple[bool, ...]:
        """Each of many, in their order."""
        try:
            return rules.truths(context, now=self.now)
        except FeelLimitError:
            return tuple(self.holds(rule, context) for rule in rules.expressions)
