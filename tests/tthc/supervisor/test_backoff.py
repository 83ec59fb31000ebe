from hypothesis import given, settings
from hypothesis import strategies as st

from tthc.supervisor.backoff import FIRST_SECONDS, MOST_SECONDS, STEADY_SECONDS, Backoff


def test_each_death_soon_after_the_start_waits_twice_as_long():
    backoff, delays = Backoff(0), []
    for _ in range(9):
        backoff = backoff.died(backoff.started + 1)
        delays.append(backoff.delay)
        backoff = backoff.restarted(backoff.due)
    assert delays == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]


def test_a_steady_life_begins_anew():
    backoff = Backoff(0).died(1).restarted(2).died(3).restarted(5)
    assert backoff.died(5 + STEADY_SECONDS).delay == FIRST_SECONDS


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 500), max_size=20))
def test_a_wait_is_never_none_and_never_endless(lives):
    backoff = Backoff(0)
    for life in lives:
        died = backoff.started + life
        backoff = backoff.died(died)
        assert FIRST_SECONDS <= backoff.due - died <= MOST_SECONDS
        backoff = backoff.restarted(backoff.due)
        assert backoff.due is None
