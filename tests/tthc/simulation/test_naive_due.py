"""The slow count of due dates agrees with the fast one, on whatever it may be asked."""

from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from definitions.calendars import shipped
from rules.deadlines import DeadlineRule, Extension, Pause, Unit, due
from tthc.clock import TZ
from tthc.dossiers.codec import to_json
from tthc.simulation.naive_due import recounted

START = datetime(2026, 10, 20, tzinfo=TZ)
INSTANTS = st.integers(0, 25 * 24 * 60).map(lambda m: START + timedelta(minutes=m))
RULES = st.one_of(
    st.builds(
        DeadlineRule, st.sampled_from([Decimal(1), Decimal(4), Decimal("2.5")]), st.just(Unit.WORKING_HOUR)
    ),
    st.builds(
        DeadlineRule,
        st.sampled_from([Decimal(0), Decimal(1), Decimal("0.5"), Decimal(3)]),
        st.just(Unit.WORKING_DAY),
        st.sampled_from([None, datetime(2026, 1, 1, 15).time()]),
        st.sampled_from([None, "end_of_day"]),
    ),
    st.builds(
        DeadlineRule, st.sampled_from([Decimal(5), Decimal(30)]), st.sampled_from([Unit.DAY, Unit.HOUR])
    ),
    st.builds(DeadlineRule, st.just(Decimal(1)), st.sampled_from([Unit.MONTH, Unit.UNSPECIFIED])),
)


@settings(max_examples=40, deadline=None)
@given(
    RULES, INSTANTS, st.none() | st.tuples(INSTANTS, st.none() | st.integers(1, 6000)), st.none() | INSTANTS
)
@example(
    DeadlineRule(Decimal("0.5"), Unit.WORKING_DAY, None, "end_of_day"),
    datetime(2026, 10, 21, 13, 31, tzinfo=TZ),
    None,
    None,
)
def test_d10_3b_the_slow_count_agrees(rule, start, pause, granted):
    calendar = shipped()
    stood = []
    if pause is not None and pause[0] > start:
        end = None if pause[1] is None else pause[0] + timedelta(minutes=pause[1])
        stood = [Pause(pause[0], end, "")]
    more = [Extension(granted, DeadlineRule(Decimal(2), Unit.WORKING_DAY), "")] if granted else []
    expected = due(rule, start, calendar, stood, more).at
    pauses = [(p.start, p.end) for p in stood]
    assert recounted(calendar, to_json(rule), start, pauses, [to_json(e) for e in more]) == expected
