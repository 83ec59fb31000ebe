"""Working sessions: which hours of the day are worked, by season, by weekday and by unit.

Each province sets its own hours, often two seasons a year, and a unit may keep hours of its own; rows are read
from the last to the first and the first that covers a day gives its sessions.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

Sessions = tuple[tuple[int, int], ...]
"""Sessions of one day as minutes since midnight, ordered, not touching: ((450, 690), (810, 1050))."""

_HOURS = re.compile(r"(\d\d):(\d\d)\s*[-–]\s*(\d\d):(\d\d)")
_SEASON_DAY = re.compile(r"(\d\d)-(\d\d)")
_LEAP_YEAR = 2024

STANDARD: Sessions = ((450, 690), (810, 1050))  # 07:30–11:30, 13:30–17:30


@dataclass(frozen=True, slots=True)
class HoursRow:
    """`season`: first and last (month, day), inclusive, may run over New Year. `weekdays`: ISO numbers, empty = all."""

    sessions: Sessions
    season: tuple[tuple[int, int], tuple[int, int]] = ((1, 1), (12, 31))
    start: date | None = None
    end: date | None = None
    weekdays: frozenset[int] = frozenset()

    def covers(self, day: date) -> bool:
        if (self.start and day < self.start) or (self.end and day > self.end):
            return False
        if self.weekdays and day.isoweekday() not in self.weekdays:
            return False
        first, last = self.season
        here = (day.month, day.day)
        return first <= here <= last if first <= last else here >= first or here <= last


def read_row(data: Mapping[str, object], where: str) -> HoursRow:
    """A row of `sessions`: {hours: ["07:30-11:30", …], season: {from: "04-16", to: "10-15"}, from, to, weekdays}."""
    season = data.get("season")
    bounds = ((1, 1), (12, 31))
    if isinstance(season, Mapping):
        bounds = (
            _season_day(season.get("from"), f"{where}.season.from"),
            _season_day(season.get("to"), f"{where}.season.to"),
        )
    weekdays = data.get("weekdays") or ()
    if not isinstance(weekdays, Sequence) or any(day not in range(1, 8) for day in weekdays):
        raise ValueError(f"{where}.weekdays: cần danh sách thứ trong tuần từ 1 (Thứ Hai) đến 7 (Chủ Nhật).")
    start, end = data.get("from"), data.get("to")
    for name, day in (("from", start), ("to", end)):
        if day is not None and not isinstance(day, date):
            raise ValueError(f"{where}.{name}: {day!r} không phải là ngày.")
    assert start is None or isinstance(start, date)
    assert end is None or isinstance(end, date)
    return HoursRow(_sessions(data.get("hours"), where), bounds, start, end, frozenset(weekdays))


def _sessions(hours: object, where: str) -> Sessions:
    if not isinstance(hours, Sequence) or isinstance(hours, str) or not hours:
        raise ValueError(f"{where}.hours: cần ít nhất một buổi làm việc, ví dụ «07:30-11:30».")
    sessions: list[tuple[int, int]] = []
    for text in hours:
        found = _HOURS.fullmatch(str(text).strip())
        if found is None:
            raise ValueError(f"{where}.hours: «{text}» không đúng dạng «07:30-11:30».")
        opens, closes = (int(found[i]) * 60 + int(found[i + 1]) for i in (1, 3))
        if int(found[2]) > 59 or int(found[4]) > 59 or not 0 <= opens < closes < 24 * 60:
            raise ValueError(f"{where}.hours: «{text}» không phải là một buổi làm việc trong ngày.")
        if sessions and opens <= sessions[-1][1]:
            raise ValueError(f"{where}.hours: buổi «{text}» phải sau buổi trước nó và không chạm vào nhau.")
        sessions.append((opens, closes))
    return tuple(sessions)


def _season_day(text: object, where: str) -> tuple[int, int]:
    found = _SEASON_DAY.fullmatch(str(text))
    if found is None:
        raise ValueError(f"{where}: «{text}» không đúng dạng tháng-ngày, ví dụ «04-16».")
    month, day = int(found[1]), int(found[2])
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError:
        raise ValueError(f"{where}: «{text}» không phải là một ngày trong năm.") from None
    return month, day


@lru_cache(maxsize=256)
def length(sessions: Sessions) -> int:
    """Working minutes of a day with these sessions."""
    return sum(closes - opens for opens, closes in sessions)


def elapsed(sessions: Sessions, minute: int) -> int:
    """Working minutes of the day already over at `minute` (since midnight)."""
    done = 0
    for opens, closes in sessions:
        if minute <= opens:
            break
        done += min(minute, closes) - opens
    return done


def minute_after(sessions: Sessions, worked: int) -> int:
    """The earliest minute since midnight at which `worked` (> 0) minutes of the day are over."""
    for opens, closes in sessions:
        if worked <= closes - opens:
            return opens + worked
        worked -= closes - opens
    raise AssertionError("more working minutes asked than the day has")


def opening(sessions: Sessions, worked: int) -> int:
    """The latest minute since midnight at which exactly `worked` minutes (fewer than the day has) are over."""
    for opens, closes in sessions:
        if worked < closes - opens:
            return opens + worked
        worked -= closes - opens
    raise AssertionError("more working minutes asked than the day has")
