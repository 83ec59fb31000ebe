"""Feedback that waits is put before the agency's leader: at half of the three working days, and overdue; once each (Đ18)."""

from datetime import datetime

import pytest
from people import COMMUNE, OTHER

from rules.calendar import TZ
from tthc.feedback import deciding
from tthc.feedback.model import Sender, new_id
from tthc.feedback.reminders import LEADER, reached

pytestmark = pytest.mark.database


@pytest.fixture
def waiting(province):
    """Taken on Monday 23 November at 08:00, so due on Friday 27 at 08:00: the 24th is a holiday."""
    s = province.services
    made = deciding.take(
        new_id(),
        "feedback",
        "portal",
        "Chờ lâu ở quầy số 3",
        "Tôi chờ 2 giờ.",
        sender=Sender("Lò Văn Inh", phone="0911222333"),
        agency=COMMUNE,
        calendar=s.calendar(COMMUNE),
        now=province.clock.now(),
        by="Người gửi",
    )
    return s.feedback.add(made)


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=TZ)


def notices(province, agency=COMMUNE):
    to = f"{LEADER}@{agency}"
    return list(province.services.database["inbox"].find({"to": to}).sort("at", 1))


def test_d18_half_of_the_time_is_counted_in_working_hours(province, waiting):
    calendar = province.services.calendar(COMMUNE)
    assert waiting.due == at(27, 8)
    assert [reached(waiting, when, calendar) for when in (at(23, 9), at(24, 23), at(25, 9))] == [None] * 3
    half = [
        when for when in (at(25, 11), at(25, 16), at(26, 8)) if reached(waiting, when, calendar) == "half"
    ]
    assert half == [at(25, 16), at(26, 8)]
    assert reached(waiting, at(27, 8), calendar) == "half"
    assert reached(waiting, at(27, 8, 1), calendar) == "late"
    answered = deciding.answer(waiting, "Đã thêm người trực.", now=at(25, 8), by="Lan")
    assert reached(answered, at(27, 9), calendar) is None


def test_d18_the_leader_is_told_once_at_half_and_once_when_overdue_however_often_it_is_swept(
    province, waiting
):
    sweep = province.services.feedback_reminders.sweep
    assert [sweep(at(23, 9)), sweep(at(26, 8)), sweep(at(26, 9)), sweep(at(27, 9)), sweep(at(28, 9))] == [
        0,
        1,
        0,
        1,
        0,
    ]
    half, late = notices(province)
    assert "đã qua nửa thời gian" in half["subject"] and "quá hạn trả lời" in late["subject"]
    assert waiting.id in half["body"] and "08:00 ngày 27/11/2026" in half["body"]
    assert "Lò Văn Inh" not in half["body"] and "0911222333" not in half["body"]
    assert province.services.feedback.get(waiting.id).version == waiting.version


def test_d18_a_sweep_that_died_before_writing_it_down_leaves_one_notice(province, waiting):
    sweep, rows = province.services.feedback_reminders.sweep, province.services.database["feedback"]
    assert sweep(at(26, 8)) == 1
    rows.update_one({"_id": waiting.id}, {"$unset": {"reminded": ""}})
    sweep(at(26, 9))
    assert len(notices(province)) == 1
    assert sweep(at(26, 10)) == 0


def test_d18_only_the_last_stage_is_told_and_what_is_answered_is_left_alone(province, waiting):
    s = province.services
    assert s.feedback_reminders.sweep(at(27, 9)) == 1
    assert [row["template"] for row in notices(province)] == ["feedback_late"]
    s.feedback.change(waiting.id, None, lambda f: deciding.answer(f, "Xin lỗi.", now=at(27, 10), by="Lan"))
    assert s.feedback_reminders.sweep(at(28, 9)) == 0
    assert s.feedback.get(waiting.id).reminded == (f"late@{COMMUNE}",)


def test_d18_whoever_is_given_it_late_hears_of_it_too_and_the_notice_leads_there(province, waiting):
    s = province.services
    assert s.feedback_reminders.sweep(at(26, 8)) == 1
    moved = lambda f: deciding.assign(f, OTHER, "Phường Chiềng Cơi", "", now=at(26, 9), by="Lan")  # noqa: E731
    s.feedback.change(waiting.id, None, moved)
    assert s.feedback_reminders.sweep(at(26, 10)) == 1
    assert len(notices(province)) == len(notices(province, OTHER)) == 1
    leader = province.staff("khac-chutich")
    page = leader.get("/thong-bao")
    assert "Phản ánh, hỏi đáp: đã qua nửa thời gian trả lời" in page.text
    (link,) = [url for url in page.links if "/thong-bao/feedback" in url]
    assert "Tôi chờ 2 giờ." in leader.get(link).text
