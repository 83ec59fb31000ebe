"""Smallest and largest: numbers, money, dates, months, times, and how many rows, files or ticks."""

from collections.abc import Sized
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from forms.model import Field
from forms.types.base import in_sentence
from forms.types.files import too_many
from forms.types.lists import DEFAULT_ROWS, row_word
from forms.types.numbers import CURRENCY, unit_of, vietnamese, written
from rules.calendar import TZ
from rules.i18n import gettext, language, ngettext, noted

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
    return gettext(_asked(value, field)).format(span=_span(field, value, low, high))


def counted(field: Field, value: Sized, low: object, high: object) -> str | None:
    """The same for the number of rows, files or ticks."""
    least, most = _whole(low), _whole(high)
    count = len(value)
    if field.type == "list":
        most = DEFAULT_ROWS if most is None else most
        if least is not None and count < least:
            told = gettext("Thêm ít nhất {least} {row} (đang có {count})")
            return told.format(least=least, row=row_word(field), count=count)
        if count <= most:
            return None
        told = gettext("Bớt còn nhiều nhất {most} {row} (đang có {count})")
        return told.format(most=most, row=row_word(field), count=count)
    if field.type in FILES:
        if least is not None and 0 < count < least:
            return ngettext(
                "Tải lên ít nhất {least} tệp (đang có {count})",
                "Tải lên ít nhất {least} tệp (đang có {count})",
                least,
            ).format(least=least, count=count)
        return too_many(most, count) if most is not None and count > most else None
    if least is not None and 0 < count < least:
        return ngettext(
            "Chọn ít nhất {least} mục (đang chọn {count})",
            "Chọn ít nhất {least} mục (đang chọn {count})",
            least,
        ).format(least=least, count=count)
    if most is None or count <= most:
        return None
    return ngettext(
        "Chọn nhiều nhất {most} mục (đang chọn {count})",
        "Chọn nhiều nhất {most} mục (đang chọn {count})",
        most,
    ).format(most=most, count=count)


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


def _asked(value: object, field: Field) -> str:
    if isinstance(value, date):
        return noted("Nhập tháng {span}") if field.type == "month" else noted("Nhập ngày {span}")
    if isinstance(value, time):
        return noted("Nhập giờ {span}")
    return noted("Nhập số tiền {span}") if field.type == "money" else noted("Nhập số {span}")


def _span(field: Field, value: object, low: object, high: object) -> str:
    unit = in_sentence(unit_of(field, default=gettext(CURRENCY) if field.type == "money" else ""))
    tail = f" {unit}" if unit and isinstance(value, Decimal) else ""
    if low is not None and high is not None:
        return gettext("từ {low} đến {high}").format(
            low=_text(field, low), high=f"{_text(field, high)}{tail}"
        )
    moment = isinstance(value, (date, time))
    if low is not None:
        told = gettext("từ {low} trở đi") if moment else gettext("từ {low} trở lên")
        return told.format(low=f"{_text(field, low)}{tail}")
    told = gettext("không sau {high}") if moment else gettext("không quá {high}")
    return told.format(high=f"{_text(field, high)}{tail}")


def _text(field: Field, bound: object) -> str:
    """As it may be typed, whatever the reader's language: a number with a decimal comma leaves no doubt about its dots
    only where it has none.
    """
    if isinstance(bound, Decimal):
        if language() == "en" and field.type == "decimal":
            return vietnamese(bound).replace(".", "")
        return written(bound)
    if isinstance(bound, date):
        return f"{bound:%m}/{bound.year}" if field.type == "month" else f"{bound:%d/%m}/{bound.year}"
    return f"{bound:%H:%M}"
