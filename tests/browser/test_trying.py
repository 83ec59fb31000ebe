"""«Chạy thử» in a browser: the form with its live changes, a run to its end, and the example that comes of it."""

from pathlib import Path

import pytest
from browser_walk import sit_down
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.database]

TEXT = (Path(__file__).parents[1] / "admin" / "thu_muc.yaml").read_text(encoding="utf-8")
PLACE = "/quan-tri/ban-cau-hinh"


@pytest.fixture
def officer(province, person):
    province.officer("kiemsoat", "Lường Thị Mai", "kiem_soat")
    return sit_down(person, "kiemsoat")


def test_a_draft_is_tried_from_the_form_to_the_example(officer, province):
    definitions, now = province.services.definitions, province.clock.now()
    version = definitions.save_draft("9.000001", TEXT, "someone", now).version
    page = officer.page
    page.goto(f"{PLACE}/9.000001/{version.id}/chay-thu")
    officer.look_twice("chay-thu-nguoi-nop")
    officer.press("Điền đơn")
    page.get_by_label("Có", exact=True).check()
    officer.press("Tiếp tục")
    expect(page.get_by_label("Số điện thoại")).to_be_visible()
    officer.press("Tiếp tục")
    officer.look_twice("chay-thu-loi")
    page.get_by_label("Họ và tên").fill("Lò Thị Xuân")
    page.get_by_label("Số điện thoại").fill("0912345678")
    officer.press("Tiếp tục")
    officer.look_twice("chay-thu-giay-to")
    officer.press("Nộp hồ sơ")
    officer.look_twice("chay-thu-cho-tiep-nhan")
    officer.press("Tiếp nhận")
    officer.press("+1 giờ làm việc")
    officer.look_twice("chay-thu-giai-quyet")
    officer.press("Trả kết quả")
    expect(page.locator("main")).to_contain_text("Đã trả kết quả")
    page.get_by_label("Tên ví dụ").fill("Mượn về nhà, trả trong buổi sáng")
    officer.press("Xem ví dụ")
    officer.look_twice("chay-thu-vi-du")
    officer.press("Thêm vào bản nháp")
    expect(page.locator("#toasts")).to_contain_text("Đã thêm ví dụ")
    page.goto(f"{PLACE}/9.000001/{version.id}/do-phu")
    officer.look_twice("do-phu")
