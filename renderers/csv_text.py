"""Tables as CSV that spreadsheets open with their Vietnamese letters and run nothing of."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

_SPELLS: Final = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is run by spreadsheets."""


def csv_text(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """With the mark at its head by which spreadsheets know UTF-8."""
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(head)
    writer.writerows([_tame(str(cell)) for cell in row] for row in rows)
    return "\N{BYTE ORDER MARK}" + made.getvalue()


def _tame(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_SPELLS) else cell
