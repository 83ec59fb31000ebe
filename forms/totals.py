"""Totals of a list's columns, of the rows as they are kept (`Submission.clean`)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from forms.model import Field
from forms.types.base import in_sentence
from forms.types.numbers import DecimalNumber, Money, Number
from rules.i18n import gettext

_NUMBERS: dict[str, Number] = {"decimal": DecimalNumber(), "money": Money()}
_COUNTED = DecimalNumber()


def totals(field: Field, rows: object, *, sensitive: bool = True) -> tuple[tuple[str, str], ...]:
    """(`Tổng số bản`, `12 bản`) of each column with `total: sum`, in the order of the columns; nothing for a list without
    rows. A cell that is empty or hidden counts as nothing. `sensitive`: whether sums of sensitive columns are told.
    """
    if not isinstance(rows, Sequence) or isinstance(rows, str) or not rows:
        return ()
    total = gettext("Tổng {what}")
    return tuple(
        (
            total.format(what=in_sentence(item.label)),
            _NUMBERS.get(item.type, _COUNTED).display(item, _sum(item, rows)),
        )
        for item in field.item
        if item.total == "sum" and (sensitive or not item.sensitive)
    )


def _sum(item: Field, rows: Sequence[object]) -> Decimal:
    cells = (row.get(item.id) for row in rows if isinstance(row, Mapping))
    return sum(
        (
            Decimal(repr(cell))
            for cell in cells
            if isinstance(cell, (int, float)) and not isinstance(cell, bool)
        ),
        Decimal(0),
    )
