"""Official papers of no dossier, read back from the PDF."""

import io
from datetime import date

from pypdf import PdfReader
from renderers_papers import OFFICE

from renderers.pdf.letters import Letter, Paragraph, Table, letter


def read(made):
    reader = PdfReader(io.BytesIO(letter(made)))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_a_letter_has_the_head_of_an_official_paper():
    reader, words = read(
        Letter(
            office=OFFICE,
            title="Thông báo",
            subject="Về việc cung cấp dịch vụ",
            number="07",
            symbol="TB",
            day=date(2026, 2, 5),
            basis=("Căn cứ thứ nhất", "Căn cứ thứ hai"),
            pieces=(Paragraph("Nội dung thông báo./."),),
            signer=("KT. Giám đốc", "Phó Giám đốc"),
            recipients=("Như trên", "Lưu: VT"),
        )
    )
    assert len(reader.pages) == 1
    for said in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "ỦY BAN NHÂN DÂN XÃ CHIỀNG MAI",
        "Số: 07/TB",
        "Chiềng Mai, ngày 05 tháng 02 năm 2026",
        "THÔNG BÁO",
        "Căn cứ thứ nhất;",
        "Căn cứ thứ hai.",
        "PHÓ GIÁM ĐỐC",
        "- Lưu: VT.",
    ):
        assert said in words
    assert reader.metadata.title == "Thông báo: Về việc cung cấp dịch vụ"
    assert reader.trailer["/Root"]["/Lang"] == "vi"


def test_number_and_day_are_left_to_the_hand_where_nobody_knows_them():
    _, words = read(Letter(office=OFFICE, title="Thông báo", symbol="TB"))
    assert "Số: ......../TB" in words
    assert "ngày ...... tháng ...... năm" in words


def test_a_long_list_repeats_its_heading_and_numbers_its_pages():
    rows = tuple((str(n), f"Tên thủ tục hành chính số {n}, khá dài để phải xuống dòng") for n in range(1, 80))
    reader, words = read(
        Letter(
            office=OFFICE,
            title="Danh mục",
            annex="Kèm theo Quyết định số 12/QĐ-UBND",
            pieces=(Table(("TT", "Tên thủ tục"), rows),),
            landscape=True,
        )
    )
    assert len(reader.pages) > 2
    assert [round(float(size)) for size in reader.pages[1].mediabox[2:]] == [842, 595]
    assert all("Tên thủ tục" in page.extract_text() for page in reader.pages)
    assert "(Kèm theo Quyết định số 12/QĐ-UBND)" in words
