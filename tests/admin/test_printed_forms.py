"""The printed forms in the administration: each of each set, previewed, with its fields; a template that reaches out is refused."""

import io
import re
from datetime import date, timedelta

from markupsafe import escape
from pypdf import PdfReader

from admin.posted import boxes
from rules.calendar import TZ

PLACE = "/quan-tri/mau-giay-to"


def test_every_form_of_each_set_is_listed_previewed_and_told(visit):
    page = visit("quantri").get(f"{PLACE}/").text
    for said in ("Thông tư số 01/2018/TT-VPCP", "Thông tư số 03/2025/TT-VPCP", "Thông báo dừng giải quyết hồ sơ",
                 "Phiếu xin lỗi và hẹn lại ngày trả kết quả", "từ 15/09/2025", "đến hết 14/09/2025"):  # fmt: skip
        assert said in page
    links = set(re.findall(rf'href="({PLACE}/bo/[^"]+/)"', page))
    assert len(links) == 17
    officer = visit("soan")
    for link in sorted(links):
        assert "Trường được dùng" in officer.get(link).text, link
    told = officer.get(f"{PLACE}/bo/2025-09-15/apology/").text
    for said in ("new_due", "Ngày hẹn lại", "subject.person.name", "Xem bản dài (PDF)", "Mẫu giấy tờ in"):
        assert said in told
    seen = officer.client.get(f"{PLACE}/bo/2025-09-15/apology/xem.pdf?ban=trong")
    words = " ".join(PdfReader(io.BytesIO(seen.data)).pages[0].extract_text().split())
    assert "Mẫu số 04 – Thông tư số 03/2025/TT-VPCP" in words
    assert "Số: ......../PXL" in words
    for gone in (
        "bo/2018-12-08/stop/",
        "bo/2019-01-01/receipt/",
        "bo/2025-09-15/khac/",
        "bo/2025-09-15/stop/xem.pdf?ban=la",
    ):
        assert officer.get(f"{PLACE}/{gone}").status_code == 404
    assert visit("motcua").get(f"{PLACE}/").status_code == 403


def test_a_template_that_reaches_out_is_refused_and_what_was_typed_stays(visit):
    officer = visit("soan")
    officer.get(f"{PLACE}/bo/2025-09-15/apology/")
    for text, said in (
        ("{{ config.SECRET_KEY }}", "“config”: không có trong danh sách trường của mẫu"),
        ("{{ office.__class__ }}", "Mẫu không được đọc “__class__”"),
        ("<img alt='' src='http://example.invalid/a.png'>", "không được lấy nội dung từ bên ngoài"),
        ("   ", "Nhập nội dung mẫu."),
        ("x" * 20_001, "không quá 20000 ký tự"),
    ):
        page = officer.post(f"{PLACE}/bo/2025-09-15/apology/thu", _form="try", **{"try.text": text})
        assert page.status_code == 422
        assert said in page.text
        assert "<details open>" in page.text
        assert str(escape(text.strip()[:40])) in page.text


def test_a_changed_template_is_drawn_and_nothing_is_kept(visit):
    officer = visit("soan")
    place = f"{PLACE}/bo/2025-09-15/apology"
    before = officer.get(f"{place}/").text
    source = "{% extends 'documents/apology.html' %}{% block asked %}<p>Hẹn lại {{ new_due | day }}, kính mong {{ subject.person.name }} thông cảm.</p>{% endblock %}"
    drawn = officer.post(f"{place}/thu", _form="try", **{"try.text": source})
    assert drawn.mimetype == "application/pdf"
    assert "Hẹn lại 25/09/2025, kính mong Lò Thị Mẫu thông cảm." in PdfReader(io.BytesIO(drawn.data)).pages[
        0
    ].extract_text().replace("\n", " ")
    assert re.sub(r'value="[^"]+"', "", officer.get(f"{place}/").text) == re.sub(r'value="[^"]+"', "", before)


def own_box(text: str, on: date, basis: str = "12/QĐ-UBND ngày 20/11/2026") -> dict[str, str]:
    return {"own.text": text, "own.basis": basis, **{f"own.start.{k}": v for k, v in boxes(on).items()}}


def test_d12_1b_a_text_of_the_provinces_is_kept_with_its_day_and_given_back(visit, services):
    chief, place = visit("quantri"), f"{PLACE}/bo/2025-09-15/apology"
    writer = visit("soan")
    assert "Lưu bản của tỉnh" not in writer.get(f"{place}/").text
    assert (
        writer.post(f"{place}/ban-cua-tinh", _form="own", **own_box("x", date(2030, 1, 1))).status_code == 403
    )
    today = services.clock.now().astimezone(TZ).date()
    tomorrow = today + timedelta(days=1)
    text = "{% extends 'documents/apology.html' %}{% block asked %}<p>Tỉnh xin lỗi, hẹn {{ new_due | day }}.</p>{% endblock %}"
    chief.get(f"{place}/")
    for sent, said in (
        (own_box(text, today), "từ ngày mai trở đi"),
        (own_box(text, tomorrow, ""), "Ghi số, ngày văn bản hoặc lý do"),
        (own_box("{{ config }}", tomorrow), "không có trong danh sách trường"),
        (own_box("{{ office.name.__class__ }}", tomorrow), "không được đọc"),
    ):
        page = chief.post(f"{place}/ban-cua-tinh", _form="own", **sent)
        assert page.status_code == 422
        assert said in page.text
    assert services.own_forms.of("apology", date(2025, 9, 15)) == ()
    page = chief.post(f"{place}/ban-cua-tinh", _form="own", **own_box(text, tomorrow))
    assert page.status_code == 200
    assert "12/QĐ-UBND" in page.text
    (row,) = services.own_forms.of("apology", date(2025, 9, 15))
    assert (row.text, row.start, row.set_start) == (text, tomorrow, date(2025, 9, 15))
    assert services.own_forms.text("apology", today) is None
    assert services.own_forms.text("apology", tomorrow) == text
    assert services.own_forms.text("apology", date(2025, 9, 1)) is None, "an old paper keeps the form of then"
    seen = chief.client.get(re.search(rf'href="({place}/ban-cua-tinh/[0-9a-f]+\.pdf)"', page.text)[1])
    assert "Tỉnh xin lỗi, hẹn" in PdfReader(io.BytesIO(seen.data)).pages[0].extract_text()
    back = {"back.basis": "Thôi dùng", **{f"back.start.{k}": v for k, v in boxes(tomorrow).items()}}
    assert chief.post(f"{place}/mau-goc", _form="back", **back).status_code == 200
    assert services.own_forms.text("apology", tomorrow) is None
    log = [row["what"] for row in services.database["admin_acts"].find({"target": "2025-09-15:apology"})]
    assert sorted(log) == ["form.given_back", "form.kept"]
