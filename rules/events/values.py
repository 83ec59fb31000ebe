"""Values of rules and of facts, brought to the one form in which they are compared."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from rules.events.model import MAX_NUMBER, FactError, Kind, Scalar


def scalar(kind: Kind, value: object) -> Scalar | None:
    """The value as rules compare it, or `None` where it is not of the kind.

    Whole decimals are numbers; dates may be ISO text. Equal texts are equal however their marks are composed.
    """
    match kind:
        case Kind.BOOLEAN:
            return int(value) if isinstance(value, bool) else None
        case Kind.NUMBER:
            return _number(value)
        case Kind.STRING:
            return unicodedata.normalize("NFC", value) if isinstance(value, str) else None
        case Kind.DATE:
            return _date(value)


def _number(value: object) -> int | None:
    if isinstance(value, Decimal) and value.is_finite() and abs(value) <= MAX_NUMBER and value == int(value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MAX_NUMBER:
        return value
    return None


def _date(value: object) -> int | None:
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return None
    return value.toordinal() if type(value) is date else None


def project(fields: Mapping[str, Kind], facts: Mapping[str, object]) -> dict[str, Scalar]:
    """The declared fields that are present in `facts`; `None` is absent. Other facts are left out."""
    found: dict[str, Scalar] = {}
    for name, kind in fields.items():
        value = facts.get(name)
        if value is None:
            continue
        known = scalar(kind, value)
        if known is None:
            raise FactError(f"Giá trị của trường “{name}” phải là {kind.words}, không thể là {value!r}.")
        found[name] = known
    return found
