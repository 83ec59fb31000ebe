"""Documents of a definition as PDF: the head of NĐ 30/2020, everything it says, and blanks for the hand that issues it."""

import io
from datetime import datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from definitions.documents.composing import Composed, Piece
from definitions.loader import load
from renderers.pdf.data import Office, Person, Subject
from renderers.pdf.made import html, made_document
from rules.calendar import TZ

OFFICE = Office("Ủy ban nhân dân tỉnh Sơn La", "Ủy ban nhân dân phường Tô Hiệu", "Bộ phận Một cửa", "Tô Hiệu")
SUBJECT = Subject("000.00.14.H52-261123-0001", "9.000001", "Cấp giấy mẫu", Person("Lò Thị Xuân"))
NOW = datetime(2026, 11, 23, tzinfo=TZ)
BASE = Path(__file__).parents[3] / "definitions" / "lint" / "rules" / "base.yaml"
DOCUMENT = """
documents:
  - {id: giay, kind: result, name: Giấy phép mẫu, title: GIẤY PHÉP, symbol: GP-UBND, body: ["{{ full_name }}"], signature: {role: CHỦ TỊCH}}
"""


@pytest.fixture(scope="module")
def document():
    return load(BASE.read_text(encoding="utf-8") + DOCUMENT, "mau.yaml").definition.documents[0]


@pytest.fixture
def composed(document):
    return Composed(
        document,
        title="GIẤY PHÉP",
        subtitle="Bán lẻ",
        addressee="Lò Thị Xuân & con",
        basis=("Căn cứ Luật A", "Căn cứ Luật B;", "Xét đơn"),
        pieces=(
            Piece(0, "text", "Điều 1.", "Cho phép <b>Xuân</b>."),
            Piece(1, "centre", text="QUYẾT ĐỊNH:"),
            Piece(2, "heading", "Phần một"),
            Piece(3, "fields", rows=(("Họ tên", "Xuân"), ("Tuổi", "........................"))),
            Piece(4, "table", head=("STT", "Tên"), rows=(("1", "Điểm một"), ("2", "Điểm hai"))),
        ),
        recipients=("Như trên", "Lưu: VT"),
        signer=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    )


def words(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def test_the_paper_has_its_head_its_text_and_who_signs(composed):
    text = words(made_document(composed, OFFICE, SUBJECT))
    for said in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "ỦY BAN NHÂN DÂN TỈNH SƠN LA",
        "Số: ......../GP-UBND",
        "Tô Hiệu, ngày ...... tháng ...... năm",
        "GIẤY PHÉP",
        "Kính gửi: Lò Thị Xuân & con",
        "Căn cứ Luật A; Căn cứ Luật B; Xét đơn.",
        "Điều 1. Cho phép <b>Xuân</b>.",
        "Họ tên: Xuân",
        "2 Điểm hai",
        "- Như trên; - Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH",
    ):
        assert said in text, said


def test_it_names_itself_and_its_dossier_and_carries_a_code(composed):
    reader = PdfReader(io.BytesIO(made_document(composed, OFFICE, SUBJECT)))
    assert reader.metadata.title == "Giấy phép mẫu – 000.00.14.H52-261123-0001"
    assert reader.metadata.author == OFFICE.name
    page = html(composed, OFFICE, SUBJECT)
    assert '<div class="corner"><svg' in page
    assert "&lt;b&gt;Xuân" in page


def test_a_long_document_goes_on_over_pages_with_numbers(document):
    long = Composed(
        document,
        "GIẤY",
        "",
        "",
        (),
        tuple(Piece(at, "text", text="Một đoạn văn bản dài. " * 20) for at in range(30)),
        (),
        ("", "CHỦ TỊCH"),
    )
    reader = PdfReader(io.BytesIO(made_document(long, OFFICE, SUBJECT)))
    assert len(reader.pages) > 1
    assert "2" in reader.pages[1].extract_text().split()
    assert "1" not in reader.pages[0].extract_text().split()
    assert "Nơi nhận" not in words(made_document(long, OFFICE, SUBJECT))
