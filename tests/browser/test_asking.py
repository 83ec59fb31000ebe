"""Choosing agencies among ninety, with and without typing, and what the asker sees of their answers."""

import pytest
from asking_walk import accepted
from browser_walk import press_action, sit_down, take_up
from child_walk import child_text, publish_child, waiting
from people import OTHER, PASSWORD, Province
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.database]


@pytest.mark.branch("lay-y-kien")
def test_agencies_are_found_by_typing_and_what_is_ticked_stays(person, province: Province):
    code = accepted(province)
    name = province.services.agencies.get(OTHER).name
    desk = sit_down(person, "chuyenvien")
    take_up(desk, "cho-toi", code)
    desk.look_twice("chon-co-quan")
    box = desk.page.get_by_label("Tìm cơ quan")
    box.fill("chieng coi")
    expect(desk.page.locator("[data-filter-count]")).to_have_text("1 cơ quan")
    expect(desk.page.locator(".choices.columns label:visible")).to_have_count(1)
    desk.page.get_by_label(name).check()
    box.fill("to hieu")
    expect(desk.page.locator(".choices.columns label:visible")).to_have_count(2)
    desk.page.get_by_label("phường Tô Hiệu").check()
    box.fill("khong co dau")
    expect(desk.page.locator("[data-filter-count]")).to_have_text("Không có cơ quan nào như vậy")
    box.fill("")
    desk.page.get_by_label("Nội dung lấy ý kiến").fill("Kho sách của phường còn chỗ không?")
    desk.look_twice("da-chon-co-quan")
    press_action(desk, "hoi")
    expect(desk.page.locator("#consultation")).to_be_visible()

    there = person("desk")
    there.sign_in("khac-chuyenvien", PASSWORD)
    there.page.goto(f"/motcua/{OTHER}/hop/cho-toi")
    there.page.get_by_role("link", name=code).click()
    there.look_twice("duoc-hoi-y-kien")
    there.page.fill('form[action$="/dong_y"] [name=reason]', "Không vướng mắc, đề nghị xem thêm sơ đồ kho.")
    press_action(there, "dong_y")
    there.look_twice("da-tra-loi")
    desk.page.reload()
    expect(desk.page.locator("section", has=desk.page.locator("#consultation"))).to_contain_text("sơ đồ kho")
    desk.look_twice("y-kien-cac-co-quan")


def test_what_may_be_done_beside_the_steps(person, province: Province):
    code = accepted(province)
    desk = sit_down(person, "motcua")
    take_up(desk, "tat-ca", code)
    for fold in ("Gia hạn giải quyết", "Xin lỗi, hẹn lại ngày trả", "Rút hồ sơ theo đề nghị của người nộp"):
        desk.page.locator("summary", has_text=fold).click()
    desk.look_twice("viec-khac")
    desk.page.fill('form[action$="/gia-han"] [name=source]', "12/PĐN")
    press_action(desk, "gia-han")
    expect(desk.page.get_by_role("alert")).to_contain_text("Nhập thời gian gia hạn bằng số")
    expect(desk.page.locator('form[action$="/gia-han"] [name=source]')).to_have_value("12/PĐN")
    desk.look_twice("gia-han-chua-duoc")


@pytest.mark.branch("lien-thong")
def test_dossiers_that_belong_together(person, province: Province):
    publish_child(province, child_text())
    code = waiting(province)
    desk = sit_down(person, "chuyenvien")
    take_up(desk, "cho-toi", code)
    desk.look_twice("dang-mo-lien-thong")
    province.sweep()
    desk.page.reload()
    desk.look_twice("cho-lien-thong")
    citizen = person("phone")
    citizen.sign_in("0912345678", PASSWORD)
    citizen.page.goto(f"/ho-so/{province.services.repository.by_code(code).id}")
    citizen.look("dien-thoai-cong-dan-lien-thong")
    citizen.page.locator("#tied + dl a").click()
    expect(citizen.page.locator("h1")).to_contain_text("Đăng ký thẻ bạn đọc")
    citizen.look("dien-thoai-cong-dan-ho-so-con")


@pytest.mark.branch("lien-thong")
def test_a_dossier_that_could_not_be_opened(person, province: Province):
    code = waiting(province)
    province.sweep()
    desk = sit_down(person, "chuyenvien")
    take_up(desk, "cho-toi", code)
    expect(desk.page.get_by_role("heading", name="Không mở được hồ sơ liên thông")).to_be_visible()
    desk.look_twice("khong-mo-duoc-lien-thong")
