"""The result signed, numbered, receipted and handed over, as officials and the applicant see it; phone and desk."""

import re

import pytest
from browser_walk import press_action, sit_down, take_up
from people import PASSWORD, Province
from playwright.sync_api import expect
from result_walk import handed_in, opened

pytestmark = [pytest.mark.browser, pytest.mark.database]


@pytest.mark.branch("ky-so", "so-van-ban", "buu-dien")
def test_the_result_from_the_leaders_desk_to_the_post(province: Province, person):
    opened(province, "ket-qua", "Sổ cấp kết quả", "{so}/GP-UBND", manual=True)
    code, _, mine = handed_in(province, "post")

    leader = sit_down(person, "chutich")
    take_up(leader, "cho-toi", code)
    expect(leader.page.get_by_label(re.compile("Ký số bản dự thảo khi duyệt"))).to_be_checked()
    leader.look("ban-duyet-ky-so", picture=True)
    press_action(leader, "duyet")

    clerk = sit_down(person, "vanthu")
    take_up(clerk, "cho-toi", code)
    expect(clerk.page.get_by_text("01/GP-UBND")).to_be_visible()
    expect(clerk.page.get_by_label(re.compile("Bản lãnh đạo đã ký số"))).to_be_checked()
    clerk.look("ban-phat-hanh", picture=True)
    press_action(clerk, "chuyen_ket_qua")
    clerk.page.get_by_role("link", name="Tất cả hồ sơ").click()
    clerk.page.get_by_role("link", name=code).click()
    clerk.page.get_by_role("link", name="Kiểm tra chữ ký").last.click()
    expect(clerk.page.get_by_text("Chữ ký hợp lệ, tệp còn nguyên như lúc ký.")).to_be_visible()
    clerk.look_twice("kiem-tra-chu-ky")
    clerk.page.get_by_role("link", name="Sổ văn bản").click()
    expect(clerk.page.get_by_role("rowheader", name="01/GP-UBND")).to_be_visible()
    clerk.look_twice("so-van-ban")

    desk = person("phone")
    desk.sign_in("motcua", PASSWORD)
    desk.page.goto("/motcua/phuong-to-hieu/tra-ket-qua")
    desk.look("dien-thoai-cho-tra")
    desk.page.get_by_role("link", name=code).click()
    desk.look("dien-thoai-gui-buu-dien")
    desk.page.get_by_label("Số hiệu bưu gửi").fill("EK123456789VN")
    desk.press("Giao bưu điện")
    expect(desk.page.get_by_text("Kết quả đang ở bưu điện")).to_be_visible()
    for box in desk.page.locator("[name=originals]").all():
        box.check()
    press_action(desk, "tra_the")
    expect(desk.page.locator(".dossier-head")).to_contain_text("Đã trả kết quả")

    citizen = person("phone")
    citizen.sign_in("0912345678", PASSWORD)
    citizen.page.goto(mine)
    expect(citizen.page.get_by_role("link", name="Kiểm tra chữ ký", exact=True)).to_be_visible()
    citizen.look("dien-thoai-ket-qua-da-ky")
    citizen.page.goto("/kiem-tra-chu-ky")
    citizen.look("dien-thoai-kiem-tra-tep")
