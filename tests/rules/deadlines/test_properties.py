from datetime import datetime, time, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from definitions.calendars import data, shipped
from rules.calendar import TZ
from rules.deadlines import DeadlineRule, Extension, Pause, Unit, due, remaining_minutes

CALENDAR = shipped()
MINUTE = timedelta(minutes=1)

instants = st.builds(
    lambda minutes: datetime(2019, 6, 1, tzinfo=TZ) + timedelta(minutes=minutes),
    st.integers(0, 8 * 365 * 24 * 60),
)
working_units = st.sampled_from([Unit.WORKING_HOUR, Unit.WORKING_DAY])
whole_rules = st.builds(
    lambda amount, unit, cutoff, returns: DeadlineRule(
        Decimal(amount), unit, cutoff, returns if unit not in {Unit.DAY, Unit.MONTH} else None
    ),
    st.integers(0, 60),
    st.sampled_from([u for u in Unit if u is not Unit.UNSPECIFIED]),
    st.sampled_from([None, time(15)]),
    st.sampled_from([None, "same_clock", "end_of_day"]),
)
running_rules = st.builds(
    lambda halves, unit, returns: DeadlineRule(Decimal(halves) / 2, unit, None, returns),
    st.integers(1, 60),
    working_units,
    st.sampled_from(["same_clock", "end_of_day"]),
)
same_clock_rules = st.builds(
    lambda halves, unit: DeadlineRule(Decimal(halves) / 2, unit), st.integers(1, 60), working_units
)


def off_days():
    """Days off and Saturdays worked, read from the data by other means than the calendar's."""
    off, on = set(), set()
    for year in data("vn")["years"].values():
        for row in year["off"]:
            first = row.get("day") or row["from"]
            last = row.get("day") or row["to"]
            off |= {first + timedelta(days=i) for i in range((last - first).days + 1)}
            if "with" in row:
                on.add(row["with"])
    return off, on


OFF, ON = off_days()


def works(instant):
    """Whether the minute that begins at `instant` is worked."""
    day, minute = instant.date(), instant.hour * 60 + instant.minute
    open_day = day in ON or (day.weekday() < 5 and day not in OFF)
    return open_day and (450 <= minute < 690 or 810 <= minute < 1050)


def slow_end(start, minutes, stopped=lambda _: False):
    while minutes:
        minutes -= works(start) and not stopped(start)
        start += MINUTE
    return start


@settings(deadline=None, max_examples=80)
@given(instants, st.integers(1, 3 * 480))
def test_equals_a_count_minute_by_minute(start, minutes):
    rule = DeadlineRule(Decimal(minutes) / 60, Unit.WORKING_HOUR)
    expected = slow_end(start, minutes)
    assert CALENDAR.add_minutes(start, minutes) == expected
    assert CALENDAR.minutes_between(start, expected) == minutes
    assert abs(CALENDAR.minutes_between(start, due(rule, start, CALENDAR).at) - minutes) <= 1


@settings(deadline=None, max_examples=60)
@given(
    instants,
    st.integers(1, 4),
    st.integers(0, 6000),
    st.integers(0, 6000),
    st.integers(0, 3000),
    st.integers(0, 3000),
)
def test_equals_a_count_minute_by_minute_with_two_pauses(start, days, wait, length, wait2, length2):
    first = Pause(start + wait * MINUTE, start + (wait + length) * MINUTE, "a")
    second = Pause(first.start + wait2 * MINUTE, first.start + (wait2 + length2) * MINUTE, "b")

    def stopped(instant):
        return any(p.start <= instant < p.end for p in (first, second))

    rule = DeadlineRule(Decimal(days), Unit.WORKING_DAY)
    assert due(rule, start, CALENDAR, [second, first]).at == slow_end(start, days * 480, stopped)


@settings(deadline=None, max_examples=100)
@given(whole_rules, instants, st.integers(0, 20000))
def test_a_later_start_is_never_due_earlier(rule, start, later):
    assert due(rule, start, CALENDAR).at <= due(rule, start + later * MINUTE, CALENDAR).at


@settings(deadline=None, max_examples=100)
@given(running_rules, instants, st.integers(0, 10), st.sampled_from([Unit.DAY, Unit.MONTH, Unit.HOUR, None]))
def test_a_greater_amount_is_never_due_earlier(rule, start, halves, unit):
    unit = unit or rule.unit
    returns = None if unit in {Unit.DAY, Unit.MONTH} else rule.return_at
    small = DeadlineRule(
        Decimal(int(rule.amount)) if unit is not rule.unit else rule.amount, unit, None, returns
    )
    large = DeadlineRule(
        small.amount + (halves if unit is not rule.unit else Decimal(halves) / 2), unit, None, returns
    )
    assert due(small, start, CALENDAR).at <= due(large, start, CALENDAR).at


@settings(deadline=None, max_examples=100)
@given(same_clock_rules, instants, st.integers(0, 100), st.integers(0, 20000))
def test_a_pause_of_some_working_minutes_moves_the_due_date_by_as_many(rule, start, percent, length):
    plain = due(rule, start, CALENDAR).at
    begins = start + (plain - start) * percent / 100
    begins = begins.replace(second=0, microsecond=0)
    pause = Pause(begins, begins + length * MINUTE, "bổ sung")
    stood = CALENDAR.minutes_between(pause.start, pause.end) if pause.start < plain else 0
    moved = due(rule, start, CALENDAR, [pause])
    assert moved.at == (CALENDAR.add_minutes(plain, stood) if stood else plain)
    assert moved.original == plain


@settings(deadline=None, max_examples=100)
@given(
    whole_rules,
    instants,
    st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 9000)), max_size=4),
    st.randoms(),
)
def test_pauses_may_come_in_any_order_overlap_and_never_shorten(rule, start, spans, random):
    pauses = [Pause(start + a * MINUTE, start + (a + b) * MINUTE, "x") for a, b in spans]
    expected = due(rule, start, CALENDAR, pauses).at
    shuffled = [*pauses, *pauses]
    random.shuffle(shuffled)
    assert due(rule, start, CALENDAR, shuffled).at == expected
    assert expected >= due(rule, start, CALENDAR).at


@settings(deadline=None, max_examples=100)
@given(running_rules, instants, st.integers(0, 8000), st.integers(0, 8000))
def test_two_touching_pauses_are_one(rule, start, first, second):
    begins = start + 90 * MINUTE
    middle, ends = begins + first * MINUTE, begins + (first + second) * MINUTE
    whole = due(rule, start, CALENDAR, [Pause(begins, ends, "x")]).at
    assert due(rule, start, CALENDAR, [Pause(begins, middle, "x"), Pause(middle, ends, "x")]).at == whole


@settings(deadline=None, max_examples=100)
@given(same_clock_rules, instants, st.integers(0, 30000), st.integers(1, 30000))
def test_the_remaining_time_stands_still_in_a_pause_and_leads_to_the_due_date(rule, start, wait, waited):
    now = start + wait * MINUTE
    left = remaining_minutes(rule, start, CALENDAR, (), now)
    pause = Pause(now, None, "bổ sung")
    assert remaining_minutes(rule, start, CALENDAR, [pause], now + waited * MINUTE) == left
    if left > 0:
        assert CALENDAR.add_minutes(now, left) == due(rule, start, CALENDAR).at


@settings(deadline=None, max_examples=60)
@given(same_clock_rules, same_clock_rules, instants)
def test_an_extension_in_time_adds_its_amount(rule, more, start):
    extended = due(rule, start, CALENDAR, extensions=[Extension(start, more, "phức tạp")])
    first = due(rule, start, CALENDAR).at
    assert extended.previous == (first,)
    assert extended.at == due(more, first, CALENDAR).at


@settings(deadline=None, max_examples=60)
@given(st.integers(2019, 2026), st.integers(0, 30), st.integers(1, 45))
def test_days_are_counted_the_same_across_new_year(year, before, count):
    start = datetime(year, 12, 31, 10, tzinfo=TZ) - timedelta(days=before)
    day, left = start.date(), count
    while left:
        day += timedelta(days=1)
        left -= works(datetime.combine(day, time(8), TZ))
    rule = DeadlineRule(Decimal(count), Unit.WORKING_DAY, None, "end_of_day")
    assert due(rule, start, CALENDAR).at == datetime.combine(day, time(17, 30), TZ)
    assert CALENDAR.add_working_days(start.date(), count) == day


@settings(deadline=None, max_examples=60)
@given(whole_rules, instants, st.lists(st.tuples(st.integers(0, 9000), st.integers(1, 9000)), max_size=2))
def test_every_due_date_explains_itself(rule, start, spans):
    found = due(
        rule, start, CALENDAR, [Pause(start + a * MINUTE, start + (a + b) * MINUTE, "x") for a, b in spans]
    )
    assert found.lines[0].kind == "start"
    assert found.lines[-1].kind == "end"
    assert f"{found.at:%d/%m/%Y}" in found.sentence()
    days = [line.day for line in found.lines if line.kind in {"off", "counted"}]
    assert days == sorted(days)
