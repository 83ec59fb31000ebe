"""The three working days of a review (Đ9.3b)."""

from dataclasses import replace
from datetime import datetime

import pytest

from definitions import calendars, lifecycle
from definitions.lifecycle import Act, Content
from definitions.review_time import Stage, left, reached, registrations, tally
from rules.calendar import TZ

CALENDAR = calendars.shipped()


def at(day, hour, minute=0, month=11):
    return datetime(2026, month, day, hour, minute, tzinfo=TZ)


def registered(when):
    made = lifecycle.draft("v1", "9.000001", Content("h1", "t1"), "soan", when)
    return lifecycle.register(made, "soan", when, CALENDAR, lambda: ())


@pytest.mark.parametrize(
    ("now", "stages"),
    [
        (at(25, 14, 59), ()),
        (at(25, 15), (Stage.HALF,)),
        (at(27, 8), (Stage.HALF, Stage.MOST)),
        (at(27, 9), (Stage.HALF, Stage.MOST)),
        (at(27, 9, 1), (Stage.HALF, Stage.MOST, Stage.OVERDUE)),
    ],
)
def test_d9_3b_reminders_are_due_at_half_at_80_percent_and_after_the_end(now, stages):
    version = registered(at(23, 9))
    assert version.due == at(27, 9)  # 24/11 is a holiday
    assert reached(version, now, CALENDAR) == stages


def test_what_is_left_is_told_in_working_time():
    version = registered(at(23, 9))
    assert left(version, at(23, 9), CALENDAR) == "còn 3 ngày làm việc"
    assert left(version, at(27, 10), CALENDAR) == "quá hạn 1 giờ làm việc"
    done = lifecycle.approve(version, "duyet", at(25, 9))
    assert left(done, at(25, 9), CALENDAR) == ""
    assert reached(done, at(30, 9), CALENDAR) == ()


def test_d9_3b_late_reviews_are_counted_in_the_year_they_ended():
    in_time = lifecycle.send_back(registered(at(23, 9)), "duyet", at(27, 9), "Sai phí.")
    again = lifecycle.register(in_time, "soan", at(27, 9), CALENDAR, lambda: ())
    late = lifecycle.approve(again, "duyet", at(11, 9, month=12))
    assert registrations(late) == 2
    waiting = registered(at(2, 9))
    found = tally([late, waiting], 2026, CALENDAR)
    assert (found.ended, found.late) == (2, 1)
    assert tally([late], 2027, CALENDAR).ended == 0


def test_a_seeded_version_had_no_review():
    version = registered(at(23, 9))
    published = replace(version, acts=(Act("publish", "system", at(23, 9), "h1"),))
    assert tally([published], 2026, CALENDAR).ended == 0
