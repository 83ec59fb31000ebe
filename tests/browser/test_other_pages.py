"""Pages beside the straight road: supplements, profiles, signing in, and what is shown when something is refused."""

import pytest
from browser_walk import DESK, begin, press_action, sit_down, take_up
from people import PASSWORD, PDF, Province
from playwright.sync_api import expect
from walk import TOBACCO_FORM, TOBACCO_QUESTIONS, fill, hand_in, reference, upload_all
from walk import begin as begin_quickly

pytestmark = [pytest.mark.browser, pytest.mark.database]


@pytest.fixture
def handed_in(province: Province) -> tuple[str, str]:
    """A dossier waiting for the desk: its number, and its page for the citizen."""
    citizen = province.citizen()
    page = fill(citizen, begin_quickly(citizen, "2.000181"), TOBACCO_QUESTIONS | TOBACCO_FORM)
    page = hand_in(citizen, citizen.submit(upload_all(citizen, page), "/giay-to"))
    return reference(page), page.url


def test_a_supplement_is_asked_and_answered(person, handed_in):
    number, mine = handed_in
    desk = sit_down(person, "motcua")
    take_up(desk, "truc-tuyen", number)
    press_action(desk, "bo-sung")
    expect(desk.page.get_by_role("alert")).to_contain_text("Chưa thực hiện được")
    desk.look_twice("bo-sung-chua-duoc")
    desk.page.fill('[name="reason.dang_ky_kinh_doanh"]', "Ảnh mờ, không đọc được số")
    desk.page.fill('[name="reason.business_name"]', "Tên chưa đúng giấy đăng ký")
    desk.page.fill('form[action$="/bo-sung"] [name=note]', "Ông/bà chụp lại giấy ở nơi đủ sáng.")
    press_action(desk, "bo-sung")
    desk.look_twice("bo-sung-da-gui")
    citizen = person("desk")
    citizen.sign_in("0912345678", PASSWORD)
    citizen.page.goto("/ho-so")
    citizen.look_twice("ho-so-can-bo-sung")
    citizen.page.goto(mine)
    citizen.look_twice("can-bo-sung")
    citizen.page.goto(f"{mine}/bo-sung")
    citizen.look_twice("bo-sung")
    citizen.page.fill("[name=business_name]", "Hộ kinh doanh Xuân Lò")
    citizen.page.set_input_files(
        '[name="paper.dang_ky_kinh_doanh"]',
        {"name": "ro-hon.pdf", "mimeType": "application/pdf", "buffer": PDF},
    )
    expect(citizen.page.locator(".hash")).to_be_visible()  # the line that comes moves the button
    citizen.press("Gửi phần bổ sung")
    expect(citizen.page.locator("#toasts")).to_contain_text("Đã gửi phần bổ sung")
    citizen.look_twice("da-bo-sung")


def test_a_dossier_that_is_refused_says_why_to_both(person, handed_in):
    number, mine = handed_in
    desk = sit_down(person, "motcua")
    take_up(desk, "truc-tuyen", number)
    desk.page.locator("summary", has_text="Từ chối tiếp nhận").click()
    desk.page.fill('form[action$="/tu-choi"] [name=reason]', "Không thuộc thẩm quyền giải quyết của phường")
    press_action(desk, "tu-choi")
    desk.look_twice("tu-choi")
    citizen = person("desk")
    citizen.sign_in("0912345678", PASSWORD)
    citizen.page.goto(mine)
    citizen.look_twice("bi-tu-choi")


def test_accounts_are_opened_and_kept(person):
    someone = person("desk")
    page = someone.page
    page.goto("/dang-nhap")
    page.fill("[name=login]", "0912345678")
    someone.press("Đăng nhập")
    someone.look_twice("dang-nhap-loi")
    page.goto("/dang-ky")
    someone.press("Tiếp tục, nhận mã")
    expect(page.locator("#error-summary")).to_be_visible()
    someone.look_twice("dang-ky-loi")
    page.goto("/dieu-khoan")
    someone.look_twice("dieu-khoan")
    page.goto("/thu-tuc")
    someone.look_twice("danh-muc")
    page.goto("/tra-cuu?ma=000.00.00.H52-261123-0000")
    someone.look_twice("tra-cuu-khong-thay")
    someone.sign_in("0912345678", PASSWORD)
    page.goto("/tai-khoan")
    someone.look_twice("tai-khoan")
    page.fill("[name=phone]", "12")
    someone.press("Lưu")
    expect(page.locator("#error-summary")).to_be_visible()
    someone.look_twice("tai-khoan-loi")
    page.goto("/tai-khoan/mat-khau")
    someone.look_twice("mat-khau")
    page.goto("/thong-bao")
    someone.look_twice("chua-co-thong-bao")
    staff = sit_down(person, "motcua")
    staff.page.goto("/tai-khoan")
    staff.look_twice("tai-khoan-can-bo")
    staff.page.goto(f"{DESK}/hop/tat-ca?q=khong co ai")
    staff.look_twice("hop-rong")


def test_every_refusal_offers_a_way_on(person, province: Province, handed_in, monkeypatch):
    number, mine = handed_in
    someone = person("desk")
    page = someone.page
    page.goto("/khong-co-trang-nay")
    expect(page.get_by_role("heading", name="Không tìm thấy trang này")).to_be_visible()
    someone.look_twice("loi-404")
    someone.sign_in("0987654321", PASSWORD)
    page.goto(mine)
    someone.look_twice("loi-ho-so-nguoi-khac")
    page.goto(DESK)
    expect(page.get_by_role("heading", name="Ông/bà chưa được phép xem trang này")).to_be_visible()
    someone.look_twice("loi-403")
    begin(someone, "2.000181")
    page.check("[value=ho_kinh_doanh]")
    page.eval_on_selector_all('[name="csrf_token"]', "all => all.forEach(one => one.value = 'cu')")
    someone.page.locator(".actions").get_by_role("button", name="Tiếp tục").first.click()
    expect(page.get_by_role("heading", name="Trang đã mở quá lâu")).to_be_visible()
    someone.look_twice("loi-400-trang-cu")
    with page.expect_navigation():
        someone.press("Gửi lại")
    page.wait_for_load_state("networkidle")  # an answer still on its way would bring the session back
    someone.context.clear_cookies()
    someone.page.locator(".actions").get_by_role("button", name="Tiếp tục").first.click()
    expect(page.get_by_role("heading", name="Phiên đăng nhập đã hết")).to_be_visible()
    someone.look_twice("loi-401-het-phien")

    desk = sit_down(person, "motcua")
    take_up(desk, "truc-tuyen", number)
    other = desk.page.url.replace("phuong-to-hieu", "phuong-chieng-coi")
    address = desk.page.url
    desk.page.goto(other)
    desk.look_twice("loi-403-can-bo")
    desk.page.goto(address.rsplit("/", 1)[0] + "/khong-co")
    desk.look_twice("loi-404-can-bo")
    desk.page.goto(address)
    desk.page.locator("summary", has_text="Từ chối tiếp nhận").click()
    monkeypatch.setitem(province.app.config, "MAX_CONTENT_LENGTH", 1_000)
    desk.page.fill('form[action$="/tu-choi"] [name=reason]', "dài " * 400)
    press_action(desk, "tu-choi")
    expect(desk.page.get_by_role("heading", name="Tệp gửi lên quá lớn")).to_be_visible()
    desk.look_twice("loi-413")


def test_a_file_of_the_wrong_kind_is_refused_where_it_was_chosen(person, province: Province):
    quick = province.citizen()
    page = fill(quick, begin_quickly(quick, "2.000181"), TOBACCO_QUESTIONS | TOBACCO_FORM)
    citizen = person("desk")
    citizen.sign_in("0912345678", PASSWORD)
    citizen.page.goto(page.url)
    section = citizen.page.locator("#paper-dang_ky_kinh_doanh")
    section.locator("input[type=file]").set_input_files(
        {"name": "bang-tinh.xlsx", "mimeType": "application/octet-stream", "buffer": b"PK\x03\x04 no paper"}
    )
    expect(section.locator(".error").first).to_be_visible()
    citizen.look_twice("giay-to-sai-loai")
    citizen.press("Tiếp tục")
    expect(citizen.page.locator("#error-summary")).to_contain_text("Còn thiếu giấy tờ")
    citizen.look_twice("giay-to-thieu")
