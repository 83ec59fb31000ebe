"""The other procedures of the catalogue in a browser, to their results: the draft that the applicant confirms, the
booking whose result is given at once, and the paper dossier entered at the counter. What is to be paid online is paid on a
line that breaks; what is not is not asked for.
"""

import re
from urllib.parse import urlsplit

import pytest
from browser_walk import (
    DESK,
    attach,
    begin,
    code_on,
    go_on,
    hand_in,
    issue_and_return,
    press_action,
    sit_down,
    take_up,
    type_all,
)
from people import PASSWORD, PDF, Province
from playwright.sync_api import expect
from screens import Person

pytestmark = [pytest.mark.browser, pytest.mark.database]


def pay_by_transfer(citizen: Person, mine: str, amount: str) -> None:
    """By the QR code, the line cut as the payer leaves for the bank and again before the bank's answer came back."""
    page = citizen.page
    page.goto(mine)
    page.get_by_role("link", name="Nộp trực tuyến").click()
    expect(page.get_by_role("heading", name="Nộp phí, lệ phí", level=1)).to_be_visible()
    paying = page.url
    expect(page.locator(".fees")).to_contain_text(amount)
    to_the_bank = page.locator("main").get_by_role("button", name="Tiếp tục")
    citizen.lose("**/nop-phi/", to_the_bank, sent=True)
    page.goto(paying)
    to_the_bank.click()
    expect(page.get_by_role("img", name="Mã QR")).to_be_visible()
    there = page.url
    page.get_by_role("link", name="Chuyển thử").click()
    citizen.lose("**/chuyen-khoan*", page.get_by_role("button", name="Chuyển", exact=True), sent=True)
    page.goto(there)
    expect(page.get_by_role("heading", name="Đã nhận được tiền")).to_be_visible()
    expect(page.locator("main")).to_contain_text(f"Đã ghi {amount} vào hồ sơ")


def test_d10_4b_a_birth_is_registered_after_the_applicant_confirmed_the_draft(person, province: Province):
    citizen = person("phone")
    citizen.sign_in("0912345678", PASSWORD)
    citizen.on_a_slow_line()
    begin(citizen, "1.001193")
    page = citizen.page
    type_all(citizen, {"child_birth_date.d": "10", "child_birth_date.m": "11", "child_birth_date.y": "2026"})
    page.check("[name=situation][value=thuong]")
    page.check("[name=birth_evidence][value=giay_chung_sinh]")
    page.check("[name=by_proxy][value=false]")
    go_on(citizen, "Người yêu cầu đăng ký")
    page.select_option('[name="requester.residence.commune"]', "phường Tô Hiệu")
    page.check("[name=relation][value=me]")
    go_on(citizen, "Trẻ được khai sinh")
    type_all(
        citizen,
        {
            "child_name": "Lò Minh Anh",
            "child_ethnicity": "Thái",
            "birth_place": "Bệnh viện tỉnh",
            "home_town": "Phường Tô Hiệu",
        },
    )
    page.check("[name=child_sex][value=nu]")
    page.check("[name=birth_place_kind][value=co_so_y_te]")
    go_on(citizen, "Mẹ của trẻ")
    type_all(
        citizen,
        {
            "mother.full_name": "Lò Thị Xuân",
            "mother.birth_date.d": "1",
            "mother.birth_date.m": "2",
            "mother.birth_date.y": "1996",
            "mother.ethnicity": "Thái",
        },
    )
    page.select_option('[name="mother.residence.commune"]', "phường Tô Hiệu")
    go_on(citizen, "Cha của trẻ")
    page.check("[name=parents_married][value=false]")
    page.check("[name=acknowledge_father][value=false]")
    go_on(citizen, "Bản sao trích lục khai sinh")
    page.check("[name=wants_copies][value=true]")
    page.fill("[name=copies]", "2")
    go_on(citizen, "Giấy tờ kèm theo")
    citizen.upload_through_a_cut("giay_chung_sinh", "chung-sinh.pdf", PDF)
    citizen.press("Tiếp tục")
    number = hand_in(citizen, "khai-sinh")
    mine = page.url
    # nothing is owed before the dossier is received
    expect(page.get_by_role("link", name="Nộp trực tuyến")).to_have_count(0)

    desk = sit_down(person, "motcua")
    take_up(desk, "truc-tuyen", number)
    for box in desk.page.locator('form[action$="/tiep-nhan"] [name=checked]').all():
        box.check()
    press_action(desk, "tiep-nhan")
    code = code_on(desk)
    pay_by_transfer(citizen, mine, "16.000 đồng")
    (made,) = province.services.database["payments"].find()
    assert (made["state"], made["amount"], made["took"]) == ("paid", 16_000, 16_000)
    desk.page.reload()
    expect(desk.page.locator("main")).to_contain_text("Thu 16.000 đồng")
    expect(desk.page.locator('form[action$="/thu-phi"]')).to_have_count(0)
    examiner = sit_down(person, "chuyenvien")
    take_up(examiner, "cho-toi", code)
    attach(examiner, "chuyen_du_thao", "du-thao.pdf")
    press_action(examiner, "chuyen_du_thao")
    page.goto(mine)
    citizen.look("khai-sinh-xac-nhan")
    citizen.press("Tôi đồng ý với bản dự thảo")
    expect(page.locator("#toasts")).to_contain_text("Đã gửi câu trả lời")
    take_up(examiner, "cho-toi", code)
    press_action(examiner, "da_ghi_so")
    leader = sit_down(person, "chutich")
    take_up(leader, "cho-toi", code)
    press_action(leader, "duyet")
    issue_and_return(person, desk, code)


def test_a_booking_made_online_is_completed_at_the_desk_at_once(person):
    citizen = person("desk")
    citizen.sign_in("0912345678", PASSWORD)
    citizen.on_a_slow_line()
    begin(citizen, "2.000815")
    page = citizen.page
    page.check("[name=issued_abroad][value=false]")
    go_on(citizen, "Giấy tờ cần chứng thực")
    type_all(
        citizen, {"documents.0.name": "Bằng tốt nghiệp", "documents.0.pages": "5", "documents.0.copies": "3"}
    )
    go_on(citizen, "Người yêu cầu chứng thực")
    go_on(citizen, "Buổi hẹn")
    type_all(citizen, {"appointment_date.d": "25", "appointment_date.m": "11", "appointment_date.y": "2026"})
    page.check("[name=appointment_session][value=sang]")
    go_on(citizen, "Giấy tờ kèm theo")
    citizen.press("Tiếp tục")
    expect(page.locator(".fees")).to_contain_text("21.000 đồng")
    number = hand_in(citizen, "chung-thuc")
    expect(page.get_by_role("link", name="Nộp trực tuyến")).to_have_count(0)
    page.goto(f"{urlsplit(page.url).path}/nop-phi/")
    expect(page.get_by_role("heading", name="Không có khoản nào phải nộp lúc này")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Các khoản còn lại nộp sau khi hồ sơ được tiếp nhận")
    desk = sit_down(person, "motcua")
    take_up(desk, "truc-tuyen", number)
    for box in desk.page.locator('form[action$="/tra-ngay"] [name=checked]').all():
        box.check()
    press_action(desk, "tra-ngay")
    expect(desk.page.locator(".dossier-head")).to_contain_text("Đã trả kết quả")


def test_a_paper_dossier_is_entered_at_the_counter_and_its_receipt_offered(person):
    desk = sit_down(person, "motcua")
    page = desk.page
    page.goto(f"{DESK}/tiep-nhan?q=thuoc la")
    page.get_by_role("button", name=re.compile("^Thêm mới")).first.click()
    page.check("[name=applicant_kind][value=ho_kinh_doanh]")
    page.check("[name=fee_area][value=thanh_pho]")
    type_all(
        desk,
        {
            "applicant.name": "Lò Thị Xuân",
            "applicant.phone": "0912345678",
            "business_name": "Hộ Lò Thị Xuân",
            "registration_number": "14A8001234",
            "registration_date.d": "5",
            "registration_date.m": "3",
            "registration_date.y": "2024",
            "registration_office": "UBND thành phố Sơn La",
            "head_office": "Số 12",
            "business_phone": "0912345678",
            "representative.full_name": "Lò Thị Xuân",
            "representative.citizen_number": "014190001234",
            "shops.0.shop_address": "Số 12",
            "shops.0.shop_area": "12,5",
            "suppliers.0.supplier_name": "Công ty Thuốc lá",
            "suppliers.0.supplier_paper": "15/HĐNT",
        },
    )
    for box in page.locator("[name=checked]").all():
        box.check()
    page.select_option("[name=method]", "cash")
    page.fill("[name=receipt]", "0002")
    with page.expect_navigation():
        desk.press("Tiếp nhận")
    expect(page.get_by_role("link", name=re.compile("In giấy tiếp nhận"))).to_be_visible()
    desk.look("ban-giay-da-tiep-nhan")
