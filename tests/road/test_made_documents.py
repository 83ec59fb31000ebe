"""The draft made from the definition's own document: looked at, attached, read by the head, and nobody else's business."""

import io
import re

import pytest
from made_up import lent
from people import Province
from pypdf import PdfReader
from walk import copies_at_the_counter, licence_at_the_examiner, open_dossier, pdf

pytestmark = pytest.mark.database

CARD = """
documents:
  - id: the
    kind: result
    name: Thẻ mượn sách
    title: THẺ MƯỢN SÁCH
    sensitive: true
    body: ["Cấp cho {{ reader_name }}, số định danh {{ applicant.citizen_number }}, mượn {{ books }}."]
    signature: {role: CHỦ TỊCH}
  - id: nhieu_sach
    kind: working
    name: Phiếu mượn nhiều sách
    title: PHIẾU MƯỢN NHIỀU SÁCH
    when: books > 3
    body: ["{{ reader_name }} mượn {{ books }}."]
    signature: {role: CHỦ TỊCH}
"""


def words(data: bytes) -> str:
    """The text of a PDF in single spaces."""
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    return " ".join(text.split())


def looks(province: Province, what: str) -> int:
    return province.services.database["reads"].count_documents({"what": what})


@pytest.fixture
def at_the_examiner(province: Province) -> str:
    return licence_at_the_examiner(province)


def test_the_examiner_drafts_from_the_template_and_the_head_reads_it(province: Province, at_the_examiner):
    examiner, head = province.staff("chuyenvien"), province.staff("truongphong")
    page = open_dossier(examiner, "cho-toi", at_the_examiner)
    assert "Xem bản dự thảo theo mẫu (PDF): Giấy phép bán lẻ sản phẩm thuốc lá" in page.text
    link = next(link for link in page.links if link.endswith("/van-ban/giay_phep.pdf"))
    drawn = examiner.get(link)
    assert drawn.status == 200
    text = words(drawn.data)
    assert "Cho phép Hộ kinh doanh Lò Thị Xuân" in text
    assert "12,5 m²" in text
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert looks(province, "in:giay_phep") == 1
    assert looks(province, "du-lieu-nhay-cam") == 0

    # a draft has still to be chosen
    assert examiner.submit(page, "/trinh").status == 409
    assert examiner.submit(page, "/trinh", {"made": "giay_phep"}).status == 200
    page = open_dossier(head, "cho-toi", at_the_examiner)
    (made,) = province.services.repository.by_code(at_the_examiner).documents
    attached = next(link for link in page.links if link.endswith(f"/tep/{made.file.sha256}"))
    assert made.kind == "draft"
    assert "Cho phép Hộ kinh doanh Lò Thị Xuân" in words(head.get(attached).data)
    assert f"giay-phep-{at_the_examiner}.pdf" in page.text
    assert "Giữ dự thảo đang có" in page.text
    page = head.submit(page, "/chuyen_tiep")
    assert page.status == 200, page.text
    assert province.services.repository.by_code(at_the_examiner).tasks[0].step == "phe_duyet"


def test_a_file_that_was_sent_is_taken_before_the_template(province: Province, at_the_examiner):
    examiner = province.staff("chuyenvien")
    page = open_dossier(examiner, "cho-toi", at_the_examiner)
    page = examiner.submit(page, "/trinh", {"made": "giay_phep", "file": pdf("cua-toi.pdf")})
    assert page.status == 200
    (made,) = province.services.repository.by_code(at_the_examiner).documents
    assert made.file.name == "cua-toi.pdf"


def test_the_notice_says_the_leaders_reason_and_no_licence_is_drafted_there(
    province: Province, at_the_examiner
):
    examiner, head, leader = (province.staff(who) for who in ("chuyenvien", "truongphong", "chutich"))
    examiner.submit(open_dossier(examiner, "cho-toi", at_the_examiner), "/trinh", {"made": "giay_phep"})
    head.submit(open_dossier(head, "cho-toi", at_the_examiner), "/chuyen_tiep")
    page = open_dossier(leader, "cho-toi", at_the_examiner)
    form = next(form for form in page.forms if form.action.endswith("/khong_giai_quyet"))
    assert form.values()["made"] == ["khong_giai_quyet"]  # the licence that was drafted is not what goes out
    assert 'name="made" value="giay_phep"' not in page.html
    reason = "Địa điểm nằm trong khuôn viên trường học."
    refused = leader.submit(page, "/khong_giai_quyet", {"made": "giay_phep", "reason": reason})
    assert refused.status == 409
    assert reason in refused.text
    lacking = leader.submit(page, "/khong_giai_quyet", {"made": "khong_giai_quyet"})
    assert lacking.status == 409
    again = next(form for form in lacking.forms if form.action.endswith("/khong_giai_quyet"))
    assert again.values()["made"] == ["khong_giai_quyet"]
    page = leader.submit(page, "/khong_giai_quyet", {"made": "khong_giai_quyet", "reason": reason})
    assert page.status == 200, page.text
    notice = province.services.repository.by_code(at_the_examiner).documents[-1]
    text = words(province.services.files.read(notice.file.sha256))
    assert f"không giải quyết hồ sơ nêu trên với lý do: {reason}" in text
    assert "phường Tô Hiệu" in text


def test_only_the_dossiers_own_agency_sees_it_and_only_where_it_is_made(province: Province, at_the_examiner):
    examiner = province.staff("chuyenvien")
    page = open_dossier(examiner, "cho-toi", at_the_examiner)
    link = next(link for link in page.links if link.endswith("/van-ban/giay_phep.pdf"))
    assert province.staff("khac-chuyenvien").get(link).status in {403, 404}
    assert province.citizen().get(link).status == 403
    assert not province.visitor().get(link).data.startswith(b"%PDF")
    for gone in (link.replace("giay_phep", "giay_la"), re.sub(r"/buoc/[^/]+/", "/buoc/t9-9/", link)):
        assert examiner.get(gone).status == 404
    assert looks(province, "in:giay_phep") == 0
    examiner.submit(page, "/trinh", {"made": "giay_phep"})
    assert examiner.get(link).status == 404


def test_sensitive_answers_are_noted_and_conditions_decide(province: Province):
    examiner = province.staff("chuyenvien")
    code = lent(province, "workflow: xa-xac-nhan\n", more=CARD, books=2).code
    page = open_dossier(examiner, "cho-toi", code)
    assert "có dữ liệu nhạy cảm, lần xem được ghi lại" in page.text
    assert "Phiếu mượn nhiều sách" not in page.text
    link = next(link for link in page.links if link.endswith("/van-ban/the.pdf"))
    assert "số định danh 014190001234, mượn 2 quyển." in words(examiner.get(link).data)
    assert looks(province, "in:the") == 1
    assert looks(province, "du-lieu-nhay-cam") == 1
    assert examiner.get(link.replace("/the.pdf", "/nhieu_sach.pdf")).status == 404
    assert examiner.submit(page, "/chuyen_du_thao", {"made": "nhieu_sach"}).status == 409


def test_what_is_solved_on_one_screen_is_printed_from_the_dossier(province: Province):
    desk = province.staff("motcua")
    page = copies_at_the_counter(desk)
    page = desk.submit(page, page.url, {"_action": "accept", "method": "cash", "receipt": "0001"})
    assert "kết thúc hồ sơ" in page.text, page.text
    link = next(link for link in page.links if link.endswith("/loi_chung.pdf"))
    text = words(desk.get(link).data)
    assert "ông/bà Lò Thị Xuân xuất trình" in text
    assert "Phí chứng thực: 21.000 đồng" in text
    assert looks(province, "in:loi_chung") == 1
    # the result was returned: no notice of declining belongs to it
    assert "Thông báo không giải quyết" not in page.text
    assert desk.get(link.replace("loi_chung", "khong_giai_quyet")).status == 404
