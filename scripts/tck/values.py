"""What a test expects, as FEEL values, and when an answer counts as that."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from rules.feel.compare import equal
from rules.feel.limits import Run
from rules.feel.temporal import parse_date, parse_date_time, parse_duration, parse_time
from scripts.tck.dom import NIL, TYPE, Element, kid, kids, local


@dataclass(frozen=True, slots=True, eq=False)
class Unrepresentable:
    """A value of the kit that our engine cannot hold (a year before 1): equal to nothing."""

    text: str


NUMBERS = ("decimal", "integer", "double", "int", "float", "long")
DURATIONS = ("duration", "dayTimeDuration", "yearMonthDuration")
READERS: Mapping[str, Callable[[str], Any]] = {
    "date": parse_date,
    "dateTime": parse_date_time,
    "time": parse_time,
    **dict.fromkeys(DURATIONS, parse_duration),
    **dict.fromkeys(NUMBERS, Decimal),
    "boolean": lambda text: text in {"true", "1"},
}


def value(element: Element | None) -> Any:
    """The value of an `expected`, `inputNode`, `item` or `component` element; None where there is none."""
    if element is None or element.get(NIL) == "true":
        return None
    components = kids(element, "component")
    if components:
        return {component.get("name"): value(component) for component in components}
    inner = kid(element, "value", "list")
    if inner is None or inner.get(NIL) == "true":
        return None
    if local(inner) == "list":
        return [value(item) for item in kids(inner, "item")]
    kind, text = inner.get(TYPE, "xsd:string").rpartition(":")[2], inner.text or ""
    if kind == "string":
        return text
    read = READERS[kind](text.strip())
    return Unrepresentable(text) if read is None else read


def same(wanted: Any, got: Any) -> bool:
    """Equal, numbers within one part in 10^8, which is how the kit writes irrational ones."""
    if isinstance(wanted, list) and isinstance(got, list):
        return len(wanted) == len(got) and all(map(same, wanted, got))
    if isinstance(wanted, dict) and isinstance(got, dict):
        return wanted.keys() == got.keys() and all(same(wanted[key], got[key]) for key in wanted)
    if type(wanted) is not type(got):
        return False
    if isinstance(wanted, Decimal):
        return bool(abs(wanted - got) <= abs(wanted) * Decimal("1e-8"))
    if isinstance(wanted, time | datetime):
        return equal(wanted, got, Run()) is True and (wanted.tzinfo is None) is (got.tzinfo is None)
    return bool(wanted == got)
