"""«Vì sao ngày này», day by day."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from rules.calendar import TZ, Calendar, DayKind, day_text, instant_text, minutes_text
from rules.deadlines.due import Due, DueLine, Period
from rules.deadlines.measures import past_cutoff
from rules.deadlines.model import Unit
from rules.i18n import gettext

_ONE_DAY = timedelta(days=1)


def lines(due: Due) -> tuple[DueLine, ...]:
    """The whole count, from the start to the due date (or to the pause that still stands)."""
    return tuple(line for period in due.periods for line in _period(period, due.calendar))


def _period(period: Period, calendar: Calendar) -> Iterator[DueLine]:
    yield _opening(period)
    if period.rule.unit is Unit.UNSPECIFIED:
        yield DueLine("end", None, gettext("Pháp luật không quy định thời hạn."))
        return
    if past_cutoff(period.rule, period.start, calendar):
        text = gettext("Nhận sau {cutoff} nên tính từ {begun}").format(
            cutoff=f"{period.rule.cutoff:%H:%M}", begun=instant_text(period.begun)
        )
        yield DueLine("moved", period.begun.date(), text)
    elif period.rule.cutoff is not None or period.rule.unit in {Unit.WORKING_HOUR, Unit.WORKING_DAY}:
        begins = calendar.next_working_instant(period.start)
        if begins != period.start:
            text = gettext("Ngoài giờ làm việc nên tính từ {begun}").format(begun=instant_text(begins))
            yield DueLine("moved", begins.date(), text)
    yield from _runs(period, calendar)
    if period.end is not None:
        text = gettext("Hết hạn lúc {end}").format(end=instant_text(period.end))
        yield DueLine("end", period.end.date(), text)


def _opening(period: Period) -> DueLine:
    extension = period.extension
    if extension is None:
        text = gettext("Bắt đầu từ {start}: {period}")
    else:
        text = gettext("Gia hạn thêm {period} từ {start}")
    text = text.format(period=period.rule.text, start=instant_text(period.start))
    if extension is None:
        return DueLine("start", period.start.date(), text)
    reason = f" ({gettext(extension.reason)})" if extension.reason else ""
    return DueLine("extension", period.start.date(), text + reason)


def _runs(period: Period, calendar: Calendar) -> Iterator[DueLine]:
    counter = _Counter(period, calendar)
    for index, (start, end) in enumerate(period.ran):
        yield from counter.run(start, end)
        if index < len(period.pauses):
            pause = period.pauses[index]
            if pause.end is None:
                text = gettext("Đồng hồ dừng từ {start} chưa chạy lại: {reason}").format(
                    start=instant_text(end), reason=gettext(pause.reason)
                )
            else:
                text = gettext("Đồng hồ dừng từ {start} đến {end}: {reason}").format(
                    start=instant_text(end), end=instant_text(pause.end), reason=gettext(pause.reason)
                )
            yield DueLine("pause", end.date(), text)


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
            text = gettext("Từ {start}: tính {time} liên tục").format(
                start=instant_text(start), time=minutes_text(minutes)
            )
            yield DueLine("counted", start.date(), text)
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
                reason = info.reason if not info.kind.works else gettext("ngày làm việc tiếp theo")
                yield DueLine("moved", day, f"{day_text(day)}: {reason}")
                continue
            self.counted += 1
            aside = "" if info.kind is DayKind.WORKING else f" ({info.reason})"
            yield DueLine("counted", day, self._ordinal(day) + aside)

    def _ordinal(self, day: date) -> str:
        return gettext("{day}: ngày thứ {n}").format(day=day_text(day), n=self.counted)

    def _working_day(self, day: date, start: datetime, end: datetime) -> DueLine:
        info = self.calendar.day(day)
        if not info.kind.works:
            return DueLine("off", day, f"{day_text(day)}: {info.reason}")
        aside = f" ({info.reason})" if info.kind is DayKind.MAKE_UP else ""
        if self.ordinals:
            if day == self.begun.date() and not self._first_day_counts():
                first = gettext("{day}: ngày đầu, không tính").format(day=day_text(day))
                return DueLine("start", day, first + aside)
            self.counted += 1
            return DueLine("counted", day, self._ordinal(day) + aside)
        midnight = datetime.combine(day, time(), TZ)
        minutes = self.calendar.minutes_between(max(start, midnight), min(end, midnight + _ONE_DAY))
        self.counted += minutes
        text = gettext("{day}: tính {time}, cộng dồn {sum}").format(
            day=day_text(day), time=minutes_text(minutes), sum=minutes_text(self.counted)
        )
        return DueLine("counted", day, text + aside)

    def _first_day_counts(self) -> bool:
        """A period that begins as the day opens uses the whole day, unless whole days after it are counted."""
        midnight = datetime.combine(self.begun.date(), time(), TZ)
        same_clock = self.rule.returns == "same_clock"
        return same_clock and self.calendar.minutes_between(midnight, self.begun) == 0
