"""Đ12.1b: papers photographed with the official's telephone, by an address that opens nothing else."""

import io
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from people import COMMUNE, Province
from PIL import Image
from pypdf import PdfReader
from visitor import Page, Visitor
from walk import DESK

from tthc.onestop.phone.desk_routes import address
from tthc.onestop.phone.links import MOST_FILES, Sent

pytestmark = pytest.mark.database


def photo(colour: str = "white", name: str = "IMG_0001.jpg"):
    made = io.BytesIO()
    Image.new("RGB", (90, 120), colour).save(made, "JPEG")
    return (io.BytesIO(made.getvalue()), name)


def begun(province: Province) -> tuple[Visitor, Page]:
    """A paper dossier being typed: its official and the entry screen."""
    desk = province.staff("motcua")
    page = desk.submit(desk.get(f"{DESK}/tiep-nhan"), "/them-moi", {"procedure": "2.000181"})
    return desk, page


def link_of(province: Province, page: Page):
    s = province.services
    application = page.url.rsplit("/", 1)[1]
    owner = s.accounts.by_login("motcua").key
    return s.phone_links.living(application, owner, s.clock.now())


def path_of(province: Province, page: Page) -> str:
    """Where the QR code on the page leads."""
    with province.app.test_request_context():
        return urlsplit(address(link_of(province, page))).path


@pytest.mark.branch("giay-qr")
def test_d12_1b_the_telephone_sends_each_paper_to_its_place_without_signing_in(province: Province):
    desk, page = begun(province)
    assert "Chụp bằng điện thoại" in page.text and not link_of(province, page)
    page = desk.submit(page, page.url, {"_action": "phone", "applicant.name": "Lò Thị Xuân"})
    assert 'value="Lò Thị Xuân"' in page.html, "nothing typed is lost"
    svg = desk.get(f"{page.url}/ma-qr.svg").response
    assert svg.mimetype == "image/svg+xml" and svg.headers["Cache-Control"] == "no-store"

    path = path_of(province, page)
    phone = province.visitor()
    there = phone.get(path)
    assert there.status == 200 and "Văn bản giới thiệu" in there.text
    assert there.response.headers["Referrer-Policy"] == "no-referrer"
    assert there.response.headers["Cache-Control"] == "no-store"
    assert "Xuân" not in there.text and "Hạnh" not in there.text, "nobody's name is told"

    there = phone.submit(there, "/dang_ky_kinh_doanh", {"file": photo("red")})
    assert "Đã gửi 1 tệp" in there.text, there.text
    there = phone.submit(there, "/dang_ky_kinh_doanh", {"file": photo("blue", "IMG_0002.jpg")})
    arrived = desk.get(f"{page.url}/da-den")
    assert arrived.text.count("IMG_000") >= 2 and 'data-living="yes"' in arrived.html
    assert 'data-of="paper-dang_ky_kinh_doanh"' in arrived.html

    there = phone.submit(there, "/dang_ky_kinh_doanh/gop")
    assert "Đã gộp 2 ảnh thành một tệp PDF" in there.text, there.text
    kept = province.services.applications.get(
        page.url.rsplit("/", 1)[1], province.services.accounts.by_login("motcua").key
    ).files["dang_ky_kinh_doanh"]
    assert [file.kind for file in kept] == ["pdf"]
    assert len(PdfReader(io.BytesIO(province.services.files.read(kept[0].sha256))).pages) == 2

    several = {"file": [photo("green"), photo("gray")], "join": "1"}
    there = phone.submit(there, "/van_ban_gioi_thieu", several)
    assert "Đã gửi: " in there.text, there.text
    page = desk.get(page.url)
    assert page.text.count(".pdf") >= 2 and "van-ban-gioi-thieu" in page.html


def test_d12_1b_the_address_opens_one_draft_for_a_quarter_of_an_hour_and_only_to_send(province: Province):
    desk, page = begun(province)
    page = desk.submit(page, page.url, {"_action": "phone"})
    first = path_of(province, page)
    stored = province.services.database["phone_links"].find_one()
    assert first.rsplit("/", 1)[1] not in str(stored), "the token is kept as a checksum only"

    phone = province.visitor()
    there = phone.get(first)
    word = phone.submit(there, "/dang_ky_kinh_doanh", {"file": (io.BytesIO(b"PK\x03\x04 docx"), "a.pdf")})
    assert word.status == 422 and "Word" in word.text
    none = phone.submit(there, "/dang_ky_kinh_doanh")
    assert none.status == 422 and "Chọn một tệp" in none.text
    assert (
        phone.submit(
            there, "/dang_ky_kinh_doanh/gop" if there.has_form("/gop") else "/dang_ky_kinh_doanh"
        ).status
        == 422
    )
    client = province.app.test_client()
    assert client.post(f"{first}/dang_ky_kinh_doanh", data={"file": photo()}).status_code == 400, (
        "no CSRF token"
    )
    token = ("csrf_token", dict(there.form("/dang_ky_kinh_doanh").fields)["csrf_token"])
    assert phone._client.post(f"{first}/la_mot_giay_to_khac", data=dict([token])).status_code == 404
    for inside in (page.url, f"{page.url}/da-den", f"{page.url}/ma-qr.svg", f"{DESK}/tiep-nhan"):
        assert phone.get(inside).url == "/dang-nhap", inside

    page = desk.submit(page, page.url, {"_action": "phone"})
    assert phone.get(first).status == 404, "a new code ends the one before"
    second = path_of(province, page)
    assert phone.get(second).status == 200
    province.clock.advance(minutes=16)
    late = phone.submit(there, "/dang_ky_kinh_doanh", {"file": photo()})
    assert late.status == 404 and phone.get(second).status == 404
    assert "không còn dùng được" in phone.get(second).text
    assert 'data-living="no"' in desk.get(f"{page.url}/da-den").html

    page = desk.submit(desk.get(page.url), page.url, {"_action": "phone"})
    third = path_of(province, page)
    page = desk.submit(page, page.url, {"_action": "phone_stop"})
    assert phone.get(third).status == 404
    assert phone.get("/chup-giay-to/" + "a" * 43).status == 404


def test_the_address_ends_with_the_draft_and_with_the_officials_function(province: Province):
    desk, page = begun(province)
    page = desk.submit(page, page.url, {"_action": "phone"})
    path, phone = path_of(province, page), province.visitor()
    assert phone.get(path).status == 200
    assert province.staff("khac-motcua").get(f"{page.url}/da-den").status == 403
    other = page.url.replace(COMMUNE, "phuong-chieng-coi")
    assert province.staff("khac-motcua").get(f"{other}/da-den").status == 404
    s = province.services
    s.accounts.grant(s.accounts.by_login("motcua").key, COMMUNE, ["van_thu"])
    assert phone.get(path).status == 404, "whoever receives nothing any more takes no photographs in"
    s.accounts.grant(s.accounts.by_login("motcua").key, COMMUNE, ["tiep_nhan"])
    assert phone.get(path).status == 200
    s.applications.mark_submitted(page.url.rsplit("/", 1)[1], s.clock.now())
    assert phone.get(path).status == 404


def test_one_link_takes_a_bounded_number_of_files_and_tells_only_its_own(province: Province):
    links, now = province.services.phone_links, province.clock.now()
    link = links.make(application="a", owner="o", agency=COMMUNE, now=now)
    assert links.take(link, MOST_FILES, now) and not links.take(link, 1, now)
    links.told(link, Sent("hop_dong", "f" * 64, "trang-1.jpg"))
    found = links.by_token(links.token(link), now)
    assert found.of("hop_dong") == (Sent("hop_dong", "f" * 64, "trang-1.jpg"),) and found.of("khac") == ()
    assert links.by_token(links.token(link), now + timedelta(minutes=15)) is None
