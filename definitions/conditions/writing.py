"""Rows as FEEL, written as people write it."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from definitions.conditions.model import Always, Comparison, Condition, Group, Never, Row, Value
from definitions.conditions.subjects import Subject
from rules.feel import literal

_SIGNS: Final[Mapping[Comparison, str]] = {
    Comparison.IS: "=",
    Comparison.IS_NOT: "!=",
    Comparison.LESS: "<",
    Comparison.AT_MOST: "<=",
    Comparison.MORE: ">",
    Comparison.AT_LEAST: ">=",
}
_ENDS: Final[Mapping[Comparison, str]] = {
    Comparison.YES: "= true",
    Comparison.NO: "= false",
    Comparison.NOT_YES: "!= true",
    Comparison.NOT_NO: "!= false",
    Comparison.ANSWERED: "!= null",
    Comparison.UNANSWERED: "= null",
}


def feel_of(condition: Condition, known: Sequence[Subject]) -> str:
    """The FEEL; paths that are none of the `known` are read as they stand."""
    if isinstance(condition, Always):
        return "true"
    if isinstance(condition, Never):
        return "false"
    reads = {subject.path: subject.reads for subject in known}
    outer, inner = (" and ", " or ") if condition.mode == "all" else (" or ", " and ")
    parts = []
    for item in condition.items:
        if isinstance(item, Group):
            inside = inner.join(_row(row, reads) for row in item.rows)
            parts.append(f"({inside})")
        else:
            parts.append(_row(item, reads))
    return outer.join(parts)


def _row(row: Row, reads: Mapping[str, str]) -> str:
    name = reads.get(row.path, row.path)
    said = [value_text(value) for value in row.values]
    match row.comparison:
        case Comparison.ONE_OF:
            return f"{name} in ({', '.join(said)})"
        case Comparison.NONE_OF:
            return f"not({name} in ({', '.join(said)}))"
        case Comparison.BETWEEN:
            return f"{name} between {said[0]} and {said[1]}"
        case Comparison.HAS:
            return f"list contains({name}, {said[0]})"
        case Comparison.HAS_NOT:
            return f"not(list contains({name}, {said[0]}))"
        case comparison if comparison in _ENDS:
            return f"{_asked(row, name)} {_ENDS[comparison]}"
        case comparison:
            return f"{name} {_SIGNS[comparison]} {said[0]}"


def _asked(row: Row, name: str) -> str:
    """Whether there is an answer is asked of the answer itself, not of its day or number of rows."""
    return row.path if row.comparison in {Comparison.ANSWERED, Comparison.UNANSWERED} else name


def value_text(value: Value) -> str:
    """`"xa"`, `12`, `date("2026-11-23")`."""
    if isinstance(value, date):
        return f'date("{value.isoformat()}")'
    if isinstance(value, (bool, Decimal, str)):
        return literal(value)
    raise TypeError(type(value).__name__)
