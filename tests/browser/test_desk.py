"""The desk as officials see it: by keyboard at a desk, on a telephone, and without a script."""

import pytest
from browser_walk import DESK, sit_down
from people import COMMUNE
from playwright.sync_api import expect
from screens import PHONE
from small_desk import Kernel, hire

from tthc.accounts.model import OVERSEER
from tthc.dossiers.listing import PAGE

pytestmark = [pytest.mark.database, pytest.mark.browser]


@pytest.mark.branch("nhan-viec")
def test_d12_1c_lists_by_keyboard_on_a_telephone_and_without_a_script(person, province):
    kernel = Kernel(province)
    for number in range(PAGE + 2):
        kernel.hand_in(number, name="Nguyễn Thị Phương Thảo Huyền Trang")
    kernel.examined(90)
    hire(province, "giamsat", "Đỗ Thị Vân", agency=COMMUNE, roles=(OVERSEER,))
    hire(province, "chuyenvien2", "Mùa A Chu", "tham_dinh")
    hire(province, "quantri-cq", "Cà Thị Bích", roles=("quan_tri_co_quan",))
    desk = sit_down(person, "motcua")
    page = desk.page
    desk.look_twice("viec-hom-nay")
    page.goto(f"{DESK}/hop/truc-tuyen")
    desk.look_twice("hop-danh-sach")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_role("checkbox", name="Chọn").nth(1)).to_be_checked()
    page.keyboard.press("n")
    expect(page.locator("tbody tr")).to_have_count(2)
    page.keyboard.press("p")
    expect(page.locator("tbody tr")).to_have_count(PAGE)
    page.get_by_text("Lọc và tìm").click()
    page.get_by_label("Hạn", exact=True).select_option("qua-han")
    page.get_by_role("button", name="Lọc", exact=True).click()
    expect(page.get_by_text("Không có hồ sơ nào như vậy")).to_be_visible()
    desk.look("ban-hop-loc")
    page.get_by_text("Lưu danh sách này").click()
    page.get_by_label("Tên danh sách").fill("Quá hạn ở quầy")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_role("link", name="Quá hạn ở quầy")).to_have_attribute("aria-current", "true")
    page.goto(f"{DESK}/danh-sach")
    desk.look("ban-danh-sach-da-luu")
    page.goto(f"{DESK}/hop/truc-tuyen", wait_until="networkidle")  # with the script that hears keys
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ai giữ việc")).to_be_visible()
    desk.look_twice("ho-so-nhan-viec")

    head = sit_down(person, "truongphong")
    head.page.goto(f"{DESK}/hop/tat-ca?ai=chua")
    head.page.get_by_role("checkbox", name="Chọn").first.check()
    head.page.get_by_text("Việc với các hồ sơ đã chọn").click()
    head.page.get_by_label("Giao cho").select_option(label="Lò Thị Hạnh")
    head.page.get_by_label("Lý do").fill("Chia việc")
    head.look_twice("giao-nhieu")
    head.page.get_by_role("button", name="Giao việc, giao lại").click()
    expect(head.page.get_by_text("Đã làm 1 trên 1 hồ sơ")).to_be_visible()

    away = sit_down(person, "chuyenvien")
    away.page.goto(f"{DESK}/vang-mat")
    away.press("Báo vắng")
    expect(away.page.locator("#error-summary")).to_be_visible()
    away.page.get_by_label("Đến hết ngày").fill("2026-11-24")
    away.page.get_by_label("Người làm thay").select_option(label="Mùa A Chu")
    away.page.get_by_label("Lý do").fill("Nghỉ phép")
    away.press("Báo vắng")
    expect(away.page.get_by_text("Đang vắng")).to_be_visible()
    away.look_twice("vang-mat")

    admin = sit_down(person, "quantri-cq")
    admin.page.goto("/quan-tri/thay-mat-vang-mat/them")
    admin.look_twice("thay-mat-them")
    watcher = sit_down(person, "giamsat")
    watcher.look_twice("giam-sat")

    plain = desk.context.browser.new_context(
        java_script_enabled=False,
        viewport=PHONE,
        base_url=desk.base,
        storage_state=desk.context.storage_state(),
    )
    page = plain.new_page()
    page.goto(f"{DESK}/hop/truc-tuyen?kenh=online")
    page.get_by_role("link", name="Sau →").click()
    page.get_by_role("link", name="← Trước").click()
    page.get_by_role("checkbox", name="Chọn").last.check()
    page.locator("summary", has_text="Việc với các hồ sơ đã chọn").click()
    page.get_by_role("button", name="Nhận việc").click()
    expect(page.get_by_role("status").first).to_contain_text("Đã làm 1 trên 1 hồ sơ")
    plain.close()
