"""Counting: a due date is where the running clock has used up the amount, with every pause left out.

Nothing is ever patched: when a pause is added, an extension granted or the calendar changed, the same function is
called again with the new facts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from rules.calendar import Calendar, local
from rules.deadlines.due import Due, Period
from rules.deadlines.measures import effective_start, measure
from rules.deadlines.model import DeadlineRule, Extension, Pause, Unit


def due(
    rule: DeadlineRule,
    start: datetime,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
    extensions: Iterable[Extension] = (),
) -> Due:
    """When `rule` counted from `start` (aware, read to the minute) is over, and why.

    `at` is `None` for an unspecified period and while a pause stands open before the end. An extension counts from
    the due date it extends, or from its granting where that date had passed.
    """
    stood = merge(pauses)
    period = _count(rule, local(start), calendar, stood, None)
    periods = [period]
    for extension in extensions:
        if period.end is None:
            break
        period = _count(
            extension.rule, max(period.end, local(extension.granted_at)), calendar, stood, extension
        )
        periods.append(period)
    last = period.end or max(p.start for p in periods)
    return Due(
        at=period.end,
        start=periods[0].start,
        rule=rule,
        original=periods[0].end if not stood else _count(rule, local(start), calendar, (), None).end,
        previous=tuple(p.end for p in periods[:-1] if p.end is not None),
        paused_since=period.paused_since,
        unconfirmed_years=tuple(
            year for year in range(periods[0].start.year, last.year + 1) if not calendar.confirmed(year)
        ),
        calendar=calendar,
        periods=tuple(periods),
    )


def remaining_minutes(
    rule: DeadlineRule,
    start: datetime,
    calendar: Calendar,
    pauses: Iterable[Pause],
    now: datetime,
    *,
    extensions: Iterable[Extension] = (),
) -> int | None:
    """Working minutes left at `now` (by the wall clock for `hour`), standing still in a pause, negative when
    overdue; `None` for an unspecified period. What happens after `now` is not known yet and is not looked at.
    """
    now = max(local(now), local(start))
    known = merge(
        replace(pause, end=now if pause.end is None else min(pause.end, now))
        for pause in pauses
        if pause.start < now
    )
    at = due(rule, start, calendar, known, (e for e in extensions if e.granted_at <= now)).at
    if at is None:
        return None

    def between(earlier: datetime, later: datetime) -> int:
        if rule.unit is Unit.HOUR:
            return (later - earlier) // timedelta(minutes=1)
        return calendar.minutes_between(earlier, later)

    if now <= at:
        return between(now, at)
    stood = sum(between(max(p.start, at), p.end) for p in known if p.end is not None and p.end > at)
    return stood - between(at, now)


def merge(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """Pauses in order, to the minute, overlapping ones joined: the clock cannot stand still twice at once."""
    merged: list[Pause] = []
    exact = (replace(p, start=local(p.start), end=None if p.end is None else local(p.end)) for p in pauses)
    for pause in sorted(exact, key=lambda p: p.start):
        last = merged[-1] if merged else None
        if last is None or (last.end is not None and last.end <= pause.start):
            merged.append(pause)
            continue
        end = None if last.end is None or pause.end is None else max(last.end, pause.end)
        reason = last.reason if pause.reason == last.reason else f"{last.reason}; {pause.reason}"
        merged[-1] = replace(last, end=end, reason=reason)
    return tuple(merged)


def _count(
    rule: DeadlineRule,
    start: datetime,
    calendar: Calendar,
    pauses: Sequence[Pause],
    extension: Extension | None,
) -> Period:
    begun = effective_start(rule, start, calendar)
    counted = measure(rule, begun, calendar)
    if counted is None:
        return Period(rule, start, begun, None, extension=extension)
    cursor, left = begun, counted.amount
    ran: list[tuple[datetime, datetime]] = []
    stood: list[Pause] = []
    for pause in pauses:
        if pause.end is not None and pause.end <= cursor:
            continue
        stops = max(pause.start, cursor)
        if stops >= counted.finish(cursor, left):
            break
        ran.append((cursor, stops))
        stood.append(pause)
        if pause.end is None:
            return Period(rule, start, begun, None, tuple(ran), tuple(stood), stops, extension)
        left = max(0, left - counted.spent(cursor, stops))
        cursor = counted.resume(pause.end)
    end = counted.finish(cursor, left)
    last_day = counted.last_day(cursor, left)
    return Period(rule, start, begun, end, (*ran, (cursor, end)), tuple(stood), None, extension, last_day)
