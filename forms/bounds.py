"""Smallest and largest: numbers, money, dates, months, times, and how many rows, files or ticks."""

from collections.abc import Sized
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from forms.model import Field
from forms.types.base import in_sentence
from forms.types.lists import DEFAULT_ROWS, row_word
from forms.types.numbers import vietnamese
from rules.calendar import TZ

FILES: Final = frozenset({"file", "photo"})


def outside(field: Field, value: object, low: object, high: object) -> str | None:
    """What to do if `value` is not within `low` and `high`, both inclusive; `None` if it is, or if the bound is null
    or of another kind than the value.
    """
    if isinstance(value, list):
        return counted(field, value, low, high)
    low, high = _like(low, value), _like(high, value)
    if field.type == "month" and isinstance(low, date):
        low = low.replace(day=1)  # a month stands for its first day
    below = low is not None and value < low  # type: ignore[operator]
    above = high is not None and value > high  # type: ignore[operator]
    if not below and not above:
        return None
    return f"Nhập {_noun(value, field)} {_span(field, value, low, high)}"


def counted(field: Field, value: Sized, low: object, high: object) -> str | None:
    """The same for the number of rows, files or ticks."""
    least, most = _whole(low), _whole(high)
    count = len(value)
    if field.type == "list":
        most = DEFAULT_ROWS if most is None else most
        if least is not None and count < least:
            return f"Thêm ít nhất {least} {row_word(field)} (đang có {count})"
        return f"Bớt còn nhiều nhất {most} {row_word(field)} (đang có {count})" if count > most else None
    if field.type in FILES:
        if least is not None and 0 < count < least:
            return f"Tải lên ít nhất {least} tệp (đang có {count})"
        return (
            f"Bớt còn nhiều nhất {most} tệp (đang có {count})" if most is not None and count > most else None
        )
    if least is not None and 0 < count < least:
        return f"Chọn ít nhất {least} mục (đang chọn {count})"
    return f"Chọn nhiều nhất {most} mục (đang chọn {count})" if most is not None and count > most else None


def _whole(bound: object) -> int | None:
    return int(bound) if isinstance(bound, (int, Decimal)) and not isinstance(bound, bool) else None


def _like(bound: object, value: object) -> object:
    """`bound` brought to the value's kind: a moment bounds a date by its day here; `None` if it cannot be."""
    if isinstance(bound, datetime):
        if type(value) is not date:
            return None
        return (bound.astimezone(TZ) if bound.tzinfo else bound).date()
    if isinstance(bound, time):
        bound = bound.replace(tzinfo=None)
    if isinstance(bound, int) and not isinstance(bound, bool):
        bound = Decimal(bound)
    return bound if type(bound) is type(value) and not isinstance(value, (str, bool)) else None


def _noun(value: object, field: Field) -> str:
    if isinstance(value, date):
        return "tháng" if field.type == "month" else "ngày"
    if isinstance(value, time):
        return "giờ"
    return "số tiền" if field.type == "money" else "số"


def _span(field: Field, value: object, low: object, high: object) -> str:
    unit = ("đồng" if field.type == "money" else "") if not field.unit else in_sentence(field.unit)
    tail = f" {unit}" if unit and isinstance(value, Decimal) else ""
    if low is not None and high is not None:
        return f"từ {_text(field, low)} đến {_text(field, high)}{tail}"
    if low is not None:
        return f"từ {_text(field, low)}{tail} trở {'đi' if isinstance(value, (date, time)) else 'lên'}"
    return f"{'không sau' if isinstance(value, (date, time)) else 'không quá'} {_text(field, high)}{tail}"


def _text(field: Field, bound: object) -> str:
    if isinstance(bound, Decimal):
        return vietnamese(bound)
    if isinstance(bound, date):
        return f"{bound:%m}/{bound.year}" if field.type == "month" else f"{bound:%d/%m}/{bound.year}"
    return f"{bound:%H:%M}"
