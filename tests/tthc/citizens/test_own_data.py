"""What is agreed to, a copy of one's data, deleting an account (law 91/2025; Đ24.2)."""

import io
import json
import zipfile
from dataclasses import replace

import pytest
from made_up import CODE, TEXT, publish
from people import PASSWORD
from pypdf import PdfReader
from walk import begin, fill, hand_in, upload_all

from tthc.accounts.model import TERMS_VERSION
from tthc.privacy.consents import purposes

pytestmark = pytest.mark.database

PLACE = "/tai-khoan/du-lieu"
KEPT = f"retention: {{years: 10, source: {{text: Danh mục lưu trữ của tỉnh}}}}\n{TEXT}"


def handed_in(citizen):
    return hand_in(
        citizen,
        citizen.submit(upload_all(citizen, fill(citizen, begin(citizen, CODE), {"books": "3"})), "/giay-to"),
    )


def test_d10_1a_what_was_agreed_to_is_a_row_and_may_be_taken_back(province, code, clock):
    s, someone = province.services, province.visitor()
    page = someone.submit(
        someone.get("/dang-ky"),
        "/dang-ky",
        {"name": "Quàng Thị Ban", "phone": "0977000111", "password": "nương ngô tháng bảy", "terms": "yes"},
    )
    someone.submit(page, "/dang-ky/ma", {"code": code("0977000111")})
    key = s.accounts.by_login("0977000111").key
    [given] = s.consents.of(key)
    text = purposes()["tai_khoan"]
    assert (given.purpose, given.given, given.version, given.sha256, given.at) == (
        "tai_khoan",
        True,
        text.version,
        text.sha256,
        clock.now(),
    )
    page = someone.get(PLACE)
    assert text.text in page.text
    page = someone.submit(page, "/dong-y", {"purpose": "dien_san", "given": "no"})
    assert not s.consents.allows(key, "dien_san")
    assert "Bật lại" in page.text
    page = someone.submit(page, "/dong-y", {"purpose": "tai_khoan", "given": "no"})
    assert "cần cho việc giải quyết" in page.html
    assert s.consents.allows(key, "tai_khoan")
    someone.submit(page, "/dong-y", {"purpose": "dien_san", "given": "yes"})
    assert [one.given for one in s.consents.of(key)] == [True, False, True]
    s.accounts.accept_terms(key, "2025-01", clock.now())  # the words of the year before
    page = someone.get(PLACE)
    assert "đã có bản mới" in page.text
    page = someone.submit(page, "/dong-y", {"purpose": "tai_khoan", "given": "yes"})
    assert s.accounts.get(key).terms_version == TERMS_VERSION
    assert "đã có bản mới" not in page.text


def test_d24_2_one_takes_ones_data_along_and_the_account_goes_but_not_what_the_law_keeps(province, letters):
    publish(province, KEPT)
    s, citizen = province.services, province.citizen()
    account = s.accounts.by_login("0912345678")
    handed_in(citizen)
    mine = s.repository.get(s.lists.owned(account.key).rows[0].id)
    begun = begin(citizen, CODE).url.split("/nop-ho-so/")[1].partition("/")[0]  # and one begun
    province.staff("motcua").get(f"/motcua/phuong-to-hieu/ho-so/{mine.id}")
    said = {"agency": "phuong-to-hieu", "subject": "Hỏi giờ làm", "text": "Thứ Bảy có làm không?"}
    citizen.submit(citizen.get("/phan-anh"), "/phan-anh", said)
    letters("0912345678")
    kept = "Cơ quan giữ hồ sơ đã nộp 10 năm, tính từ ngày 01/01 của năm sau năm giải quyết xong ("
    assert kept in citizen.get(f"/thu-tuc/{CODE}").text
    assert kept in citizen.get(f"/nop-ho-so/{begun}/kiem-tra").text
    for_ever = citizen.get("/thu-tuc/1.001193").text
    assert "Cơ quan giữ hồ sơ đã nộp vĩnh viễn (" in for_ever and "Khoản 1 Điều 37" in for_ever
    assert "theo thời hạn của pháp luật về lưu trữ." in citizen.get("/thu-tuc/2.000815").text
    page = citizen.get(PLACE)
    assert "đang giải quyết" in page.text
    assert citizen.submit(page, "/tai-ve", {"password": "sai"}).status == 422
    archive = citizen.submit(page, "/tai-ve", {"password": PASSWORD})
    assert archive.response.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(archive.data)) as files:
        told = json.loads(files.read("du-lieu.json"))
        text = "\n".join(
            page.extract_text() for page in PdfReader(io.BytesIO(files.read("du-lieu.pdf"))).pages
        )
    [dossier] = told["ho_so"]
    assert told["tai_khoan"]["so_dinh_danh"] == "014190001234"
    assert (dossier["ma"], dossier["da_khai"]["books"]) == (mine.reference, 3)
    assert dossier["luu_den"] == "2036-12-31"
    assert [one["co_quan"] for one in dossier["nguoi_xem"]] == ["Ủy ban nhân dân phường Tô Hiệu"]
    assert len(told["ho_so_dang_khai"]) == 1
    assert [one["noi_dung"] for one in told["phan_anh"]] == [said["text"]] and said["subject"] in text
    assert "Lò Thị Hạnh" not in json.dumps(told, ensure_ascii=False), (
        "an official's name is the agency's to give"
    )
    assert account.name in text
    assert mine.reference in text

    page = citizen.submit(page, "/xoa", {"password": PASSWORD})
    assert (page.status, "Đánh dấu rằng" in page.text) == (422, True)
    page = citizen.submit(page, "/xoa", {"password": PASSWORD, "sure": "yes"})
    assert (page.status, "Còn 1 hồ sơ đang giải quyết" in page.text) == (422, True)
    assert s.accounts.get(account.key) == account
    own = citizen.get(f"/ho-so/{mine.id}")
    citizen.submit(own, "/rut", {"reason": "Không cần nữa"})
    province.sweep()
    page = citizen.get(PLACE)
    assert "giữ đến hết ngày 31/12/2036" in page.text
    assert "Danh mục lưu trữ của tỉnh" in page.text
    assert citizen.submit(page, "/xoa", {"password": "sai", "sure": "yes"}).status == 422
    page = citizen.submit(page, "/xoa", {"password": PASSWORD, "sure": "yes"})
    assert page.url == "/"
    assert citizen.get("/tai-khoan").url == "/dang-nhap"
    gone = s.accounts.get(account.key)
    assert gone == replace(
        gone,
        phone="",
        email="",
        citizen_number="",
        name="Tài khoản đã xóa",
        active=False,
        confirmed=frozenset(),
    )
    for name in s.database.list_collection_names():
        if name != "dossiers" and not name.startswith("definition_"):  # examples have the same made-up name
            left = str(list(s.database[name].find({})))
            assert "0912345678@" not in left, name
            assert account.name not in left, name
    [row] = s.database["feedback"].find()
    assert (row["text"], row["sender"]["phone"], row["sender"]["account"]) == (said["text"], "", "")
    kept = s.repository.get(mine.id)
    assert kept.applicant.name == account.name, "a dossier is evidence, and its history is never rewritten"
    [wish, _] = s.privacy.of(account.key)
    assert (wish.kind, wish.kept[0]["number"], wish.kept[0]["law"]) == (
        "delete",
        mine.reference,
        "Danh mục lưu trữ của tỉnh",
    )
    assert s.accounts.by_login("0912345678") is None, "the number is free again"
