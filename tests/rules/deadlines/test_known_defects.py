"""The defects found in due-date routines in use, each as the case that shows it."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from definitions.calendars import layers, shipped
from rules.calendar import TZ, Calendar, CalendarRangeError
from rules.deadlines import DeadlineRule, Pause, Unit, due, remaining_minutes

CALENDAR = shipped()
DAY = Unit.WORKING_DAY


def at(text):
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=TZ)


def days(amount, start, calendar=CALENDAR, pauses=()):
    return due(DeadlineRule(Decimal(amount), DAY), at(start), calendar, pauses).at


def test_holidays_of_every_year_crossed_are_known():
    assert days(1, "31/12/2024 10:00") == at("02/01/2025 10:00")
    assert days(45, "15/12/2025 10:00") == at("24/02/2026 10:00")
    assert days(500, "02/01/2024 08:00") == at("31/12/2025 08:00")


def test_a_saturday_worked_in_exchange_counts():
    assert CALENDAR.is_working_day(date(2024, 5, 4))
    assert days(3, "26/04/2024 08:00") == at("04/05/2024 08:00")


@pytest.mark.parametrize(
    "start", ["06/06/2026 09:00", "07/06/2026 23:59", "05/06/2026 17:30", "08/06/2026 06:00"]
)
def test_reception_outside_working_time_starts_at_the_next_working_hour(start):
    assert due(DeadlineRule(Decimal(1), Unit.WORKING_HOUR), at(start), CALENDAR).at == at("08/06/2026 08:30")


def test_a_supplement_shifts_by_working_time_alone():
    over_a_weekend = [Pause(at("05/06/2026 16:30"), at("08/06/2026 08:30"), "bổ sung")]
    assert days(5, "04/06/2026 10:00", pauses=over_a_weekend) == at("11/06/2026 13:30").replace(
        hour=14, minute=0
    )
    on_the_weekend = [Pause(at("05/06/2026 18:00"), at("08/06/2026 07:00"), "bổ sung")]
    assert days(5, "04/06/2026 10:00", pauses=on_the_weekend) == days(5, "04/06/2026 10:00")


def test_errors_are_raised_never_turned_into_a_date():
    with pytest.raises(ValueError, match="múi giờ"):
        due(DeadlineRule(Decimal(1), DAY), datetime(2026, 6, 1, 8), CALENDAR)
    with pytest.raises(CalendarRangeError):
        days(10**6, "01/06/2026 08:00")
    with pytest.raises(ValueError, match="không âm"):
        DeadlineRule(Decimal(-1), DAY)
    with pytest.raises(ValueError, match="không âm"):
        DeadlineRule(Decimal("NaN"), DAY)
    with pytest.raises(ValueError, match="số nguyên"):
        DeadlineRule(Decimal("1.5"), Unit.MONTH)


def test_lunch_and_evening_roll_over_as_often_as_needed():
    start = at("01/06/2026 11:00")
    for hours in range(1, 200):
        end = due(DeadlineRule(Decimal(hours), Unit.WORKING_HOUR), start, CALENDAR).at
        assert CALENDAR.minutes_between(start, end) == hours * 60
        assert any(opens < end <= closes for opens, closes in CALENDAR.sessions(end))


def test_hours_follow_the_season_and_the_unit():
    seasons = {
        "sessions": [
            {"hours": ["07:30-12:00", "13:30-17:00"]},
            {"hours": ["07:00-11:30", "13:30-17:00"], "season": {"from": "04-16", "to": "10-15"}},
        ],
        "units": {"xa-a": {"sessions": [{"hours": ["08:00-12:00", "13:00-17:00"]}]}},
    }
    calendar = Calendar.from_data(*layers("vn"), seasons)
    assert days(1, "15/04/2026 17:00", calendar) == at("16/04/2026 17:00")
    assert due(DeadlineRule(Decimal(1), Unit.WORKING_HOUR), at("16/04/2026 05:00"), calendar).at == at(
        "16/04/2026 08:00"
    )
    assert due(DeadlineRule(Decimal(1), Unit.WORKING_HOUR), at("16/10/2026 05:00"), calendar).at == at(
        "16/10/2026 08:30"
    )
    own = Calendar.from_data(*layers("vn"), seasons, unit="xa-a")
    assert due(DeadlineRule(Decimal(8), Unit.WORKING_HOUR), at("16/04/2026 05:00"), own).at == at(
        "16/04/2026 17:00"
    )


def test_a_statutory_day_stays_a_day_whatever_its_hours():
    seven = Calendar.from_data({"sessions": [{"hours": ["07:30-11:30", "13:30-16:30"]}]})
    assert days(10, "01/06/2026 10:00", seven) == at("15/06/2026 10:00")
    rule = DeadlineRule(Decimal(10), DAY)
    assert rule.text == "10 ngày làm việc"
    assert remaining_minutes(rule, at("01/06/2026 10:00"), seven, (), at("01/06/2026 10:00")) == 10 * 7 * 60
