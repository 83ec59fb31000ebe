"""Values the form works out: a field nobody types. How any FEEL value is kept as JSON and shown."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from forms.model import Field
from forms.types.base import EMPTY, FieldType, Parser, Source
from forms.types.dates import parse_date, parse_time, shown_day
from forms.types.numbers import DIGITS, unit_of, written
from rules.feel import FeelType, T, YearMonthDuration
from rules.i18n import gettext


def to_json(value: object) -> object:
    """A FEEL value as JSON. Numbers beyond 15 significant digits, which a JSON number would blur, become text; what
    has no JSON (a function, a range) becomes `None`.
    """
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, (int, Decimal)):
        return _number(Decimal(value))
    if isinstance(value, (date, time)):  # a datetime is a date
        return value.isoformat()
    if isinstance(value, timedelta):
        return _days(value)
    if isinstance(value, YearMonthDuration):
        return f"{'-' if value.total < 0 else ''}P{abs(value.total) // 12}Y{abs(value.total) % 12}M"
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_json(item) for item in value]
    return None


def _number(number: Decimal) -> int | float | str:
    if not -DIGITS <= number.adjusted() < DIGITS:
        return int(number) if not number else str(number)
    number = number.normalize() if number else Decimal(0)
    if len(number.as_tuple().digits) > DIGITS:
        return str(number)
    return int(number) if number == number.to_integral_value() else float(number)


def _days(length: timedelta) -> str:
    sign = "-" if length < timedelta(0) else ""
    length = abs(length)
    hours, seconds = divmod(length.seconds, 3600)
    return f"{sign}P{length.days}DT{hours}H{seconds // 60}M{seconds % 60}S"


class Computed(FieldType):
    """`feel_type` is that of the compiled `compute`, any before it is compiled; a posted answer is not read."""

    name = "computed"
    asks = False

    def feel_type(self, field: Field) -> FeelType:
        return T.ANY if field.compute is None else field.compute.type

    def parser(self, field: Field) -> Parser:
        return lambda _answer: EMPTY

    def collect(self, field: Field, source: Source, name: str) -> object:
        return None

    def display(self, field: Field, clean: object) -> str:
        kind = self.feel_type(field)
        if isinstance(clean, str):
            if kind == T.DATE and isinstance(day := parse_date(clean).value, date):
                return shown_day(day)
            if kind == T.TIME and isinstance(clock := parse_time(clean[:5]).value, time):
                return f"{clock:%H:%M}"
            if kind == T.DATE_TIME:
                return _moment(clean)
        return show(clean, unit_of(field, clean))


def _moment(clean: str) -> str:
    try:
        moment = datetime.fromisoformat(clean)
    except ValueError:
        return clean
    return gettext("{clock} ngày {day}").format(clock=f"{moment:%H:%M}", day=shown_day(moment))


def show(clean: object, unit: str = "") -> str:
    """Any JSON value for its reader."""
    if isinstance(clean, bool):
        return gettext("Có") if clean else gettext("Không")
    if isinstance(clean, (int, float)):
        return f"{written(clean)} {unit}".rstrip()
    if isinstance(clean, str):
        return clean
    if isinstance(clean, list):
        return "; ".join(filter(None, map(show, clean)))
    if isinstance(clean, Mapping):
        return "; ".join(filter(None, map(show, clean.values())))
    return ""
