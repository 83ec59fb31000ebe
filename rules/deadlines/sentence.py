"""«Vì sao ngày này», as a person would say it."""

from collections.abc import Iterator
from datetime import date, timedelta

from rules.calendar import Calendar, DayInfo, DayKind, day_text, instant_text
from rules.deadlines.due import Due, Period
from rules.deadlines.measures import past_cutoff
from rules.deadlines.model import Unit
from rules.i18n import gettext

_WORKING = {Unit.WORKING_HOUR, Unit.WORKING_DAY}
_ONE_DAY = timedelta(days=1)


def sentence(due: Due) -> str:
    """Names the due date, what was counted, and every day and pause that was left out."""
    if due.rule.unit is Unit.UNSPECIFIED:
        return gettext("Pháp luật không quy định thời hạn cho việc này nên không có ngày hẹn trả.")
    said = [_headline(due)]
    for period in due.periods:
        said.extend(_pauses(period))
        said.extend(_extension(period))
    if due.unconfirmed_years:
        years = ", ".join(str(year) for year in due.unconfirmed_years)
        said.append(
            gettext(
                "Lịch nghỉ năm {years} chưa được công bố chính thức nên ngày này có thể thay đổi."
            ).format(years=years)
        )
    return " ".join(said)


def _headline(due: Due) -> str:
    first = due.periods[0]
    counted = {"period": first.rule.text, "start": instant_text(first.start)}
    if due.at is None:
        opening = gettext(
            "Thời hạn {period} kể từ {start} đang tạm dừng, ngày trả kết quả được tính lại khi đồng hồ chạy tiếp"
        ).format(**counted)
    else:
        opening = gettext("Hạn là {due}: {period} kể từ {start}").format(due=instant_text(due.at), **counted)
    return "; ".join([opening, *_moved(first, due.calendar), *_days(due)]) + "."


def _moved(period: Period, calendar: Calendar) -> Iterator[str]:
    """Why the count begins later than the start, or ends later than its last day."""
    if past_cutoff(period.rule, period.start, calendar):
        yield gettext("nhận sau {cutoff} nên tính từ {begun}").format(
            cutoff=f"{period.rule.cutoff:%H:%M}", begun=instant_text(period.begun)
        )
    elif period.rule.cutoff is not None or period.rule.unit in _WORKING:
        begins = calendar.next_working_instant(period.start)
        if begins != period.start:
            yield gettext("nhận ngoài giờ làm việc nên tính từ {begun}").format(begun=instant_text(begins))
    if period.last_day is not None and not calendar.is_working_day(period.last_day):
        reason = calendar.day(period.last_day).reason
        yield gettext("ngày cuối là {day} ({reason}) nên chuyển sang ngày làm việc tiếp theo").format(
            day=day_text(period.last_day), reason=reason
        )


def _days(due: Due) -> Iterator[str]:
    """The days off inside the count, and the Saturdays worked, for units that count working time."""
    if due.rule.unit not in _WORKING:
        return
    first = due.periods[0].begun.date()
    last = (due.at or due.paused_since or due.start).date()
    spans = list(_spans(first, last, due.calendar))
    off = [_span_text(span) for span in spans if not span[2].kind.works and span[2].kind is not DayKind.REST]
    rest = any(span[2].kind is DayKind.REST for span in spans)
    weekly = [gettext("các ngày nghỉ hằng tuần")] if rest else []
    if off or weekly:
        yield gettext("không tính {days}").format(days=", ".join(weekly + off))
    worked = [_span_text(span) for span in spans if span[2].kind is DayKind.MAKE_UP]
    if worked:
        yield gettext("có tính {days}").format(days=", ".join(worked))


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
    days = day_text(first)
    if first != last:
        days = gettext("từ {first} đến {last}").format(first=days, last=day_text(last))
    return f"{days} ({info.reason})"


def _pauses(period: Period) -> Iterator[str]:
    for (_, stops), pause in zip(period.ran, period.pauses, strict=False):
        start = instant_text(stops)
        if pause.end is None:
            yield gettext("Đồng hồ dừng từ {start} đến nay chưa chạy lại: {reason}.").format(
                start=start, reason=gettext(pause.reason)
            )
        else:
            yield gettext("Đồng hồ dừng từ {start} đến {end}: {reason}.").format(
                start=start, end=instant_text(pause.end), reason=gettext(pause.reason)
            )


def _extension(period: Period) -> Iterator[str]:
    if period.extension is None:
        return
    said = gettext("Đã gia hạn thêm {period} từ {start}").format(
        period=period.rule.text, start=instant_text(period.start)
    )
    yield f"{said}: {gettext(period.extension.reason)}." if period.extension.reason else f"{said}."
