"""NĐ 61/2018 Đ18, Đ12.3, Đ23.1 at the desk: paper dossiers come in, are handed over by a list, and their paper is followed."""

import io
import re

import pytest
from people import Province
from pypdf import PdfReader
from visitor import Page, Visitor
from walk import DESK, TOBACCO_FORM, TOBACCO_QUESTIONS, code_on, open_dossier

pytestmark = pytest.mark.database

CHECKED = ["dang_ky_kinh_doanh", "van_ban_gioi_thieu", "don_de_nghi"]
WHO = {"applicant.name": "Lò Thị Xuân", "applicant.phone": "0912345678"}


def typed(desk: Visitor, **more: str) -> Page:
    """The licence typed in at the counter, and received where nothing is in the way."""
    page = desk.submit(desk.get(f"{DESK}/tiep-nhan"), "/them-moi", {"procedure": "2.000181"})
    page = desk.submit(page, page.url, TOBACCO_QUESTIONS | TOBACCO_FORM | WHO | {"_action": "save"})
    return desk.submit(
        page,
        page.url,
        {**WHO, "checked": CHECKED, "method": "cash", "receipt": "7", "_action": "accept", **more},
    )


@pytest.mark.branch("ban-giao")
def test_d12_1b_the_days_paper_is_handed_over_and_taken_by_one_press_each(province: Province):
    desk, head = province.staff("motcua"), province.staff("truongphong")
    codes = []
    for _ in range(2):
        page = typed(desk)
        assert page.status == 200 and "Đã tiếp nhận" in page.text, page.text
        codes.append(code_on(page))
    assert "Chờ bàn giao cho lãnh đạo phòng, chậm nhất" in page.text
    assert "Bộ phận Tiếp nhận và Trả kết quả, từ" in page.text
    page = desk.get(f"{DESK}/ban-giao")
    assert all(code in page.text for code in codes) and "Chờ bàn giao (2)" in page.text
    assert not head.get(f"{DESK}/ban-giao").has_form("/da-ban-giao")

    ids = re.findall(r'name="dossier" value="(\w+)"', page.html)
    nothing = desk.submit(page, "/da-ban-giao", {"dossier": []}, drop=("dossier",))
    assert nothing.status == 409 and "Chọn ít nhất một hồ sơ" in nothing.text
    province.clock.advance(days=1)
    page = desk.get(f"{DESK}/ban-giao")
    assert page.text.count("Bàn giao chậm") == 2, "the paper of yesterday morning is still here"
    done = desk.submit(page, "/da-ban-giao", {"dossier": [*ids, "khong-co"], "note": "Một bì thư"})
    assert done.status == 409 and "Đã bàn giao 2 hồ sơ" in done.text and "Không tìm thấy" in done.text
    again = desk.submit(page, "/da-ban-giao", {"dossier": ids})
    assert "Đã bàn giao 2 hồ sơ" in again.text, "the same press again is the same hand-over"
    assert len([e for e in province.services.repository.get(ids[0]).history if e.type == "handed_over"]) == 1

    outside = province.staff("khac-truongphong").get(f"{DESK}/ban-giao")
    assert outside.status == 403
    page = head.get(f"{DESK}/ban-giao")
    assert "Chờ tôi nhận (2)" in page.text
    page = head.submit(page, "/da-nhan")
    assert "Đã nhận 2 hồ sơ" in page.text and "Chờ tôi nhận (0)" in page.text
    assert "Cầm Văn Sơn, 08:00 ngày 24/11/2026" in page.text
    drawn = desk.get(f"{DESK}/ban-giao/danh-sach.pdf?ngay=2026-11-24").data
    words = " ".join(" ".join(p.extract_text() for p in PdfReader(io.BytesIO(drawn)).pages).split())
    assert "DANH SÁCH BÀN GIAO HỒ SƠ" in words.upper() and "Cầm Văn Sơn" in words, words
    assert "bàn giao chậm: 2 hồ sơ" in words and codes[0] in words
    sheet = desk.get(f"{DESK}/ho-so/{ids[0]}/phieu-kiem-soat.pdf").data
    words = " ".join(" ".join(p.extract_text() for p in PdfReader(io.BytesIO(sheet)).pages).split())
    assert "Lò Thị Hạnh" in words and "Cầm Văn Sơn" in words, "Đ12.2: the sheet fills itself"


def test_d12_3_the_papers_place_is_shown_and_moved_on_the_dossier(province: Province):
    desk, head = province.staff("motcua"), province.staff("truongphong")
    page = typed(desk)
    code = code_on(page)
    stays = desk.submit(page, "/ban-giay", {"to": "archived", "note": "Tủ số 2"})
    assert stays.status == 409 and "bằng “Bàn giao”" in stays.text and 'value="Tủ số 2"' in stays.html
    page = desk.submit(stays, "/ban-giao")
    assert "Đã bàn giao hồ sơ" in page.text and "Chưa nhận" in page.text
    page = head.submit(open_dossier(head, "cho-toi", code), "/nhan-ban-giao")
    assert "Phòng chuyên môn (Cầm Văn Sơn)" in page.text, page.text
    examiner = re.search(r'value="(examiner:\w+)"', page.html)[1]
    page = head.submit(page, "/ban-giay", {"to": examiner, "note": "Kèm bản vẽ"})
    assert "Chuyên viên thụ lý (Hoàng Thu Trang)" in page.text and "Kèm bản vẽ" in page.text
    assert 'value="examiner:' not in page.html, "whoever gave it away may only take it back"


@pytest.mark.branch("buu-chinh", "nop-ho")
def test_d23_1_what_came_by_post_or_through_somebody_else_keeps_who_and_how(province: Province):
    desk = province.staff("motcua")
    by_post = {
        "delivery.channel": "post",
        "delivery.assisted": "1",
        "applicant.citizen_number": "014190001234",
    }
    page = typed(desk, **by_post)
    assert page.status == 409 and "Đ8.2" in page.text and "số bưu gửi" in page.text
    page = desk.submit(
        page,
        page.url,
        by_post | {"delivery.postal_item": "EA123456789VN", "method": "cash", "_action": "accept"},
    )
    assert page.status == 200 and "Số bưu gửi EA123456789VN" in page.text, page.text
    assert "Lò Thị Hạnh nộp hộ cho người nộp hồ sơ" in page.text
    found = province.services.repository.by_code(code_on(page))
    owner = province.services.accounts.by_login("0912345678").key
    assert (found.channel, found.owner) == ("post", owner)
    assert code_on(page) in province.citizen().get("/ho-so").text, (
        "it stands among the citizen's own dossiers"
    )
