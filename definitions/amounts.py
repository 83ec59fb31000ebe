"""Amounts of money by decision table: rows that are law from one day to another, the first that fits decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from rules.feel import Expression, FeelType, FeelValue
from rules.tables import DecisionTable


@dataclass(frozen=True, slots=True)
class AmountTable:
    """`amounts`: the formula of each row, in order, in đồng."""

    table: DecisionTable
    amounts: tuple[Expression, ...]

    @property
    def sources(self) -> frozenset[str]:
        return self.table.sources

    @property
    def type(self) -> FeelType:
        return self.table.type

    @property
    def changes(self) -> tuple[date, ...]:
        """The days on which the law of some row begins or has just ended."""
        return tuple(
            sorted({d for rule in self.table.rules for d in (rule.row.start, rule.row.end) if d is not None})
        )

    def decide(
        self, context: Mapping[str, object], *, now: datetime, on: date
    ) -> tuple[FeelValue, Expression | None]:
        """The amount and the formula it came from; null and None where no row fits."""
        decision = self.table.decide(context, now=now, on=on)
        return decision.value, self.amounts[decision.rows[0] - 1] if decision.rows else None


def decide_amount(
    amount: Expression | AmountTable, context: Mapping[str, object], *, now: datetime, on: date
) -> tuple[FeelValue, Expression | None]:
    """The amount on the day `on`, and the formula it came from."""
    if isinstance(amount, AmountTable):
        return amount.decide(context, now=now, on=on)
    return amount.evaluate(context, now=now), amount
