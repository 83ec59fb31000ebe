"""The road walked in a browser: the citizen on a telephone, officials at their desks. Every page is looked at."""

import re

import pytest
from browser_walk import (
    DESK,
    attach,
    begin,
    code_on,
    go_on,
    hand_in,
    press_action,
    sit_down,
    take_up,
    type_all,
)
from people import PASSWORD, PDF, Province
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.database]


@pytest.mark.branch("truc-tuyen", "chuyen-vien-thu-ly", "doi-chieu")
def test_the_full_chain_from_a_telephone_to_a_licence(person, province: Province):
    citizen = person("phone")
    citizen.page.goto("/")
    citizen.look("dien-thoai-trang-chu")
    citizen.page.fill("#home-search", "ban thuoc la")
    citizen.page.keyboard.press("Enter")
    expect(citizen.page.get_by_role("heading", name=re.compile("Kết quả tìm"))).to_be_visible()
    citizen.look("dien-thoai-tim")
    citizen.page.get_by_role("link", name=re.compile("bán lẻ sản phẩm thuốc lá")).first.click()
    expect(citizen.page.get_by_role("heading", name="Thông tin đầy đủ")).to_be_visible()
    citizen.look("dien-thoai-thu-tuc")
    citizen.sign_in("0912345678", PASSWORD)
    citizen.look("dien-thoai-ho-so-trong")
    citizen.on_a_slow_line()
    begin(citizen, "2.000181")
    expect(citizen.page.get_by_role("heading", name="Trường hợp của ông/bà", level=1)).to_be_visible()
    citizen.look("dien-thoai-truong-hop", picture=True)
    citizen.page.check("[value=ho_kinh_doanh]")
    citizen.page.check("[value=thanh_pho]")
    go_on(citizen, "Thương nhân đề nghị")
    citizen.page.locator(".actions").get_by_role("button", name="Tiếp tục").first.click()
    expect(citizen.page.locator("#error-summary")).to_be_focused()
    citizen.look("dien-thoai-loi")
    type_all(
        citizen,
        {
            "business_name": "Hộ kinh doanh Lò Thị Xuân",
            "registration_number": "14A8001234",
            "registration_date.d": "5",
            "registration_date.m": "3",
            "registration_date.y": "2024",
            "registration_office": "UBND thành phố Sơn La",
        },
    )
    with citizen.page.expect_response("**/luu/**"):
        citizen.page.fill('[name="head_office"]', "Số 12, tổ 3, phường Tô Hiệu")
    expect(citizen.page.locator("[data-saved]")).to_contain_text("Đã lưu lúc")
    citizen.page.reload()
    expect(citizen.page.locator('[name="business_name"]')).to_have_value("Hộ kinh doanh Lò Thị Xuân")
    go_on(citizen, "Người đại diện")
    go_on(citizen, "Địa điểm bán lẻ")
    type_all(citizen, {"shops.0.shop_address": "Số 12, đường Chu Văn Thịnh", "shops.0.shop_area": "12,5"})
    citizen.page.get_by_role("button", name=re.compile("Thêm điểm kinh doanh")).click()
    expect(citizen.page.locator('[name="shops.1.shop_address"]')).to_be_visible()
    citizen.look("dien-thoai-danh-sach")
    type_all(citizen, {"shops.1.shop_address": "Chợ trung tâm", "shops.1.shop_area": "4"})
    go_on(citizen, "Nguồn hàng")
    type_all(
        citizen, {"suppliers.0.supplier_name": "Công ty Thuốc lá", "suppliers.0.supplier_paper": "15/HĐNT"}
    )
    go_on(citizen, "Giấy tờ kèm theo")
    citizen.upload_through_a_cut("dang_ky_kinh_doanh", "dang-ky.pdf", PDF)
    citizen.upload("van_ban_gioi_thieu", "gioi-thieu.pdf", PDF)
    citizen.look("dien-thoai-giay-to")
    citizen.press("Tiếp tục")
    expect(citizen.page.locator(".fees")).to_contain_text("200.000 đồng")
    number = hand_in(citizen, "dien-thoai")
    mine = citizen.page.url

    desk = sit_down(person, "motcua")
    desk.look("ban-hop-truc-tuyen", picture=True)
    take_up(desk, "truc-tuyen", number)
    desk.look("ban-tiep-nhan")
    press_action(desk, "thu-phi")
    for box in desk.page.locator('form[action$="/tiep-nhan"] [name=checked]').all():
        box.check()
    press_action(desk, "tiep-nhan")
    expect(desk.page.locator("#toasts")).to_contain_text("Đã tiếp nhận hồ sơ")
    code = code_on(desk)

    head = sit_down(person, "truongphong")
    take_up(head, "cho-toi", code)
    head.page.select_option('form[action$="/giao_viec"] select', label="Hoàng Thu Trang")
    press_action(head, "giao_viec")
    examiner = sit_down(person, "chuyenvien")
    take_up(examiner, "cho-toi", code)
    examiner.look("ban-tham-dinh")
    attach(examiner, "trinh", "du-thao.pdf")
    press_action(examiner, "trinh")
    take_up(head, "cho-toi", code)
    press_action(head, "chuyen_tiep")
    leader = sit_down(person, "chutich")
    take_up(leader, "cho-toi", code)
    press_action(leader, "chuyen_lai")
    expect(leader.page.get_by_role("alert")).to_contain_text("Đ14.1a")
    leader.look("ban-phe-duyet")
    press_action(leader, "duyet")
    clerk = sit_down(person, "vanthu")
    take_up(clerk, "cho-toi", code)
    clerk.page.fill('form[action$="/chuyen_ket_qua"] [name=number]', "12/GP-UBND")
    attach(clerk, "chuyen_ket_qua", "giay-phep.pdf")
    clerk.look("ban-van-thu")
    press_action(clerk, "chuyen_ket_qua")
    take_up(desk, "cho-tra-ket-qua", code)
    for box in desk.page.locator("[name=originals]").all():
        box.check()
    desk.look("ban-tra-ket-qua")
    press_action(desk, "tra_ket_qua")
    expect(desk.page.locator(".dossier-head")).to_contain_text("Đã trả kết quả")
    desk.look("ban-ho-so-xong")

    citizen.page.goto(mine)
    expect(citizen.page.get_by_role("link", name=re.compile("giay-phep.pdf"))).to_be_visible()
    citizen.look("dien-thoai-ho-so-xong")
    anybody = person("phone")
    anybody.page.goto(f"/tra-cuu?ma={code}")
    expect(anybody.page.locator("main")).to_contain_text("Đã trả kết quả")
    anybody.look("dien-thoai-tra-cuu")
    province.sweep()
    citizen.page.goto("/thong-bao")
    citizen.look("dien-thoai-thong-bao")


def test_questions_that_do_not_apply_leave_the_page_as_one_answers(person):
    citizen = person("phone")
    citizen.sign_in("0912345678", PASSWORD)
    begin(citizen, "1.001193")
    page = citizen.page
    type_all(citizen, {"child_birth_date.d": "10", "child_birth_date.m": "11", "child_birth_date.y": "2026"})
    page.check("[name=situation][value=bo_roi]")
    expect(page.locator("[name=birth_evidence][type=radio]")).to_have_count(0)
    page.check("[name=situation][value=thuong]")
    page.check("[name=birth_evidence][value=giay_chung_sinh]")
    page.check("[name=by_proxy][value=false]")
    citizen.look("dien-thoai-khai-sinh-1")
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
    expect(page.locator("output").first).to_contain_text("LÒ MINH ANH")
    citizen.look("dien-thoai-khai-sinh-2")
    go_on(citizen, "Mẹ của trẻ")


@pytest.mark.branch("tra-ngay")
def test_an_immediate_result_at_the_counter_in_a_few_strokes(person):
    desk = sit_down(person, "motcua")
    page = desk.page
    page.goto(f"{DESK}/tiep-nhan?q=sao y")
    desk.look("ban-them-moi-chon", picture=True)
    page.get_by_role("button", name=re.compile("^Thêm mới")).first.click()
    type_all(
        desk,
        {
            "applicant.name": "Lò Thị Xuân",
            "applicant.phone": "0912345678",
            "documents.0.name": "Bằng tốt nghiệp",
            "documents.0.pages": "5",
            "documents.0.copies": "3",
        },
    )
    page.locator('[name="documents.0.copies"]').press("Tab")
    expect(page.locator(".fees")).to_contain_text("21.000 đồng")
    page.check("[name=checked][value=ban_chinh]")
    page.select_option("[name=method]", "cash")
    page.fill("[name=receipt]", "0001")
    desk.look("ban-them-moi")
    desk.press("Tiếp nhận và trả kết quả")
    expect(page.locator(".dossier-head")).to_contain_text("Đã trả kết quả")
    desk.look("ban-tra-ngay")
