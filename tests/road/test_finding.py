"""The public's side of finding: the catalogue, what is no more, what one needs, the blank form, the agencies."""

import re
from dataclasses import replace
from datetime import date

import pytest
from made_up import CODE, TEXT, publish
from people import COMMUNE, PASSWORD, Province
from walk import TOBACCO_QUESTIONS

from tthc.agencies.data import shipped as shipped_agencies

pytestmark = pytest.mark.database

BIRTH, TOBACCO, COPIES, LICENCE = "1.001193", "2.000181", "2.000815", "1.002809"
BORN = {
    "child_birth_date.d": "1",
    "child_birth_date.m": "11",
    "child_birth_date.y": "2026",
    "situation": "thuong",
    "_kenh": "online",
}
FAMILY = {
    **BORN,
    "birth_evidence": "giay_chung_sinh",
    "by_proxy": "false",
    "parents_married": "true",
    "wants_copies": "false",
}


def kept(province: Province) -> dict[str, int]:
    """How many documents there are of everything a visit could leave behind."""
    database = province.services.database
    return {name: database[name].count_documents({}) for name in ("applications", "dossiers", "accounts")}


def test_d7_2a_d8_1_the_catalogue_is_looked_through_and_searched_without_signing_in(province: Province):
    visitor = province.visitor()
    home = visitor.get("/")
    assert "Có con" in home.text and "/thu-tuc?su-kien=birth" in home.links
    events = visitor.get("/thu-tuc?su-kien=birth")
    assert "2 trong 12 thủ tục" in events.text and "Đăng ký khai sinh" in events.text
    both = visitor.get("/thu-tuc?su-kien=birth&linh-vuc=ho-tich")
    assert (
        "1 trong 12 thủ tục" in both.text and "/thu-tuc?linh-vuc=ho-tich" in both.links
    )  # one filter taken back
    found = visitor.get("/thu-tuc?q=em+be+moi+sinh")
    assert found.links.index(f"/thu-tuc/{BIRTH}") == min(
        at for at, link in enumerate(found.links) if link.startswith("/thu-tuc/")
    )
    like = visitor.get("/thu-tuc?q=khai+sinh").text
    assert "Khác với “Cấp bản sao trích lục" in like and "nhận được: bản sao trích lục hộ tịch" in like
    nearly = visitor.get("/thu-tuc?q=khai+sinh+xe+máy")
    assert "Không có thủ tục nào khớp hết các từ" in nearly.text
    assert "Chưa tìm thấy" in visitor.get("/thu-tuc?q=xyzt").text
    assert visitor.get(f"/thu-tuc?q={BIRTH}").url == f"/thu-tuc/{BIRTH}"


def test_d7_2a_what_is_abolished_says_so_and_what_takes_its_place(province: Province):
    visitor = province.visitor()
    publish(province, TEXT.replace("name: ", 'replaces: ["9.000002"]\nname: ', 1))
    old = visitor.get("/thu-tuc/9.000002")
    assert old.status == 410 and "Thủ tục này đã bãi bỏ" in old.text and f"/thu-tuc/{CODE}" in old.links
    assert "<title>Đã bãi bỏ: " in old.html
    assert visitor.get("/thu-tuc?q=9.000002").url == f"/thu-tuc/{CODE}"
    store = province.services.definitions
    version = store.versions(CODE)[0]
    store.abolish(
        CODE,
        version.id,
        "can-bo",
        province.clock.now(),
        last_day=date(2026, 11, 24),
        decision="Quyết định 12/QĐ-UBND",
    )
    assert visitor.get(f"/thu-tuc/{CODE}").status == 200  # until its last day is over
    province.clock.advance(days=2)
    gone = visitor.get(f"/thu-tuc/{CODE}")
    assert gone.status == 410 and "sau ngày 24/11/2026" in gone.text and "12/QĐ-UBND" in gone.text
    assert "9.000001" not in visitor.get("/thu-tuc").html
    assert visitor.get("/thu-tuc/9.999999").status == 404


def test_d7_2b_the_page_says_who_does_what_by_when(province: Province):
    page = province.visitor().get(f"/thu-tuc/{TOBACCO}").text
    told = page[page.index("Ai làm gì, trong bao lâu") :]
    places = [
        told.index(words) for words in ("Nộp hồ sơ", "tiếp nhận, hẹn ngày", "thẩm định hồ sơ", "phê duyệt")
    ]
    assert places == sorted(places)
    assert "Chuyên viên thụ lý · trong 8 ngày làm việc" in told
    assert "8 giờ làm việc nếu nộp trực tuyến" in told
    assert "Cập nhật lần cuối" in page and "Nơi nhận hồ sơ, điện thoại" in page
    for heading in (
        "1. Trình tự", "2. Cách thức", "3. Thành phần", "4. Thời hạn", "5. Đối tượng", "6. Cơ quan", "7. Kết quả",
        "8. Phí", "9. Mẫu đơn", "10. Yêu cầu", "11. Căn cứ", "12. Trách nhiệm",
    ):  # fmt: skip
        assert heading in page


def test_d7_2b_what_one_needs_is_worked_out_after_a_few_questions_and_nothing_is_kept(province: Province):
    visitor = province.visitor()
    before = kept(province)
    page = visitor.get(f"/thu-tuc/{BIRTH}/can-gi")
    assert "Trẻ sinh ngày nào?" in page.text and "Giấy tờ cần chuẩn bị" not in page.text
    page = visitor.submit(page, "/can-gi", {"situation": "thuong"})
    assert page.status == 422 and "Giấy tờ cần chuẩn bị" not in page.text  # no day of birth
    page = visitor.submit(page, "/can-gi", FAMILY)
    assert page.status == 200 and "Giấy tờ cần chuẩn bị" in page.text, page.text
    assert "Giấy chứng sinh" in page.text and "không phải nộp phí" in page.text
    assert "tiếp nhận chậm nhất" in page.text and "Vì sao là ngày này?" in page.text
    late = visitor.submit(page, "/can-gi", {**FAMILY, "child_birth_date.m": "2"})
    assert "Còn vài câu hỏi" in late.text and "Giấy tờ cần chuẩn bị" not in late.text
    late = visitor.submit(late, "/can-gi", {**FAMILY, "child_birth_date.m": "2", "fee_relief": "false"})
    assert "Tổng cộng" in late.text and "không phải nộp phí" not in late.text
    assert kept(province) == before


def test_d7_2b_d10_1a_the_answers_go_with_whoever_begins(province: Province):
    """Through signing in as well: what was answered is not asked a second time."""
    visitor = province.visitor()
    page = visitor.submit(visitor.get(f"/thu-tuc/{BIRTH}/can-gi"), "/can-gi", FAMILY)
    begins = f"/thu-tuc/{BIRTH}/nop"
    assert f'formaction="{begins}"' not in page.html  # no agency has been chosen
    page = visitor.submit(page, "/can-gi", {"_co-quan": COMMUNE})
    button = re.search(rf'formaction="{begins}" name="([^"]+)" value="1"', page.html)
    assert button is not None, page.text
    sent = visitor.submit(page, "/can-gi", {button[1]: "1"}, to=begins)
    assert sent.url == "/dang-nhap" and sent.form("/dang-nhap").values()["next"] == [begins]
    sent = visitor.submit(sent, "/dang-nhap", {"login": "0912345678", "password": PASSWORD})
    assert sent.status == 200 and "/nop-ho-so/" in sent.url, sent.text
    owner = province.services.accounts.by_login("0912345678").key
    application = province.services.applications.get(sent.url.split("/")[2], owner)
    assert application.agency == COMMUNE
    assert application.answers["birth_evidence"] == "giay_chung_sinh"
    assert application.answers["child_birth_date"] == {"d": "1", "m": "11", "y": "2026"}
    page = visitor.get(f"/thu-tuc/{BIRTH}/can-gi")
    plain = visitor.submit(
        page, "/can-gi", {**FAMILY, "_co-quan": COMMUNE}, to=begins
    )  # without that button nothing is carried over
    begun = province.services.applications.get(plain.url.split("/")[2], owner)
    assert begun.agency == COMMUNE and "birth_evidence" not in begun.answers
    again = visitor.get(begins)  # what waited was taken once
    assert again.url == f"/thu-tuc/{BIRTH}" and len(province.services.applications.open_of(owner)) == 2


def test_d7_2b_a_choice_left_open_is_asked_for_and_nothing_is_worked_out(province: Province):
    visitor = province.visitor()
    page = visitor.submit(visitor.get(f"/thu-tuc/{BIRTH}/can-gi"), "/can-gi", BORN)
    assert page.status == 422 and "Giấy tờ cần chuẩn bị" not in page.text
    assert "Trả lời câu hỏi “Ông/bà có giấy tờ gì về việc sinh?”" in page.text
    assert "Chọn Có hoặc Không: cha và mẹ của trẻ có đăng ký kết hôn không?" in page.text


def test_d7_2b_a_row_counts_by_what_must_be_said_of_it(province: Province):
    """The fee depends on how many there are; what may be left out, such as a shop's name, would leave it uncounted."""
    visitor = province.visitor()
    page = visitor.get(f"/thu-tuc/{TOBACCO}/can-gi")
    asked = page.form("/can-gi").values()
    assert "shops.0.shop_address" in asked and "shops.0.shop_name" not in asked
    page = visitor.submit(page, "/can-gi", TOBACCO_QUESTIONS)
    assert page.status == 422 and "Điểm kinh doanh 1: Nhập địa chỉ" in page.text
    page = visitor.submit(page, "/can-gi", {**TOBACCO_QUESTIONS, "shops.0.shop_address": "Tổ 5"})
    assert page.status == 200 and "Tổng cộng" in page.text


def test_d7_2b_rows_are_added_and_the_fee_follows_from_them(province: Province):
    visitor = province.visitor()
    page = visitor.get(f"/thu-tuc/{COPIES}/can-gi")
    asked = page.form("/can-gi").values()
    assert "documents.0.copies" in asked and "documents.0.name" not in asked  # only what is counted
    answers = {"issued_abroad": "false", "documents.0.pages": "5", "documents.0.copies": "3"}
    page = visitor.submit(page, "/can-gi", answers)
    assert "21.000 đồng" in page.text, page.text
    page = visitor.submit(page, "/can-gi", {**answers, "_rows": "documents:add"})
    assert "documents.1.copies" in page.form("/can-gi").values() and "21.000" not in page.text


def test_d7_2b_a_case_that_is_not_taken_here_says_where_to_go(province: Province):
    visitor = province.visitor()
    province.services.agencies.add_missing(a for a in shipped_agencies() if a.id == "cong-an-tinh")
    page = visitor.get(f"/thu-tuc/{LICENCE}/can-gi")
    page = visitor.submit(page, "/can-gi", {"licence_class": "b", "in_system": "false", "reason": "het_han"})
    assert "Chưa nộp được hồ sơ này" in page.text and "Giấy tờ cần chuẩn bị" not in page.text
    live = visitor.submit(visitor.get(f"/thu-tuc/{LICENCE}/can-gi"), "/can-gi", {"licence_class": "zzz"})
    assert live.status == 422
    assert visitor.get("/thu-tuc/9.999999/can-gi").status == 404


def test_d26_1_the_blank_form_is_a_pdf(province: Province, monkeypatch):
    visitor = province.visitor()
    with monkeypatch.context() as patched:
        published = province.services.definitions.published

        patched.setattr(
            type(province.services.definitions),
            "published",
            lambda _, *told: replace(published(*told), submit_by=("counter",)),
        )
        alone = visitor.get(f"/thu-tuc/{COPIES}")
    assert "chưa nộp trực tuyến được" in alone.text and "#lien-he" in alone.links
    assert "Bắt đầu kê khai" not in alone.text
    page = visitor.get(f"/thu-tuc/{COPIES}")
    assert f"/thu-tuc/{COPIES}/mau-to-khai.pdf" in page.links
    made = visitor.get(f"/thu-tuc/{COPIES}/mau-to-khai.pdf")
    assert made.status == 200 and made.data.startswith(b"%PDF")
    assert made.data == visitor.get(f"/thu-tuc/{COPIES}/mau-to-khai.pdf").data  # made once
    assert visitor.get("/thu-tuc/9.999999/mau-to-khai.pdf").status == 404


def test_d7_1_d17_1_agencies_stand_by_level_on_any_day_with_their_contacts(province: Province):
    province.services.agencies.add_missing(
        a
        for a in shipped_agencies()
        if a.level.value == "huyen" or a.id in {"so-tu-phap", "so-ke-hoach-va-dau-tu", "so-tai-chinh"}
    )
    visitor = province.visitor()
    now, before = visitor.get("/co-quan"), visitor.get("/co-quan?ngay=2025-06-30")
    assert "Cấp tỉnh" in now.text and "Cấp xã" in now.text and "Cấp huyện" not in now.text
    assert "Cấp huyện (12)" in before.text and "Các cơ quan ngày 30/06/2025" in before.text
    assert "Chọn một ngày có trong lịch" in visitor.get("/co-quan?ngay=hom-qua").text
    listed = visitor.get("/thu-tuc?linh-vuc=chung-thuc&ngay=2025-06-30")
    assert "<title>Thủ tục hành chính, Chứng thực, 30/06/2025 " in listed.html
    assert "/thu-tuc?ngay=2025-06-30" in listed.links
    commune = province.services.agencies.get("phuong-to-hieu")
    page = visitor.get(f"/co-quan/{commune.slug}")
    assert "Đường dây nóng" in page.text and "Đăng ký khai sinh" in page.text and "Đang cập nhật" in page.text
    ended = visitor.get("/co-quan/sokhdt")
    assert "không còn hoạt động" in ended.text and "Sở Tài chính" in ended.text
    assert visitor.get("/co-quan/khong-co").status == 404


def test_finding_is_read_in_english_and_the_choice_is_kept(province: Province):
    visitor = province.visitor()
    home = visitor.get("/?lang=en")
    assert "Which service do you need?" in home.text and "Having a child" in home.text
    listed = visitor.get("/thu-tuc?linh-vuc=ho-tich").text  # the choice goes with the reader
    assert (
        "2 of 12 services." in listed
        and "Sector: Civil status" in listed
        and "Level 4 (fully online)" in listed
    )
    page = visitor.get(f"/thu-tuc/{BIRTH}").text
    for words in (
        "Who does what, and how long it takes",
        "10 days or within the same working day",
        "3. Papers and number of sets",
        "1 original – only to be shown, not handed in",
        "When: you answer Yes to “",
        "Paid when the result is collected",
        "2 agencies accept this service.",
    ):
        assert words in page, page
    asked = visitor.submit(visitor.get(f"/thu-tuc/{BIRTH}/can-gi"), "/can-gi", FAMILY)
    assert asked.status == 200 and "Papers to prepare" in asked.text
    assert "Second half of 2026" in visitor.get("/so-lieu").text
    assert "not come yet" in visitor.get("/so-lieu?ky=2099-nam").text
    assert "Commune level" in visitor.get("/co-quan").text
    assert "Ai làm gì, trong bao lâu" in visitor.get(f"/thu-tuc/{BIRTH}?lang=vi").text
    csv = visitor.get("/so-lieu/linh-vuc.csv?lang=en").data.decode("utf-8-sig")
    assert "Lĩnh vực" in csv and "Tiếp nhận trong kỳ" in csv  # what is taken along is Vietnamese
