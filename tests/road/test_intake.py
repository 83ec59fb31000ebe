"""Đ10.2 and Đ12.1 on the screens: dossiers handed in online and papers brought to the desk, each way they can go."""

import io
import re

import pytest
from people import Province
from pypdf import PdfReader
from visitor import Page
from walk import (
    DESK,
    TOBACCO_FORM,
    TOBACCO_QUESTIONS,
    begin,
    code_on,
    fill,
    hand_in,
    open_dossier,
    reference,
    upload_all,
)

pytestmark = pytest.mark.database


def words(page: Page) -> str:
    return " ".join(" ".join(p.extract_text() for p in PdfReader(io.BytesIO(page.data)).pages).split())


@pytest.mark.branch("truc-tuyen", "phi-truoc", "bo-sung-tiep-nhan")
def test_d12_1c_d10_2a_d10_2b_d10_2c_an_online_dossier_from_its_inbox_to_acceptance(province: Province):
    citizen, desk = province.citizen(), province.staff("motcua")
    page = fill(citizen, begin(citizen, "2.000181"), TOBACCO_QUESTIONS | TOBACCO_FORM)
    page = hand_in(citizen, citizen.submit(upload_all(citizen, page), "/giay-to"))
    number, mine = reference(page), page.url
    assert "Nộp trước 100.000 đồng thì hồ sơ mới được tiếp nhận" in page.text, page.text[300:2500]

    province.clock.advance(hours=2)
    inbox = desk.get(f"{DESK}/hop/truc-tuyen")
    assert "Hồ sơ trực tuyến" in inbox.text and "còn 6 giờ trong 8 giờ làm việc" in inbox.text, inbox.text
    page = open_dossier(desk, "truc-tuyen", number)
    checked = re.findall(r'name="checked" value="(\w+)"', page.html)
    unpaid = desk.submit(page, "/tiep-nhan", {"checked": checked})
    assert unpaid.status == 409 and "Còn 100.000 đồng" in unpaid.text and "Đ10.2c" in unpaid.text
    silent = desk.submit(unpaid, "/goi-dien", {"phone": "0912345678"})
    assert silent.status == 409 and "Đ10.2c" in silent.text
    page = desk.submit(silent, "/goi-dien", {"content": "Hướng dẫn nộp phí thẩm định"})
    assert "0912345678: Hướng dẫn nộp phí thẩm định" in page.text and "Lò Thị Hạnh" in page.text

    target = re.search(r'name="reason\.([\w+]+)"', page.html.partition("Khoản phải nộp trước")[2])[1]
    assert desk.submit(page, "/bo-sung").status == 409, "no reason at all"
    page = desk.submit(page, "/bo-sung", {f"reason.{target}": "Chưa thấy tiền vào tài khoản"})
    assert page.status == 200, page.text
    told = citizen.get(mine).text
    assert "Chưa thấy tiền vào tài khoản" in told and "Nộp trước 100.000 đồng" in told
    page = desk.submit(open_dossier(desk, "cho-bo-sung", number), "/thu-phi", {"method": "transfer"})
    page = open_dossier(desk, "truc-tuyen", number)
    assert "còn 8 giờ trong 8 giờ làm việc" in page.text, "the clock begins anew with what was completed"
    page = desk.submit(page, "/tiep-nhan", {"checked": checked})
    code = code_on(page)
    assert "Hẹn trả:" in page.text and "Chuyển điện tử ngay lúc tiếp nhận" in page.text
    assert code in desk.get(f"{DESK}/ban-giao").text.partition("Danh sách bàn giao")[2]
    assert words(desk.get(f"{page.url}/giay-tiep-nhan.pdf")).find("hẹn trả kết quả".upper()) > -1
    accepted = [e for e in province.services.repository.by_code(code).outbox if e.template == "accepted"]
    assert {e.channel for e in accepted} == {"portal", "email", "sms"}
    assert all(e.data["code"] == code and e.data["due"] for e in accepted)


@pytest.mark.branch("phieu-huong-dan")
def test_d12_1a_papers_that_are_not_right_get_a_slip_and_no_code(province: Province):
    desk = province.staff("motcua")
    page = desk.submit(desk.get(f"{DESK}/tiep-nhan"), "/them-moi", {"procedure": "2.000181"})
    typed = {"applicant.name": "Lò Thị Xuân", "applicant.phone": "0912345678"}
    page = desk.submit(page, page.url, typed | {"_action": "slip"})
    assert page.url.endswith("/huong-dan") and "Lò Thị Xuân" in page.text
    empty = desk.submit(page, page.url, {"_action": "guide", "slip.note": "Xem lại"})
    assert empty.status == 409 and "Đ12.1a" in empty.text and "Xem lại" in empty.html
    page = desk.submit(
        empty, page.url, {"_action": "guide", "slip.dang_ky_kinh_doanh": "Thiếu bản sao có dấu"}
    )
    assert page.status == 200 and "Phiếu yêu cầu bổ sung: Lò Thị Xuân" in page.text, page.text
    slip = next(link for link in page.links if "/phieu/" in link)
    told = words(desk.get(slip))
    assert "PHIẾU YÊU CẦU BỔ SUNG" in told and "Thiếu bản sao có dấu" in told and "chưa cấp" in told
    assert province.staff("khac-motcua").get(slip).status == 403
    entry = next(link for link in page.links if "/them-moi/" in link) + "/huong-dan"
    unsaid = desk.submit(desk.get(entry), entry, {"_action": "turn_away"})
    assert unsaid.status == 409 and "lý do không tiếp nhận" in unsaid.text
    province.clock.advance(minutes=1)
    page = desk.submit(
        unsaid, entry, {"_action": "turn_away", "slip.note": "Không thuộc thẩm quyền của phường"}
    )
    refusal = next(link for link in page.links if "/phieu/" in link)
    told = words(desk.get(refusal))
    assert "PHIẾU TỪ CHỐI" in told and "Không thuộc thẩm quyền của phường" in told
    assert province.services.database["dossiers"].count_documents({}) == 0, "no code was drawn"
