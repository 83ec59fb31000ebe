"""What an applicant sees of their own dossiers: what to do now, why that date, what is wrong and where."""

import io
import re

import pytest
from dossier_stories import a_file
from people import COMMUNE, PDF

from tthc.dossiers import commands as cmd
from tthc.dossiers.commands_return import HandToPost
from tthc.dossiers.state import SupplementItem

pytestmark = pytest.mark.database

MISSING = (
    SupplementItem("hop_dong", "Trang 2 chụp mờ, không đọc được số"),
    SupplementItem("shop_name", "Tên khác với giấy đăng ký kinh doanh"),
)


def card(page, words):
    """The text of the one card that holds these words."""
    found = [c for c in re.split(r'(?=<(?:section|a) class="card)', page.html) if words in c]
    return re.sub(r"<[^>]+>", " ", found[0].split("</section>")[0]) if found else ""


def test_d26_3_my_dossiers_come_with_the_one_thing_to_do(province, kernel):
    kernel.accept(1)
    asked = kernel.do("motcua", kernel.hand_in(2), cmd.RequestSupplement(MISSING))
    citizen = province.citizen()
    citizen.submit(citizen.get("/thu-tuc/2.000181"), "/nop", {"agency": COMMUNE})
    page = citizen.get("/ho-so")
    heads = re.findall(r"<h2>([^<]+)</h2>", page.html)
    assert heads[:3] == ["Ông/bà cần làm", "Đang kê khai", "Cơ quan đang giải quyết"]
    assert "sẽ bị xóa, không lấy lại được" in page.text
    assert "Bổ sung hồ sơ: Hợp đồng thuê, Tên cửa hàng" in page.text
    assert f"/ho-so/{asked.id}/bo-sung" in page.links


def test_d26_4_what_is_wrong_stands_beside_the_field_and_the_paper_with_who_to_ask(province, kernel):
    asked = kernel.do("motcua", kernel.hand_in(1), cmd.RequestSupplement(MISSING, note="Nộp trước thứ Năm"))
    citizen = province.citizen()
    page = citizen.get(f"/ho-so/{asked.id}/bo-sung")
    field, paper = card(page, "a-shop_name"), card(page, "s-hop_dong")
    assert "Tên khác với giấy đăng ký kinh doanh" in field and "Tạp hóa Hoa" in field
    assert "chụp mờ" not in field
    assert "Trang 2 chụp mờ" in paper and "hop_dong.jpeg" in paper and "Tên khác" not in paper
    assert "Ông/bà chỉ cần sửa 2 chỗ" in page.text and "Nộp trước thứ Năm" in page.text
    assert "Lò Thị Hạnh đề nghị lúc 08:01" in page.text and "Chưa rõ, ông/bà" in page.text
    wrong = {"shop_name": "x" * 300, "note": "Tôi đã chụp lại"}
    refused = citizen.submit(page, "/bo-sung", wrong)
    assert refused.status == 409 and "Tôi đã chụp lại" in refused.html and "x" * 300 in refused.html
    sent = citizen.submit(
        refused, "/bo-sung", {"shop_name": "Tạp hóa Hoa Ban", "paper.hop_dong": (io.BytesIO(PDF), "lai.pdf")}
    )
    assert "Đã gửi phần bổ sung" in sent.text
    now = province.services.repository.get(asked.id)
    assert now.answers["shop_name"] == "Tạp hóa Hoa Ban" and now.paper("hop_dong").files[0].name == "lai.pdf"
    assert province.citizen("0987654321").get(f"/ho-so/{asked.id}/bo-sung").status == 404


def test_d26_4_the_dossier_page_says_who_has_it_until_when_and_why_that_date(province, kernel):
    given = kernel.examined(1)
    page = province.citizen().get(f"/ho-so/{given.id}")
    assert "Ông/bà chưa phải làm gì thêm" in page.text
    assert "Hoàng Thu Trang, Ủy ban nhân dân phường Tô Hiệu đang giữ từ" in page.text
    assert "Vì sao có ngày hẹn này?" in page.text and "ngày thứ 5" in page.text
    assert "24/11/2026: nghỉ" in page.text
    assert "Tiếp theo: Phê duyệt" in page.text
    assert "Hẹn trả kết quả:" in page.text
    assert f"<title>Hồ sơ {given.code} – {given.procedure_name} " in page.html
    gone = kernel.do("motcua", kernel.hand_in(2), cmd.Refuse(reason="Sai tên cửa hàng"))
    again = province.citizen().get(f"/ho-so/{gone.id}")
    assert f"/thu-tuc/{gone.procedure}" in again.links and "Nộp hồ sơ mới" in again.text


def test_d26_4_a_draft_is_confirmed_in_time_and_an_empty_reason_is_refused(province, kernel):
    given = kernel.examined(1)
    draft = cmd.Act(given.tasks[0].id, "trinh", files=(a_file("du_thao"),))
    waiting = kernel.do("chuyenvien", given, draft)
    citizen = province.citizen()
    page = citizen.get(f"/ho-so/{waiting.id}")
    assert "Xin trả lời trước" in page.text and "coi như ông/bà đồng ý" in page.text
    assert "được tính lại sau khi có câu trả lời" in page.text and "còn 5 ngày làm việc" in page.text
    empty = citizen.submit(page, "/sua", {"reason": " "})
    assert empty.status == 409
    assert (
        '<a href="#reason-sua">Ghi rõ nội dung rồi mới bấm “' in empty.html
        and 'aria-describedby="reason-sua-error"' in empty.html
    )
    assert "chưa chạy lại: Xác nhận bản dự thảo" in empty.text
    done = citizen.submit(page, "/dong_y")
    assert "Đã gửi câu trả lời" in done.text
    assert province.services.repository.get(waiting.id).tasks[0].step == "phe_duyet"
    late = citizen.submit(page, "/dong_y", {"command_id": "f" * 32})
    assert late.status == 409
    gone = citizen.submit(page, "/rut", {"reason": "Không làm nữa" + "a" * 5_000})
    assert "Không làm nữa" in gone.html and re.search(r"<details[^>]* open><summary>Rút hồ sơ", gone.html)
    assert province.services.repository.get(waiting.id).tasks[0].step == "phe_duyet"


def test_d8_2_by_post_with_address_estimate_and_number_to_find_it_by(province, kernel):
    citizen = kernel.account("0912345678")
    dossier = kernel.before_the_leader(1)
    stored = province.services.repository.collection
    stored.update_one({"_id": dossier.id}, {"$set": {"receive_by": "post", "postal_address": "Bản Mòng"}})
    mine = province.citizen()
    page = mine.get(f"/ho-so/{dossier.id}")
    assert "Gửi đến: Bản Mòng" in page.text and citizen.phone[-3:] in page.text
    seen = province.staff("motcua").get(f"/motcua/{COMMUNE}/ho-so/{dossier.id}")
    assert "Nhận kết quả: qua bưu chính, gửi đến Bản Mòng" in seen.text
    assert "26.000 đồng đến 31.000 đồng" in page.text and "Thông tư 22/2017/TT-BTTTT" in page.text
    dossier = kernel.do("chutich", dossier, cmd.Act(dossier.tasks[0].id, "duyet"))
    result = cmd.Act(
        dossier.tasks[0].id,
        "phat_hanh",
        files=(a_file("ket_qua"),),
        number="12/GP-UBND",
        issued_on=province.clock.now().date(),
    )
    dossier = kernel.do("vanthu", dossier, result)
    assert "Nộp 200.000 đồng" in mine.get("/ho-so").text
    owing = mine.get(f"/ho-so/{dossier.id}").text
    assert "Nộp đủ thì kết quả mới được gửi bưu điện" in owing and f"Ghi mã {dossier.code} khi nộp" in owing
    dossier = kernel.do("motcua", dossier, cmd.RecordPayment(("phi",), "transfer", "BL-7"))
    kernel.do("motcua", dossier, HandToPost("EK123456789VN", "Bưu điện Sơn La"))
    page = mine.get(f"/ho-so/{dossier.id}")
    assert "EK123456789VN" in page.text and "1900 54 54 81" in page.text
    assert "Ông/bà chưa phải làm gì thêm" in page.text


def test_d26_4_withdrawn_with_a_reason_once_accepted_and_never_after_the_result(province, kernel):
    accepted = kernel.accept(1)
    citizen = province.citizen()
    page = citizen.get(f"/ho-so/{accepted.id}")
    silent = citizen.submit(page, "/rut", {"reason": ""})
    assert silent.status == 409 and province.services.repository.get(accepted.id).status == "solving"
    assert (
        "Đã ghi nhận việc rút hồ sơ" in citizen.submit(page, "/rut", {"reason": "Không mở cửa hàng nữa"}).text
    )
    assert province.services.repository.get(accepted.id).status == "withdrawn"


def test_d26_4_a_paper_that_new_answers_ask_for_can_be_sent_at_once(province, kernel):
    asked = kernel.do(
        "motcua", kernel.hand_in(1), cmd.RequestSupplement((SupplementItem("points", "Ghi thiếu"),))
    )
    citizen = province.citizen()
    page = citizen.get(f"/ho-so/{asked.id}/bo-sung")
    assert 'name="paper.ban_ve"' not in page.html
    lacking = citizen.submit(page, "/bo-sung", {"points": "7", "shop_name": "Không ai hỏi"})
    assert lacking.status == 409 and "Bản vẽ" in lacking.text
    assert "Cần thêm vì câu trả lời của ông/bà đã đổi" in card(lacking, "s-ban_ve")
    sent = citizen.submit(lacking, "/bo-sung", {"paper.ban_ve": (io.BytesIO(PDF), "ban-ve.pdf")})
    assert "Đã gửi phần bổ sung" in sent.text
    now = province.services.repository.get(asked.id)
    assert now.answers["points"] == 7 and now.paper("ban_ve").files[0].name == "ban-ve.pdf"
    assert now.answers["shop_name"] == "Tạp hóa Hoa"  # what nobody asked about stays as it was handed in


def test_d26_4_what_is_wrong_with_a_supplement_stands_once_and_first_and_leads_to_its_place(province, kernel):
    asked = kernel.do("motcua", kernel.hand_in(1), cmd.RequestSupplement(MISSING))
    citizen = province.citizen()
    page = citizen.get(f"/ho-so/{asked.id}/bo-sung")
    assert "error-summary" not in page.html
    unread = (io.BytesIO(b"day la van ban"), "ghi-chu.pdf")
    refused = citizen.submit(page, "/bo-sung", {"shop_name": "x" * 300, "paper.hop_dong": unread})
    main = refused.html[refused.html.index("<main") :]
    assert refused.status == 422 and main.count('role="alert"') == main.count("error-summary-title") / 2 == 1
    assert main.index("error-summary") < main.index("<h1>")
    assert re.findall(r'<li><a href="#(f-[^"]+)">', main) == ["f-shop_name", "f-hop_dong"]
    assert (
        'id="f-hop_dong"' in main and 'aria-describedby="e-hop_dong"' in main and 'id="f-shop_name"' in main
    )
    nothing = citizen.submit(page, "/bo-sung", {})
    assert nothing.status == 409 and 'href="#f-shop_name">Ông/bà chưa thay đổi gì' in nothing.html
    kernel.do("motcua", asked, cmd.Supply(note="Nhận tại quầy"))
    late = citizen.submit(page, "/bo-sung", {"note": "Gửi lại"})
    assert late.status == 200 and province.services.repository.get(asked.id).status == "submitted"
