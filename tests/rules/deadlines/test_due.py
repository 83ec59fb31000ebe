from datetime import UTC, datetime, time
from decimal import Decimal

import pytest

from definitions.calendars import layers, shipped
from rules.calendar import TZ, Calendar
from rules.deadlines import (
    Addition,
    DeadlineRule,
    Extension,
    Pause,
    Unit,
    due,
    remaining_minutes,
    remaining_text,
)

CALENDAR = shipped()


def at(text):
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=TZ)


def texts(found):
    return [line.text for line in found.lines]


def test_hours_name_each_day_with_its_reason():
    found = due(DeadlineRule(Decimal(8), Unit.WORKING_HOUR), at("23/11/2026 09:00"), CALENDAR)
    assert texts(found) == [
        "Bắt đầu từ 09:00 Thứ Hai 23/11/2026: 8 giờ làm việc",
        "Thứ Hai 23/11/2026: tính 6 giờ 30 phút, cộng dồn 6 giờ 30 phút",
        "Thứ Ba 24/11/2026: nghỉ Ngày Văn hóa Việt Nam",
        "Thứ Tư 25/11/2026: tính 1 giờ 30 phút, cộng dồn 8 giờ",
        "Hết hạn lúc 09:00 Thứ Tư 25/11/2026",
    ]
    assert found.sentence() == (
        "Hạn là 09:00 Thứ Tư 25/11/2026: 8 giờ làm việc kể từ 09:00 Thứ Hai 23/11/2026; "
        "không tính Thứ Ba 24/11/2026 (nghỉ Ngày Văn hóa Việt Nam)."
    )


def test_working_days_are_numbered_and_the_first_is_not_counted():
    found = due(DeadlineRule(Decimal(3), Unit.WORKING_DAY), at("24/04/2025 08:15"), CALENDAR)
    assert texts(found)[1:] == [
        "Thứ Năm 24/04/2025: ngày đầu, không tính",
        "Thứ Sáu 25/04/2025: ngày thứ 1",
        "Thứ Bảy 26/04/2025: ngày thứ 2 (làm bù cho Thứ Sáu 02/05/2025)",
        "Chủ Nhật 27/04/2025: nghỉ hằng tuần",
        "Thứ Hai 28/04/2025: ngày thứ 3",
        "Hết hạn lúc 08:15 Thứ Hai 28/04/2025",
    ]
    assert "có tính Thứ Bảy 26/04/2025 (làm bù cho Thứ Sáu 02/05/2025)" in found.sentence()


def test_reception_out_of_hours_says_so_and_counts_the_whole_next_day():
    found = due(DeadlineRule(Decimal(3), Unit.WORKING_DAY), at("06/06/2026 20:00"), CALENDAR)
    assert texts(found)[1] == "Ngoài giờ làm việc nên tính từ 07:30 Thứ Hai 08/06/2026"
    assert "Thứ Tư 10/06/2026: ngày thứ 3" in texts(found)
    assert "nhận ngoài giờ làm việc nên tính từ 07:30 Thứ Hai 08/06/2026" in found.sentence()


def test_a_day_off_at_the_end_of_calendar_days_is_explained():
    found = due(DeadlineRule(Decimal(15), Unit.DAY), at("18/08/2026 09:00"), CALENDAR)
    assert "Thứ Tư 02/09/2026: ngày thứ 15 (nghỉ Quốc khánh)" in texts(found)
    assert "Thứ Năm 03/09/2026: ngày làm việc tiếp theo" in texts(found)
    assert "ngày cuối là Thứ Tư 02/09/2026 (nghỉ Quốc khánh) nên chuyển sang" in found.sentence()


@pytest.mark.parametrize(
    ("months", "start", "expected"),
    [
        (1, "31/01/2025 10:00", "28/02/2025 17:30"),
        (1, "31/01/2024 10:00", "29/02/2024 17:30"),
        (12, "29/02/2024 10:00", "28/02/2025 17:30"),
        (3, "24/08/2026 10:00", "25/11/2026 17:30"),
        (2, "31/12/2025 10:00", "02/03/2026 17:30"),
        (0, "06/06/2026 10:00", "08/06/2026 17:30"),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(months, start, expected):
    assert due(DeadlineRule(Decimal(months), Unit.MONTH), at(start), CALENDAR).at == at(expected)


def test_calendar_days_may_keep_the_time_of_day():
    rule = DeadlineRule(Decimal(7), Unit.DAY, return_at="same_clock")
    assert due(rule, at("01/06/2026 09:20"), CALENDAR).at == at("08/06/2026 09:20")
    assert due(rule, at("01/06/2026 12:20"), CALENDAR).at == at("08/06/2026 11:30")
    assert due(rule, at("01/06/2026 22:00"), CALENDAR).at == at("08/06/2026 17:30")
    assert due(rule, at("01/06/2026 05:00"), CALENDAR).at == at("08/06/2026 17:30")
    assert due(rule, at("26/08/2026 09:00"), CALENDAR).at == at("03/09/2026 17:30")


def test_calendar_days_pause_by_days_and_move_only_at_the_end():
    rule = DeadlineRule(Decimal(10), Unit.DAY)
    start, asked, supplied = at("01/06/2026 09:00"), at("05/06/2026 15:00"), at("10/06/2026 08:00")
    assert due(rule, start, CALENDAR).at == at("11/06/2026 17:30")
    assert due(rule, start, CALENDAR, [Pause(asked, supplied, "bổ sung")]).at == at("16/06/2026 17:30")
    on_saturday = Pause(asked, at("13/06/2026 20:00"), "bổ sung")
    assert due(rule, start, CALENDAR, [on_saturday]).at == at("22/06/2026 17:30")


def test_a_pause_on_the_last_calendar_day_gives_the_rest_of_that_day_back():
    rule = DeadlineRule(Decimal(3), Unit.DAY)
    pause = Pause(at("04/06/2026 10:00"), at("10/06/2026 08:00"), "bổ sung")
    assert due(rule, at("01/06/2026 09:00"), CALENDAR, [pause]).at == at("10/06/2026 17:30")


def test_hours_by_the_clock_run_through_nights_and_holidays():
    rule = DeadlineRule(Decimal(24), Unit.HOUR)
    assert due(rule, at("23/11/2026 16:00"), CALENDAR).at == at("24/11/2026 16:00")
    assert remaining_minutes(rule, at("23/11/2026 16:00"), CALENDAR, (), at("23/11/2026 22:00")) == 18 * 60
    assert due(rule, at("23/11/2026 16:00"), CALENDAR).lines[1].text.endswith("tính 24 giờ liên tục")


def test_an_unspecified_period_has_no_due_date():
    rule = DeadlineRule(Decimal(0), Unit.UNSPECIFIED)
    found = due(rule, at("01/06/2026 08:00"), CALENDAR, (), [Extension(at("02/06/2026 08:00"), rule, "")])
    assert found.at is None
    assert found.previous == ()
    assert remaining_minutes(rule, found.start, CALENDAR, (), at("03/06/2026 08:00")) is None
    assert found.sentence() == "Pháp luật không quy định thời hạn cho việc này nên không có ngày hẹn trả."
    assert found.lines[-1].text == "Pháp luật không quy định thời hạn."


def test_an_open_pause_leaves_the_due_date_unknown():
    pause = Pause(at("04/06/2026 10:00"), None, "chờ nghĩa vụ tài chính", "Đ19")
    found = due(DeadlineRule(Decimal(10), Unit.WORKING_DAY), at("01/06/2026 08:00"), CALENDAR, [pause])
    assert found.at is None
    assert found.original == at("15/06/2026 08:00")
    assert found.lines[-1].kind == "pause"
    assert "đang tạm dừng" in found.sentence()
    assert "đến nay chưa chạy lại: chờ nghĩa vụ tài chính." in found.sentence()


def test_a_pause_that_begins_once_the_time_is_over_changes_nothing():
    rule, start = DeadlineRule(Decimal(1), Unit.WORKING_DAY), at("01/06/2026 08:00")
    late = Pause(at("02/06/2026 08:00"), at("05/06/2026 08:00"), "bổ sung")
    assert due(rule, start, CALENDAR, [late]).at == at("02/06/2026 08:00")
    assert remaining_minutes(rule, start, CALENDAR, [late], at("05/06/2026 09:00")) == -60


def test_extensions_keep_the_old_due_dates():
    more = DeadlineRule(Decimal(2), Unit.WORKING_DAY)
    rule, start = DeadlineRule(Decimal(3), Unit.WORKING_DAY), at("01/06/2026 08:00")
    in_time = Extension(at("03/06/2026 09:00"), more, "xác minh thực địa", "Đ19")
    again = Extension(at("10/06/2026 10:00"), more, "chờ kết luận")
    found = due(rule, start, CALENDAR, (), [in_time, again])
    assert found.previous == (at("04/06/2026 08:00"), at("08/06/2026 08:00"))
    assert found.at == at("12/06/2026 10:00")
    assert found.original == at("04/06/2026 08:00")
    assert (
        "Đã gia hạn thêm 2 ngày làm việc từ 08:00 Thứ Năm 04/06/2026: xác minh thực địa." in found.sentence()
    )
    assert sum(line.kind == "extension" for line in found.lines) == 2
    now = at("03/06/2026 10:00")
    assert remaining_minutes(rule, start, CALENDAR, (), now, extensions=[in_time, again]) == 360 + 960


def test_a_cutoff_moves_the_whole_count_to_the_next_working_day():
    rule = DeadlineRule(Decimal(1), Unit.WORKING_DAY, time(15))
    found = due(rule, at("05/06/2026 15:10"), CALENDAR)
    assert found.at == at("08/06/2026 17:30")
    assert texts(found)[1] == "Nhận sau 15:00 nên tính từ 07:30 Thứ Hai 08/06/2026"
    assert "nhận sau 15:00" in found.sentence()
    end_of_day = DeadlineRule(Decimal(1), Unit.WORKING_DAY, time(15), "end_of_day")
    assert due(end_of_day, at("05/06/2026 15:10"), CALENDAR).at == at("09/06/2026 17:30")


@pytest.mark.parametrize("unit", [Unit.WORKING_DAY, Unit.DAY, Unit.MONTH])
def test_under_a_cutoff_friday_evening_and_the_weekend_are_received_on_monday(unit):
    rule = DeadlineRule(Decimal(3), unit, time(15), "end_of_day")
    monday = due(rule, at("08/06/2026 08:00"), CALENDAR).at
    for start in ("05/06/2026 15:01", "05/06/2026 20:00", "06/06/2026 09:00", "08/06/2026 05:00"):
        assert due(rule, at(start), CALENDAR).at == monday
    found = due(rule, at("06/06/2026 09:00"), CALENDAR)
    assert texts(found)[1] == "Ngoài giờ làm việc nên tính từ 07:30 Thứ Hai 08/06/2026"


def test_half_days_until_the_end_of_day():
    rule = DeadlineRule(Decimal("0.5"), Unit.WORKING_DAY, return_at="end_of_day")
    assert due(rule, at("03/06/2026 10:00"), CALENDAR).at == at("03/06/2026 17:30")
    assert due(rule, at("03/06/2026 15:00"), CALENDAR).at == at("04/06/2026 17:30")
    assert rule.text == "0,5 ngày làm việc"


def test_a_year_not_announced_yet_is_named():
    found = due(DeadlineRule(Decimal(20), Unit.WORKING_DAY), at("15/12/2026 08:00"), CALENDAR)
    assert found.unconfirmed_years == (2027,)
    assert "Lịch nghỉ năm 2027 chưa được công bố chính thức" in found.sentence()
    assert (
        due(DeadlineRule(Decimal(2), Unit.WORKING_DAY), at("15/12/2026 08:00"), CALENDAR).unconfirmed_years
        == ()
    )


def test_a_swap_announced_later_is_counted_by_calling_again():
    year = {
        "confirmed": True,
        "off": [
            {"day": "2027-09-03", "kind": "swap", "with": "2027-08-28"},
            {"day": "2027-09-02", "label": "Quốc khánh"},
        ],
    }
    announced = Calendar.from_data(*layers(), {"years": {2027: year}})
    rule, start = DeadlineRule(Decimal(3), Unit.WORKING_DAY), at("01/09/2027 08:00")
    assert due(rule, start, CALENDAR).at == at("07/09/2027 08:00")
    again = due(rule, start, announced)
    assert again.at == at("08/09/2027 08:00")
    assert again.unconfirmed_years == ()


def test_instants_of_other_zones_and_seconds_are_read_in_vietnam_to_the_minute():
    rule = DeadlineRule(Decimal(1), Unit.WORKING_DAY)
    start = datetime(2026, 6, 1, 1, 15, 59, tzinfo=UTC)
    found = due(rule, start, CALENDAR)
    assert found.start == at("01/06/2026 08:15")
    assert found.at == at("02/06/2026 08:15")
    assert found.at.tzinfo is TZ


def test_a_pause_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="kết thúc trước khi bắt đầu"):
        Pause(at("04/06/2026 10:00"), at("04/06/2026 09:00"), "")


def test_overlapping_pauses_join_their_reasons():
    first = Pause(at("02/06/2026 08:00"), at("03/06/2026 08:00"), "bổ sung")
    second = Pause(at("02/06/2026 09:00"), at("04/06/2026 08:00"), "chờ thuế")
    found = due(DeadlineRule(Decimal(5), Unit.WORKING_DAY), at("01/06/2026 08:00"), CALENDAR, [first, second])
    assert found.at == at("10/06/2026 08:00")
    assert "bổ sung; chờ thuế" in found.sentence()


def test_additions_are_counted_and_told_with_their_reason():
    far = Addition(Decimal(3), "xã vùng III", "NĐ 1/2026 Đ2")
    found = due(
        DeadlineRule(Decimal(2), Unit.WORKING_DAY, additions=(far,)), at("01/06/2026 09:00"), CALENDAR
    )
    assert found.at == due(DeadlineRule(Decimal(5), Unit.WORKING_DAY), at("01/06/2026 09:00"), CALENDAR).at
    assert found.sentence().startswith(
        "Hạn là 09:00 Thứ Hai 08/06/2026: 2 ngày làm việc, thêm 3 ngày làm việc (xã vùng III) kể từ"
    )
    assert [line.text for line in found.lines if line.kind == "counted"][-1].endswith("ngày thứ 5")


@pytest.mark.parametrize(
    ("amount", "unit"), [("-1", Unit.WORKING_DAY), ("0.5", Unit.DAY), ("NaN", Unit.HOUR)]
)
def test_an_addition_is_an_amount_like_any_other(amount, unit):
    with pytest.raises(ValueError, match="Thời hạn"):
        DeadlineRule(Decimal(1), unit, additions=(Addition(Decimal(amount), "vì"),))


@pytest.mark.parametrize(
    ("minutes", "unit", "text"),
    [
        (720, Unit.WORKING_DAY, "còn 1 ngày 4 giờ làm việc"),
        (480, Unit.WORKING_HOUR, "còn 1 ngày làm việc"),
        (95, Unit.DAY, "còn 1 giờ 35 phút làm việc"),
        (-30, Unit.WORKING_DAY, "quá hạn 30 phút làm việc"),
        (-1500, Unit.MONTH, "quá hạn 3 ngày 1 giờ làm việc"),
        (1500, Unit.HOUR, "còn 25 giờ"),
        (0, Unit.WORKING_DAY, "vừa hết hạn"),
    ],
)
def test_what_is_left_in_words(minutes, unit, text):
    assert remaining_text(minutes, unit) == text
