"""An id renamed in the builder, a problem's dossier in the preview, coverage on the form: seen on both sizes."""

import pytest
from browser_walk import sit_down
from people import Province
from playwright.sync_api import expect

from definitions.shipped import shipped

pytestmark = [pytest.mark.browser, pytest.mark.database]

PROCEDURE = "2.000181"
FIELD = "form.pages.thuong_nhan.fields.business_name"


def test_an_id_is_renamed_and_a_gap_is_seen_in_the_form(province: Province, person):
    text = dict(shipped())[f"{PROCEDURE}.yaml"]
    store, now = province.services.definitions, province.clock.now()
    account = province.officer("lan", "Cán bộ Lan", "kiem_soat")
    version = store.save_draft(PROCEDURE, text, account.key, now).version.id
    base = f"/quan-tri/ban-cau-hinh/{PROCEDURE}/{version}"
    someone = sit_down(person, "lan")
    someone.scales.limit = 120_000
    page = someone.page
    page.goto(f"{base}/soan?o={FIELD}")

    page.locator("summary", has_text="business_name").click()
    someone.look_twice("noi-dung")
    page.get_by_label("Mã mới").fill("ten_thuong_nhan")
    page.get_by_role("button", name="Đổi mã…").press("Enter")
    expect(page.locator("#b-ask")).to_be_focused()
    someone.look_twice("doi-ma")
    page.locator("#b-agree button").press("Enter")
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu lúc")
    expect(page.locator("summary", has_text="ten_thuong_nhan")).to_be_visible()
    said = store.text(store.version(PROCEDURE, version))
    assert said == text.replace("business_name", "ten_thuong_nhan")

    # a row of the fee's table goes: what it answered has no answer, and that dossier is shown in the form
    page.goto(f"{base}/soan?o=fees")
    page.get_by_role("button", name="Xóa").first.press("Enter")
    expect(page.locator("#b-ask-title")).to_contain_text("chỗ đang dùng")
    someone.look_twice("hoi-truoc-khi-xoa")
    page.get_by_role("link", name="Thôi").press("Enter")
    expect(page.locator("#b-ask")).to_have_count(0)
    fee = page.locator("[data-item^='fees.']").first.get_attribute("data-item")
    page.goto(f"{base}/soan?o={fee}.amount.rows")
    page.locator(".items button[value^='xoa ']").last.press("Enter")
    link = page.get_by_role("link", name="Xem hồ sơ như vậy").first
    link.press("Enter")
    expect(page.locator("#b-situation")).to_be_visible()
    someone.look_twice("ho-so-thu")

    page.goto(f"{base}/bang-va-dieu-kien?cho=fees.0.amount")
    expect(page.get_by_role("link", name="Mở hồ sơ này trong phần xem trước").first).to_be_visible()
    someone.look_twice("luoi")
    page.goto(f"{base}/do-phu")
    expect(page.get_by_role("heading", name="Trên biểu mẫu")).to_be_visible()
    page.locator("summary", has_text="Câu hỏi mở đầu").click()
    page.locator("summary", has_text="Địa điểm bán lẻ").click()
    someone.look_twice("do-phu")
