"""The road from a definition to a returned result, as people walk it, page by page and without JavaScript."""

import io
import re

import pytest
from people import Province
from walk import (
    DESK,
    TOBACCO_FORM,
    TOBACCO_QUESTIONS,
    begin,
    code_on,
    copies_at_the_counter,
    fill,
    hand_in,
    open_dossier,
    pdf,
    reference,
    upload_all,
)

pytestmark = pytest.mark.database


def test_the_full_chain_of_roles_from_an_online_application_to_the_returned_result(province: Province):
    citizen = province.citizen()
    page = fill(citizen, begin(citizen, "2.000181"), TOBACCO_QUESTIONS | TOBACCO_FORM)
    assert page.url.endswith("/giay-to")
    page = upload_all(citizen, page)
    page = citizen.submit(page, "/giay-to")
    assert "100.000 đồng" in page.text
    page = hand_in(citizen, page)
    number = reference(page)
    assert "Bộ phận Một cửa" in page.text and "kiểm tra và tiếp nhận" in page.text
    mine = page.url

    desk = province.staff("motcua")
    page = open_dossier(desk, "truc-tuyen", number)
    refused = desk.submit(page, "/tiep-nhan")
    assert refused.status == 409 and "Đ10.2c" in refused.text, refused.text
    page = desk.submit(page, "/thu-phi", {"method": "transfer", "receipt": "BL-001"})
    assert page.status == 200, page.text
    page = desk.submit(
        page, "/tiep-nhan", {"checked": ["dang_ky_kinh_doanh", "van_ban_gioi_thieu", "don_de_nghi"]}
    )
    assert page.status == 200 and "Đã tiếp nhận hồ sơ" in page.text, page.text
    code = code_on(page)
    receipt = desk.get(f"{page.url}/giay-tiep-nhan.pdf")
    assert receipt.status == 200 and receipt.data.startswith(b"%PDF")

    head = province.staff("truongphong")
    page = open_dossier(head, "cho-toi", code)
    nobody = head.submit(page, "/giao_viec")
    assert nobody.status == 409, nobody.text
    chosen = re.search(r'<option value="(\w+)">Hoàng Thu Trang', page.html)[1]
    page = head.submit(page, "/giao_viec", {"assignee": chosen})
    assert page.status == 200, page.text

    examiner = province.staff("chuyenvien")
    page = open_dossier(examiner, "cho-toi", code)
    assert examiner.submit(page, "/trinh").status == 409
    page = examiner.submit(page, "/trinh", {"file": pdf("du-thao.pdf")})
    assert page.status == 200, page.text

    page = open_dossier(head, "cho-toi", code)
    page = head.submit(page, "/chuyen_tiep")
    assert page.status == 200, page.text

    leader = province.staff("chutich")
    page = open_dossier(leader, "cho-toi", code)
    silent = leader.submit(page, "/chuyen_lai")
    assert silent.status == 409 and "Đ14.1a" in silent.text
    page = leader.submit(page, "/duyet")
    assert page.status == 200, page.text

    clerk = province.staff("vanthu")
    page = open_dossier(clerk, "cho-toi", code)
    word = clerk.submit(
        page, "/chuyen_ket_qua", {"number": "12/GP", "file": (io.BytesIO(b"PK\x03\x04docx"), "kq.pdf")}
    )
    assert word.status in {409, 422} and "PDF" in word.text.upper(), word.text
    page = clerk.submit(page, "/chuyen_ket_qua", {"number": "12/GP-UBND", "file": pdf("giay-phep.pdf")})
    assert page.status == 200, page.text

    page = open_dossier(desk, "cho-tra-ket-qua", code)
    page = desk.submit(
        page, "/tra_ket_qua", {"originals": re.findall(r'name="originals" value="(\w+)"', page.html)}
    )
    assert page.status == 200 and "Đã trả kết quả" in page.text, page.text

    page = citizen.get(mine)
    assert "Đã trả kết quả" in page.text and "giay-phep.pdf" in page.text
    page = province.visitor().get(f"/tra-cuu?ma={code}")
    assert page.status == 200 and "Đã trả kết quả" in page.text
    assert "Xuân" not in page.text and "Hoàng Thu" not in page.text and "0912" not in page.text
    sheet = desk.get(f"{DESK}/ho-so/{mine.rsplit('/', 1)[1]}/phieu-kiem-soat.pdf")
    assert sheet.data.startswith(b"%PDF")
    assert province.services.repository.by_code(code).closed


BIRTH = {
    "child_birth_date.d": "10",
    "child_birth_date.m": "11",
    "child_birth_date.y": "2026",
    "situation": "thuong",
    "birth_evidence": "giay_chung_sinh",
    "by_proxy": "false",
    "requester.residence.province": "tỉnh Sơn La",
    "requester.residence.commune": "phường Tô Hiệu",
    "requester.residence.hamlet": "Tổ 3",
    "relation": "me",
    "child_name": "Lò Minh Anh",
    "child_sex": "nu",
    "child_ethnicity": "Thái",
    "birth_place_kind": "co_so_y_te",
    "birth_place": "Bệnh viện Đa khoa tỉnh Sơn La",
    "home_town": "Phường Tô Hiệu",
    "mother.full_name": "Lò Thị Xuân",
    "mother.birth_date.d": "1",
    "mother.birth_date.m": "2",
    "mother.birth_date.y": "1996",
    "mother.ethnicity": "Thái",
    "mother.residence.province": "tỉnh Sơn La",
    "mother.residence.commune": "phường Tô Hiệu",
    "parents_married": "false",
    "acknowledge_father": "false",
    "wants_copies": "true",
    "copies": "2",
}


def test_the_applicant_confirms_the_draft_and_silence_is_consent(province: Province):
    citizen = province.citizen()
    page = fill(citizen, begin(citizen, "1.001193"), BIRTH)
    assert page.url.endswith("/giay-to"), (page.url, page.text)
    page = citizen.submit(upload_all(citizen, page), "/giay-to")
    page = hand_in(citizen, page)
    number, mine = reference(page), page.url

    desk = province.staff("motcua")
    page = open_dossier(desk, "truc-tuyen", number)
    papers = re.findall(r'name="checked" value="(\w+)"', page.html)
    page = desk.submit(page, "/tiep-nhan", {"checked": papers})
    assert page.status == 200, page.text
    code = code_on(page)

    examiner = province.staff("chuyenvien")
    page = examiner.submit(
        open_dossier(examiner, "cho-toi", code), "/chuyen_du_thao", {"file": pdf("du-thao.pdf")}
    )
    assert page.status == 200, page.text

    page = citizen.get(mine)
    assert "Tôi đồng ý với bản dự thảo" in page.text and "du-thao.pdf" in page.text
    page = citizen.submit(page, "/de_nghi_sua", {"reason": "Tên cháu là Lò Minh Ánh"})
    assert page.status == 200, page.text

    page = open_dossier(examiner, "cho-toi", code)
    assert "Lò Minh Ánh" in page.text
    page = examiner.submit(page, "/chuyen_du_thao", {"file": pdf("du-thao-2.pdf")})
    assert page.status == 200, page.text
    province.clock.advance(days=4)
    province.sweep()
    assert "coi như" in citizen.get(mine).text

    assert examiner.submit(open_dossier(examiner, "cho-toi", code), "/da_ghi_so").status == 200
    leader = province.staff("chutich")
    assert leader.submit(open_dossier(leader, "cho-toi", code), "/duyet").status == 200
    clerk = province.staff("vanthu")
    page = clerk.submit(
        open_dossier(clerk, "cho-toi", code),
        "/chuyen_ket_qua",
        {"number": "01/KS", "file": pdf("khai-sinh.pdf")},
    )
    assert page.status == 200, page.text
    page = open_dossier(desk, "cho-tra-ket-qua", code)
    unpaid = desk.submit(page, "/tra_ket_qua", {"originals": papers})
    assert unpaid.status == 409 and "Đ15.1a" in unpaid.text, unpaid.text
    page = desk.submit(page, "/thu-phi", {"method": "cash"})
    page = desk.submit(page, "/tra_ket_qua", {"originals": papers})
    assert page.status == 200 and "Đã trả kết quả" in page.text, page.text


def test_an_immediate_result_is_entered_and_given_on_one_screen_at_the_counter(province: Province):
    desk = province.staff("motcua")
    page = copies_at_the_counter(desk)
    unpaid = desk.submit(page, page.url, {"_action": "accept"})
    assert unpaid.status == 409, unpaid.text
    page = desk.submit(unpaid, page.url, {"_action": "accept", "method": "cash", "receipt": "0001"})
    assert page.status == 200 and "kết thúc hồ sơ" in page.text, page.text
    found = province.services.repository.by_code(code_on(page))
    assert found.closed and found.immediate and found.channel == "counter"
    assert desk.get(f"{page.url}/giay-tiep-nhan.pdf").status == 404


def test_a_paper_dossier_entered_at_the_counter_goes_the_same_way(province: Province):
    desk = province.staff("motcua")
    page = desk.submit(desk.get(f"{DESK}/tiep-nhan"), "/them-moi", {"procedure": "2.000181"})
    who = {"applicant.name": "Lò Thị Xuân", "applicant.phone": "0912345678"}
    page = desk.submit(page, page.url, TOBACCO_QUESTIONS | TOBACCO_FORM | who | {"_action": "save"})
    papers = re.findall(r'name="checked" value="(\w+)"', page.html)
    entry = page.url
    page = desk.submit(
        page, f"{entry.rsplit('/', 1)[1]}/giay-to/dang_ky_kinh_doanh", {"file": pdf("quet.pdf")}
    )
    assert page.status == 200, page.text
    page = desk.submit(
        page, entry, {"_action": "accept", "checked": papers, "method": "cash", "receipt": "9"}
    )
    assert page.status == 200 and "Đã tiếp nhận" in page.text, page.text
    found = province.services.repository.by_code(code_on(page))
    assert (
        found.channel == "counter"
        and found.deadline.due is not None
        and found.applicant.name == "Lò Thị Xuân"
    )
    assert found.paper("dang_ky_kinh_doanh").files[0].name == "quet.pdf"
    assert desk.get(f"{page.url}/giay-tiep-nhan.pdf").data.startswith(b"%PDF")


def test_a_supplement_is_asked_item_by_item_and_answered_on_one_page(province: Province):
    citizen = province.citizen()
    page = fill(citizen, begin(citizen, "2.000181"), TOBACCO_QUESTIONS | TOBACCO_FORM)
    page = citizen.submit(upload_all(citizen, page), "/giay-to")
    page = hand_in(citizen, page)
    number, mine = reference(page), page.url
    desk = province.staff("motcua")
    page = open_dossier(desk, "truc-tuyen", number)
    empty = desk.submit(page, "/bo-sung")
    assert empty.status == 409, empty.text
    page = desk.submit(
        page,
        "/bo-sung",
        {
            "reason.dang_ky_kinh_doanh": "Ảnh mờ, không đọc được số",
            "reason.business_name": "Tên chưa đúng giấy đăng ký",
        },
    )
    assert page.status == 200, page.text
    page = citizen.get(mine)
    assert "Ảnh mờ, không đọc được số" in page.text
    page = citizen.get(f"{mine}/bo-sung")
    page = citizen.submit(
        page,
        "/bo-sung",
        {"business_name": "Hộ kinh doanh Xuân Lò", "paper.dang_ky_kinh_doanh": pdf("ro-hon.pdf")},
    )
    assert page.status == 200 and "Đã gửi phần bổ sung" in page.text, page.text
    found = province.services.repository.by_reference(number)
    assert found.answers["business_name"] == "Hộ kinh doanh Xuân Lò"
    assert found.paper("dang_ky_kinh_doanh").files[0].name == "ro-hon.pdf"
    assert number in desk.get(f"{DESK}/hop/truc-tuyen").text


def test_what_was_typed_stays_when_the_page_comes_back_with_errors(province: Province):
    citizen = province.citizen()
    page = begin(citizen, "2.000181")
    page = citizen.submit(page, page.url.rsplit("/", 1)[1], TOBACCO_QUESTIONS)
    page = citizen.submit(
        page, page.url.rsplit("/", 1)[1], {"business_name": "Hộ <b>Xuân</b>", "business_phone": "12"}
    )
    assert "Hộ <b>Xuân</b>" in page.form(page.url).values()["business_name"]
    assert "error-summary" in page.html and "<b>Xuân" not in page.html
    again = citizen.get(page.url)
    assert "12" in again.form(page.url).values()["business_phone"]


def test_d10_1a_choices_left_open_are_asked_for_and_questions_just_opened_are_not(province: Province):
    """A choice nobody made posts nothing, and is told from a question that was not on the page."""
    citizen = province.citizen()
    page = begin(citizen, "2.000181")
    back = citizen.submit(page, page.url.rsplit("/", 1)[1])
    assert back.url.partition("?")[0] == page.url and "error-summary" in back.html
    assert "Trả lời câu hỏi “Địa điểm bán lẻ ở khu vực nào?”" in back.text
    assert "Còn vài câu hỏi" not in back.text
    page = begin(citizen, "1.001193")
    where = page.url.rsplit("/", 1)[1]
    answers = {
        "child_birth_date.d": "1",
        "child_birth_date.m": "11",
        "child_birth_date.y": "2026",
        "situation": "thuong",
        "birth_evidence": "giay_chung_sinh",
        "by_proxy": "true",
    }
    opened = citizen.submit(page, where, answers)
    assert "Còn vài câu hỏi" in opened.text and "error-summary" not in opened.html
    assert 'name="proxy_is_relative"' in opened.html and 'name="proxy_is_relative"' not in page.html
    left = citizen.submit(opened, where)
    assert "error-summary" in left.html and "Còn vài câu hỏi" not in left.text
    late = citizen.submit(left, where, {"by_proxy": "false", "child_birth_date.m": "2"})
    assert "Còn vài câu hỏi" in late.text and 'name="fee_relief"' in late.html
    assert citizen.submit(late, where).url.partition("?")[0] != page.url, "a relief may be left out"


def test_handing_in_twice_makes_one_dossier(province: Province):
    citizen = province.citizen()
    page = fill(citizen, begin(citizen, "2.000181"), TOBACCO_QUESTIONS | TOBACCO_FORM)
    page = citizen.submit(upload_all(citizen, page), "/giay-to")
    review = citizen.submit(page, "/nhan-ket-qua", {"receive_by": "counter"})
    first = citizen.submit(review, "/kiem-tra", {"declared": "yes"})
    second = citizen.submit(review, "/kiem-tra", {"declared": "yes"})
    assert reference(first) == reference(second)
    assert province.services.repository.collection.count_documents({}) == 1
