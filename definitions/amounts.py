"""Amounts of money by decision table: rows that are law from one day to another, chosen by the table's hit policy."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from rules.feel import Expression, FeelType, FeelValue, compile, literal  # noqa: A004
from rules.tables import DecisionTable, Hit


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
        """The amount and the formula it came from; null and None where the table gives none.

        An aggregate's formula is that of its rows together: `a + b`, `min(a, b)`.
        """
        decision = self.table.decide(context, now=now, on=on)
        if decision.value is None:
            return None, None
        if self.table.hit is Hit.COUNT:
            return decision.value, compile(literal(decision.value))
        if not decision.rows:
            return decision.value, self.table.answers[0].default
        formulas = [self.amounts[row - 1] for row in decision.rows]
        if len(formulas) == 1 or not self.table.hit.aggregates:
            return decision.value, formulas[0]
        return decision.value, _together(self.table.hit, tuple(formula.text for formula in formulas))


@lru_cache(maxsize=256)
def _together(hit: Hit, texts: tuple[str, ...]) -> Expression:
    """The formula of several rows, for reading: names need no types there."""
    if hit is Hit.SUM:
        return compile(" + ".join(f"({text})" for text in texts))
    return compile(f"{'min' if hit is Hit.MIN else 'max'}({', '.join(texts)})")


def decide_amount(
    amount: Expression | AmountTable, context: Mapping[str, object], *, now: datetime, on: date
) -> tuple[FeelValue, Expression | None]:
    """The amount on the day `on`, and the formula it came from."""
    if isinstance(amount, AmountTable):
        return amount.decide(context, now=now, on=on)
    return amount.evaluate(context, now=now), amount
