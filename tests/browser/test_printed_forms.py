"""The printed forms: the row of buttons on a dossier's page, the list, the fields and a refused template; looked at."""

import pytest
from people import PASSWORD, Province
from playwright.sync_api import expect
from walk import licence, open_dossier

pytestmark = [pytest.mark.browser, pytest.mark.database]


def test_d12_1b_forms_are_printed_from_the_dossier_and_looked_after_in_the_administration(
    person, province: Province
):
    address = open_dossier(province.staff("truongphong"), "cho-toi", licence(province)).url
    seen = person("phone")
    seen.sign_in("truongphong", PASSWORD)
    seen.page.goto(address)
    row = seen.page.locator("section", has=seen.page.get_by_role("heading", name="In", exact=True))
    for label in ("Giấy tiếp nhận", "Phiếu kiểm soát", "Phiếu đánh giá"):
        expect(row.get_by_role("link", name=label)).to_be_visible()
    seen.look("in-giay-to-phone", picture=True)

    province.officer("kiemsoat", "Lường Thị Én", "kiem_soat")
    seen = person("desk")
    seen.sign_in("kiemsoat", PASSWORD)
    seen.page.goto("/quan-tri/mau-giay-to/")
    seen.look("mau-giay-to", picture=True)
    seen.page.get_by_role("row", name="Văn bản xin lỗi").first.get_by_role("link").click()
    seen.page.get_by_text("Thử sửa mẫu").first.click()
    seen.page.get_by_label("Nội dung mẫu").fill("{{ office.password }}")
    seen.page.get_by_role("button", name="Xác nhận thử sửa mẫu").click()
    expect(seen.page.get_by_text("Mẫu không được đọc “password”").first).to_be_visible()
    expect(seen.page.get_by_label("Nội dung mẫu")).to_have_value("{{ office.password }}")
    seen.look("mau-giay-to-tu-choi", picture=True)
