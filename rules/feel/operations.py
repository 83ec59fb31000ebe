"""Which kinds may stand on both sides of an operator, and what comes of it: the static half of `arithmetic`."""

from __future__ import annotations

from rules.feel import types as T  # noqa: N812
from rules.feel.types import ANY, FeelType

OPEN = frozenset({"any", "null"})
_N, _S, _D, _C, _DT = "number", "string", "date", "time", "date and time"
_DD, _YM = "days and time duration", "years and months duration"

_ADD: dict[tuple[str, str], FeelType] = {
    (_N, _N): T.NUMBER,
    (_S, _S): T.STRING,
    (_DD, _DD): T.DAYS_DURATION,
    (_YM, _YM): T.YEARS_MONTHS_DURATION,
}
_SUBTRACT: dict[tuple[str, str], FeelType] = {
    (_N, _N): T.NUMBER,
    (_DD, _DD): T.DAYS_DURATION,
    (_YM, _YM): T.YEARS_MONTHS_DURATION,
    (_C, _C): T.DAYS_DURATION,
}
_MULTIPLY: dict[tuple[str, str], FeelType] = {(_N, _N): T.NUMBER}
_DIVIDE: dict[tuple[str, str], FeelType] = {
    (_N, _N): T.NUMBER,
    (_DD, _DD): T.NUMBER,
    (_YM, _YM): T.NUMBER,
    (_DD, _N): T.DAYS_DURATION,
    (_YM, _N): T.YEARS_MONTHS_DURATION,
}
for _moment in (T.DATE, T.TIME, T.DATE_TIME):
    for _span in (_DD, _YM):
        if (_moment.kind, _span) != (_C, _YM):
            _ADD[_moment.kind, _span] = _ADD[_span, _moment.kind] = _SUBTRACT[_moment.kind, _span] = _moment
# A date less a date and time has a value (its midnight is UTC's), but never the one its writer expects.
_SUBTRACT[_D, _D] = _SUBTRACT[_DT, _DT] = T.DAYS_DURATION
for _length in (T.DAYS_DURATION, T.YEARS_MONTHS_DURATION):
    _MULTIPLY[_length.kind, _N] = _MULTIPLY[_N, _length.kind] = _length

TABLES = {"+": _ADD, "-": _SUBTRACT, "*": _MULTIPLY, "/": _DIVIDE, "**": {(_N, _N): T.NUMBER}}
ORDERED = frozenset({_N, _S, _D, _C, _DT, _DD, _YM})


def arithmetic_type(op: str, left: FeelType, right: FeelType) -> FeelType | None:
    """Type of the result, ANY where an operand may be anything, None where the kinds never go together."""
    if left.kind in OPEN or right.kind in OPEN:
        known = {t.kind for t in (left, right)} - OPEN
        possible = [t for pair, t in TABLES[op].items() if known <= set(pair)]
        if not possible and known:
            return None
        return possible[0] if len(set(possible)) == 1 else ANY
    return TABLES[op].get((left.kind, right.kind))


def comparable(op: str, left: FeelType, right: FeelType) -> bool:
    """Whether the comparison can yield anything but null."""
    if op not in {"=", "!="} and not {left.kind, right.kind} <= ORDERED | OPEN:
        return False
    return left.kind == right.kind or bool({left.kind, right.kind} & OPEN)
