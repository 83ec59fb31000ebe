"""A citizen on a telephone, then at a desk, nobody signed in: from a word to what is needed; agencies and figures."""

import pytest
from playwright.sync_api import expect
from reported import fill

pytestmark = [pytest.mark.browser, pytest.mark.database]


def test_d8_1_d7_2b_from_a_word_to_the_papers_needed(person, province):
    citizen = person("phone")
    page = citizen.page
    page.goto("/")
    citizen.look("dien-thoai-trang-chu")
    page.fill("#home-search", "em bé mới sinh")
    page.keyboard.press("Enter")
    expect(page.locator("ol .card a").first).to_have_text("Đăng ký khai sinh")
    citizen.look("dien-thoai-ket-qua-tim")
    page.locator("summary", has_text="Lọc danh sách").click()
    citizen.look("dien-thoai-loc")
    page.locator("ol .card a").first.click()
    citizen.look("dien-thoai-thu-tuc")
    page.get_by_role("link", name="Giấy tờ tôi cần").click()
    page.fill("[name='child_birth_date.d']", "1")
    page.fill("[name='child_birth_date.m']", "11")
    page.fill("[name='child_birth_date.y']", "2026")
    page.get_by_label("Trẻ có cha, mẹ hoặc có mẹ").check()
    page.get_by_label("Giấy chứng sinh", exact=True).check()
    for name in ("by_proxy", "parents_married", "wants_copies"):
        page.locator(f"[name={name}][value={'true' if name == 'parents_married' else 'false'}]").check()
    citizen.look("dien-thoai-can-gi-hoi")
    citizen.press("Xem giấy tờ tôi cần")
    expect(page.locator("#ket-qua")).to_contain_text("Giấy tờ cần chuẩn bị")
    citizen.look("dien-thoai-can-gi")
    fill(province.services)
    for address, name in (
        ("/thu-tuc?su-kien=business", "loc-su-kien"),
        ("/thu-tuc?q=khai+sinh+xe+máy", "gan-dung"),
        ("/thu-tuc/2.000488", "bai-bo"),
        ("/co-quan", "cac-co-quan"),
        ("/co-quan?ngay=2025-06-30", "ba-cap"),
        ("/co-quan/sokhdt", "co-quan-het"),
        ("/so-lieu?ky=2026-thang-11", "so-lieu"),
        ("/so-lieu/muc-do", "muc-do"),
    ):
        page.goto(address)
        citizen.look(f"dien-thoai-{name}")
