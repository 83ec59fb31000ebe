"""The analysis of one fee's table under what the definition declares."""

from datetime import date

from definitions.amounts import AmountTable
from definitions.lint.tables.domains import domains
from definitions.lint.tables.occurs import Occurs
from definitions.model import Definition, FeeLine
from rules.tables.analysis import Analysis, analyse


def prove(definition: Definition, fee: FeeLine) -> Analysis | None:
    """Gaps, overlaps and useless rows on the days the fee can be owed; None where its amount is no table."""
    if not isinstance(fee.amount, AmountTable):
        return None
    table = fee.amount.table
    first = _later(definition.effective.start, fee.effective.start)
    last = _earlier(definition.effective.end, fee.effective.end)
    inputs = {column.expression.text.strip(): column.expression for column in table.columns}
    return analyse(
        table,
        domains(definition, table),
        first=first,
        last=last,
        confirm=Occurs(definition, fee, inputs),
    )


def _later(left: date | None, right: date | None) -> date | None:
    return max(left, right) if left and right else left or right


def _earlier(left: date | None, right: date | None) -> date | None:
    return min(left, right) if left and right else left or right
