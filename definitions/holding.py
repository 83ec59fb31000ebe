"""Whether a condition of a definition holds. Pure."""

from collections.abc import Mapping
from datetime import datetime

from rules.feel import Expression, FeelLimitError


def holds(rule: Expression, context: Mapping[str, object], now: datetime) -> bool:
    """A condition that goes beyond the limits does not hold."""
    try:
        return rule.truth(context, now=now)
    except FeelLimitError:
        return False
