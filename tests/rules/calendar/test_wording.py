from datetime import UTC, date, datetime

import pytest

from rules.calendar import day_text, instant_text, minutes_text


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0 phút"), (30, "30 phút"), (60, "1 giờ"), (390, "6 giờ 30 phút"), (4800, "80 giờ")],
)
def test_minutes(minutes, text):
    assert minutes_text(minutes) == text


def test_days_and_instants():
    assert day_text(date(2026, 11, 24)) == "Thứ Ba 24/11/2026"
    assert instant_text(datetime(2026, 11, 22, 2, 5, tzinfo=UTC)) == "09:05 Chủ Nhật 22/11/2026"
