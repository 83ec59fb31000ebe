"""Amounts of solving time in words."""

from collections.abc import Mapping
from typing import Final

from rules.deadlines import DeadlineRule, Unit

UNITS: Final[Mapping[Unit, str]] = {
    Unit.WORKING_DAY: "ngày làm việc",
    Unit.DAY: "ngày",
    Unit.WORKING_HOUR: "giờ làm việc",
}
"""In what an extension may be given."""


def rule_words(rule: DeadlineRule) -> str:
    """`03 ngày làm việc`."""
    amount = f"{rule.amount.normalize():f}".replace(".", ",")
    return f"{amount.zfill(2) if amount.isdigit() else amount} {UNITS.get(rule.unit, rule.unit)}"
