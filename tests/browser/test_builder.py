"""The builder in a browser: written by keyboard and mouse, kept when the line drops, looked at on both sizes."""

import json

import pytest
from browser_walk import sit_down
from people import Province
from playwright.sync_api import expect
from screens import Person

from definitions.editing import at, path_of
from definitions.reading import read
from definitions.shipped import shipped

pytestmark = [pytest.mark.browser, pytest.mark.database]

PROCEDURE = "2.000181"
WEIGHT = 120_000  # an officer's desk, not a telephone on a mountain
FIELDS = "form.pages.thuong_nhan.fields"


@pytest.fixture
def draft(province: Province, person):
    """A person at the builder of a draft that belongs to the first of them; and what its text says at a place."""
    text = dict(shipped())[f"{PROCEDURE}.yaml"]
    store, now = province.services.definitions, province.clock.now()
    version = []

    def value(place):
        data = read(store.text(store.version(PROCEDURE, version[0]))).data
        return at(data, path_of(data, place))

    def sit(login: str) -> Person:
        account = province.officer(login, f"Cán bộ {login}", "kiem_soat")
        if not version:
            version.append(store.save_draft(PROCEDURE, text, account.key, now).version.id)
        someone = sit_down(person, login)
        someone.scales.limit = WEIGHT
        someone.page.goto(f"/quan-tri/ban-cau-hinh/{PROCEDURE}/{version[0]}/soan?o=form.pages.thuong_nhan")
        return someone

    return sit, value


def drag(source, target):
    """By hand: a browser tells what is dragged over only after a second movement."""
    source.hover()
    source.page.mouse.down()
    target.hover()
    target.hover(position={"x": 20, "y": 10})
    source.page.mouse.up()


def test_a_form_is_written_with_mouse_and_keyboard_and_nothing_is_lost(draft, mongo_database):
    sit, value = draft
    writer = sit("mai")
    page = writer.page
    page.get_by_label("Thêm trường thông tin").fill("Số điện thoại người quản lý")
    page.get_by_label("Kiểu", exact=True).select_option("phone")
    page.keyboard.press("Enter")
    expect(page.locator("#b-title")).to_have_text("Số điện thoại người quản lý")
    page.get_by_label("Bắt buộc", exact=True).select_option("true")
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu lúc")
    assert value(FIELDS)[-1] == {
        "id": "so_dien_thoai_nguoi_quan_ly",
        "type": "phone",
        "label": "Số điện thoại người quản lý",
        "required": True,
    }
    writer.look_twice("soan-truong")
    page.locator(".trail a").last.click()
    expect(page.locator(f"[data-item='{FIELDS}.tax_number']")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 1500})  # nothing scrolls while it is dragged
    source = page.locator("[data-palette] li", has_text="Ngày").first
    drag(source, page.locator(f"[data-item='{FIELDS}.tax_number']"))
    expect(page.locator("[data-item]", has_text="Ngày mới")).to_be_visible()
    assert [field["id"] for field in value(FIELDS)][:3] == ["business_name", "ngay_moi", "tax_number"]
    drag(
        page.locator("[data-item]", has_text="Ngày mới"),
        page.locator(f"[data-item='{FIELDS}.business_name']"),
    )
    expect(page.locator("[data-item]").first).to_contain_text("Ngày mới")
    page.locator("body").press("Control+z")
    expect(page.locator("[data-item]").first).to_contain_text("Tên thương nhân")
    page.get_by_role("button", name="Xóa Ngày mới").press("Enter")
    expect(page.locator("[data-item]", has_text="Ngày mới")).to_have_count(0)
    writer.look_twice("soan-trang")

    # the line drops while something is typed: it is kept, and sent when there is one again
    page.get_by_role("link", name="Tên thương nhân").first.click()
    expect(page.locator("#b-title")).to_have_text("Tên thương nhân")
    page.context.set_offline(True)
    page.get_by_label("Nhãn").fill("Tên gõ khi mất mạng")
    page.keyboard.press("Tab")
    expect(page.locator("[data-saved]")).to_contain_text("Mất kết nối")
    page.context.set_offline(False)
    page.wait_for_function("() => !localStorage.length")
    assert value(f"{FIELDS}.business_name.label") == "Tên gõ khi mất mạng"

    # a session that ended: what was typed waits in this browser for the next one
    mongo_database["sessions"].delete_many({})  # a cookie taken away comes back with an answer on its way
    page.get_by_label("Nhãn").fill("Tên gõ khi hết phiên")
    page.keyboard.press("Tab")
    expect(page.locator("[data-saved]")).to_contain_text("Phiên đăng nhập đã kết thúc")
    assert "hết phiên" in json.dumps(page.evaluate("() => ({...localStorage})"), ensure_ascii=False)


def test_blocks_are_added_by_keyboard_and_mouse_and_things_are_looked_up_beside(draft):
    sit, value = draft
    writer = sit("mai")
    page = writer.page
    before = len(value(FIELDS))
    page.get_by_text("Khối dùng chung", exact=True).focus()
    page.keyboard.press("Enter")
    writer.look_twice("soan-khoi")
    page.get_by_role("button", name="Địa chỉ", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#b-title")).to_have_text("Địa chỉ")
    expect(page.locator("#v-block")).to_contain_text("Thôn, bản, tổ dân phố")
    page.get_by_role("checkbox", name="Tỉnh, thành phố").first.check()
    expect(page.locator("#v-block")).to_contain_text("không hỏi")
    page.locator(".trail a").last.click()
    page.get_by_text("Khối dùng chung", exact=True).click()
    page.set_viewport_size({"width": 1280, "height": 2600})  # nothing scrolls while it is dragged
    drag(
        page.locator(".blocks [data-type=bank_account] dd"),
        page.locator(f"[data-item='{FIELDS}.tax_number']"),
    )
    expect(page.locator(f"[data-item='{FIELDS}.tai_khoan_nhan_tien']")).to_be_visible(timeout=20_000)
    page.set_viewport_size({"width": 1280, "height": 800})
    assert len(value(FIELDS)) == before + 2
    # what is typed stays while something is looked up
    page.goto(f"{page.url.split('?')[0]}?o={FIELDS}.dia_chi")
    page.get_by_label("Nhãn (bắt buộc)").fill("Địa chỉ kho")
    page.locator("#b-beside summary").click()
    beside = page.locator("#b-beside")
    beside.get_by_role("link", name="Danh mục").click()
    beside.get_by_label("Tìm mục theo chữ hoặc mã").fill("to hieu")
    page.keyboard.press("Enter")
    expect(beside.locator(".found")).to_contain_text("phường Tô Hiệu")
    beside.get_by_role("link", name="Lịch", exact=True).click()
    beside.get_by_label("Ngày này có làm việc không?").fill("02/09/2026")
    page.keyboard.press("Enter")
    expect(beside.get_by_role("status")).to_contain_text("ngày nghỉ")
    writer.look_twice("soan-tra-cuu")
    page.keyboard.press("Escape")
    expect(page.get_by_label("Nhãn (bắt buộc)")).to_have_value("Địa chỉ kho")
    page.get_by_role("button", name="Tách thành trường riêng").click()
    expect(page.locator("[data-saved]")).to_contain_text("Tách khối", timeout=20_000)
    assert value(f"{FIELDS}.dia_chi.type") == "group"
    assert [part["id"] for part in value(f"{FIELDS}.dia_chi.item")] == ["province"]
    page.goto(f"{page.url.split('?')[0]}?o=workflow")
    page.get_by_label("Thời gian của bước Chuyên viên thẩm định hồ sơ").fill("7,5")
    page.get_by_label("Người phê duyệt").select_option("lanh_dao_phong")
    expect(page.locator("[data-saved]")).to_contain_text("Sửa thời gian", timeout=20_000)
    expect(page.get_by_label("Người phê duyệt")).to_have_value("lanh_dao_phong")
    writer.look_twice("soan-quy-trinh-chung")
    assert value("workflow.roles") == {"ky": "lanh_dao_phong"}
    page.goto("/quan-tri/dung-chung/")
    writer.look_twice("dung-chung")
    page.goto("/quan-tri/dung-chung/khoi/person/")
    writer.look_twice("dung-chung-khoi")
