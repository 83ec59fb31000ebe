"""Until when a version is said to be law: to the last day, its midnight included, and not a day longer."""

from datetime import date, datetime

import pytest

from definitions import lifecycle, standing
from definitions.lifecycle import Content, State, Version
from rules.calendar import TZ, local

AT = datetime(2026, 11, 23, 8, tzinfo=TZ)
NEW = date(2026, 12, 1)


def version(version_id, state, start=None, end=None):
    return Version(version_id, "9.000001", "h", "t", state, "soan", (), start=start, end=end)


def replaced():
    """A version in force whose successor is published for a later day."""
    old = version("v1", State.PUBLISHED, date(2026, 1, 1))
    new = lifecycle.draft("v2", "9.000001", Content("h2", "t2"), "soan", AT)
    return lifecycle.put_in_force([old, new], new, "cong_bo", AT, NEW)


@pytest.mark.parametrize(
    ("instant", "said", "over"),
    [
        ("2026-11-23T08:00", "Đang có hiệu lực đến hết ngày 30/11/2026", False),
        ("2026-11-30T23:59:59", "Đang có hiệu lực đến hết ngày 30/11/2026", False),
        ("2026-12-01T00:00", "Đã được thay thế", True),
        ("2026-12-01T00:00:01", "Đã được thay thế", True),
    ],
)
def test_a_replaced_version_is_law_until_the_midnight_before_the_new_one(instant, said, over):
    old, new = replaced()
    today = local(datetime.fromisoformat(instant).replace(tzinfo=TZ)).date()
    assert standing.label(old, today) == said
    assert standing.over(old, today) is over
    assert standing.last_day(old, today) == (None if over else date(2026, 11, 30))
    assert (lifecycle.in_force((old, new), today) == new) is over


def test_an_abolished_one_until_its_last_day():
    gone = version("v1", State.ABOLISHED, date(2026, 1, 1), date(2026, 12, 31))
    assert standing.label(gone, date(2026, 12, 31)) == "Đang có hiệu lực đến hết ngày 31/12/2026"
    assert standing.label(gone, date(2027, 1, 1)) == "Đã bãi bỏ"


def test_one_replaced_before_it_ever_began_is_replaced_at_once():
    never = version("v1", State.SUPERSEDED, date(2026, 12, 10), date(2026, 12, 4))
    assert standing.label(never, date(2026, 11, 23)) == "Đã được thay thế"
    assert standing.over(never, date(2026, 11, 23))
    assert standing.label(version("v1", State.SUPERSEDED, None, date.min), NEW) == "Đã được thay thế"


def test_one_that_begins_later_and_ends_later_still_says_both():
    coming = version("v1", State.SUPERSEDED, date(2026, 12, 1), date(2026, 12, 31))
    assert standing.label(coming, date(2026, 11, 30)) == (
        "Có hiệu lực từ ngày 01/12/2026 đến hết ngày 31/12/2026"
    )
    assert standing.label(coming, date(2026, 12, 1)) == "Đang có hiệu lực đến hết ngày 31/12/2026"


def test_states_that_are_not_ending_are_called_as_they_are():
    assert standing.label(version("v1", State.PUBLISHED, NEW), NEW) == "Đã công bố"
    assert not standing.over(version("v1", State.DRAFT), NEW)
