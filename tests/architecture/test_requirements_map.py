"""docs/requirements.md is true: written anew it is the same, each clause asked for has its tests, each screen is there."""

from pathlib import Path

import pytest
from people import make_province

from scripts import requirements_map as written


def test_a_tests_name_says_its_clauses():
    assert written.clauses("test_d10_2a_words") == ["Đ10.2a"]
    assert written.clauses("test_d13_3dd_words") == ["Đ13.3đ"]
    assert written.clauses("test_d8_1_words_and") == ["Đ8.1"]
    assert written.clauses("test_d13_d14_1b_words") == ["Đ13", "Đ14.1b"]


def test_the_page_is_up_to_date():
    assert written.TARGET.read_text(encoding="utf-8") == written.page(), (
        "run: .venv/bin/python -m scripts.requirements_map"
    )


def test_every_clause_asked_for_is_proved():
    proved = written.collect()
    assert [name for name in written.asked() if not proved.get(name)] == []


@pytest.mark.database
def test_every_screen_named_is_an_address_of_the_application(
    mongo_uri, mongo_database, clock, tmp_path: Path
):
    app = make_province(mongo_uri, mongo_database, clock, tmp_path).app
    addresses = {rule.rule.rstrip("/") for rule in app.url_map.iter_rules()}
    named = {
        address.rstrip("/") for clause in written.asked().values() for address in clause.screens.values()
    }
    assert sorted(named - addresses) == []


def test_d11_4_each_function_of_a_one_stop_system_has_its_screen():
    """Thông tư 01/2018 Điều 17: what such a system must be able to do, in our own words."""
    (functions,) = (clause for name, clause in written.asked().items() if name == "Đ11.4")
    wanted = (
        "sinh mã", "In giấy tờ", "Số hóa", "quy trình cấu hình", "Phân công", "Tạm dừng", "Xin lỗi", "Gia hạn", "Liên thông",
        "Ký số", "Thu phí", "Trả kết quả", "Đánh giá", "II.06a", "cơ quan", "người dùng", "Quản trị quy trình",
        "biểu mẫu", "lịch nghỉ", "hệ thống khác", "Nhật ký",
    )  # fmt: skip
    assert [each for each in wanted if not any(each in label for label in functions.screens)] == []
