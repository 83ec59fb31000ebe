"""Biểu II.06a beside its second count, figure by figure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from tthc.dossiers.codec import dossier_from_bson
from tthc.measures.form_06a import Row06a, form_06a, identities
from tthc.simulation.checks import Check, name_of
from tthc.simulation.second_count import COLUMNS, Counted, counted


def rows_of(
    documents: Collection[Mapping[str, Any]],
    start: datetime,
    end: datetime,
    sectors: Mapping[str, tuple[str, str]],
) -> tuple[Row06a, ...]:
    """The form as reports count it. `sectors`: id and name, by procedure."""
    return form_06a((dossier_from_bson(d) for d in documents), start, end, sectors.__getitem__)


def compared(
    rows: Sequence[Row06a],
    documents: Collection[Mapping[str, Any]],
    start: datetime,
    end: datetime,
    sectors: Mapping[str, tuple[str, str]],
) -> Check:
    """Every figure of every sector; where two differ, the dossiers that the two counts see differently."""
    second = counted(documents, start, end, {procedure: sector for procedure, (sector, _) in sectors.items()})
    wrong: list[str] = []
    told = {row.sector: row for row in rows}
    for sector in sorted({*told, *second.columns}):
        row, other = told.get(sector), second.columns.get(sector, {})
        for column in COLUMNS:
            first = int(getattr(row, column)) if row is not None else 0
            if first != other.get(column, 0):
                wrong.append(f"{sector}, {column}: biểu ghi {first}, đếm lại được {other.get(column, 0)}.")
    if wrong:
        wrong += _differing(documents, second, start, end, sectors)
    return Check("Biểu II.06a đúng như đếm lại từ lịch sử", len(told) * len(COLUMNS), tuple(wrong))


def _differing(
    documents: Collection[Mapping[str, Any]],
    second: Counted,
    start: datetime,
    end: datetime,
    sectors: Mapping[str, tuple[str, str]],
) -> Iterator[str]:
    for document in documents:
        alone = rows_of([document], start, end, sectors)
        first = frozenset(c for c in COLUMNS if alone and getattr(alone[0], c))
        other = second.where.get(str(document.get("code")), frozenset())
        if first != other:
            yield f"{name_of(document)}: biểu {_words(first)}; đếm lại {_words(other)}."


def identities_of(rows: Sequence[Row06a]) -> Check:
    """The form's own equations (law.md 2.7)."""
    wrong = tuple(f"{row.sector_name}: sai {broken}." for row in rows for broken in identities(row))
    return Check("Bốn đẳng thức của Biểu II.06a", 4 * len(rows), wrong)


def _words(columns: frozenset[str]) -> str:
    return ", ".join(sorted(columns)) or "không tính"
