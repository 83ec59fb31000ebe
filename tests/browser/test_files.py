"""A file into the administration in a browser: chosen, looked at, confirmed; at a desk and on a telephone."""

import pytest
from browser_walk import sit_down
from bundles import KEY, SHIPPED, changed_parts, made, of
from people import Province
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.database]

PLACE = "/quan-tri/ban-cau-hinh"


def test_a_bundle_is_looked_at_before_it_is_imported(province: Province, person):
    province.officer("kiemsoat", "Lường Thị Mai", "kiem_soat")
    there = changed_parts(workflows__day_du=("name: ", "name: Đổi "))
    code, other, third = sorted(SHIPPED, key=lambda code: len(SHIPPED[code]))[:3]
    text = SHIPPED[code].replace("name: ", "name: Thử ", 1)
    data = made(of(code, text, there), of(other, parts=there), of(third, parts=there), parts=there, key=KEY)
    writer = sit_down(person, "kiemsoat")
    page = writer.page
    page.goto(f"{PLACE}/")
    writer.look_twice("quan-tri-danh-sach-tep")
    page.get_by_role("link", name="Nhập tệp").click()
    writer.press("Xem trước")
    expect(page.get_by_role("alert")).to_contain_text("chọn một tệp")
    writer.look_twice("quan-tri-nhap-tep")
    page.set_input_files("#f-file", {"name": "goi.zip", "mimeType": "application/zip", "buffer": data})
    writer.press("Xem trước")
    expect(page.get_by_text("Phiên bản mới").first).to_be_visible()
    expect(page.get_by_text("viết thẳng vào bản nháp").first).to_be_visible()
    page.get_by_role("button", name="Nhập").click()
    expect(page.get_by_role("alert")).to_contain_text("đánh dấu vào ô xác nhận")
    writer.look_twice("quan-tri-xem-truoc")
    page.get_by_label("vẫn nhập").check()
    page.get_by_role("button", name="Nhập").click()
    expect(page.locator("#toasts")).to_contain_text("Đã nhập")
    version = province.services.definitions.versions(code)[-1]
    page.goto(f"{PLACE}/{code}/{version.id}/")
    expect(page.get_by_role("link", name="Tải gói")).to_be_visible()
    writer.look_twice("quan-tri-ban-da-nhap")
