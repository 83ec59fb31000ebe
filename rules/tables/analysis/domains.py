"""What an input may be: the facts that a table's analysis starts from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from rules.feel import FeelValue, literal
from rules.feel.values import coerce


@dataclass(frozen=True, slots=True)
class Domain:
    """All values of one input. `values`: when they can be listed, the list; else `low` and `high`, inclusive, bound
    numbers, dates, times and durations (None: no bound), and `integer` leaves only whole numbers.

    `kind`: a kind of `rules.feel.FeelType`, empty where it is that of the column. `nullable`: it may be left empty.
    `labels`: what people call a value; `label`: what they call the input.
    """

    kind: str = ""
    values: tuple[FeelValue, ...] | None = None
    low: FeelValue = None
    high: FeelValue = None
    integer: bool = False
    nullable: bool = True
    label: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, values: Sequence[object], **more: object) -> "Domain":
        """A list of values, as `coerce` reads them."""
        return cls(values=tuple(coerce(value) for value in values), **more)  # type: ignore[arg-type]

    def shown(self, value: FeelValue) -> str:
        """The value as a Vietnamese sentence says it."""
        if isinstance(value, str) and value in self.labels:
            return self.labels[value]
        return shown(value)


def shown(value: FeelValue) -> str:
    """A value for people: `để trống`, `có`, `1.234,5`, `02/09/2026`; text in quotation marks."""
    if value is None:
        return "để trống"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, Decimal):
        whole, _, part = f"{value:,f}".partition(".")
        part = part.rstrip("0")
        return whole.replace(",", ".") + (f",{part}" if part else "")
    if isinstance(value, str):
        return f"“{value}”"
    if isinstance(value, datetime):
        return f"{value:%H:%M:%S %d/%m/}{value.year:04}"
    if isinstance(value, date):
        return shown_day(value)
    return f"{value:%H:%M:%S}" if isinstance(value, time) else literal(value)


def shown_day(day: date) -> str:
    return f"{day:%d/%m/}{day.year:04}"
