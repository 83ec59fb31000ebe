"""What a report's address asks for: the period, the measure, the group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from forms.model import Field
from forms.types import REGISTRY
from tthc.measures import periods
from tthc.measures.meaning import MEASURES
from tthc.measures.periods import Period, PeriodError

Args = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """`chosen`: the period was put together in the form of the page, and has an address of its own now; `wrong`: what is
    to be mended in that form, by box.
    """

    period: Period
    chosen: bool = False
    wrong: Mapping[str, str] = field(default_factory=dict)


INSTANT: Final = timedelta(milliseconds=1)
"""The least that the database tells apart: what happened just now has happened."""


def span(period: Period, now: datetime) -> tuple[datetime, datetime]:
    """The part of a period that is over: nothing is late yet by a day that is to come."""
    return period.start, max(period.start, min(period.end, now + INSTANT))


def ask(args: Args, today: date) -> Asked:
    """The running month where nothing is asked for, or where what is asked for cannot be read."""
    month = periods.running(today)
    if args.get("ky"):
        try:
            return Asked(periods.read_slug(args["ky"][0]))
        except PeriodError as error:
            return Asked(month, wrong={"loai": str(error)})
    kind = _one(args, "loai")
    if not kind:
        return Asked(month)
    try:
        return Asked(_days(args) if kind == "tuy-chon" else _part_of_year(args, kind), chosen=True)
    except _BoxError as error:
        return Asked(month, wrong={error.box: str(error)})
    except PeriodError as error:
        return Asked(month, wrong={"den" if kind == "tuy-chon" else "so": str(error)})


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which dossiers a list is of. Empty words ask for nothing; `None`: whichever, where "" is a group of its own."""

    measure: str = ""
    sector: str | None = None
    officer: str | None = None
    unit: str | None = None

    @property
    def name(self) -> str:
        measure = MEASURES.get(self.measure)
        return measure.name if measure is not None else "Hồ sơ"


def wanted(args: Args) -> Wanted | None:
    """`None` where the measure is none."""
    measure = _one(args, "ct") or "received"
    if measure not in MEASURES:
        return None
    return Wanted(measure, _named(args, "lv"), _named(args, "cb"), _named(args, "pb"))


class _BoxError(ValueError):
    def __init__(self, box: str, message: str) -> None:
        super().__init__(message)
        self.box = box


def _part_of_year(args: Args, kind: str) -> Period:
    return periods.period(
        kind, _number(args, "nam", "năm"), 1 if kind == "nam" else _number(args, "so", "số của kỳ")
    )


def _days(args: Args) -> Period:
    return periods.between(_day(args, "tu", "Từ ngày"), _day(args, "den", "Đến hết ngày"))


def _number(args: Args, name: str, label: str) -> int:
    text = _one(args, name)
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise _BoxError(name, f"Nhập {label} bằng số.")
    return int(text)


def _day(args: Args, name: str, label: str) -> date:
    kind = REGISTRY["date"]
    box = Field(id=name, type="date", label=label)
    read = kind.parse(box, kind.collect(box, args, name))
    if not isinstance(read.value, date):
        raise _BoxError(name, f"{label}: {read.error or 'nhập ngày'}.")
    return read.value


def _one(args: Args, name: str) -> str:
    return (args.get(name) or ("",))[0].strip()[:100]


def _named(args: Args, name: str) -> str | None:
    return args[name][0][:100] if args.get(name) else None
