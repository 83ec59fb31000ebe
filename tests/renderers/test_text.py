import unicodedata
from datetime import UTC, date, datetime, timedelta

import pytest

from renderers import text
from renderers.text import TZ, due_words

NOW = datetime(2026, 11, 23, 14, 30, tzinfo=TZ)


def test_money_is_written_the_vietnamese_way_and_nothing_is_said():
    assert text.money(21_000) == "21.000 đồng"
    assert text.money(1_234_567) == "1.234.567 đồng"
    assert text.money(0) == "Không thu"
    assert text.money(None) == ""
    assert text.number(1234.5) == "1.234,5"


def test_instants_name_the_weekday_and_are_vietnamese():
    utc = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
    assert text.instant(utc) == "09:00 ngày 25/11/2026 (thứ Tư)"
    assert text.day(utc) == "25/11/2026"
    assert text.iso(date(2026, 1, 5)) == "2026-01-05"
    assert text.instant(None) == ""
    with pytest.raises(ValueError, match="không có múi giờ"):
        text.instant(datetime(2026, 11, 25, 2, 0))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 3, 5), "ngày 05 tháng 3 năm 2026"),
        (date(2026, 2, 15), "ngày 15 tháng 02 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_dates_in_letters_take_noughts_as_the_decree_says(value, words):
    assert text.day_in_letter(value) == words


@pytest.mark.parametrize(
    ("due", "words", "tone"),
    [
        (NOW + timedelta(days=2), "còn 2 ngày", "ok"),
        (NOW + timedelta(days=1), "còn 1 ngày", "warn"),
        (NOW + timedelta(hours=2), "hôm nay, trước 16:30", "warn"),
        (NOW, "hôm nay, trước 14:30", "warn"),
        (NOW - timedelta(minutes=5), "vừa quá hạn", "bad"),
        (NOW - timedelta(hours=3), "quá hạn 3 giờ", "bad"),
        (NOW - timedelta(days=1), "quá hạn 1 ngày", "bad"),
        (None, "chưa có hạn", ""),
    ],
)
def test_due_words(due, words, tone):
    found = due_words(due, NOW)
    assert (found.text, found.tone) == (words, tone)
    assert found.icon


def test_a_paused_or_finished_dossier_is_never_overdue():
    late = NOW - timedelta(days=9)
    assert due_words(late, NOW, paused=True).text == "tạm dừng tính giờ"
    assert due_words(late, NOW, done=True).tone == "ok"


def test_names_and_numbers_are_masked():
    assert text.mask_name("Nguyễn Văn An") == "Nguyễn V** A*"
    assert text.mask_name("") == ""
    assert text.mask_number("014190001234") == "014******234"
    assert text.mask_number("12345") == "*****"


def test_telephone_numbers_are_grouped_and_others_left_alone():
    assert text.phone("+84912345678") == "0912 345 678"
    assert text.phone("02123 851 234") == "0212 3851 234"
    assert text.phone("113") == "113"
    assert text.phone("(số nội bộ) 12") == "(số nội bộ) 12"


def test_sizes():
    assert text.size(1_420_000) == "1,4 MB"
    assert text.size(320_400) == "320 kB"
    assert text.size(12) == "1 kB"


def test_marks_fall_and_letters_stay():
    assert text.unmarked("Đơn ĐÃ nộp, ước 3 ỹ") == "Don DA nop, uoc 3 y"
    assert text.folded("Đường Tô HIỆU") == text.folded("duong to hieu") == "duong to hieu"
    assert text.folded(unicodedata.normalize("NFD", "Nguyễn")) == "nguyen"
