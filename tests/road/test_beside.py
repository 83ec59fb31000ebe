"""Beside the steps: taking turns, passing a step on, extending, apologising, withdrawing at the counter, and asking the
applicant for more in appraisal. What the kernel refuses is told, and nothing typed is lost.
"""

import re

import pytest
from made_up import lent
from people import COMMUNE, PASSWORD, Province
from walk import DESK, licence, open_dossier, pdf

pytestmark = pytest.mark.database

TURNS = """workflow:
  name: Hai việc làm lần lượt
  start: tham_tra
  steps:
    - id: tham_tra
      name: Thẩm tra
      actor: tham_dinh
      duration: {amount: 1, unit: working_hour}
      actions:
        - {id: hoi, label: Mở hai việc, to: [kho, phong_doc], together: turns, primary: true}
        - {id: bo_sung, label: Yêu cầu bổ sung, to: cho_bo_sung, needs: [reason]}
    - id: cho_bo_sung
      name: Bạn đọc bổ sung
      actor: nguoi_nop
      phase: waiting_applicant
      actions: [{id: da_bo_sung, label: Tôi đã bổ sung, to: tham_tra, needs: [reason], primary: true}]
    - id: kho
      name: Xem kho sách
      actor: tham_dinh
      actions: [{id: kho_xong, label: Kho xong, to: tra, primary: true}]
    - id: phong_doc
      name: Xem phòng đọc
      actor: tham_dinh
      actions: [{id: doc_xong, label: Phòng đọc xong, to: tra, primary: true}]
    - id: tra
      name: Trả thẻ
      actor: tiep_nhan
      join: all
      phase: result_ready
      actions: [{id: tra_the, label: Trả thẻ, to: end, outcome: returned, needs: [payment, recipient], primary: true}]
"""


def colleague(province: Province, login: str, name: str, function: str) -> str:
    """One more member of staff; the key of the account."""
    made = province.services.accounts.create_staff(
        login=login,
        name=name,
        password=PASSWORD,
        now=province.clock.now(),
        agency=COMMUNE,
        functions={COMMUNE: [function]},
        must_change_password=False,
    )
    return made.key


def test_whoever_takes_a_step_up_makes_the_other_wait(province: Province):
    code = lent(province, TURNS).code
    colleague(province, "chuyenvien2", "Vì Thị Hoa", "tham_dinh")
    first, second = province.staff("chuyenvien"), province.staff("chuyenvien2")
    page = first.submit(open_dossier(first, "cho-toi", code), "/hoi")
    assert page.text.count("Nhận làm bước này") == 2
    ways = [form.action for form in page.forms if form.action.endswith("/nhan-lam")]
    page = first.submit(page, ways[0])
    assert "Ông/bà đã nhận làm bước này" in page.text
    assert not page.has_form("/nhan-lam") and page.has_form("/kho_xong") and not page.has_form("/doc_xong")
    page = open_dossier(second, "cho-toi", code)
    assert "Đang tới lượt bước khác: Xem kho sách, Hoàng Thu Trang đang làm" in page.text
    assert "Xem kho sách: Hoàng Thu Trang nhận làm" in page.text.partition("Lịch sử")[2]
    page = second.submit(page, "/kho_xong")
    assert page.has_form("/doc_xong") and not page.has_form("/nhan-lam"), "the last one keeps nobody waiting"
    second.submit(page, "/doc_xong")
    assert code in province.staff("motcua").get(f"{DESK}/hop/cho-tra-ket-qua").text


@pytest.mark.branch("bo-sung-tham-dinh")
def test_a_supplement_in_appraisal_item_by_item_from_page_to_page(province: Province):
    code, mine, citizen = lent(province, TURNS)
    examiner = province.staff("chuyenvien")
    page = open_dossier(examiner, "cho-toi", code)
    silent = examiner.submit(page, "/bo_sung", {"reason.anh_the": "Ảnh chụp quá cũ"})
    assert silent.status == 409 and 'value="Ảnh chụp quá cũ"' in silent.html
    page = examiner.submit(silent, "/bo_sung", {"reason": "Cần ảnh mới"})
    assert page.status == 200, page.text
    page = citizen.get(mine)
    assert "Ông/bà cần bổ sung hồ sơ" in page.text and "Ảnh chụp quá cũ" in page.text, page.text
    page = citizen.get(f"{mine}/bo-sung")
    page = citizen.submit(page, "/bo-sung", {"note": "Tôi gửi lời nhắn"})
    assert "Đã gửi phần bổ sung" in page.text, page.text
    page = open_dossier(examiner, "cho-toi", code)
    assert page.has_form("/hoi")


@pytest.mark.branch("bo-sung-tham-dinh")
def test_a_supplement_brought_to_the_counter_is_taken_in_there(province: Province):
    code = lent(province, TURNS).code
    examiner, desk = province.staff("chuyenvien"), province.staff("motcua")
    asked = {"reason.anh_the": "Ảnh chụp quá cũ", "reason": "Cần ảnh mới"}
    examiner.submit(open_dossier(examiner, "cho-toi", code), "/bo_sung", asked)
    page = open_dossier(desk, "cho-bo-sung", code)
    assert "Ảnh chụp quá cũ" in page.text.partition("Nhận bổ sung của người nộp tại quầy")[2]
    silent = desk.submit(page, "/nhan-bo-sung", {"paper.anh_the": pdf("anh-moi.pdf")})
    assert silent.status == 409 and "Đ15.1b" in silent.text, "for one with an account, why the desk does it"
    page = desk.submit(
        silent, "/nhan-bo-sung", {"paper.anh_the": pdf("anh-moi.pdf"), "note": "Người nộp mang ảnh tới quầy"}
    )
    assert page.status == 200 and "Đã nhận phần bổ sung" in page.text, page.text
    page = open_dossier(examiner, "cho-toi", code)
    assert "anh-moi.pdf" in page.text and page.has_form("/hoi")


@pytest.mark.branch("giao-lai")
def test_a_step_is_passed_on_to_a_deputy_with_the_reason(province: Province):
    code = licence(province)
    deputy = colleague(province, "chuyenvien2", "Vì Thị Hoa", "tham_dinh")
    head, examiner = province.staff("truongphong"), province.staff("chuyenvien")
    page = open_dossier(head, "cho-toi", code)
    mine = re.search(r'<option value="(\w+)">Hoàng Thu Trang', page.html)[1]
    page = head.submit(page, "/giao_viec", {"assignee": mine})
    assert page.has_form("/giao-lai"), "whoever gave the step may give it anew"
    page = open_dossier(examiner, "cho-toi", code)
    assert "Bàn giao cho người khác: Chuyên viên thẩm định hồ sơ" in page.text
    silent = examiner.submit(page, "/giao-lai", {"assignee": deputy})
    assert silent.status == 409 and "Đ13.2" in silent.text
    assert ("assignee", deputy) in silent.form("/giao-lai").fields, "the choice stays"
    wrong = examiner.submit(silent, "/giao-lai", {"assignee": "khong-ai", "reason": "Nghỉ phép"})
    assert wrong.status == 409 and "Nghỉ phép" in wrong.html
    page = examiner.submit(wrong, "/giao-lai", {"assignee": deputy, "reason": "Nghỉ phép"})
    assert page.status == 200 and "Giao lại cho Vì Thị Hoa" in page.text and not page.has_form("/trinh")
    assert open_dossier(province.staff("chuyenvien2"), "cho-toi", code).has_form("/trinh")


@pytest.mark.branch("xin-loi")
def test_the_counter_extends_and_apologises_and_each_refusal_keeps_what_was_typed(province: Province):
    code = licence(province)
    desk = province.staff("motcua")
    page = open_dossier(desk, "tat-ca", code)
    before = province.services.repository.by_code(code).deadline
    wrong = desk.submit(page, "/gia-han", {"amount": "ba", "source": "12/PĐN", "reason": "Chờ kiểm tra"})
    assert wrong.status == 422 and 'value="12/PĐN"' in wrong.html and "Chờ kiểm tra" in wrong.html
    half = desk.submit(wrong, "/gia-han", {"amount": "1,5"})
    assert half.status == 422 and "là số nguyên" in half.text
    nothing = desk.submit(half, "/gia-han", {"amount": "0"})
    assert nothing.status == 409 and "Đ13.3đ" in nothing.text
    page = desk.submit(nothing, "/gia-han", {"amount": "3"})
    assert page.status == 200 and "Đã gia hạn" in page.text, page.text
    extended = province.services.repository.by_code(code).deadline
    assert extended.due > before.due and extended.original_due == before.original_due

    past = desk.submit(page, "/xin-loi", {"promised": "2026-11-20", "reason": "Chậm"})
    assert past.status == 409 and "Đ15.1d" in past.text and "2026-11-20" in past.html
    unread = desk.submit(past, "/xin-loi", {"promised": "mai"})
    assert unread.status == 422 and "ngày hẹn lại" in unread.text
    page = desk.submit(unread, "/xin-loi", {"promised": "2026-12-20"})
    assert page.status == 200 and "Đã ghi thư xin lỗi" in page.text
    after = province.services.repository.by_code(code).deadline
    assert after.due == extended.due and after.promised.isoformat() == "2026-12-20T17:00:00+07:00"
    again = desk.submit(page, "/xin-loi", {"promised": "2026-12-25", "reason": "Chậm nữa"})
    assert again.status == 409 and "NĐ 107/2021" in again.text


def test_the_counter_withdraws_for_the_applicant_with_the_reason_and_nobody_else_sees_the_forms(
    province: Province,
):
    code = licence(province)
    desk, head = province.staff("motcua"), province.staff("truongphong")
    seen = open_dossier(head, "cho-toi", code)
    assert not any(seen.has_form(f"/{form}") for form in ("gia-han", "xin-loi", "rut"))
    page = open_dossier(desk, "tat-ca", code)
    silent = desk.submit(page, "/rut")
    assert silent.status == 409 and "Ghi lý do" in silent.text
    page = desk.submit(silent, "/rut", {"reason": "Người nộp đề nghị tại quầy"})
    assert page.status == 200 and "Đã rút theo yêu cầu" in page.text
    assert not page.has_form("/rut")
