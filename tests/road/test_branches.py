"""Two opinions asked for at once: whoever holds the function sees both, gives them in any order, and only then does the
dossier go on. Waiting for money ends by itself when the counter has taken it.
"""

import pytest
from made_up import lent
from people import Province
from walk import open_dossier, pdf

pytestmark = pytest.mark.database

WORKFLOW = """workflow:
  name: Hỏi hai nơi, chờ nộp tiền
  start: tham_tra
  steps:
    - id: tham_tra
      name: Thẩm tra
      actor: tham_dinh
      duration: {amount: 1, unit: working_hour}
      actions: [{id: hoi, label: Hỏi kho và phòng đọc, to: [kho, phong_doc], primary: true}]
    - id: kho
      name: Kho sách cho ý kiến
      actor: tham_dinh
      duration: {amount: 1, unit: working_hour}
      actions: [{id: kho_dong_y, label: Kho đồng ý, to: nop_tien, primary: true}]
    - id: phong_doc
      name: Phòng đọc cho ý kiến
      actor: tham_dinh
      duration: {amount: 1, unit: working_hour}
      actions: [{id: doc_dong_y, label: Phòng đọc đồng ý, to: nop_tien, primary: true}]
    - id: nop_tien
      name: Bạn đọc nộp lệ phí
      actor: nguoi_nop
      phase: waiting_applicant
      join: all
      on_payment: da_nop
      actions: [{id: da_nop, label: Tôi đã nộp, to: phat_hanh, needs: [payment]}]
    - id: phat_hanh
      name: Văn thư phát hành thẻ
      actor: van_thu
      duration: {amount: 1, unit: working_hour}
      actions: [{id: chuyen_ket_qua, label: Chuyển thẻ, to: tra, needs: [result], primary: true}]
    - id: tra
      name: Trả thẻ
      actor: tiep_nhan
      phase: result_ready
      actions: [{id: tra_the, label: Trả thẻ, to: end, outcome: returned, needs: [payment, recipient], primary: true}]
"""


def test_two_branches_meet_and_money_sends_the_dossier_on(province: Province):
    code, mine, citizen = lent(province, WORKFLOW)
    desk, examiner = province.staff("motcua"), province.staff("chuyenvien")
    page = examiner.submit(open_dossier(examiner, "cho-toi", code), "/hoi")
    assert "Việc cần làm: Kho sách cho ý kiến" in page.text
    assert "Việc cần làm: Phòng đọc cho ý kiến" in page.text
    page = examiner.submit(page, "/doc_dong_y")
    assert "Phòng đọc cho ý kiến" not in page.text.partition("Việc cần làm")[2].partition("Lịch sử")[0]
    examiner.submit(open_dossier(examiner, "cho-toi", code), "/kho_dong_y")
    assert "Bạn đọc nộp lệ phí" in citizen.get(mine).text
    page = open_dossier(desk, "cho-bo-sung", code)
    assert desk.submit(page, "/thu-phi", {"method": "cash"}).status == 200
    clerk = province.staff("vanthu")
    page = open_dossier(clerk, "cho-toi", code)
    assert "Việc cần làm: Văn thư phát hành thẻ" in page.text
    assert clerk.submit(page, "/chuyen_ket_qua", {"number": "07/TMS", "file": pdf("the.pdf")}).status == 200
    page = desk.submit(open_dossier(desk, "cho-tra-ket-qua", code), "/tra_the", drop=("version",))
    assert "Đã trả kết quả" in page.text, page.text
