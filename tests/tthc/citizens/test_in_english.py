"""What readers of English agree to, and what stays Vietnamese although they read English (law 91/2025)."""

import io
import json
import zipfile

import pytest
from made_up import CODE, TEXT, publish
from people import PASSWORD
from walk import begin, fill, hand_in, upload_all

from tthc.privacy.consents import purposes

pytestmark = pytest.mark.database

PLACE = "/tai-khoan/du-lieu"
WHO = {
    "name": "Quàng Thị Ban",
    "phone": "0977000111",
    "password": "nương ngô tháng bảy",
    "terms": "yes",
}


def test_every_purpose_has_words_of_its_own_in_english():
    for purpose in purposes().values():
        english, vietnamese = purpose.words("en"), purpose.words("vi")
        assert english.sha256 != vietnamese.sha256 == purpose.sha256
        for said, told in (
            (english.title, vietnamese.title),
            (english.text, vietnamese.text),
            (english.basis, vietnamese.basis),
        ):
            assert said.isascii()
            assert said != told


def test_d10_1a_a_consent_says_in_which_language_it_was_read(province, code):
    s, someone = province.services, province.visitor()
    page = someone.get("/dang-ky?lang=en")
    assert "I have read and agree to the terms of use" in page.text
    wrong = someone.submit(page, "/dang-ky", {**WHO, "terms": ""})
    assert "You need to agree to the terms of use to open an account." in wrong.text
    page = someone.submit(page, "/dang-ky", WHO)
    someone.get("/dang-nhap?lang=vi")  # what is chosen afterwards changes nothing of what was read
    page = someone.submit(page, "/dang-ky/ma", {"code": code("0977000111")})
    key = s.accounts.by_login("0977000111").key
    [first] = s.consents.of(key)
    about = purposes()["tai_khoan"]
    assert (first.language, first.sha256, first.shown) == ("en", about.sha256, about.words("en").sha256)

    page = someone.get(f"{PLACE}?lang=en")
    reuse = purposes()["dien_san"]
    assert reuse.words("en").text in page.text
    page = someone.submit(page, "/dong-y", {"purpose": "dien_san", "given": "no"})
    assert f"Recorded: you said no to “{reuse.words('en').title}”." in page.html
    vietnamese = someone.get(f"{PLACE}?lang=vi")
    someone.get("/dieu-khoan?lang=en")  # in another tab
    someone.submit(vietnamese, "/dong-y", {"purpose": "dien_san", "given": "yes"})
    last, before, _ = s.consents.of(key)
    assert (before.language, before.shown) == ("en", reuse.words("en").sha256)
    assert (last.language, last.shown) == ("vi", reuse.sha256)

    s.database["consents"].update_many({}, {"$unset": {"language": "", "shown": ""}})
    assert {(one.language, one.shown == one.sha256) for one in s.consents.of(key)} == {("vi", True)}


def test_d24_2_what_is_kept_and_taken_along_is_vietnamese(province):
    publish(province, f"retention: {{years: 10, source: {{text: Danh mục lưu trữ của tỉnh}}}}\n{TEXT}")
    s, citizen = province.services, province.citizen()
    key = s.accounts.by_login("0912345678").key
    papers = upload_all(citizen, fill(citizen, begin(citizen, CODE), {"books": "3"}))
    hand_in(citizen, citizen.submit(papers, "/giay-to"))
    [row] = s.lists.owned(key).rows
    page = citizen.get(f"{PLACE}?lang=en")
    assert (
        "1 application is still being handled"
        in citizen.submit(page, "/xoa", {"password": PASSWORD, "sure": "yes"}).text
    )
    archive = citizen.submit(page, "/tai-ve", {"password": PASSWORD})
    with zipfile.ZipFile(io.BytesIO(archive.data)) as files:
        told = json.loads(files.read("du-lieu.json"))
    assert (told["tai_khoan"]["loai"], told["ho_so"][0]["tinh_trang"]) == ("Cá nhân", "Chờ tiếp nhận")

    citizen.get("/?lang=vi")
    citizen.submit(citizen.get(f"/ho-so/{row.id}"), "/rut", {"reason": "Không cần nữa"})
    province.sweep()
    page = citizen.get(f"{PLACE}?lang=en")
    assert 'kept until the end of 31 Dec 2036 (<span lang="vi">Danh mục lưu trữ của tỉnh</span>)' in page.html
    page = citizen.submit(page, "/xoa", {"password": PASSWORD, "sure": "yes"})
    assert "The account has been deleted." in page.html
    [wish, _] = s.privacy.of(key)
    assert wish.kept[0]["until"] == "đến hết ngày 31/12/2036"
    assert s.accounts.get(key).name == "Tài khoản đã xóa"
