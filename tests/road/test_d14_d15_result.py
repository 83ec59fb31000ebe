"""From the draft that the leader signs to the result in the applicant's hands, page by page (Đ10.4, Đ14, Đ15)."""

import io
import re

import pytest
from people import COMMUNE, PDF, Province
from pypdf import PdfReader
from result_walk import handed_in, opened
from walk import DESK, copies_at_the_counter, licence_at_the_examiner, open_dossier, pdf

pytestmark = pytest.mark.database


@pytest.fixture
def books(province: Province):
    """The commune numbers its results in a book; they may be numbered by hand too."""
    return opened(province, "ket-qua", "Sổ cấp kết quả", "{so}/GP-UBND", manual=True)


def found(province: Province, code: str):
    return province.services.repository.by_code(code)


def at_the_leader(province: Province) -> str:
    code = licence_at_the_examiner(province)
    examiner = province.staff("chuyenvien")
    page = open_dossier(examiner, "cho-toi", code)
    made = re.search(r'name="made" value="(\w+)"', page.html)
    given = {"made": made[1]} if made else {"file": pdf("du-thao.pdf")}
    assert examiner.submit(page, "/trinh", given).status == 200
    head = province.staff("truongphong")
    assert head.submit(open_dossier(head, "cho-toi", code), "/chuyen_tiep").status == 200
    return code


@pytest.mark.branch(
    "ky-so", "so-van-ban", "doi-chieu", "tep-gia", "khong-ghi-lui", "cho-tra-lau", "bam-hai-lan"
)
def test_d14_1a_d14_1b_d14_2_d15_1a_d15_2_d15_3_d10_4a_from_the_leader_to_the_applicant(
    province: Province, books
):
    code = at_the_leader(province)
    leader, clerk = province.staff("chutich"), province.staff("vanthu")

    page = open_dossier(leader, "cho-toi", code)
    assert "Ký số bản dự thảo khi duyệt" in page.text
    silent = leader.submit(page, "/chuyen_lai", {"reason": "  "})
    assert (silent.status, found(province, code).tasks[0].function) == (409, "phe_duyet")
    assert "Đ14.1a" in silent.text
    page = leader.submit(page, "/duyet", {"sign": "1"})
    assert page.status == 200, page.text
    draft = found(province, code).documents[-1]
    assert [(s.by, s.name) for s in draft.signed] == [("person", "Nguyễn Đức Minh")]
    assert "Ký số: Nguyễn Đức Minh" in page.text

    page = open_dossier(clerk, "cho-toi", code)
    for said in ("01/GP-UBND", "Sổ cấp kết quả", "Bản lãnh đạo đã ký số", "Ký số của cơ quan"):
        assert said in page.text
    word = {"source": "tep", "file": (io.BytesIO(b"PK\x03\x04 Word"), "ket-qua.pdf")}
    refused = clerk.submit(page, "/chuyen_ket_qua", word)
    assert refused.status == 422 and "là tệp Word" in refused.text, refused.text
    broken = {"source": "tep", "file": (io.BytesIO(b"%PDF-1.4\nvo van\n%%EOF\n"), "ket-qua.pdf")}
    refused = clerk.submit(page, "/chuyen_ket_qua", broken)
    assert refused.status == 422 and "không mở được như một tệp PDF" in refused.text, refused.text
    back = {"number": "7/GP", "issued_on": "2020-01-02", "why": "Trên giấy"}
    refused = clerk.submit(page, "/chuyen_ket_qua", back)
    assert refused.status == 409 and "trước ngày tiếp nhận" in refused.text, refused.text
    assert books.drawn(f"{COMMUNE}:{province.clock.now().year}:ket-qua") == (), (
        "nothing refused took a number"
    )

    form = page.form("/chuyen_ket_qua")
    command = dict(form.values())["command_id"][0]
    page = clerk.submit(page, "/chuyen_ket_qua")
    assert page.status == 200, page.text
    result = found(province, code).documents[-1]
    assert (result.kind, result.number) == ("result", "01/GP-UBND")
    assert [s.by for s in result.signed] == ["person", "agency"]
    # pressed twice: the same command again does nothing and takes no number
    before = found(province, code)
    assert clerk.submit(open_dossier_page(clerk, before.id, form), "/chuyen_ket_qua").status in {200, 409}
    assert command in {entry.command_id for entry in before.history}
    assert found(province, code).version == before.version
    assert len(books.drawn(f"{COMMUNE}:{province.clock.now().year}:ket-qua")) == 1

    page = clerk.get(f"{DESK}/ho-so/{before.id}/chu-ky/{result.file.sha256}")
    for said in ("Chữ ký hợp lệ", "Ủy ban nhân dân", "Nguyễn Đức Minh", "Còn nguyên"):
        assert said in page.text
    page = clerk.get(f"{DESK}/so-van-ban")
    assert "01/GP-UBND" in page.text and "02/GP-UBND" in page.text

    province.sweep()
    province.clock.advance(days=9)
    desk = province.staff("motcua")
    page = desk.get(f"{DESK}/tra-ket-qua")
    assert code in page.text and "9 ngày" in page.text and "chưa báo" not in page.text, page.text
    page = open_dossier(desk, "cho-tra-ket-qua", code)
    past = desk.submit(page, "/tra_ket_qua", {"returned_at": "2026-01-02T08:00"})
    assert past.status == 409 and "không ghi thời điểm khác" in past.text, past.text
    compared = re.findall(r'name="originals" value="(\w+)"', page.html)
    assert compared
    bare = desk.submit(page, "/tra_ket_qua", {"recipient": "Lò Thị Xuân"})
    assert bare.status == 409 and "Đ10.4a" in bare.text, bare.text
    page = desk.submit(page, "/tra_ket_qua", {"originals": compared})
    assert page.status == 200 and "Đã trả kết quả" in page.text, page.text
    assert found(province, code).ended_at == province.clock.now()


def open_dossier_page(visitor, dossier_id: str, form):
    """The dossier's page as it was when this form was on it."""
    page = visitor.get(f"{DESK}/ho-so/{dossier_id}")
    page.forms = [form]
    return page


def test_d10_4b_anybody_checks_a_signed_file_and_nothing_is_kept(province: Province):
    visitor = province.visitor()
    page = visitor.get("/kiem-tra-chu-ky")
    assert visitor.submit(page, "/kiem-tra-chu-ky").status == 422
    page = visitor.submit(page, "/kiem-tra-chu-ky", {"file": (io.BytesIO(PDF), "ket-qua.pdf")})
    assert page.status == 200 and "không có chữ ký số nào" in page.text, page.text
    page = visitor.submit(page, "/kiem-tra-chu-ky", {"file": (io.BytesIO(b"PK Word"), "ket-qua.pdf")})
    assert "không đọc được như một tệp PDF" in page.text
    assert province.services.database["papers.files"].count_documents({}) == 0


def test_d15_1a_the_money_is_receipted_from_the_book_and_printed(province: Province):
    opened(province, "bien-lai", "Sổ biên lai", "TH{so}")
    desk = province.staff("motcua")
    page = copies_at_the_counter(desk)
    assert "lấy từ Sổ biên lai" in page.text
    given = {"_action": "accept", "result": "Ba bản sao", "recipient": "Lò Thị Xuân", "method": "cash"}
    page = desk.submit(page, page.url, given)
    assert page.status == 200 and "biên lai số TH01" in page.text, page.text
    link = next(url for url in page.links if "/bien-lai/" in url)
    words = " ".join(PdfReader(io.BytesIO(desk.get(link).data)).pages[0].extract_text().split())
    for said in ("BIÊN LAI THU PHÍ, LỆ PHÍ", "TH01", "21.000 đồng", "Lò Thị Xuân", "Lò Thị Hạnh", "tiền mặt"):
        assert said in words
    assert desk.get(link.replace("/bien-lai/", "/bien-lai/9")).status == 404
    assert province.staff("khac-motcua").get(link).status in {403, 404}


@pytest.mark.usefixtures("books")
def test_d10_4b_where_the_procedure_asks_both_sign_and_the_owner_takes_the_result_on_the_portal(
    province: Province,
):
    code, citizen, mine = handed_in(province, "online")
    leader, clerk = province.staff("chutich"), province.staff("vanthu")
    page = open_dossier(leader, "cho-toi", code)
    assert "Thủ tục này bắt buộc ký số" in page.text
    # the box may be left empty by hand: the procedure's word stands
    assert leader.submit(page, "/duyet", drop=("sign",)).status == 200
    waiting = citizen.get(mine)
    assert not waiting.has_form("/nhan-ket-qua")
    page = clerk.submit(open_dossier(clerk, "cho-toi", code), "/chuyen_ket_qua", drop=("seal",))
    assert page.status == 200, page.text
    assert [s.by for s in found(province, code).documents[-1].signed] == ["person", "agency"]

    page = citizen.get(mine)
    assert "Kết quả đã được ký số" in page.text, page.text
    dossier = found(province, code)
    address = f"/ho-so/{dossier.id}/tep/{dossier.documents[-1].file.sha256}"
    assert citizen.get(address).status == 404, "not before it is taken"
    assert province.citizen("0987654321").get(address).status == 404
    province.clock.advance(hours=30)
    citizen = province.citizen()
    page = citizen.submit(citizen.get(mine), "/nhan-ket-qua")
    assert page.status == 200 and "Đã nhận kết quả" in page.text, page.text
    after = found(province, code)
    assert (after.status, after.ended_at, after.recipient) == (
        "returned",
        province.clock.now(),
        "Lò Thị Xuân",
    )
    data = citizen.get(address).data
    assert province.services.signing.look(data).good
    page = citizen.get(f"/ho-so/{dossier.id}/chu-ky/{dossier.documents[-1].file.sha256}")
    assert "Chữ ký hợp lệ" in page.text and "Ủy ban nhân dân phường Tô Hiệu" in page.text
    changed = data.replace(b"/MediaBox[0 0 595 842]", b"/MediaBox[0 0 595 843]", 1)
    assert changed != data
    visitor = province.visitor()
    page = visitor.submit(
        visitor.get("/kiem-tra-chu-ky"), "/kiem-tra-chu-ky", {"file": (io.BytesIO(changed), "the.pdf")}
    )
    assert "Tệp đã bị thay đổi sau khi ký" in page.text, page.text


@pytest.mark.usefixtures("books")
@pytest.mark.branch("buu-dien", "dinh-chinh")
def test_d15_1a_d15_3_by_post_with_its_number_and_a_wrong_record_put_right(province: Province):
    code, citizen, mine = handed_in(province, "post")
    leader, clerk, desk = (province.staff(who) for who in ("chutich", "vanthu", "motcua"))
    assert leader.submit(open_dossier(leader, "cho-toi", code), "/duyet").status == 200
    assert clerk.submit(open_dossier(clerk, "cho-toi", code), "/chuyen_ket_qua").status == 200
    page = open_dossier(desk, "cho-tra-ket-qua", code)
    assert "Lý do trả tại quầy" in page.text
    unsaid = desk.submit(page, "/tra_the", {"recipient": "Lò Thị Xuân"})
    assert unsaid.status == 409 and "đăng ký nhận kết quả qua bưu chính" in unsaid.text, unsaid.text
    nobody = desk.submit(page, "/giao-buu-dien", {"tracking": "EK123456789VN", "carrier": " "})
    assert nobody.status == 409 and "Ghi đơn vị chuyển phát" in nobody.text
    blank = desk.submit(page, "/giao-buu-dien", {"tracking": " ", "carrier": "Viettel Post"})
    assert blank.status == 409 and "Ghi số hiệu bưu gửi" in blank.text and "Viettel Post" in blank.html
    page = desk.submit(page, "/giao-buu-dien", {"tracking": "EK123456789VN"})
    assert page.status == 200 and "Kết quả đang ở bưu điện" in page.text, page.text
    mine_now = citizen.get(mine).text
    assert "EK123456789VN" in mine_now and "Bưu điện Việt Nam" in mine_now
    assert "EK123456789VN" in desk.get(f"{DESK}/tra-ket-qua").text
    compared = re.findall(r'name="originals" value="(\w+)"', page.html)
    page = desk.submit(page, "/tra_the", {"originals": compared, "recipient": "Lò Văn Nhầm"})
    assert page.status == 200 and found(province, code).closed, page.text
    assert not page.has_form("/dinh-chinh"), "the counter itself puts nothing right"
    assert desk.get(f"{DESK}/tra-ket-qua").text.count(code) == 0
    province.clock.advance(hours=2)

    dossier = found(province, code)
    page = leader.get(f"{DESK}/ho-so/{dossier.id}")
    given = {"recipient": "Lò Thị Xuân"}
    bare = leader.submit(page, "/dinh-chinh", given | {"reason": " "})
    assert bare.status == 409 and "Ghi lý do đính chính" in bare.text, bare.text
    page = leader.submit(page, "/dinh-chinh", given | {"reason": "Ghi nhầm tên người nhận"})
    assert page.status == 200 and "Đính chính việc trả kết quả" in page.text, page.text
    after = found(province, code)
    assert after.recipient == "Lò Thị Xuân"
    assert "người nhận Lò Văn Nhầm" in page.text, "what was recorded is still told"
