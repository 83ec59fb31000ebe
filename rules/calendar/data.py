"""Reading calendar data (the mappings a YAML file or the administration screen holds) into checked values.

Layers are read in order, the country's first and the province's after it: a later layer's `rest_days` and
`annual` replace, its `years` replace year by year, its `sessions` outrank those before, and what it says under
`units` for one unit is read as a layer after it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from rules.calendar.days import DayInfo, DayKind
from rules.calendar.hours import STANDARD, HoursRow, read_row
from rules.calendar.wording import day_text
from rules.i18n import in_vietnamese

_OFF_KINDS = {kind.value: kind for kind in (DayKind.HOLIDAY, DayKind.IN_LIEU, DayKind.SWAP)}


@dataclass(frozen=True, slots=True)
class Annual:
    """A holiday on a fixed date of the solar calendar, for years whose decision is not known."""

    month: int
    day: int
    label: str
    first_year: int


@dataclass(frozen=True, slots=True)
class Year:
    confirmed: bool
    days: Mapping[date, DayInfo]


@dataclass(slots=True)
class Facts:
    """Everything the layers say, ready to be laid out over the years."""

    rest_days: frozenset[int] = frozenset({6, 7})
    annual: tuple[Annual, ...] = ()
    years: dict[int, Year] = field(default_factory=dict)
    hours: tuple[HoursRow, ...] = (HoursRow(STANDARD),)

    def off_rule(self, year: int) -> Mapping[date, DayInfo]:
        """Fixed holidays of a year nobody decided yet, with the days off in lieu (BLLĐ Đ111.3)."""
        found: dict[date, DayInfo] = {}
        owed: list[tuple[date, str]] = []
        for row in self.annual:
            if year >= row.first_year:
                day = date(year, row.month, row.day)
                found[day] = DayInfo(DayKind.HOLIDAY, row.label)
                if day.isoweekday() in self.rest_days:
                    owed.append((day, row.label))
        for day, label in owed:
            free = day
            while free in found or free.isoweekday() in self.rest_days:
                free += timedelta(days=1)
            found[free] = DayInfo(DayKind.IN_LIEU, label)
        return found


@in_vietnamese()  # what is read is kept for every reader
def read(layers: Sequence[Mapping[str, object]], unit: str | None) -> Facts:
    facts = Facts()
    for layer in layers:
        _read_layer(facts, layer, str(layer.get("id", "lịch")))  # vi: said to whoever keeps the calendar
        own = _mapping(layer.get("units"), "units").get(unit) if unit is not None else None
        if own is not None:
            _read_layer(facts, _mapping(own, f"units.{unit}"), f"units.{unit}")
    return facts


def _read_layer(facts: Facts, layer: Mapping[str, object], name: str) -> None:
    if "rest_days" in layer:
        facts.rest_days = _rest_days(layer["rest_days"], f"{name}.rest_days")
    if "annual" in layer:
        facts.annual = tuple(_annual(_rows(layer["annual"], f"{name}.annual"), f"{name}.annual"))
    for year, body in _mapping(layer.get("years"), f"{name}.years").items():
        where = f"{name}.years.{year}"
        facts.years[int(str(year))] = _year(_mapping(body, where), where)
    rows = _rows(layer.get("sessions"), f"{name}.sessions")
    facts.hours += tuple(read_row(row, f"{name}.sessions[{i}]") for i, row in enumerate(rows))


def _rest_days(value: object, where: str) -> frozenset[int]:
    if not isinstance(value, Sequence) or not set(value) <= set(range(1, 8)) or len(set(value)) == 7:
        raise ValueError(
            f"{where}: cần danh sách thứ nghỉ hằng tuần, từ 1 (Thứ Hai) đến 7 (Chủ Nhật), không đủ cả tuần."
        )
    return frozenset(value)


def _annual(rows: Sequence[Mapping[str, object]], where: str) -> Iterator[Annual]:
    for i, row in enumerate(rows):
        month, _, day = str(row.get("day")).partition("-")
        first = int(str(row.get("first_year", 0)))
        try:
            date(max(first, 1), int(month), int(day))
        except ValueError:
            raise ValueError(
                f"{where}[{i}].day: «{row.get('day')}» không đúng dạng tháng-ngày, ví dụ «09-02»."
            ) from None
        yield Annual(int(month), int(day), _label(row, f"{where}[{i}]"), first)


def _year(body: Mapping[str, object], where: str) -> Year:
    days: dict[date, DayInfo] = {}

    def put(day: date, info: DayInfo, at: str) -> None:
        if day in days:
            raise ValueError(f"{at}: {day_text(day)} đã được khai báo là «{days[day].reason}».")
        days[day] = info

    for i, row in enumerate(_rows(body.get("off"), f"{where}.off")):
        at = f"{where}.off[{i}]"
        kind = _OFF_KINDS.get(str(row.get("kind", "holiday")))
        if kind is None:
            raise ValueError(f"{at}.kind: «{row.get('kind')}» phải là một trong {', '.join(_OFF_KINDS)}.")
        if kind is DayKind.SWAP:
            off, on = _date(row, "day", at), _date(row, "with", at)
            if on.isoweekday() < 6:
                raise ValueError(f"{at}.with: {day_text(on)} vốn là ngày làm việc, không thể là ngày làm bù.")
            put(off, DayInfo(kind, day_text(on), on), at)
            put(on, DayInfo(DayKind.MAKE_UP, day_text(off), off), at)
            continue
        first = _date(row, "day" if "day" in row else "from", at)
        last = first if "day" in row else _date(row, "to", at)
        if last < first:
            raise ValueError(f"{at}: ngày cuối {day_text(last)} trước ngày đầu {day_text(first)}.")
        info = DayInfo(kind, _label(row, at))
        for offset in range((last - first).days + 1):
            put(first + timedelta(days=offset), info, at)
    return Year(body.get("confirmed") is True, days)


def _date(row: Mapping[str, object], key: str, where: str) -> date:
    value = row.get(key)
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            value = None
    if type(value) is not date:
        raise ValueError(f"{where}.{key}: cần một ngày dạng 2026-09-02.")
    return value


def _label(row: Mapping[str, object], where: str) -> str:
    label = row.get("label")
    if not isinstance(label, str) or not label.strip():
        raise ValueError(f"{where}.label: cần tên ngày nghỉ.")
    return label.strip()


def _mapping(value: object, where: str) -> Mapping[str, object]:
    if value is None:
        return {}
    if isinstance(value, Mapping):
        return value
    raise ValueError(f"{where}: cần một bảng khóa–giá trị.")


def _rows(value: object, where: str) -> Sequence[Mapping[str, object]]:
    if value is None:
        return ()
    if not isinstance(value, Sequence) or any(not isinstance(row, Mapping) for row in value):
        raise ValueError(f"{where}: cần một danh sách, mỗi dòng là một bảng khóa–giá trị.")
    return value
