"""Solving a dossier page by page (Đ13, Đ15.1d): verification on site, drafts by their numbers, opinions that are late, more
time, several at once, and the door that stays closed to an end without a result.
"""

import io
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from asking_walk import ASKING
from made_up import lent
from people import COMMUNE, OTHER, PASSWORD, Province
from pypdf import PdfReader
from walk import DESK, licence, open_dossier, pdf

from tthc.dossiers.commands import RegisterAtCounter
from tthc.notices.reading import Notes
from tthc.onestop import batch

pytestmark = pytest.mark.database

ON_SITE = """workflow:
  name: Kiểm tra tại chỗ
  start: kiem_tra
  steps:
    - id: kiem_tra
      name: Kiểm tra tại chỗ
      actor: tham_dinh
      duration: {amount: 2, unit: working_hour}
      actions: [{id: da_kiem_tra, label: Đã kiểm tra, to: tra, needs: [verification], primary: true}]
    - id: tra
      name: Trả thẻ
      actor: tiep_nhan
      phase: result_ready
      actions: [{id: tra_the, label: Trả thẻ, to: end, outcome: returned, needs: [payment, recipient], primary: true}]
"""
FOUR = {
    "on": "2026-11-24",
    "at": "09:00",
    "place": "Thư viện phường",
    "participants": "Thủ thư, bạn đọc",
    "content": "Số sách mượn",
}


def of(province: Province, code: str):
    return province.services.repository.by_code(code)


def three_licences(province: Province) -> list[str]:
    """The codes of one handed in online and two like it from the counter, all waiting to be assigned."""
    s, first = province.services, of(province, licence(province))
    desk = s.dossiers.staff_of(s.accounts.staff_with(COMMUNE, "tiep_nhan")[0].key, COMMUNE)
    papers = tuple(replace(paper, presented=True) for paper in first.papers)
    codes = [first.code]
    for number in (1, 2):
        entry = RegisterAtCounter(
            f"{number:032x}", COMMUNE, first.applicant, first.answers, papers, first.checked, method="cash"
        )
        definition = s.definitions.by_hash(first.definition)
        codes.append(s.dossiers.start(definition, entry, desk, f"c{number}").code)
    return codes


@pytest.mark.branch("xac-minh")
def test_d13_3b_an_appointment_then_what_was_found(province: Province):
    code = lent(province, ON_SITE).code
    examiner = province.staff("chuyenvien")
    page = open_dossier(examiner, "cho-toi", code)
    early = examiner.submit(page, "/da_kiem_tra")
    assert early.status == 409 and "Đ13.3b: Ghi thời gian, địa điểm, thành phần" in early.text
    wrong = examiner.submit(page, "/hen-xac-minh", {**FOUR, "at": "chín giờ"})
    assert wrong.status == 422 and "Nhập ngày và giờ xác minh" in wrong.text
    assert ("place", "Thư viện phường") in wrong.form("/hen-xac-minh").fields, "what was typed stays"
    page = examiner.submit(page, "/hen-xac-minh", FOUR)
    assert "Đã hẹn: 09:00 ngày 24/11/2026" in page.text, page.text
    province.sweep()
    told = [n for n in Notes(province.services.database).mailbox() if "Hẹn xác minh thực tế" in n.subject]
    assert len(told) == 1 and "Thư viện phường" in told[0].body
    clerk = province.staff("vanthu").get(f"{DESK}/ho-so/{of(province, code).id}")
    assert not clerk.has_form("/ket-qua-xac-minh")
    province.clock.set(of(province, code).verifications[0].starts_at + timedelta(hours=2))
    page = open_dossier(examiner, "cho-toi", code)
    nothing = examiner.submit(page, "/ket-qua-xac-minh")
    assert nothing.status == 409 and "đính kèm biên bản" in nothing.text
    word = examiner.submit(page, "/ket-qua-xac-minh", {"file": (io.BytesIO(b"PK\x03\x04"), "bien-ban.pdf")})
    assert word.status == 422 and not of(province, code).verifications[0].complete
    page = examiner.submit(
        page, "/ket-qua-xac-minh", {"outcome": "Đúng như khai", "file": pdf("bien-ban.pdf")}
    )
    shown = page.text.partition("Xác minh thực tế Thời gian")[2].partition("Lịch sử")[0]
    for part in ("Thư viện phường", "Thủ thư, bạn đọc", "Số sách mượn", "Đúng như khai", "bien-ban.pdf"):
        assert part in shown, (part, page.text)
    assert examiner.submit(page, "/da_kiem_tra").status == 200
    assert code in province.staff("motcua").get(f"{DESK}/hop/cho-tra-ket-qua").text


@pytest.mark.branch("truong-phong-thu-ly")
def test_d13_1_the_head_of_the_unit_drafts_and_submits_alone(province: Province):
    code = licence(province)
    head = province.staff("truongphong")
    page = open_dossier(head, "cho-toi", code)
    without = head.submit(page, "/truc_tiep")
    assert without.status == 409 and "Đính kèm dự thảo kết quả" in without.text
    page = head.submit(without, "/truc_tiep", {"made": "-", "file": pdf("du-thao.pdf")})
    assert "Dự thảo v1" in page.text, page.text
    assert [task.step for task in of(province, code).tasks] == ["phe_duyet"]


@pytest.mark.branch("chuyen-vien-thu-ly", "chuyen-lai")
def test_d13_2_every_draft_is_kept_with_its_number(province: Province):
    code = licence(province)
    head, examiner = province.staff("truongphong"), province.staff("chuyenvien")
    who = province.services.accounts.staff_with(COMMUNE, "tham_dinh")[0].key
    head.submit(open_dossier(head, "cho-toi", code), "/giao_viec", {"assignee": who})
    page = open_dossier(examiner, "cho-toi", code)
    without = examiner.submit(page, "/trinh")
    assert without.status == 409 and "Đính kèm dự thảo kết quả" in without.text
    examiner.submit(without, "/trinh", {"made": "-", "file": pdf("ban-mot.pdf")})
    page = open_dossier(head, "cho-toi", code)
    assert head.submit(page, "/tra_lai").status == 409, "sent back only with a reason"
    head.submit(page, "/tra_lai", {"reason": "Sai căn cứ"})
    examiner.submit(
        open_dossier(examiner, "cho-toi", code), "/trinh", {"made": "-", "file": pdf("ban-hai.pdf")}
    )
    page = open_dossier(head, "cho-toi", code)
    told = page.text.partition("Dự thảo v2")[2]
    assert "bản mới nhất" in told and "ban-hai.pdf" in told
    assert "ban-mot.pdf" in told.partition("Dự thảo v1")[2] and "Hoàng Thu Trang" in told


@pytest.mark.branch("y-kien-qua-han")
def test_d13_3c_an_agency_that_is_late_is_told_on_and_gone_on_without(province: Province):
    code = lent(province, ASKING.replace("      on_timeout: coi_nhu_dong_y\n", "")).code
    province.services.accounts.create_staff(
        login="dungdau", name="Vì Văn Đôi", password=PASSWORD, now=province.clock.now(), agency=COMMUNE,
        functions={COMMUNE: ["phu_trach_mot_cua"]}, must_change_password=False,
    )  # fmt: skip
    examiner, elsewhere = province.staff("chuyenvien"), province.staff("khac-chuyenvien")
    page = open_dossier(examiner, "cho-toi", code)
    without = examiner.submit(page, "/hoi", {"chosen": [OTHER, COMMUNE]})
    assert without.status == 409 and "Đ13.3c: Ghi nội dung cần các cơ quan cho ý kiến" in without.text
    asked = {"chosen": [OTHER, COMMUNE], "question": "Kho có còn sách không?", "answer_by": "2026-11-24"}
    page = examiner.submit(without, "/hoi", asked)
    assert page.text.count("Hỏi: Kho có còn sách không? (trả lời trước 17:00 ngày 24/11/2026") == 2, page.text
    theirs = elsewhere.get(f"/motcua/{OTHER}/ho-so/{of(province, code).id}")
    assert "Nội dung được hỏi: Kho có còn sách không?" in theirs.text and not theirs.has_form("/khong-cho")
    examiner.submit(page, "/dong_y")
    (task,) = of(province, code).tasks
    province.clock.set(task.due + timedelta(hours=1))
    province.sweep()
    head = province.staff("dungdau")
    assert "quá hạn trả lời" in head.get("/thong-bao").text
    listed = head.get(f"{DESK}/y-kien-qua-han")
    assert code in listed.text and "Chưa trả lời" in listed.text and "Kho" not in listed.text
    page = examiner.get(f"{DESK}/ho-so/{of(province, code).id}")
    silent = examiner.submit(page, "/khong-cho")
    assert silent.status == 409 and "Ghi lý do đi tiếp khi chưa đủ ý kiến" in silent.text
    page = examiner.submit(silent, "/khong-cho", {"reason": "Đã đôn đốc hai lần"})
    assert "Quá hạn, đi tiếp không chờ" in page.text and "Việc cần làm: Tổng hợp ý kiến" in page.text
    assert "Đã đi tiếp" in head.get(f"{DESK}/y-kien-qua-han").text


@pytest.mark.branch("gia-han-dong-y")
def test_d13_3dd_a_proposal_is_decided_at_the_counter(province: Province):
    code = lent(province, ON_SITE).code
    examiner, desk = province.staff("chuyenvien"), province.staff("motcua")
    page = open_dossier(examiner, "cho-toi", code)
    assert not page.has_form("/gia-han")
    wrong = examiner.submit(
        page, "/de-nghi-gia-han", {"amount": "hai", "unit": "working_day", "reason": "Khó"}
    )
    assert wrong.status == 422 and "Nhập thời gian gia hạn bằng số" in wrong.text
    law = province.services.definitions.by_hash(of(province, code).definition).information.legal_basis[0]
    typed = {"amount": "2", "unit": "working_day", "reason": "Phải kiểm kê", "law": law.number}
    wrong = examiner.submit(page, "/de-nghi-gia-han", typed)
    assert wrong.status == 409 and "Ghi điều, khoản của văn bản" in wrong.text
    typed |= {"clause": "khoản 2 Điều 9", "file": pdf("phieu.pdf")}
    page = examiner.submit(wrong, "/de-nghi-gia-han", typed)
    assert "Đang chờ quyết định" in page.text and not page.has_form("/de-nghi-gia-han")
    said = PdfReader(io.BytesIO(examiner.get(next(u for u in page.links if "de-nghi-gia-han.pdf" in u)).data))
    told = " ".join(said.pages[0].extract_text().split())
    assert "thêm 02 ngày làm việc" in told and f"khoản 2 Điều 9, {law.number}" in told, told
    before = of(province, code).deadline
    page = open_dossier(desk, "tat-ca", code)
    assert f"Căn cứ: khoản 2 Điều 9, {law.number}" in page.text
    assert "đề nghị thêm 02 ngày làm việc" in page.text and not page.has_form("/gia-han"), page.text
    unsaid = desk.submit(page, "/gia-han/g1", {"decision": "no"})
    assert unsaid.status == 409 and "Ghi lý do không gia hạn" in unsaid.text
    page = desk.submit(unsaid, "/gia-han/g1", {"decision": "yes", "amount": "1", "unit": "working_day"})
    after = of(province, code).deadline
    assert after.original_due == before.due < after.due == after.by_law
    assert "Hẹn lần đầu" in page.text and "Đồng ý" in page.text
    twice = desk.submit(unsaid, "/gia-han/g1", {"decision": "no", "answer": "x", "command_id": "a" * 32})
    assert twice.status == 409 and of(province, code).deadline == after


@pytest.mark.branch("cua-dong", "xin-loi")
def test_d15_1d_an_overdue_dossier_without_a_result_is_not_ended(province: Province):
    code = licence(province)
    desk = province.staff("motcua")
    found = of(province, code)
    page = open_dossier(desk, "tat-ca", code)
    assert "không được kết thúc" not in page.text
    province.clock.set(found.deadline.due + timedelta(hours=20))
    page = open_dossier(desk, "tat-ca", code)
    assert '<button class="button secondary" type="button" disabled aria-describedby="door-why">' in page.html
    assert (
        "Đ15.1d: Hồ sơ quá hạn và chưa có kết quả: phải dùng chức năng “Xin lỗi”, không được kết thúc."
        in page.text
    )
    page.form("/rut").action = f"{DESK}/ho-so/{found.id}/ket-thuc"
    forced = desk.submit(page, "/ket-thuc", {"reason": "Xong", "recipient": "Lò Thị Xuân"})
    assert forced.status == 409 and "không được kết thúc" in forced.text
    assert of(province, code).version == found.version
    day = (province.clock.now() + timedelta(days=5)).date().isoformat()
    page = desk.submit(page, "/xin-loi", {"promised": day, "reason": "Quá nhiều hồ sơ"})
    assert "Hẹn lại khi xin lỗi" in page.text
    letter = desk.get(f"{DESK}/ho-so/{found.id}/phieu-xin-loi.pdf")
    assert letter.data.startswith(b"%PDF")
    assert "không được kết thúc" in page.text, "an apology is no result"


@pytest.mark.branch("dung")
def test_d26_1_stopping_on_the_applicants_wish_keeps_the_notice(province: Province):
    code = licence(province)
    desk = province.staff("motcua")
    page = open_dossier(desk, "tat-ca", code)
    assert desk.submit(page, "/rut").status == 409
    page = desk.submit(page, "/rut", {"reason": "Không kinh doanh nữa", "file": pdf("thong-bao-dung.pdf")})
    found = of(province, code)
    assert (str(found.status), [d.kind for d in found.documents]) == ("withdrawn", ["notice"])
    assert "thong-bao-dung.pdf" in page.text


@pytest.mark.branch("hang-loat")
def test_d13_several_dossiers_at_once_each_with_its_own_outcome(province: Province, monkeypatch):
    codes = three_licences(province)
    head = province.staff("truongphong")
    assert "Xử lý nhiều hồ sơ cùng lúc" in head.get(f"{DESK}/hop/cho-toi").text
    page = head.get(f"{DESK}/hang-loat")
    keys = [f"{f.id}:{f.tasks[0].id}:{f.version}" for f in map(lambda c: of(province, c), codes)]
    assert all(f'value="{key}"' in page.html for key in keys)
    buttons = [value for name, value, _ in page.form("/hang-loat").buttons if name == "action"]
    assert buttons == ["giao_viec", "truc_tiep"]
    who = province.services.accounts.staff_with(COMMUNE, "tham_dinh")[0].key
    none = head.submit(page, "/hang-loat", {"action": "giao_viec", "assignee": who})
    assert none.status == 422 and "Chọn ít nhất một hồ sơ" in none.text
    assert ("assignee", who) in none.form("/hang-loat").fields, "what was chosen stays chosen"
    # one of them is done elsewhere meanwhile
    head.submit(open_dossier(head, "cho-toi", codes[2]), "/giao_viec", {"assignee": who})
    typed = {"dossier": [*keys, "khong-co:t1:1"], "action": "giao_viec", "assignee": who}
    done = head.submit(page, "/hang-loat", typed)
    assert "2/4 hồ sơ đã thực hiện" in done.text, done.text
    assert "Hồ sơ vừa được cập nhật ở nơi khác" in done.text and "Không tìm thấy hồ sơ này" in done.text
    before = [of(province, code).version for code in codes]
    again = head.submit(page, "/hang-loat", typed)
    assert "2/4 hồ sơ đã thực hiện" in again.text
    assert [of(province, code).version for code in codes] == before, "sent twice is done once"
    assert [t.assignee for code in codes for t in of(province, code).tasks] == [who] * 3
    assert "Không còn việc nào chờ ông/bà" in head.get(f"{DESK}/hang-loat").text
    # all that waits is reached, a page at a time, each with its own outcome
    monkeypatch.setattr(batch, "MOST", 2)
    examiner = province.staff("chuyenvien")
    assert head.get(f"{DESK}/hang-loat?sau=vo-van").status == 404
    for code in codes:
        draft = {"file": pdf("du-thao.pdf")}
        assert examiner.submit(open_dossier(examiner, "cho-toi", code), "/trinh", draft).status == 200
    first = head.get(f"{DESK}/hang-loat")
    assert "3 việc chờ ông/bà; trang này có 2, trong đó 2" in first.text
    second = head.get(next(url for url in first.links if "hang-loat?sau=" in url))
    keys = re.findall(r'name="dossier" value="([^"]+)"', second.html)
    assert len(keys) == 1 and keys[0] not in first.html
    done = head.submit(second, "/hang-loat", {"dossier": keys, "action": "chuyen_tiep"})
    assert "1/1 hồ sơ đã thực hiện" in done.text
    assert [of(province, code).tasks[0].step for code in codes].count("phe_duyet") == 1
    back = head.get(next(url for url in second.links if "hang-loat?truoc=" in url))
    assert "2 việc chờ ông/bà" in back.text
    clerk = province.staff("vanthu").get(f"{DESK}/hang-loat")
    assert "Không có bước nào làm chung được" in clerk.text
