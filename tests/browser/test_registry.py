"""The catalogue and the slips in a browser: weighed, checked and looked at, at a desk and on a telephone."""

from datetime import date

import pytest
from browser_walk import sit_down
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.database]

ADMIN = "/quan-tri"
PAGES = ("muc-do/?theo=co-quan", "danh-muc/", "lo-trinh/", "cong-bo/thong-bao")


def fill_day(page, name, day):
    for part, value in (("d", day.day), ("m", day.month), ("y", day.year)):
        page.fill(f'[name="{name}.{part}"]', str(value))


def test_a_decision_is_entered_and_a_slip_is_made_of_it(province, person):
    s = province.services
    s.registry.add_demonstration(province.clock.now())
    province.officer("kiemsoat", "Lường Thị Mai", "kiem_soat", "tham_dinh_cau_hinh")
    officer = sit_down(person, "kiemsoat")
    page = officer.page
    page.goto(f"{ADMIN}/danh-muc/nhap-bang")
    page.fill('[name="decision_number"]', "1234/QĐ-UBND")
    fill_day(page, "decision_day", date(2026, 11, 20))
    fill_day(page, "start", date(2026, 11, 21))
    page.fill("#f-table", "9.000002\tĐổi thẻ bạn đọc thư viện\tThư viện\txã\n9.1\tCấp lại\tThư viện\txã")
    officer.press("Xem trước")
    expect(page.get_by_role("alert")).to_contain_text("Chưa ghi dòng nào")
    officer.look_twice("danh-muc-bang-loi")
    page.fill("#f-table", "9.000002\tĐổi thẻ bạn đọc thư viện\tThư viện\txã")
    officer.press("Xem trước")
    officer.press("Ghi 1 dòng vào danh mục")
    expect(page.locator("#toasts")).to_contain_text("Đã ghi 1 dòng")
    officer.look_twice("danh-muc-quyet-dinh")
    page.get_by_role("link", name="Lập phiếu đăng ký từ quyết định này").click()
    officer.press("Lập phiếu")
    expect(page.locator("#toasts")).to_contain_text("Đã lập phiếu")
    officer.look_twice("phieu-dang-ky")
    officer.press("Gửi phiếu")
    expect(page.locator("main")).to_contain_text("Đã ghi nhận")
    page.goto(f"{ADMIN}/lo-trinh/")
    page.select_option("#f-code", "9.000002")
    page.get_by_label("Mức độ 3").check()
    fill_day(page, "day", date(2026, 12, 20))
    officer.press("Thêm vào lộ trình")
    expect(page.locator("main")).to_contain_text("Sắp đến hạn")
    for address in PAGES:
        page.goto(f"{ADMIN}/{address}")
        officer.look_twice("registry-" + address.strip("/").replace("/", "-").replace("?", "-"))
