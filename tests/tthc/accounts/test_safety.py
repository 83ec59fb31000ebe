"""One-time codes, sessions seen and ended, an account that rests let in again (Đ10.1c, Đ25.5)."""

import re
from datetime import timedelta

import pyotp
import pytest

from tthc.accounts import second_factor as codes
from tthc.accounts.second_factor import SecondFactor
from tthc.accounts.service import AccountError
from tthc.accounts.sessions import Sessions, row_id

pytestmark = pytest.mark.database

PASSWORD = "hoa ban nở trắng"


@pytest.fixture
def factor(accounts):
    del accounts  # binds the collections
    return SecondFactor("k" * 40)


def enrolled(factor, account, now):
    secret = factor.start(account.key)
    recovery = factor.confirm(account.key, pyotp.TOTP(secret).at(now), now)
    return pyotp.TOTP(secret), recovery


def test_a_code_counts_once_and_within_its_time(factor, accounts, lan, now):
    totp, _ = enrolled(factor, lan, now)
    assert accounts.get(lan.key).second_factor
    with pytest.raises(AccountError, match="đã dùng"):
        factor.check(lan.key, totp.at(now), now)  # it confirmed the telephone
    later = now + timedelta(minutes=5)
    factor.check(lan.key, totp.at(later), later)
    with pytest.raises(AccountError):
        factor.check(lan.key, totp.at(later), later)
    with pytest.raises(AccountError):
        factor.check(lan.key, totp.at(later - timedelta(seconds=30)), later)  # older than the one taken
    old = later + timedelta(minutes=10)
    with pytest.raises(AccountError):
        factor.check(lan.key, totp.at(old - timedelta(minutes=2)), old)


def test_a_recovery_code_stands_in_once(factor, lan, now):
    _, recovery = enrolled(factor, lan, now)
    assert len(set(recovery)) == codes.RECOVERY_CODES
    factor.check(lan.key, recovery[0].upper(), now)
    assert factor.standing(lan.key).recovery_left == codes.RECOVERY_CODES - 1
    with pytest.raises(AccountError):
        factor.check(lan.key, recovery[0], now)


def test_guesses_make_the_account_rest_until_it_is_let_in_again(factor, accounts, lan, now):
    totp, _ = enrolled(factor, lan, now)
    later = now + timedelta(minutes=5)
    for _ in range(codes.LOCK_AFTER):
        with pytest.raises(AccountError):
            factor.check(lan.key, "000000x", later)
    with pytest.raises(AccountError, match="tạm nghỉ 15 phút"):
        factor.check(lan.key, totp.at(later), later)
    assert accounts.resting(lan.key, later) == later + codes.LOCK_FOR
    accounts.release(lan.key)
    assert accounts.resting(lan.key, later) is None
    factor.check(lan.key, totp.at(later), later)


def test_the_secret_is_kept_encrypted_and_reads_under_its_own_key_alone(factor, lan, now, mongo_database):
    totp, _ = enrolled(factor, lan, now)
    row = mongo_database["accounts"].find_one({"_id": lan.key})
    assert totp.secret not in str(row)
    later = now + timedelta(minutes=5)
    with pytest.raises(AccountError):
        SecondFactor("another key " * 4).check(lan.key, totp.at(later), later)


def test_a_session_ends_by_its_owner_by_time_and_with_the_password(mongo_database, clock):
    sessions = Sessions(mongo_database, clock)
    sessions.open("secret-1", "lan", "s1", browser="Firefox/1")
    sessions.open("secret-2", "lan", "s1")
    sessions.open("of-another", "mai", "s1")
    assert sessions.alive("secret-1", "lan")
    assert not sessions.alive("secret-1", "mai")
    assert not sessions.alive("", "lan")
    assert "secret-1" not in str(list(mongo_database["sessions"].find({"account": "lan"}, {"browser": 0})))
    assert {row.id for row in sessions.of("lan", "s1")} == {row_id("secret-1"), row_id("secret-2")}
    assert sessions.of("lan", "s2") == ()
    assert not sessions.end("mai", row_id("secret-1"))
    assert sessions.end("lan", row_id("secret-1"))
    assert not sessions.alive("secret-1", "lan")
    assert sessions.end_all("lan", but=row_id("secret-2")) == 0
    clock.advance(hours=9, minutes=59)
    assert sessions.alive("secret-2", "lan")  # and used, so it goes on
    clock.advance(hours=9, minutes=59)
    assert sessions.alive("secret-2", "lan")
    clock.advance(hours=10, minutes=1)
    assert not sessions.alive("secret-2", "lan")
    assert sessions.alive("of-another", "mai") is False


@pytest.fixture
def head(accounts, now):
    return accounts.create_staff(
        login="a.lanhdao",
        name="Đức",
        password=PASSWORD,
        now=now,
        agency="phuong-a",
        functions={"phuong-a": ["phe_duyet"]},
        must_change_password=False,
    )


def test_who_approves_is_held_at_the_codes_where_they_are_wanted_and_signs_in_with_them(
    site, another, head, accounts, clock
):
    site.extensions["tthc"].settings = site.extensions["tthc"].settings.__class__.load(
        {"TTHC_VAR": str(site.extensions["tthc"].settings.var), "TTHC_SECOND_FACTOR": "on"}
    )
    desk = another()
    desk.post("/dang-nhap", login="a.lanhdao", password=PASSWORD)
    assert desk.get("/tai-khoan").location == "/tai-khoan/ma-mot-lan"
    page = desk.get("/tai-khoan/ma-mot-lan").text
    secret = re.search(r"nhập khóa <code>([A-Z2-7 ]+)</code>", page).group(1).replace(" ", "")
    wrong = desk.post("/tai-khoan/ma-mot-lan", code="000000x")
    assert wrong.status_code == 422
    assert "Mã chưa đúng" in wrong.text
    done = desk.post("/tai-khoan/ma-mot-lan", code=pyotp.TOTP(secret).at(clock.now()))
    recovery = re.findall(r"<li><code>([a-z0-9-]+)</code></li>", done.text)
    assert len(recovery) == codes.RECOVERY_CODES
    assert desk.get("/tai-khoan").status_code == 200

    clock.advance(minutes=2)
    phone = another()
    answer = phone.post("/dang-nhap", login="a.lanhdao", password=PASSWORD)
    assert answer.location == "/dang-nhap/ma"
    assert phone.get("/tai-khoan").location.startswith("/dang-nhap")  # the password alone opens nothing
    assert phone.post("/dang-nhap/ma", code="123").status_code == 422
    code = pyotp.TOTP(secret).at(clock.now())
    assert phone.post("/dang-nhap/ma", code=code).status_code == 302
    assert phone.get("/tai-khoan").status_code == 200
    assert [each.result for each in accounts.sign_ins(head.key)] == ["ok", "code", "half", "ok"]
    again = another()
    again.post("/dang-nhap", login="a.lanhdao", password=PASSWORD)
    assert again.post("/dang-nhap/ma", code=code).status_code == 422  # seen over a shoulder, it is of no use
    assert again.post("/dang-nhap/ma", code=recovery[0]).status_code == 302


def test_the_step_after_the_password_does_not_wait_for_ever(another, head, accounts, clock):
    factor = another().client.application.extensions["tthc"].second_factor
    totp, _ = enrolled(factor, head, clock.now())
    desk = another()
    assert desk.get("/dang-nhap/ma").location == "/dang-nhap"
    desk.post("/dang-nhap", login="a.lanhdao", password=PASSWORD)
    clock.advance(minutes=6)
    assert desk.get("/dang-nhap/ma").location == "/dang-nhap"
    desk.post("/dang-nhap", login="a.lanhdao", password=PASSWORD)
    accounts.lock(head.key, "Nghỉ việc")
    assert desk.get("/dang-nhap/ma").location == "/dang-nhap"
    assert totp.at(clock.now())


@pytest.mark.usefixtures("lan")
def test_d10_1c_browsers_are_listed_and_signed_out(another):
    here, there = another(), another()
    here.post("/dang-nhap", login="0912345678", password=PASSWORD)
    there.post("/dang-nhap", login="0912345678", password=PASSWORD)
    page = here.get("/tai-khoan/thiet-bi").text
    assert page.count("Đăng xuất thiết bị này") == 1
    assert page.count("Thiết bị này</span>") == 1
    row = re.search(r"/tai-khoan/thiet-bi/([0-9a-f]{64})/dang-xuat", page).group(1)
    here.post(f"/tai-khoan/thiet-bi/{row}/dang-xuat", page="/tai-khoan/thiet-bi")
    assert there.get("/tai-khoan").location.startswith("/dang-nhap")
    assert here.get("/tai-khoan").status_code == 200
    there.post("/dang-nhap", login="0912345678", password=PASSWORD)
    here.post("/tai-khoan/thiet-bi/dang-xuat-het", page="/tai-khoan/thiet-bi")
    assert there.get("/tai-khoan").location.startswith("/dang-nhap")
    kept = here.client.get_cookie("tthc").value
    here.post("/dang-xuat", page="/tai-khoan")
    here.client.set_cookie("tthc", kept)  # a cookie copied before signing out
    assert here.get("/tai-khoan").location.startswith("/dang-nhap")


def test_a_lost_telephone_is_changed_with_the_password(another, head, clock):
    factor = another().client.application.extensions["tthc"].second_factor
    desk = another()
    desk.post("/dang-nhap", login="a.lanhdao", password=PASSWORD)
    enrolled(factor, head, clock.now())
    assert "Còn 8 mã khôi phục" in desk.get("/tai-khoan/ma-mot-lan").text
    wrong = desk.post("/tai-khoan/ma-mot-lan/bo", page="/tai-khoan/ma-mot-lan", password="sai rồi đó")
    assert wrong.status_code == 422
    assert factor.standing(head.key).on
    desk.post("/tai-khoan/ma-mot-lan/bo", page="/tai-khoan/ma-mot-lan", password=PASSWORD)
    assert not factor.standing(head.key).on
