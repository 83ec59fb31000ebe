from datetime import UTC, datetime, timedelta

import pytest

from rules.calendar import TZ as CALENDAR_TZ
from tthc.clock import TZ, Clock, ManualClock, move


def test_now_is_the_time_of_viet_nam():
    before = datetime.now(UTC)
    now = Clock().now()
    after = datetime.now(UTC)
    assert before <= now <= after
    assert now.utcoffset() == timedelta(hours=7)


def test_an_offset_moves_the_clock():
    assert Clock(timedelta(days=3)).now() - datetime.now(UTC) > timedelta(days=2, hours=23)


def test_the_zone_is_the_calendars():
    assert TZ is CALENDAR_TZ


def test_a_manual_clock_moves_only_when_told():
    clock = ManualClock(datetime(2026, 11, 23, 8, 0, tzinfo=TZ))
    assert clock.now() == clock.now()
    assert clock.advance(hours=2) == datetime(2026, 11, 23, 10, 0, tzinfo=TZ) == clock.now()
    clock.set(datetime(2026, 11, 24, 1, 0, tzinfo=UTC))
    assert clock.now().hour == 8
    with pytest.raises(ValueError, match="múi giờ"):
        clock.set(datetime(2026, 11, 24, 1, 0))


def test_clocks_that_read_one_file_stand_where_it_says(tmp_path):
    file, there = tmp_path / "clock", datetime(2026, 11, 24, 1, 30, 15, tzinfo=UTC)
    move(file, there)
    ours, theirs = Clock(file=file), Clock(file=file)
    assert ours.now() == theirs.now() == there
    assert ours.now().utcoffset() == timedelta(hours=7)
    move(file, there + timedelta(days=1))
    assert ours.now() == theirs.now() == there + timedelta(days=1)
    with pytest.raises(ValueError, match="múi giờ"):
        move(file, datetime(2026, 11, 24, 1, 0))
    assert [each.name for each in tmp_path.iterdir()] == ["clock"]
