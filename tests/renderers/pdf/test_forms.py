"""The forms of both sets, read back from the PDF: what the law fixes is where and as it is fixed."""

import io
import re
from dataclasses import fields, replace
from datetime import date, datetime

import pytest
from pypdf import PdfReader
from renderers_papers import NOW, apology_data, receipt_data

from renderers.pdf import data as papers
from renderers.pdf.documents import COPIES, form_pdf, receipt
from renderers.pdf.fields import COMMON, KINDS, LIST, catalogue, fields_of
from renderers.pdf.samples import CASES, sample
from renderers.pdf.sandbox import FormRefusedError, drawn
from renderers.pdf.sets import form_sets, has_form, rating_criteria
from renderers.text import TZ

MM = 72 / 25.4
OLD, NEW = form_sets()
PROPOSAL = "PHIẾU ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT HỒ SƠ"
TITLES = {
    OLD.legal_basis: {
        "01": "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "02": "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        "03": "PHIẾU TỪ CHỐI GIẢI QUYẾT HỒ SƠ",
        "04": "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ",
        "05": "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
        "06": "SỔ THEO DÕI HỒ SƠ",
        "": "PHIẾU ĐÁNH GIÁ VIỆC GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",
    },
    NEW.legal_basis: {
        "01": "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "02": "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        "03": "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
        "04": "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
        "05": "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
        "06": "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
        "07": "SỔ THEO DÕI HỒ SƠ",
        "": "PHIẾU ĐÁNH GIÁ VIỆC GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",
    },
}


def words(page):
    return " ".join(page.extract_text().split())


def text_of(reader):
    return " ".join(words(page) for page in reader.pages)


def placed(page):
    """Every text of a page with where it begins, in millimetres from the left and from the top."""
    found, height = [], float(page.mediabox.height)

    def see(text, cm, tm, _font, _size):
        if text.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            found.append((text.strip(), x / MM, (height - y) / MM))

    page.extract_text(visitor_text=see)
    return found


def drawn_points(page):
    """Where the lines of drawings on a page begin, likewise."""
    found, height = [], float(page.mediabox.height)

    def see(operator, operands, cm, _tm):
        if operator == b"m":
            x, y = (float(each) for each in operands)
            found.append(
                ((x * cm[0] + y * cm[2] + cm[4]) / MM, (height - x * cm[1] - y * cm[3] - cm[5]) / MM)
            )

    page.extract_text(visitor_operand_before=see)
    return found


@pytest.fixture(scope="module")
def printed():
    """Each form of each set, drawn from an invented dossier: set, kind → reader."""
    return {
        (one.legal_basis, kind): PdfReader(io.BytesIO(form_pdf(kind, sample(kind, one))))
        for one in form_sets()
        for kind in one.forms
    }


def test_both_sets_are_whole_and_each_form_says_its_number_and_title(printed):
    for one in form_sets():
        assert {form.number for form in one.forms.values()} == set(TITLES[one.legal_basis])
        for kind, form in one.forms.items():
            said = words(printed[one.legal_basis, kind].pages[0])
            # the proposal of more time is of the number's own family, or has none
            title = (
                PROPOSAL if (kind, form.number) == ("extension", "") else TITLES[one.legal_basis][form.number]
            )
            assert title in said
            assert (f"Mẫu số {form.number} – {one.legal_basis}" in said) == bool(form.number)


def test_every_form_is_kept_as_pdf_a_tagged_titled_and_in_vietnamese(printed):
    for (_, kind), reader in printed.items():
        root = reader.trailer["/Root"]
        xmp = root["/Metadata"].get_object().get_data().decode()
        assert 'pdfaid:part="2"' in xmp
        assert 'pdfaid:conformance="A"' in xmp
        assert reader.metadata.title in xmp
        assert root["/OutputIntents"][0].get_object()["/S"] == "/GTS_PDFA1"
        assert root["/MarkInfo"]["/Marked"]
        assert root["/StructTreeRoot"].get_object()["/K"]
        assert root["/Lang"] == "vi"
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert "/ID" in reader.trailer
        assert not reader.is_encrypted
        for page in reader.pages:
            for font in page["/Resources"]["/Font"].values():
                inner = font.get_object()["/DescendantFonts"][0].get_object()
                assert {"/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"].get_object()), kind


def test_margins_head_and_corner_are_where_nd_30_puts_them(printed):
    for (_, kind), reader in printed.items():
        page = reader.pages[0]
        wide = kind == "register"
        assert (page.mediabox.width > page.mediabox.height) == wide
        left, right = (20, 297 - 15) if wide else (30, 210 - 15)
        for text, x, y in placed(page):
            assert left - 0.5 <= x <= right, (kind, text)
            assert 5 <= y <= (210 if wide else 297) - 15, (kind, text)
        tops = {text: (x, y) for text, x, y in placed(page)}
        nation = next(at for text, at in tops.items() if text.startswith("CỘNG HÒA"))
        assert nation[0] > (left + right) / 2 - 20
        assert 20 <= nation[1] <= 26
        corner = [(x, y) for x, y in drawn_points(page) if x < left - 2 and y < 30]
        if wide:
            assert corner == []
        else:
            assert len(corner) > 100
            assert min(x for x, _ in corner) >= 5
            assert min(y for _, y in corner) >= 5


def test_d12_1b_the_receipt_is_made_in_two_copies_that_number_their_own_pages(printed):
    assert len(printed[NEW.legal_basis, "receipt"].pages) == len(COPIES), "an ordinary one takes a sheet each"
    many = tuple(papers.PaperLine(f"Giấy tờ thứ {n}", "Bản chính", 1) for n in range(1, 41))
    reader = PdfReader(io.BytesIO(receipt(receipt_data(papers=many, copies=COPIES))))
    half, odd = divmod(len(reader.pages), 2)
    assert not odd
    assert half >= 2
    for begin, copy in ((0, COPIES[0]), (half, COPIES[1])):
        assert copy in words(reader.pages[begin])
        for number, page in enumerate(reader.pages[begin : begin + half], 1):
            centred = [text for text, x, y in placed(page) if y < 20 and 100 < x < 125]
            assert centred == ([] if number == 1 else [str(number)])
    assert text_of(reader).count("Giấy tờ thứ 40") == 2
    single = PdfReader(io.BytesIO(receipt(receipt_data())))
    assert len(single.pages) == 1
    assert "Liên" not in text_of(single)


def test_days_below_ten_and_the_first_two_months_are_written_with_a_nought():
    for at, said in (
        (datetime(2026, 2, 5, 9, 5, tzinfo=TZ), "Chiềng Mai, ngày 05 tháng 02 năm 2026"),
        (datetime(2026, 3, 12, 9, 5, tzinfo=TZ), "Chiềng Mai, ngày 12 tháng 3 năm 2026"),
    ):
        assert said in text_of(PdfReader(io.BytesIO(form_pdf("apology", apology_data(at)))))


def test_a_paper_is_of_the_set_of_its_own_day():
    """An old dossier printed today keeps the form of then; the day of the new circular is already its own."""
    for day, number in ((date(2025, 9, 14), "05"), (date(2025, 9, 15), "06")):
        sheet = replace(sample("control", OLD), issued_on=day)
        assert f"Mẫu số {number} –" in text_of(PdfReader(io.BytesIO(form_pdf("control", sheet))))
    for day, number in ((date(2025, 9, 14), "06"), (date(2025, 9, 15), "07")):
        book = replace(sample("register", OLD, "trong"), issued_on=day)
        assert f"Mẫu số {number} –" in text_of(PdfReader(io.BytesIO(form_pdf("register", book))))
    assert not has_form("stop", date(2025, 9, 14))
    assert has_form("stop", date(2025, 9, 15))
    early = replace(sample("stop", NEW), issued_at=datetime(2025, 9, 14, 9, 0, tzinfo=TZ))
    with pytest.raises(LookupError, match="14/09/2025"):
        form_pdf("stop", early)


def test_d12_1a_the_request_has_the_columns_of_its_form_and_a_line_for_its_number(printed):
    said = text_of(printed[NEW.legal_basis, "supplement"])
    for part in (
        "Số: 05/HDHS", "Tiếp nhận hồ sơ/yêu cầu của Ông/Bà: Lò Thị Mẫu", "TT Thành phần hồ sơ Số lượng",
        "Bản chính", "Bản chứng thực", "Bản photo", "Lý do:", "liên hệ với Quàng Văn Mẫu, số điện thoại 0212 0000 000",
        "để được hướng dẫn./.", "NGƯỜI HƯỚNG DẪN",
    ):  # fmt: skip
        assert part in said
    assert "Số: ......../HDHS" in text_of(
        PdfReader(io.BytesIO(form_pdf("supplement", sample("supplement", NEW, "trong"))))
    )


def test_d12_1a_the_refusal_says_what_is_refused_in_the_words_of_its_set(printed):
    for one, refused in (
        (OLD, "không tiếp nhận, giải quyết hồ sơ này"),
        (NEW, "không tiếp nhận hồ sơ này"),
    ):
        said = text_of(printed[one.legal_basis, "refusal"])
        for part in (
            refused, "với lý do cụ thể như sau:", "Xin thông báo cho Ông/Bà được biết và thực hiện./.",
            "Số: ......../TB", "NGƯỜI NỘP HỒ SƠ", "NGƯỜI TIẾP NHẬN HỒ SƠ",
        ):  # fmt: skip
            assert part in said


def test_d15_1d_the_apology_names_both_days_the_reason_and_who_signs(printed):
    old, new = (text_of(printed[one.legal_basis, "apology"]) for one in form_sets())
    for said in (old, new):
        for part in (
            "Số: 09/PXL", "Kính gửi: Lò Thị Mẫu", "Lý do: Cơ quan phối hợp trả lời chậm.", "CHỦ TỊCH",
            "Nơi nhận:", "- Như trên;", "Lưu: VT.",
        ):  # fmt: skip
            assert part in said
    assert "sẽ trả kết quả vào 9 giờ 05 phút, ngày 18 tháng 12 năm 2018. Mong Ông/Bà thông cảm./." in old
    assert "đề nghị gia hạn thời gian giải quyết hồ sơ" in new
    assert "hẹn lại vào 9 giờ 05 phút, ngày 25 tháng 9 năm 2025" in new
    # before the day it is a warning, after it a fact
    before = replace(apology_data(NOW), issued_at=NOW)
    assert "không trả được kết quả đúng thời hạn" in text_of(
        PdfReader(io.BytesIO(form_pdf("apology", before)))
    )


def test_d13_3dd_the_proposal_of_more_time_names_the_day_the_amount_the_reason_and_the_ground(printed):
    old, new = (text_of(printed[one.legal_basis, "extension"]) for one in form_sets())
    for said in (old, new):
        for part in (
            "Số: 09/PĐN", "thêm 05 ngày làm việc", "Phải đo đạc lại hiện trạng thửa đất.", "CHỦ TỊCH",
            "Căn cứ gia hạn: khoản 2 Điều 9 Nghị định số 00/2026/NĐ-CP.", "hồ sơ (Lường Văn Mẫu).",
        ):  # fmt: skip
            assert part in said
    assert "PHIẾU ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT HỒ SƠ" in old and "Mẫu số" not in old
    assert "xin lỗi" not in old
    assert "Mẫu số 04 –" in new and "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN" in new
    assert "xin lỗi Lò Thị Mẫu và đề nghị gia hạn" in new
    bare = text_of(PdfReader(io.BytesIO(form_pdf("extension", sample("extension", NEW, "trong")))))
    assert "không có quy định riêng cho gia hạn" in bare and "Số: ......../PĐN" in bare


def test_the_notice_of_stopping_says_who_asked_when_and_why(printed):
    said = text_of(printed[NEW.legal_basis, "stop"])
    for part in (
        "Ông/Bà đề nghị dừng giải quyết hồ sơ với lý do: tôi muốn chuẩn bị lại giấy tờ.",
        "thông báo dừng giải quyết hồ sơ nêu trên kể từ 9 giờ 05 phút, ngày 22 tháng 9 năm 2025", "Số: ......../TB",
    ):  # fmt: skip
        assert part in said


def test_d12_2_the_control_sheet_has_its_four_columns_and_both_hands_of_each_row(printed):
    said = text_of(printed[NEW.legal_basis, "control"])
    for part in (
        "Tên cơ quan", "Thời gian giao, nhận hồ sơ", "Kết quả giải", "(Trước hạn/", "Ghi chú",
        "1. Giao: Bộ phận Tiếp nhận và Trả kết quả", "2. Nhận: Bộ phận Tiếp nhận và Trả kết quả",
        "1. Giao: 9 giờ 05 phút, ngày 22 tháng 9 năm 2025", "Người giao", "Người nhận", "Trước hạn", "Đúng hạn", "Quá hạn",
    ):  # fmt: skip
        assert part in said
    empty = PdfReader(io.BytesIO(form_pdf("control", sample("control", NEW, "trong"))))
    assert "...... giờ ...... phút, ngày ...... tháng" in text_of(empty)


def test_the_register_is_landscape_a_book_a_sector_with_its_totals():
    made = sample("register", NEW, "dai")
    made = replace(made, books=(replace(made.books[0], rows=made.books[0].rows[:9]), made.books[1]))
    reader = PdfReader(io.BytesIO(form_pdf("register", made)))
    said = [words(page) for page in reader.pages]
    begins = [number for number, text in enumerate(said) if "Lĩnh vực:" in text]
    assert begins[0] == 0
    assert len(begins) == 2
    assert "Lĩnh vực: Chứng thực" in said[begins[1]]
    whole = " ".join(said)
    assert "Cộng: 09 hồ sơ, 09 bộ; đã trả kết quả 06 hồ sơ, chưa trả 03 hồ sơ." in whole
    assert "Cộng: 03 hồ sơ, 03 bộ; đã trả kết quả 02 hồ sơ, chưa trả 01 hồ sơ." in whole
    for column in (
        "TT Mã hồ sơ", "Tên thủ tục hành chính", "Số lượng hồ sơ (bộ)", "Tên cá nhân, tổ chức", "Địa chỉ, số điện thoại",
        "Cơ quan chủ trì giải quyết", "Ngày, tháng, năm Trả kết quả", "Tiếp nhận Hẹn trả kết quả", "Phương thức nhận",
        "Ký nhận", "Ghi chú",
    ):  # fmt: skip
        assert column in said[0]
    assert all("Cơ quan chủ trì giải quyết" in text for text in said if "H52." in text)
    nothing = PdfReader(io.BytesIO(form_pdf("register", sample("register", NEW, "trong"))))
    assert "Không có hồ sơ trong thời gian này." in text_of(nothing)


def test_the_rating_slip_asks_the_applicant_the_criteria_that_are_theirs(printed):
    _, criteria = rating_criteria(date(2026, 11, 23))
    assert len(criteria) == 5
    assert criteria[1].options[0].text == "Lịch sự, đúng mực"
    said = text_of(printed[NEW.legal_basis, "rating"])
    for each in criteria:
        assert each.text in said
        for option in each.options:
            assert option.text + (f" ({option.points} điểm)" if option.points is not None else "") in said
    assert {option.points for each in criteria for option in each.options} == {2, 1, 0, None}
    with pytest.raises(LookupError, match="01/01/2010"):
        rating_criteria(date(2010, 1, 1))


def test_a_signature_never_stands_alone_on_a_page():
    for kind in ("refusal", "stop"):
        made = sample(kind, NEW, "dai")
        last = words(PdfReader(io.BytesIO(form_pdf(kind, made))).pages[-1])
        assert "./." in last, kind


def test_everything_a_form_may_read_is_told_in_vietnamese_and_exists():
    known = {name: one for name, one in vars(papers).items() if name in catalogue()}
    for name, one in known.items():
        told = catalogue()[name]
        properties = {each for each, value in vars(one).items() if isinstance(value, property)}
        asked = {field.name for field in fields(one)} | properties
        assert set(told) == asked - ({"qr"} if name == "Subject" else set()), name
        for kind, sentence in told.values():
            assert sentence[0].isupper() or sentence[0].isdigit()
            inner = kind.removeprefix(LIST)
            assert inner in known or inner[0].islower(), kind
    assert set(KINDS) == {kind for one in form_sets() for kind in one.forms}
    assert "subject.person.identifier" in {each.path for each in fields_of("receipt")}
    assert "papers[].count" in {each.path for each in fields_of("receipt")}
    assert catalogue()[COMMON]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ subject.qr }}", "không được đọc “qr”"),
        ("{{ dossier.answers }}", "“dossier”: không có trong danh sách trường"),
        ("{% if false %}{{ config }}{% endif %}", "“config”: không có trong danh sách trường"),
        ("{{ subject.__class__.__mro__ }}", "không được đọc “__class__”"),
        ("{{ office.name.format }}", "không được đọc “format”"),
        ("{{ ''.join(['a']) }}", "không được đọc “join”"),
        ("{{ on.strftime('%Y') }}", "không được đọc “strftime”"),
        ("{{ office['__init__'] }}", "không được đọc “__init__”"),
        ("{{ office | attr('__init__') }}", "Không có bộ lọc 'attr'"),
        ("{{ papers | map(attribute='__class__') }}", "Không có bộ lọc 'map'"),
        ("{{ range(9) }}", "“range”: không có trong danh sách trường"),
        ("{{ office() }}", "không được gọi hàm"),
        ("{{ '.' * 100000000 }}", "không lặp lại được quá 200 lần"),
        ("{{ 9 ** 9 }}", "không dùng được phép tính “**”"),
        ("{{ '%0999999d' % 1 }}", "không dùng được phép tính “%”"),
        ("{% set a = 'x' %}", "không đặt biến"),
        ("{% macro a() %}{{ a() }}{% endmacro %}", "không đặt biến và không định nghĩa khung"),
        ("{% for a in papers %}" * 4 + "{% endfor %}" * 4, "không lồng quá 3 vòng lặp"),
        ("{% include 'base/document.html' %}", "“base/document.html”"),
        ("{% extends 'documents/../admin/frame.html' %}", "“documents/../admin/frame.html”"),
        ("{{ office.nam }}", "không được đọc “nam”"),
        ("{% if %}", "Dòng 1: Viết sai cú pháp"),
    ],
)
def test_a_template_that_reaches_for_what_it_may_not_see_is_refused_with_its_sentence(source, said):
    made = sample("receipt", NEW)
    with pytest.raises(FormRefusedError, match=re.escape(said)):
        form_pdf("receipt", made, source)


def test_a_template_that_keeps_to_its_fields_is_drawn_and_its_words_stay_words():
    source = "{% extends 'documents/paper.html' %}{% block text %}<p>Gửi {{ subject.person.name | upper }}, {{ papers | length }} giấy tờ, ngày {{ on.day }}</p>{% endblock %}"
    made = sample("receipt", NEW)
    evil = replace(
        made, subject=replace(made.subject, person=replace(made.subject.person, name="{{ on }}<b>"))
    )
    said = text_of(PdfReader(io.BytesIO(form_pdf("receipt", evil, source))))
    assert "Gửi {{ ON }}<B>, 3 giấy tờ, ngày 22" in said


def test_every_sample_of_every_form_can_be_drawn():
    for one in form_sets():
        for kind, form in one.forms.items():
            for case in CASES:
                if case:
                    told = {
                        each.name: getattr(sample(kind, one, case), each.name) for each in fields(KINDS[kind])
                    }
                    context = {
                        "qr": "",
                        "form": form,
                        "on": one.start,
                        "number": "",
                        "copy": "",
                        "desk_head": True,
                    }
                    assert form.title in drawn(kind, form.file, context | told)
