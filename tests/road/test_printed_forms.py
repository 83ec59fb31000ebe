"""The forms of a dossier, printed from its page as officials do it: on their own day's form, the same at every print."""

import io
import re
from datetime import timedelta

import pytest
from people import COMMUNE, Province
from pypdf import PdfReader
from walk import (
    DESK,
    TOBACCO_FORM,
    TOBACCO_QUESTIONS,
    begin,
    copies_at_the_counter,
    fill,
    hand_in,
    licence,
    open_dossier,
    reference,
    upload_all,
)

from tthc.books.model import Book, Pattern

pytestmark = pytest.mark.database


def words(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def buttons(page) -> dict[str, str]:
    """The row “In”: label → address."""
    row = re.search(r'<h2 id="print">In</h2>(.*?)</section>', page.html, re.DOTALL)
    return {re.sub(r"<[^>]+>", "", text).strip(): url.replace("&amp;", "&") for url, text in
            re.findall(r'<a class="button secondary" href="([^"]+)"[^>]*>(.*?)</a>', row[1], re.DOTALL)} if row else {}  # fmt: skip


def test_d12_1b_d12_2_d15_1d_every_form_is_printed_from_the_dossiers_page(province: Province):
    s = province.services
    year = province.clock.now().year
    s.books.open(Book(COMMUNE, year, "theo-doi", "Sổ theo dõi hồ sơ", (Pattern("{so}", 2),), 6))
    code = licence(province)
    desk = province.staff("motcua")
    found = s.repository.by_code(code)
    page = desk.get(f"{DESK}/ho-so/{found.id}")
    row = buttons(page)
    assert list(row) == ["Giấy tiếp nhận", "Phiếu kiểm soát", "Phiếu đánh giá"]
    assert (
        'title="Giấy tiếp nhận hồ sơ và hẹn trả kết quả (Mẫu số 01 – Thông tư số 03/2025/TT-VPCP)"'
        in page.html
    )

    first = words(desk.get(row["Giấy tiếp nhận"]).data)
    assert "Liên 1: giao người nộp hồ sơ" in first
    assert "Liên 2: lưu cùng hồ sơ" in first
    assert f"Quyển số: {year} Số thứ tự: 07" in first
    assert "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG" in first
    assert "Lò Thị Hạnh" in first
    sheet = words(desk.get(row["Phiếu kiểm soát"]).data)
    assert "Mẫu số 06 –" in sheet
    assert "1. Giao: Trung tâm Phục vụ hành chính công" in sheet
    assert "2. Nhận: Lãnh đạo phòng" in sheet
    assert "Công chức, viên chức tiếp ông/bà thế nào?" in words(desk.get(row["Phiếu đánh giá"]).data)
    for path in ("phieu-xin-loi", "thong-bao-dung", "phieu-bo-sung", "phieu-tu-choi", "giay-tiep-nhan"):
        which = "?lan=2" if path == "giay-tiep-nhan" else ""
        assert desk.get(f"{DESK}/ho-so/{found.id}/{path}.pdf{which}").status == 404

    # late: an apology; the receipt that was handed out stays as it was
    province.clock.advance(days=60)
    desk = province.staff("motcua")
    page = desk.get(f"{DESK}/ho-so/{found.id}")
    promised = (province.clock.now() + timedelta(days=5)).date()
    page = desk.submit(
        page, "/xin-loi", {"promised": promised.isoformat(), "reason": "Cơ quan phối hợp trả lời chậm."}
    )
    assert page.status == 200, page.text
    said = words(desk.get(buttons(page)["Phiếu xin lỗi"]).data)
    assert "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN" in said
    assert "Lý do: Cơ quan phối hợp trả lời chậm." in said
    assert "Số: ......../PXL" in said
    assert "THỦ TRƯỞNG CƠ QUAN" in said
    assert f"tháng {promised.month:02}" in said or f"tháng {promised.month} " in said
    assert words(desk.get(buttons(page)["Giấy tiếp nhận"]).data) == first

    page = desk.submit(page, "/rut", {"reason": "Người nộp đề nghị dừng"})
    assert page.status == 200, page.text
    said = words(desk.get(buttons(page)["Thông báo dừng giải quyết"]).data)
    assert "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ" in said
    assert "với lý do: Người nộp đề nghị dừng" in said

    read = {row["what"] for row in s.reads.of(found.id)}
    assert {"in:phieu-xin-loi", "in:thong-bao-dung", "in:phieu-danh-gia"} <= read
    stranger = province.staff("khac-motcua")
    for url in buttons(page).values():
        assert stranger.get(url).status in {403, 404}


def test_d12_1b_the_applicant_has_one_copy_of_their_own(province: Province):
    code = licence(province)
    found = province.services.repository.by_code(code)
    said = words(province.citizen().get(f"/ho-so/{found.id}/giay-tiep-nhan.pdf").data)
    assert said.count("GIẤY TIẾP NHẬN HỒ SƠ") == 1
    assert "Liên" not in said
    # where the agency keeps no such book here, the line is left to the hand
    assert "Quyển số: .............. Số thứ tự: .............." in said


def test_d12_1d_an_immediate_result_has_a_control_sheet_and_no_receipt(province: Province):
    desk = province.staff("motcua")
    page = copies_at_the_counter(desk)
    page = desk.submit(page, page.url, {"_action": "accept", "method": "cash", "receipt": "0001"})
    assert "Giấy tiếp nhận" not in buttons(page)
    assert "Phiếu kiểm soát" in buttons(page)


def test_d12_1a_the_requests_for_supplements_are_printed_one_by_one(province: Province):
    citizen, desk = province.citizen(), province.staff("motcua")
    page = fill(citizen, begin(citizen, "2.000181"), TOBACCO_QUESTIONS | TOBACCO_FORM)
    page = hand_in(citizen, citizen.submit(upload_all(citizen, page), "/giay-to"))
    at_desk = open_dossier(desk, "truc-tuyen", reference(page))
    assert buttons(at_desk) == {}
    asked = {"reason.dang_ky_kinh_doanh": "Bản chụp bị mờ", "note": "Chụp lại giúp"}
    at_desk = desk.submit(at_desk, "/bo-sung", asked)
    assert at_desk.status == 200, at_desk.text
    said = words(desk.get(buttons(at_desk)["Phiếu yêu cầu bổ sung"]).data)
    assert "Bản chụp bị mờ" in said
    assert "Lý do: Chụp lại giúp" in said
    at_desk = desk.submit(at_desk, "/tu-choi", {"reason": "Không đủ điều kiện.\nGiấy tờ đã hết hạn."})
    said = words(desk.get(buttons(at_desk)["Phiếu từ chối"]).data)
    assert "Giấy tờ đã hết hạn." in said
    assert "Không đủ điều kiện." in said
