"""A fee's table as a sheet: headings by the labels of the form, amounts in đồng."""

from collections.abc import Mapping
from typing import Any, Final

from definitions.amounts import AmountTable
from definitions.compiler.amounts import table_input, table_output
from definitions.compiler.expressions import source
from definitions.explain import labels
from definitions.model import Definition
from rules.tables.sheet import Sheet, SheetInput, SheetOutput, SheetRow

_TYPES: Final[Mapping[str, str]] = {
    "date and time": "dateTime",
    "days and time duration": "dayTimeDuration",
    "years and months duration": "yearMonthDuration",
}
_PLAIN: Final = frozenset({"string", "number", "boolean", "date", "time"})


class SheetError(ValueError):
    """Why a fee has no sheet or cannot be one; a Vietnamese sentence."""


def sheet_of(definition: Definition, raw: Mapping[str, Any], fee_id: str) -> Sheet:
    """The table of the fee, in its normal form. `raw`: the data that `definition` was compiled from."""
    at = next((at for at, fee in enumerate(definition.fees) if fee.id == fee_id), None)
    if at is None:
        known = ", ".join(fee.id for fee in definition.fees) or "chưa có khoản nào"
        raise SheetError(f"Không có khoản thu “{fee_id}”; các khoản: {known}.")
    fee = definition.fees[at]
    if not isinstance(fee.amount, AmountTable):
        raise SheetError(f"Số tiền của “{fee_id}” là một công thức, không phải bảng.")
    written = raw["fees"][at]["amount"]
    table = fee.amount.table
    names = labels(definition)
    inputs = []
    for column, each in zip(table.columns, written["inputs"], strict=True):
        made = table_input(each)
        kind = _TYPES.get(column.type.kind, column.type.kind if column.type.kind in _PLAIN else "")
        inputs.append(
            SheetInput(
                made.expression,
                "" if isinstance(each, str) else each.get("id", ""),
                made.label or names.get(made.expression.strip(), ""),
                kind,
                made.allowed or "",
            )
        )
    output = table_output(written)
    rows = [
        SheetRow(
            tuple(source(cell) for cell in row["when"]),
            (source(row["amount"]),),
            row.get("id", ""),
            rule.row.start,
            rule.row.end,
            row.get("label", ""),
        )
        for row, rule in zip(written["rows"], table.rules, strict=True)
    ]
    return Sheet(
        id=fee.id,
        name=fee.label,
        hit=table.hit,
        inputs=tuple(inputs),
        outputs=(SheetOutput("", fee.id, "Số tiền (đồng)", "number", output.values, output.default or ""),),
        rows=tuple(rows),
        description=f"{definition.name}: {fee.label}.",
    ).normal()
