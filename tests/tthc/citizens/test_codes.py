"""Telephone numbers and addresses proven by codes; a lost password (Đ10.1a, Đ10.1c)."""

import pytest
from people import PASSWORD

from tthc.accounts import contact_codes
from tthc.accounts.service import LOCK_AFTER, RESTS, WRONG, AccountError

pytestmark = pytest.mark.database

NEW = {
    "kind": "person",
    "name": "Quàng Thị Ban",
    "phone": "0977000111",
    "email": "ban@example.vn",
    "citizen_number": "014195001234",
    "password": "nương ngô tháng bảy",
    "terms": "yes",
}


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def register(visitor, **changes):
    return visitor.submit(visitor.get("/dang-ky"), "/dang-ky", {**NEW, **changes})


def test_d10_1a_an_account_is_opened_by_the_code_and_the_second_address_by_one_of_its_own(province, code):
    s, someone = province.services, province.visitor()
    page = register(someone)
    assert page.url == "/dang-ky/ma"
    assert "097****111" in page.text
    assert s.accounts.by_login("0977000111") is None
    sent = code("0977000111")
    kept = str(list(s.database["account_letters"].find())) + str(list(s.database["contact_codes"].find()))
    assert sent not in kept
    assert "nương ngô" not in kept
    assert NEW["name"] not in kept
    assert sent in someone.get("/dang-ky/ma").text, "where nothing is really sent, the letter is shown here"
    page = someone.submit(page, "/dang-ky/ma", {"code": wrong(sent)})
    assert page.status == 422
    assert "còn 4 lần thử" in page.text
    page = someone.submit(page, "/dang-ky/ma", {"code": f" {sent[:3]} {sent[3:]} "})
    assert page.url == "/tai-khoan/xac-nhan"
    made = s.accounts.by_login("0977000111")
    assert (made.phone, made.email, made.level) == ("0977000111", "", "contact")
    page = someone.submit(page, "/tai-khoan/xac-nhan", {"code": code("ban@example.vn")})
    assert page.url == "/tai-khoan"
    made = s.accounts.get(made.key)
    assert made.email == "ban@example.vn"
    assert made.confirmed == {"0977000111", "ban@example.vn"}
    assert "Đã xác nhận nơi liên lạc" in page.text
    assert someone.get("/dang-ky/ma").url == "/dang-ky", "a code counts once"


def test_d10_1a_nobody_learns_who_has_an_account_and_nobody_is_flooded(province, clock, letters, code):
    s, someone = province.services, province.visitor()
    page = register(someone, phone="0912345678", email="")  # Xuân's
    stranger = province.visitor()
    other = register(stranger, email="")
    assert (
        page.text.replace("091****678", "097****111").split("Hệ thống đang")[0]
        == (other.text.split("Hệ thống đang")[0])
    )
    assert "da co tai khoan" in letters("0912345678")[-1]
    for _ in range(contact_codes.TRIES):
        page = someone.submit(page, "/dang-ky/ma", {"code": "000000"})
    assert "nhập sai quá nhiều lần" in page.text
    first = code("0977000111")
    page = stranger.submit(other, "/gui-lai")
    assert page.status == 422
    assert "Chờ 60 giây" in page.text
    for _ in range(contact_codes.AN_HOUR - 1):
        clock.advance(seconds=61)
        page = stranger.submit(page, "/gui-lai")
        assert page.status == 200
    clock.advance(seconds=61)
    page = stranger.submit(page, "/gui-lai")
    assert "Đã gửi 5 mã" in page.text
    assert len(letters("0977000111")) == contact_codes.AN_HOUR
    last = code("0977000111")
    if first != last:
        assert stranger.submit(page, "/dang-ky/ma", {"code": first}).status == 422
    clock.advance(minutes=10)
    page = stranger.submit(page, "/dang-ky/ma", {"code": last})
    assert "hết hạn" in page.text
    assert s.accounts.by_login("0977000111") is None
    clock.advance(hours=1)
    assert stranger.get("/dang-ky/ma").url == "/dang-ky"


def test_d10_1c_a_lost_password_is_set_anew_by_code_and_every_device_is_signed_out(
    province, letters, code, clock
):
    s = province.services
    thief, owner, nobody = province.citizen(), province.visitor(), province.visitor()
    page = owner.submit(owner.get("/quen-mat-khau"), "/quen-mat-khau", {"login": "0912 345 678"})
    blind = nobody.submit(nobody.get("/quen-mat-khau"), "/quen-mat-khau", {"login": "0955555555"})
    assert page.url == blind.url == "/quen-mat-khau/ma"
    assert letters("0955555555") == []
    assert nobody.submit(blind, "/ma", {"code": "123456", "password": "một câu dài dễ nhớ"}).status == 422
    sent = code("0912345678")
    page = owner.submit(page, "/ma", {"code": sent, "password": "ngắn"})
    assert "ít nhất 10 ký tự" in page.text
    page = owner.submit(page, "/ma", {"code": sent, "password": "câu mới của Xuân"})
    assert page.url == "/dang-nhap"
    assert thief.get("/tai-khoan").url == "/dang-nhap"
    assert "mat khau duoc dat lai" in letters("0912345678")[-1]
    with pytest.raises(AccountError):
        s.accounts.sign_in("0912345678", PASSWORD, clock.now())
    assert s.accounts.sign_in("0912345678", "câu mới của Xuân", clock.now())
    for login in ("0955555555", "0987654321"):  # nobody's and somebody's: both rest alike
        told = set()
        for number in range(LOCK_AFTER + 1):
            if number == LOCK_AFTER // 2:
                clock.advance(minutes=16)  # and whatever the pace at which somebody tries them
            with pytest.raises(AccountError) as caught:
                s.accounts.sign_in(login, "đoán mò đoán mò", clock.now())
            told.add(caught.value.message)
            assert (caught.value.message == RESTS) == (number == LOCK_AFTER)
        assert told == {WRONG, RESTS}
    staff = province.visitor()
    page = staff.submit(staff.get("/quen-mat-khau"), "/quen-mat-khau", {"login": "motcua"})
    assert "Nhập số điện thoại" in page.text


def test_d10_1a_a_changed_number_counts_once_proven_and_the_old_one_is_told(province, letters, code):
    s, citizen = province.services, province.citizen()
    before = s.accounts.by_login("0912345678")
    page = citizen.submit(citizen.get("/tai-khoan"), "/tai-khoan", {"phone": "0966000222"})
    assert page.url == "/tai-khoan/xac-nhan"
    assert s.accounts.get(before.key).phone == "0912345678"
    sent = code("0966000222")
    other = province.citizen("0987654321")
    assert other.get("/tai-khoan/xac-nhan").url == "/tai-khoan", "what waits is this browser's alone"
    page = citizen.submit(page, "/tai-khoan/xac-nhan", {"code": sent})
    after = s.accounts.get(before.key)
    assert (after.phone, after.login, after.confirmed) == (
        "0966000222",
        "0966000222",
        {"0966000222", "0912345678@example.vn"},
    )
    assert s.accounts.by_login("0912345678") is None
    assert "noi nhan thong bao duoc doi" in letters("0912345678")[-1]
    taken = citizen.submit(citizen.get("/tai-khoan"), "/tai-khoan", {"phone": "0987654321"})
    assert taken.url == "/tai-khoan/xac-nhan"
    assert "da co tai khoan" in letters("0987654321")[-1]
    told = {"phone": "0966000333", "email": "moi@example.vn"}  # both: each has its code, and neither is lost
    page = citizen.submit(citizen.get("/tai-khoan"), "/tai-khoan", told)
    page = citizen.submit(page, "/tai-khoan/xac-nhan", {"code": code("0966000333")})
    assert page.url == "/tai-khoan/xac-nhan"
    citizen.submit(page, "/tai-khoan/xac-nhan", {"code": code("moi@example.vn")})
    changed = s.accounts.get(before.key)
    assert (changed.phone, changed.email) == ("0966000333", "moi@example.vn")
