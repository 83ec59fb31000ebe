"""Solving seen on the screen: verifying on site, a proposal for more time and its decision, several at once, the closed door."""

from datetime import timedelta

import pytest
from asking_walk import ASKING
from browser_walk import DESK, press_action, sit_down, take_up
from made_up import lent
from people import OTHER, Province
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.database]

WORK = ASKING.replace("      on_timeout: coi_nhu_dong_y\n", "").replace(
    "to: y_kien, primary: true}]", "to: y_kien, needs: [verification], primary: true}]"
)


@pytest.mark.branch("xac-minh", "y-kien-qua-han", "gia-han-dong-y", "cua-dong", "hang-loat")
def test_d13_3b_d13_3c_d13_3dd_d15_1d_an_officer_solves_and_the_counter_decides(person, province: Province):
    code = lent(province, WORK).code
    desk = sit_down(person, "chuyenvien")
    take_up(desk, "cho-toi", code)
    press_action(desk, "hoi")
    expect(desk.page.get_by_role("alert")).to_contain_text("Đ13.3b")
    form = 'form[action$="/hen-xac-minh"]'
    desk.page.locator("summary", has_text="Hẹn xác minh thực tế").click()
    for name, value in {
        "on": "2026-11-24", "at": "09:00", "place": "Thư viện phường Tô Hiệu, số 12 đường Chu Văn Thịnh",
        "participants": "Chuyên viên thụ lý, thủ thư, bạn đọc", "content": "Số sách đang mượn, nơi ở của bạn đọc",
    }.items():  # fmt: skip
        desk.page.fill(f"{form} [name={name}]", value)
    desk.look_twice("hen-xac-minh")
    press_action(desk, "hen-xac-minh")
    expect(desk.page.locator("main")).to_contain_text("Người nộp đã được báo")
    province.clock.advance(days=1, hours=3)
    desk.page.reload()
    desk.page.locator("summary", has_text="Ghi kết quả xác minh").click()
    desk.page.get_by_label("Kết quả", exact=True).fill("Đúng như khai")
    press_action(desk, "ket-qua-xac-minh")
    expect(desk.page.locator("#verified + dl")).to_contain_text("Đúng như khai")
    desk.look_twice("da-xac-minh")

    desk.page.locator("summary", has_text="Lập Phiếu đề nghị gia hạn").click()
    desk.page.get_by_label("Đề nghị thêm").fill("2")
    desk.page.get_by_label("Lý do đề nghị").fill("Phải kiểm kê lại kho sách")
    desk.page.get_by_label("Căn cứ pháp luật cho gia hạn").select_option(index=1)
    desk.page.get_by_label("Điều, khoản", exact=True).fill("khoản 2 Điều 9")
    desk.look_twice("de-nghi-gia-han")
    press_action(desk, "de-nghi-gia-han")
    expect(desk.page.get_by_role("link", name="Phiếu đề nghị gia hạn")).to_be_visible()
    counter = sit_down(person, "motcua")
    take_up(counter, "tat-ca", code)
    expect(counter.page.locator("main")).to_contain_text("Căn cứ: khoản 2 Điều 9")
    counter.look_twice("quyet-dinh-gia-han")
    counter.press("Điều chỉnh ngày trả")
    expect(counter.page.locator("main")).to_contain_text("Hẹn lần đầu")

    desk.page.reload()
    desk.page.get_by_label("Tìm cơ quan").fill("chieng coi")
    desk.page.get_by_label("phường Chiềng Cơi").check()
    desk.page.get_by_label("Nội dung lấy ý kiến").fill("Bạn đọc còn nợ sách nào không?")
    desk.page.get_by_label("Trả lời trước hết ngày").fill("2026-11-25")
    press_action(desk, "hoi")
    found = province.services.repository.by_code(code)
    assert [task.agency for task in found.tasks] == [OTHER]
    province.clock.set(found.deadline.due + timedelta(days=1))
    province.sweep()
    desk.page.reload()
    expect(desk.page.get_by_role("heading", name="quá hạn trả lời")).to_be_visible()
    desk.look_twice("khong-cho-y-kien")
    counter.page.reload()
    expect(counter.page.get_by_role("button", name="Kết thúc hồ sơ")).to_be_disabled()
    counter.page.locator("summary", has_text="Rút hồ sơ").click()
    counter.look_twice("cua-dong")
    counter.page.goto(f"{DESK}/y-kien-qua-han")
    counter.look_twice("y-kien-qua-han")
    desk.page.locator("summary", has_text="Đi tiếp, không chờ ý kiến này").click()
    desk.page.get_by_label("Lý do đi tiếp").fill("Đã đôn đốc hai lần")
    press_action(desk, "khong-cho")
    desk.page.goto(f"{DESK}/hang-loat")
    desk.page.get_by_label(code).check()
    desk.look_twice("hang-loat")
    desk.press("Chuyển văn thư")
    expect(desk.page.locator("#outcomes")).to_contain_text("1/1 hồ sơ đã thực hiện")
    desk.look_twice("hang-loat-ket-qua")
