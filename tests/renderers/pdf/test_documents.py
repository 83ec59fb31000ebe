"""Papers, read back from the PDF."""

import io
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

import pytest
from markupsafe import Markup
from pypdf import PdfReader
from renderers_papers import (
    PAPERS,
    SUBJECT,
    apology_data,
    control_data,
    receipt_data,
    refusal_data,
    submitted_data,
    supplement_data,
)

from renderers.pdf import documents
from renderers.pdf.data import PaperLine
from renderers.pdf.engine import OutsideError, pdf, qr
from renderers.pdf.sets import document_form, form_sets
from renderers.text import TZ


def read(data):
    reader = PdfReader(io.BytesIO(data))
    words = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    return reader, words


def test_the_receipt_says_everything_the_form_asks():
    reader, words = read(documents.receipt(receipt_data()))
    assert len(reader.pages) == 1
    for said in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Chiềng Mai, ngày 23 tháng 11 năm 2026",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", "Mẫu số 01 – Thông tư số 03/2025/TT-VPCP", "H52.14-261123-0007",
        "Lò Thị Minh Nguyệt", "014190001234", "0912 345 678", "Tờ khai yêu cầu chứng thực", "01 (bộ)",
        "02 ngày làm việc", "9 giờ 05 phút, ngày 23 tháng 11 năm 2026", "9 giờ 05 phút, ngày 26 tháng 11 năm 2026",
        "Đăng ký nhận kết quả tại", "21.000 đồng", "Vào Sổ theo dõi hồ sơ, Quyển số", "4821", "NGƯỜI NỘP HỒ SƠ",
        "NGƯỜI TIẾP NHẬN HỒ SƠ", "Quàng Văn Hải",
    ):  # fmt: skip
        assert said in words


def test_the_file_says_its_language_title_and_author_and_carries_its_letters():
    reader, _ = read(documents.receipt(receipt_data()))
    assert reader.trailer["/Root"]["/Lang"] == "vi"
    assert reader.metadata.title == "Giấy tiếp nhận hồ sơ và hẹn trả kết quả – H52.14-261123-0007"
    assert reader.metadata.author == "Ủy ban nhân dân xã Chiềng Mai"
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        descendant = font["/DescendantFonts"][0].get_object()
        assert any(key in descendant["/FontDescriptor"].get_object() for key in ("/FontFile2", "/FontFile3"))
        assert any(name in font["/BaseFont"] for name in ("Tinos", "Liberation-Serif", "LiberationSerif"))


def test_papers_are_a4():
    reader, _ = read(documents.receipt(receipt_data()))
    assert [round(float(size)) for size in reader.pages[0].mediabox[2:]] == [595, 842]


def test_the_law_of_the_day_names_the_form():
    before = datetime(2025, 9, 14, 9, 0, tzinfo=TZ)
    after = datetime(2025, 9, 15, 9, 0, tzinfo=TZ)
    assert "Mẫu số 01 – Thông tư số 01/2018/TT-VPCP" in read(documents.receipt(receipt_data(before)))[1]
    assert "Mẫu số 01 – Thông tư số 03/2025/TT-VPCP" in read(documents.receipt(receipt_data(after)))[1]
    assert "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY" in read(documents.apology(apology_data(before)))[1]
    assert "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN" in read(documents.apology(apology_data(after)))[1]
    assert document_form("control", date(2025, 9, 14)).number == "05"
    assert document_form("control", date(2025, 9, 15)).number == "06"


def test_sets_follow_each_other_without_gap_or_overlap():
    sets = form_sets()
    for earlier, later in pairwise(sets):
        assert earlier.end is not None
        assert (later.start - earlier.end).days == 1
    assert sets[-1].end is None


def test_a_day_without_a_form_is_refused_in_words():
    with pytest.raises(LookupError, match="chưa có mẫu"):
        document_form("stop", date(2024, 1, 1))
    with pytest.raises(LookupError, match="01/01/2010"):
        document_form("receipt", date(2010, 1, 1))


def test_an_unspecified_deadline_and_no_fee_are_said():
    _, words = read(documents.receipt(receipt_data(due=None, fees=())))
    assert "Thời gian trả kết quả giải quyết hồ sơ: không quy định" in words
    assert "Phí, lệ phí: không thu" in words


def test_the_request_for_supplements_lists_each_thing_with_its_reason_and_whom_to_ask():
    _, words = read(documents.supplement(supplement_data()))
    for said in (
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", "05/HDHS", "Bản chứng thực", "Bản chụp bị mờ ở góc dưới",
        "Thiếu bản chính để đối chiếu", "0212 3851 234", "NGƯỜI HƯỚNG DẪN",
    ):  # fmt: skip
        assert said in words


def test_a_refusal_gives_its_reasons():
    _, words = read(documents.refusal(refusal_data()))
    assert "Giấy tờ bị tẩy xóa" in words
    assert "không tiếp nhận hồ sơ này" in words


def test_a_long_control_sheet_repeats_its_head_and_numbers_its_pages_from_the_second():
    reader, words = read(documents.control_sheet(control_data(14)))
    assert len(reader.pages) > 2
    assert words.count("Thời gian giao, nhận hồ sơ") == len(reader.pages)
    assert reader.pages[1].extract_text().strip().endswith("\n2")
    assert not reader.pages[0].extract_text().strip().endswith("\n1")


def test_the_copy_of_what_was_handed_in_names_every_file_by_its_checksum():
    _, words = read(documents.submitted_copy(submitted_data()))
    assert "BIÊN NHẬN HỒ SƠ NỘP TRỰC TUYẾN" in words
    assert "9f86d081" in words
    assert "Họ và tên" in words
    assert "Mẫu số" not in words


def test_hostile_words_stay_words():
    evil = '<img src="http://example.invalid/x.png"><script>x</script>'
    subject = replace(SUBJECT, person=replace(SUBJECT.person, name=evil), procedure_name=evil)
    papers = (PaperLine(evil, evil, 1), *PAPERS)
    _, words = read(documents.receipt(receipt_data(papers=papers, subject=subject)))
    assert "<script>x</script>" in words


@pytest.mark.parametrize(
    "source", ["http://example.invalid/x.png", "file:///etc/hostname", "data:image/png;base64,AAAA"]
)
def test_nothing_is_fetched(source):
    with pytest.raises(OutsideError):
        pdf(f'<html lang="vi"><title>x</title><img alt="x" src="{source}"></html>')


def test_the_corner_holds_a_code():
    drawn = qr("H52.14-261123-0007|2.000815")
    assert isinstance(drawn, Markup)
    assert drawn.startswith("<svg")
    assert 'class="qr"' in drawn
    assert drawn in documents.html("receipt", receipt_data())
