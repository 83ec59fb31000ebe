"""Static types of FEEL, used as `T`: `T.NUMBER`, `T.list_of(T.STRING)`, `T.context({"pages": T.NUMBER})`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rules.feel.limits import Run
from rules.feel.values import KINDS, Function


@dataclass(frozen=True, slots=True)
class FeelType:
    """What kind of value an expression has.

    `kind` is one of: any, null, number, string, boolean, date, time, date and time, days and time duration,
    years and months duration, list, context, range, function. `element` is the type within a list or range or
    the result of a function (None: unknown); `fields` are the known fields of a context (None: any field).
    """

    kind: str
    element: FeelType | None = None
    fields: tuple[tuple[str, FeelType], ...] | None = None
    params: tuple[FeelType, ...] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.fields or ())

    def field(self, name: str) -> FeelType | None:
        """Type of the field, ANY when the fields are not known, None when there is no such field."""
        if self.fields is None:
            return ANY
        return next((t for n, t in self.fields if n == name), None)

    @property
    def title(self) -> str:
        """The type in Vietnamese, to stand within a sentence."""
        if self.kind == "list" and self.element is not None and self.element.kind != "any":
            return f"danh sách ({self.element.title})"
        return TITLES[self.kind]


TITLES: Mapping[str, str] = {
    "any": "giá trị bất kỳ",
    "null": "giá trị trống",
    "number": "số",
    "string": "chuỗi ký tự",
    "boolean": "đúng/sai",
    "date": "ngày",
    "time": "giờ",
    "date and time": "ngày giờ",
    "days and time duration": "khoảng thời gian theo ngày giờ",
    "years and months duration": "khoảng thời gian theo năm tháng",
    "list": "danh sách",
    "context": "nhóm trường",
    "range": "khoảng giá trị",
    "function": "hàm",
}

ANY = FeelType("any")
NULL = FeelType("null")
NUMBER = FeelType("number")
STRING = FeelType("string")
BOOLEAN = FeelType("boolean")
DATE = FeelType("date")
TIME = FeelType("time")
DATE_TIME = FeelType("date and time")
DAYS_DURATION = FeelType("days and time duration")
YEARS_MONTHS_DURATION = FeelType("years and months duration")
LIST = FeelType("list", ANY)
CONTEXT = FeelType("context")
RANGE = FeelType("range", ANY)
FUNCTION = FeelType("function", ANY)

BY_NAME: Mapping[str, FeelType] = {
    "Any": ANY,
    "Null": NULL,
    "number": NUMBER,
    "string": STRING,
    "boolean": BOOLEAN,
    "date": DATE,
    "time": TIME,
    "date and time": DATE_TIME,
    "dateTime": DATE_TIME,
    "days and time duration": DAYS_DURATION,
    "dayTimeDuration": DAYS_DURATION,
    "years and months duration": YEARS_MONTHS_DURATION,
    "yearMonthDuration": YEARS_MONTHS_DURATION,
    "list": LIST,
    "context": CONTEXT,
    "range": RANGE,
    "function": FUNCTION,
}


def list_of(element: FeelType) -> FeelType:
    return FeelType("list", element)


def range_of(element: FeelType) -> FeelType:
    return FeelType("range", element)


def context(fields: Mapping[str, FeelType]) -> FeelType:
    return FeelType("context", fields=tuple(fields.items()))


def function(params: tuple[FeelType, ...] | None = None, result: FeelType = ANY) -> FeelType:
    return FeelType("function", result, params=params)


def join(left: FeelType, right: FeelType) -> FeelType:
    """The narrowest type that holds both; null joins anything."""
    if left == right or right.kind == "null":
        return left
    if left.kind == "null":
        return right
    if left.kind != right.kind:
        return ANY
    if left.kind in {"list", "range"}:
        return FeelType(left.kind, join(left.element or ANY, right.element or ANY))
    if left.kind == "context" and left.fields is not None and right.fields is not None:
        others = dict(right.fields)
        return context({n: join(t, others[n]) for n, t in left.fields if n in others})
    return FeelType(left.kind, ANY if left.kind == "function" else None)


def meets(value: Any, wanted: FeelType, run: Run) -> bool:
    """Whether a value is of the type (`instance of`); null is an instance of nothing but Null."""
    if value is None:
        return wanted.kind == "null"
    if wanted.kind == "any":
        return True
    if KINDS[value.__class__] != wanted.kind:
        return False
    element = wanted.element
    if wanted.kind == "list":
        if element is None or element.kind == "any":
            return True
        run.spend(len(value))
        return all(v is None or meets(v, element, run) for v in value)
    if wanted.kind == "range":
        ends = [v for v in (value.low, value.high) if v is not None]
        return element is None or all(meets(v, element, run) for v in ends)
    if wanted.kind == "context":
        run.spend(1)
        return all(
            n in value and (value[n] is None or meets(value[n], t, run)) for n, t in wanted.fields or ()
        )
    if isinstance(value, Function) and wanted.params is not None:
        return len(value.params) == len(wanted.params)
    return True
