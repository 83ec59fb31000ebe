"""«Vì sao ngày này», as a person would say it."""

from collections.abc import Iterator
from datetime import date, timedelta

from rules.calendar import Calendar, DayInfo, DayKind, day_text, instant_text
from rules.deadlines.due import Due, Period
from rules.deadlines.measures import past_cutoff
from rules.deadlines.model import Unit

_WORKING = {Unit.WORKING_HOUR, Unit.WORKING_DAY}
_ONE_DAY = timedelta(days=1)


def sentence(due: Due) -> str:
    """Names the due date, what was counted, and every day and pause that was left out."""
    if due.rule.unit is Unit.UNSPECIFIED:
        return "Pháp luật không quy định thời hạn cho việc này nên không có ngày hẹn trả."
    said = [_headline(due)]
    for period in due.periods:
        said.extend(_pauses(period))
        said.extend(_extension(period))
    if due.unconfirmed_years:
        years = ", ".join(str(year) for year in due.unconfirmed_years)
        said.append(f"Lịch nghỉ năm {years} chưa được công bố chính thức nên ngày này có thể thay đổi.")
    return " ".join(said)


def _headline(due: Due) -> str:
    first = due.periods[0]
    counted = f"{first.rule.text} kể từ {instant_text(first.start)}"
    if due.at is None:
        opening = f"Thời hạn {counted} đang tạm dừng, ngày trả kết quả được tính lại khi đồng hồ chạy tiếp"
    else:
        opening = f"Hạn là {instant_text(due.at)}: {counted}"
    return "; ".join([opening, *_moved(first, due.calendar), *_days(due)]) + "."


def _moved(period: Period, calendar: Calendar) -> Iterator[str]:
    """Why the count begins later than the start, or ends later than its last day."""
    if past_cutoff(period.rule, period.start, calendar):
        yield f"nhận sau {period.rule.cutoff:%H:%M} nên tính từ {instant_text(period.begun)}"
    elif period.rule.cutoff is not None or period.rule.unit in _WORKING:
        begins = calendar.next_working_instant(period.start)
        if begins != period.start:
            yield f"nhận ngoài giờ làm việc nên tính từ {instant_text(begins)}"
    if period.last_day is not None and not calendar.is_working_day(period.last_day):
        reason = calendar.day(period.last_day).reason
        yield f"ngày cuối là {day_text(period.last_day)} ({reason}) nên chuyển sang ngày làm việc tiếp theo"


def _days(due: Due) -> Iterator[str]:
    """The days off inside the count, and the Saturdays worked, for units that count working time."""
    if due.rule.unit not in _WORKING:
        return
    first = due.periods[0].begun.date()
    last = (due.at or due.paused_since or due.start).date()
    spans = list(_spans(first, last, due.calendar))
    off = [_span_text(span) for span in spans if not span[2].kind.works and span[2].kind is not DayKind.REST]
    weekly = ["các ngày nghỉ hằng tuần"] if any(span[2].kind is DayKind.REST for span in spans) else []
    if off or weekly:
        yield f"không tính {', '.join(weekly + off)}"
    worked = [_span_text(span) for span in spans if span[2].kind is DayKind.MAKE_UP]
    if worked:
        yield f"có tính {', '.join(worked)}"


def _spans(first: date, last: date, calendar: Calendar) -> Iterator[tuple[date, date, DayInfo]]:
    """Runs of neighbouring days that are special for the same reason."""
    start, info = first, calendar.day(first)
    day = first
    while day < last:
        day += _ONE_DAY
        here = calendar.day(day)
        if here != info:
            yield start, day - _ONE_DAY, info
            start, info = day, here
    yield start, last, info


def _span_text(span: tuple[date, date, DayInfo]) -> str:
    first, last, info = span
    days = day_text(first) if first == last else f"từ {day_text(first)} đến {day_text(last)}"
    return f"{days} ({info.reason})"


def _pauses(period: Period) -> Iterator[str]:
    for (_, stops), pause in zip(period.ran, period.pauses, strict=False):
        until = "đến nay chưa chạy lại" if pause.end is None else f"đến {instant_text(pause.end)}"
        yield f"Đồng hồ dừng từ {instant_text(stops)} {until}: {pause.reason}."


def _extension(period: Period) -> Iterator[str]:
    if period.extension is None:
        return
    reason = f": {period.extension.reason}" if period.extension.reason else ""
    yield f"Đã gia hạn thêm {period.rule.text} từ {instant_text(period.start)}{reason}."
