from datetime import datetime, time
from decimal import Decimal

import pytest

from definitions.calendars import shipped
from rules.calendar import TZ
from rules.deadlines import DeadlineRule, Pause, Unit, due, remaining_minutes

CALENDAR = shipped()
HOUR, DAY = Unit.WORKING_HOUR, Unit.WORKING_DAY


def at(text):
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=TZ)


def due_at(amount, unit, start, **rule):
    return due(DeadlineRule(Decimal(amount), unit, **rule), at(start), CALENDAR).at


@pytest.mark.parametrize(
    ("amount", "unit", "start", "expected"),
    [
        # 1: lễ 24/11 nằm giữa
        ("8", HOUR, "23/11/2026 09:00", "25/11/2026 09:00"),
        # 2: nộp sau giờ làm việc
        ("8", HOUR, "20/11/2026 18:10", "23/11/2026 17:30"),
        # 3: thứ Bảy làm bù
        ("8", HOUR, "22/08/2026 10:00", "24/08/2026 10:00"),
        # 4: qua nghỉ hoán đổi và Quốc khánh
        ("8", HOUR, "28/08/2026 16:00", "03/09/2026 16:00"),
        # 5: qua Tết
        ("5", DAY, "12/02/2026 14:00", "26/02/2026 14:00"),
        # 6: thứ Bảy làm bù trong kỳ tính, và nghỉ 30/4–2/5
        ("3", DAY, "24/04/2025 08:15", "28/04/2025 08:15"),
        ("3", DAY, "29/04/2025 08:15", "07/05/2025 08:15"),
        # 7: ngày lịch, ngày cuối là ngày lễ
        ("15", Unit.DAY, "18/08/2026 09:00", "03/09/2026 17:30"),
        # 10
        ("3", DAY, "29/08/2019 10:00", "04/09/2019 10:00"),
        # 11: đúng ranh giới, 07:30 hôm sau là 17:30 hôm trước
        ("3", DAY, "06/06/2026 20:00", "10/06/2026 17:30"),
        # 12: qua năm mới
        ("8", HOUR, "31/12/2025 15:00", "05/01/2026 15:00"),
        ("5", DAY, "31/12/2025 15:00", "09/01/2026 15:00"),
        # 13: giờ nghỉ trưa, và trước giờ làm việc
        ("8", HOUR, "03/06/2026 11:45", "04/06/2026 11:30"),
        ("8", HOUR, "03/06/2026 05:00", "03/06/2026 17:30"),
        # 14: nửa ngày
        ("0.5", DAY, "03/06/2026 10:00", "03/06/2026 16:00"),
        ("1.5", DAY, "03/06/2026 10:00", "04/06/2026 16:00"),
    ],
)
def test_worked_example(amount, unit, start, expected):
    assert due_at(amount, unit, start) == at(expected)


def test_example_8_a_supplement_carries_the_remaining_hours_over():
    rule, start = DeadlineRule(Decimal(10), DAY), at("01/06/2026 08:00")
    asked, supplied = at("04/06/2026 10:00"), at("15/06/2026 09:00")
    assert due(rule, start, CALENDAR).at == at("15/06/2026 08:00")
    assert remaining_minutes(rule, start, CALENDAR, (), asked) == 54 * 60
    waiting = due(rule, start, CALENDAR, [Pause(asked, None, "yêu cầu bổ sung")])
    assert waiting.at is None
    assert waiting.paused_since == asked
    supplied_due = due(rule, start, CALENDAR, [Pause(asked, supplied, "yêu cầu bổ sung")])
    assert supplied_due.at == at("23/06/2026 17:00")
    assert supplied_due.original == at("15/06/2026 08:00")


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("05/06/2026 14:50", "05/06/2026 17:30"),
        ("05/06/2026 15:00", "05/06/2026 17:30"),
        ("05/06/2026 15:10", "08/06/2026 17:30"),
        ("06/06/2026 15:10", "08/06/2026 17:30"),
        ("06/06/2026 09:00", "08/06/2026 17:30"),
        ("23/11/2026 15:10", "25/11/2026 17:30"),
    ],
)
def test_example_9_immediate_results_and_the_cutoff(start, expected):
    assert due_at("0", DAY, start, cutoff=time(15)) == at(expected)
    assert due_at("0", DAY, start, cutoff=time(15), return_at="end_of_day") == at(expected)


def test_example_10_with_the_end_of_day_policy():
    assert due_at("3", DAY, "29/08/2019 10:00", return_at="end_of_day") == at("04/09/2019 17:30")
