from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from definitions.calendars import layers, shipped
from rules.calendar import FIRST_YEAR, LAST_YEAR, TZ, Calendar, CalendarRangeError, DayKind

CALENDAR = shipped()

instants = st.builds(
    lambda minutes: datetime(2018, 1, 1, tzinfo=TZ) + timedelta(minutes=minutes),
    st.integers(0, 12 * 365 * 24 * 60),
)


def at(text):
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=TZ)


@pytest.mark.parametrize("year", range(2019, 2027))
def test_agrees_with_the_published_library_but_for_the_swap_it_lacks(year):
    library = holidays.VN(years=range(year - 1, year + 2))
    days = [date(year, 1, 1) + timedelta(days=i) for i in range(365)]
    differing = [day for day in days if CALENDAR.is_working_day(day) != library.is_working_day(day)]
    assert differing == ([date(2026, 1, 2), date(2026, 1, 10)] if year == 2026 else [])


@pytest.mark.parametrize(
    ("day", "kind", "reason"),
    [
        (date(2026, 11, 24), DayKind.HOLIDAY, "nghỉ Ngày Văn hóa Việt Nam"),
        (date(2026, 4, 27), DayKind.IN_LIEU, "nghỉ bù Giỗ Tổ Hùng Vương"),
        (date(2026, 8, 31), DayKind.SWAP, "nghỉ hoán đổi, làm bù Thứ Bảy 22/08/2026"),
        (date(2026, 8, 22), DayKind.MAKE_UP, "làm bù cho Thứ Hai 31/08/2026"),
        (date(2026, 1, 10), DayKind.MAKE_UP, "làm bù cho Thứ Sáu 02/01/2026"),
        (date(2019, 1, 5), DayKind.MAKE_UP, "làm bù cho Thứ Hai 31/12/2018"),
        (date(2026, 6, 6), DayKind.REST, "nghỉ hằng tuần"),
        (date(2026, 6, 8), DayKind.WORKING, "ngày làm việc"),
        (date(2020, 1, 25), DayKind.HOLIDAY, "nghỉ Tết Nguyên đán"),
    ],
)
def test_each_day_knows_its_kind_and_reason(day, kind, reason):
    info = CALENDAR.day(day)
    assert (info.kind, info.reason) == (kind, reason)
    assert CALENDAR.day(datetime.combine(day, time(9), TZ)) == info
    assert bool(CALENDAR.sessions(day)) == kind.works == CALENDAR.is_working_day(day)


def test_years_announced_are_told_from_years_guessed():
    assert [year for year in range(2015, 2035) if CALENDAR.confirmed(year)] == list(range(2019, 2027))


def test_the_year_not_announced_holds_only_what_is_certain():
    off = [
        date(2027, 1, 1) + timedelta(days=i)
        for i in range(365)
        if not CALENDAR.is_working_day(date(2027, 1, 1) + timedelta(days=i))
    ]
    weekdays = [f"{day:%d/%m}" for day in off if day.weekday() < 5]
    assert weekdays == [
        "01/01",
        "05/02",
        "08/02",
        "09/02",
        "10/02",
        "16/04",
        "30/04",
        "03/05",
        "02/09",
        "24/11",
    ]
    library = holidays.VN(years=2027)
    assert not [day for day in off if library.is_working_day(day)]


def test_unknown_years_have_the_fixed_holidays_and_the_days_in_lieu():
    assert CALENDAR.day(date(2033, 1, 3)).reason == "nghỉ bù Tết Dương lịch"
    assert CALENDAR.day(date(2033, 5, 2)).reason == "nghỉ bù Ngày Chiến thắng"
    assert CALENDAR.day(date(2033, 5, 3)).reason == "nghỉ bù Ngày Quốc tế Lao động"
    assert CALENDAR.is_working_day(date(2015, 11, 24))


def test_sessions_are_aware_and_in_vietnam():
    assert CALENDAR.sessions(date(2026, 6, 8)) == (
        (at("08/06/2026 07:30"), at("08/06/2026 11:30")),
        (at("08/06/2026 13:30"), at("08/06/2026 17:30")),
    )
    assert all(end.tzinfo is TZ for session in CALENDAR.sessions(date(2026, 6, 8)) for end in session)


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        ("08/06/2026 07:30", "08/06/2026 07:30"),
        ("08/06/2026 11:29", "08/06/2026 11:29"),
        ("08/06/2026 11:30", "08/06/2026 13:30"),
        ("08/06/2026 17:30", "09/06/2026 07:30"),
        ("05/06/2026 18:00", "08/06/2026 07:30"),
        ("23/11/2026 23:59", "25/11/2026 07:30"),
    ],
)
def test_next_working_instant(instant, expected):
    assert CALENDAR.next_working_instant(at(instant)) == at(expected)
    assert CALENDAR.add_minutes(at(instant), 0) == at(expected)


def test_ends_are_read_in_the_evening_never_the_next_morning():
    assert CALENDAR.add_minutes(at("08/06/2026 07:30"), 480) == at("08/06/2026 17:30")
    assert CALENDAR.add_minutes(at("08/06/2026 07:30"), 240) == at("08/06/2026 11:30")
    assert CALENDAR.add_days(at("05/06/2026 17:30"), 1) == at("08/06/2026 17:30")
    assert CALENDAR.add_days(at("08/06/2026 07:30"), Fraction(1, 2)) == at("08/06/2026 11:30")


def test_add_working_days_takes_dates_and_instants():
    assert CALENDAR.add_working_days(date(2026, 2, 12), 5) == date(2026, 2, 26)
    assert CALENDAR.add_working_days(at("12/02/2026 14:00"), 5) == at("26/02/2026 14:00")
    assert CALENDAR.add_working_days(date(2026, 6, 6), 0) == date(2026, 6, 8)
    assert CALENDAR.add_working_days(date(2026, 6, 8), 0) == date(2026, 6, 8)
    assert CALENDAR.add_working_days(date(2025, 12, 20), 15) == date(2026, 1, 12)
    assert CALENDAR.end_of_day(date(2026, 6, 6)) == at("08/06/2026 17:30")


@settings(deadline=None, max_examples=100)
@given(instants, st.integers(0, 30))
def test_the_nth_working_day_is_the_one_found_by_walking(start, count):
    day, left = start.date(), count
    while left or not CALENDAR.is_working_day(day):
        day += timedelta(days=1)
        left -= CALENDAR.is_working_day(day) and left > 0
    assert CALENDAR.add_working_days(start.date(), count) == day


@settings(deadline=None, max_examples=100)
@given(instants, st.integers(0, 5000), st.integers(1, 5000))
def test_adding_minutes_is_additive_and_undone_by_measuring(start, first, second):
    through = CALENDAR.add_minutes(CALENDAR.add_minutes(start, first), second)
    assert through == CALENDAR.add_minutes(start, first + second)
    assert CALENDAR.minutes_between(start, through) == first + second
    assert CALENDAR.minutes_between(through, start) == -(first + second)


UNEVEN = Calendar.from_data(
    *layers("vn"),
    {
        "rest_days": [7],
        "sessions": [
            {"hours": ["07:00-11:30", "13:30-17:00"], "season": {"from": "04-16", "to": "10-15"}},
            {"hours": ["07:30-11:30"], "weekdays": [6]},
        ],
    },
)


@settings(deadline=None, max_examples=100)
@given(instants, st.fractions(0, 30, max_denominator=480))
def test_days_of_unequal_hours_are_still_whole_days(start, days):
    end = UNEVEN.add_days(start, days)
    assert 0 <= UNEVEN.days_between(start, end) - days < Fraction(1, 240)
    assert UNEVEN.next_working_instant(start) <= end
    whole = UNEVEN.add_days(start, int(days))
    assert UNEVEN.days_between(start, whole) - int(days) < Fraction(1, 240)
    assert whole <= end


def test_half_saturdays_and_seasons():
    assert UNEVEN.sessions(date(2026, 6, 6)) == ((at("06/06/2026 07:30"), at("06/06/2026 11:30")),)
    assert UNEVEN.sessions(date(2026, 6, 8))[0][0] == at("08/06/2026 07:00")
    assert UNEVEN.sessions(date(2026, 12, 8))[0][0] == at("08/12/2026 07:30")
    assert UNEVEN.add_working_days(date(2026, 6, 5), 2) == date(2026, 6, 8)
    assert UNEVEN.add_days(at("05/06/2026 17:00"), 1) == at("06/06/2026 11:30")


def test_a_season_may_run_over_new_year_and_rows_have_dates():
    calendar = Calendar.from_data(
        {
            "sessions": [
                {
                    "hours": ["08:00-12:00"],
                    "season": {"from": "10-16", "to": "04-15"},
                    "from": date(2026, 1, 1),
                },
                {"hours": ["09:00-12:00"], "from": date(2026, 3, 1), "to": date(2026, 3, 31)},
            ]
        }
    )
    opens = [
        calendar.sessions(day)[0][0].hour
        for day in (
            date(2025, 12, 31),
            date(2026, 2, 2),
            date(2026, 3, 2),
            date(2026, 4, 1),
            date(2026, 4, 16),
            date(2026, 10, 16),
        )
    ]
    assert opens == [7, 8, 9, 8, 7, 8]


def test_a_unit_has_its_own_hours_and_rest_days():
    data = {"units": {"xa-a": {"rest_days": [7], "sessions": [{"hours": ["08:00-12:00"]}]}}}
    own = Calendar.from_data(*layers(), data, unit="xa-a")
    assert own.is_working_day(date(2026, 6, 6))
    assert own.sessions(date(2026, 6, 8))[0][0] == at("08/06/2026 08:00")
    assert own.day(date(2026, 8, 22)).kind is DayKind.MAKE_UP
    other = Calendar.from_data(*layers(), data, unit="xa-b")
    assert not other.is_working_day(date(2026, 6, 6))


def test_an_empty_calendar_works_monday_to_friday():
    empty = Calendar.from_data({})
    assert empty.is_working_day(date(2026, 9, 2))
    assert not empty.is_working_day(date(2026, 9, 5))
    assert not empty.confirmed(2026)


def test_instants_must_be_aware_and_are_read_to_the_minute():
    with pytest.raises(ValueError, match="không có múi giờ"):
        CALENDAR.next_working_instant(datetime(2026, 6, 8, 8))
    assert CALENDAR.add_minutes(datetime(2026, 6, 8, 1, 0, 59, tzinfo=UTC), 60) == at("08/06/2026 09:00")


def test_answers_outside_the_years_laid_out_are_refused():
    last, first = datetime(LAST_YEAR, 12, 31, 18, tzinfo=TZ), date(FIRST_YEAR, 1, 1)
    for ask in (
        lambda: CALENDAR.next_working_instant(last),
        lambda: CALENDAR.add_minutes(last, 1),
        lambda: CALENDAR.add_days(last, 1),
        lambda: CALENDAR.add_days(last, Fraction(1, 2)),
        lambda: CALENDAR.add_working_days(last.date(), 1),
        lambda: CALENDAR.add_working_days(first - timedelta(days=1), 1),
        lambda: CALENDAR.position(last + timedelta(days=1)),
    ):
        with pytest.raises(CalendarRangeError, match="chỉ tính được"):
            ask()
    assert CALENDAR.add_working_days(first, 0) >= first
    assert CALENDAR.end_of_day(first).date() >= first


def test_time_cannot_be_taken_away():
    for ask in (
        lambda: CALENDAR.add_minutes(at("08/06/2026 08:00"), -1),
        lambda: CALENDAR.add_days(at("08/06/2026 08:00"), Fraction(-1)),
        lambda: CALENDAR.add_working_days(date(2026, 6, 8), -1),
    ):
        with pytest.raises(ValueError, match="không thể âm"):
            ask()
