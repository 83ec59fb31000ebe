"""«Vì sao ngày này», day by day."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from rules.calendar import TZ, Calendar, DayKind, day_text, instant_text, minutes_text
from rules.deadlines.due import Due, DueLine, Period
from rules.deadlines.measures import past_cutoff
from rules.deadlines.model import Unit

_ONE_DAY = timedelta(days=1)


def lines(due: Due) -> tuple[DueLine, ...]:
    """The whole count, from the start to the due date (or to the pause that still stands)."""
    return tuple(line for period in due.periods for line in _period(period, due.calendar))


def _period(period: Period, calendar: Calendar) -> Iterator[DueLine]:
    yield _opening(period)
    if period.rule.unit is Unit.UNSPECIFIED:
        yield DueLine("end", None, "Pháp luật không quy định thời hạn.")
        return
    if past_cutoff(period.rule, period.start, calendar):
        text = f"Nhận sau {period.rule.cutoff:%H:%M} nên tính từ {instant_text(period.begun)}"
        yield DueLine("moved", period.begun.date(), text)
    elif period.rule.cutoff is not None or period.rule.unit in {Unit.WORKING_HOUR, Unit.WORKING_DAY}:
        begins = calendar.next_working_instant(period.start)
        if begins != period.start:
            yield DueLine("moved", begins.date(), f"Ngoài giờ làm việc nên tính từ {instant_text(begins)}")
    yield from _runs(period, calendar)
    if period.end is not None:
        yield DueLine("end", period.end.date(), f"Hết hạn lúc {instant_text(period.end)}")


def _opening(period: Period) -> DueLine:
    extension = period.extension
    if extension is None:
        text = f"Bắt đầu từ {instant_text(period.start)}: {period.rule.text}"
        return DueLine("start", period.start.date(), text)
    reason = f" ({extension.reason})" if extension.reason else ""
    text = f"Gia hạn thêm {period.rule.text} từ {instant_text(period.start)}{reason}"
    return DueLine("extension", period.start.date(), text)


def _runs(period: Period, calendar: Calendar) -> Iterator[DueLine]:
    counter = _Counter(period, calendar)
    for index, (start, end) in enumerate(period.ran):
        yield from counter.run(start, end)
        if index < len(period.pauses):
            pause = period.pauses[index]
            until = "chưa chạy lại" if pause.end is None else f"đến {instant_text(pause.end)}"
            yield DueLine("pause", end.date(), f"Đồng hồ dừng từ {instant_text(end)} {until}: {pause.reason}")


class _Counter:
    """Says of each day what it adds: its ordinal where whole days are counted without a pause, else its hours."""

    def __init__(self, period: Period, calendar: Calendar) -> None:
        self.calendar = calendar
        self.rule = period.rule
        self.ordinals = (
            period.rule.unit is Unit.WORKING_DAY
            and not period.pauses
            and period.rule.total > 0
            and period.rule.total == period.rule.total.to_integral_value()
        )
        self.begun = period.begun
        self.last_day = period.last_day
        self.counted = 0

    def run(self, start: datetime, end: datetime) -> Iterator[DueLine]:
        if self.rule.unit is Unit.HOUR:
            minutes = (end - start) // timedelta(minutes=1)
            yield DueLine(
                "counted", start.date(), f"Từ {instant_text(start)}: tính {minutes_text(minutes)} liên tục"
            )
        elif self.rule.unit in {Unit.DAY, Unit.MONTH}:
            yield from self._calendar_days(start, end)
        else:
            day = start.date()
            while day <= end.date():
                yield self._working_day(day, start, end)
                day += _ONE_DAY

    def _calendar_days(self, start: datetime, end: datetime) -> Iterator[DueLine]:
        """The first day of a run is not counted; days after `last_day` only lead to the next working day."""
        day = start.date()
        while day < end.date():
            day += _ONE_DAY
            info = self.calendar.day(day)
            if self.last_day is not None and day > self.last_day:
                reason = info.reason if not info.kind.works else "ngày làm việc tiếp theo"
                yield DueLine("moved", day, f"{day_text(day)}: {reason}")
                continue
            self.counted += 1
            aside = "" if info.kind is DayKind.WORKING else f" ({info.reason})"
            yield DueLine("counted", day, f"{day_text(day)}: ngày thứ {self.counted}{aside}")

    def _working_day(self, day: date, start: datetime, end: datetime) -> DueLine:
        info = self.calendar.day(day)
        if not info.kind.works:
            return DueLine("off", day, f"{day_text(day)}: {info.reason}")
        aside = f" ({info.reason})" if info.kind is DayKind.MAKE_UP else ""
        if self.ordinals:
            if day == self.begun.date() and not self._first_day_counts():
                return DueLine("start", day, f"{day_text(day)}: ngày đầu, không tính{aside}")
            self.counted += 1
            return DueLine("counted", day, f"{day_text(day)}: ngày thứ {self.counted}{aside}")
        midnight = datetime.combine(day, time(), TZ)
        minutes = self.calendar.minutes_between(max(start, midnight), min(end, midnight + _ONE_DAY))
        self.counted += minutes
        text = f"{day_text(day)}: tính {minutes_text(minutes)}, cộng dồn {minutes_text(self.counted)}{aside}"
        return DueLine("counted", day, text)

    def _first_day_counts(self) -> bool:
        """A period that begins as the day opens uses the whole day, unless whole days after it are counted."""
        midnight = datetime.combine(self.begun.date(), time(), TZ)
        same_clock = self.rule.returns == "same_clock"
        return same_clock and self.calendar.minutes_between(midnight, self.begun) == 0
