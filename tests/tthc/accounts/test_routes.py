from datetime import timedelta

import pytest

from tthc.accounts.model import TERMS_VERSION
from tthc.accounts.service import LOCK_AFTER, Registration

pytestmark = pytest.mark.database

PASSWORD = "hoa ban nở trắng"
NEW = {
    "kind": "person",
    "name": "Lò Thị Lan",
    "phone": "0912 345 678",
    "email": "",
    "citizen_number": "014195001234",
    "password": PASSWORD,
    "terms": "yes",
}


def test_opening_an_account_signs_in(browser, accounts, read_code):
    answer = browser.post("/dang-ky", **NEW)
    assert answer.status_code == 302
    assert answer.location == "/dang-ky/ma"
    assert accounts.by_login("0912345678") is None
    assert browser.post("/dang-ky/ma", code=read_code("0912345678")).location == "/tai-khoan"
    made = accounts.by_login("0912345678")
    assert made.terms_version == TERMS_VERSION
    assert "Lò Thị Lan" in browser.get("/tai-khoan").text


def test_an_organisation_has_a_tax_number_and_a_representative(browser, accounts, read_code):
    browser.post(
        "/dang-ky",
        **{
            **NEW,
            "kind": "organisation",
            "name": "HTX A",
            "tax_number": "5599999917",
            "representative": "Hà B",
        },
    )
    browser.post("/dang-ky/ma", code=read_code("0912345678"))
    made = accounts.by_login("0912345678")
    assert (made.kind, made.tax_number, made.representative) == ("organisation", "5599999917", "Hà B")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Nhập họ và tên"),
        ({"phone": "123"}, "10 chữ số"),
        ({"phone": "", "email": ""}, "số điện thoại hoặc thư điện tử"),
        ({"email": "không phải"}, "thư điện tử đầy đủ"),
        ({"citizen_number": "123"}, "12 chữ số"),
        ({"password": "ngắn"}, "ít nhất 10 ký tự"),
        ({"terms": ""}, "điều khoản"),
        ({"kind": "vua"}, "Chọn cá nhân hoặc tổ chức"),
    ],
)
def test_a_mistake_keeps_what_was_typed_and_says_what_to_do(browser, change, words):
    answer = browser.post("/dang-ky", **{k: v for k, v in {**NEW, **change}.items() if v})
    assert answer.status_code == 422
    assert words in answer.text
    assert 'id="error-summary"' in answer.text
    if "name" not in change:
        assert 'value="Lò Thị Lan"' in answer.text
    assert PASSWORD not in answer.text


@pytest.mark.usefixtures("lan")
def test_signing_in_leads_where_one_was_going(browser):
    answer = browser.post(
        "/dang-nhap",
        page="/dang-nhap?next=/tai-khoan",
        login="+84912345678",
        password=PASSWORD,
        next="/tai-khoan",
    )
    assert answer.location == "/tai-khoan"


@pytest.mark.parametrize("bad", ["//xau.example", "https://xau.example/", "/\\xau.example"])
@pytest.mark.usefixtures("lan")
def test_signing_in_never_leads_elsewhere(browser, bad):
    answer = browser.post("/dang-nhap", login="0912345678", password=PASSWORD, next=bad)
    assert answer.location == "/ho-so"


@pytest.mark.usefixtures("lan")
def test_a_wrong_password_says_so_without_saying_which_part(browser):
    answer = browser.post("/dang-nhap", login="0912345678", password="sai mật khẩu")
    assert answer.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in answer.text
    assert 'value="0912345678"' in answer.text
    assert "sai mật khẩu" not in answer.text


@pytest.mark.usefixtures("lan")
def test_the_session_before_signing_in_does_not_survive_it(browser):
    with browser.client.session_transaction() as kept:
        kept["planted"] = "x"
        kept["sid"] = "old"
    browser.post("/dang-nhap", login="0912345678", password=PASSWORD)
    with browser.client.session_transaction() as kept:
        assert "planted" not in kept
        assert kept["sid"] != "old"


@pytest.mark.usefixtures("lan")
def test_a_session_left_open_ends_the_same_day(browser, site):
    browser.post("/dang-nhap", login="0912345678", password=PASSWORD)
    assert site.permanent_session_lifetime <= timedelta(hours=10)


@pytest.mark.usefixtures("receptionist")
def test_an_official_acts_under_no_other_name(browser, accounts):
    browser.post("/dang-nhap", login="a.tiepnhan", password=PASSWORD)
    fresh = "mật khẩu mới của Hà"
    browser.post("/tai-khoan/mat-khau", old_password=PASSWORD, password=fresh)
    refused = browser.post("/tai-khoan", name="Chủ tịch Sơn", phone="0912345678")
    assert refused.status_code == 422
    assert "do quản trị hệ thống ghi" in refused.text
    assert browser.post("/tai-khoan", name="Hà", phone="0912345678").status_code == 302
    kept = accounts.by_login("a.tiepnhan")
    assert (kept.name, kept.phone) == ("Hà", "0912345678")


def test_staff_without_a_function_of_their_own_land_where_they_hold_one(browser, accounts, now):
    accounts.create_staff(
        login="b.biet-phai",
        name="Biệt phái",
        password=PASSWORD,
        now=now,
        agency="phuong-b",
        functions={"phuong-a": ["tiep_nhan"]},
        must_change_password=False,
    )
    answer = browser.post("/dang-nhap", login="b.biet-phai", password=PASSWORD)
    assert answer.location == "/motcua/a/"


@pytest.mark.usefixtures("lan")
def test_a_form_without_its_token_is_not_taken(browser):
    answer = browser.client.post("/dang-nhap", data={"login": "0912345678", "password": PASSWORD})
    assert answer.status_code == 400
    assert browser.get("/tai-khoan").status_code == 302


@pytest.mark.usefixtures("lan")
def test_an_address_that_tries_too_often_is_slowed_down(browser):
    codes = [browser.post("/dang-nhap", login="0987654321", password="x" * 12).status_code for _ in range(12)]
    assert codes[:10] == [422] * 10
    assert codes[10:] == [429] * 2
    assert LOCK_AFTER < 10


def test_whoever_is_slowed_down_reads_it_in_vietnamese(browser):
    token = browser.get("/dang-nhap").text.partition('name="csrf_token" value="')[2].partition('"')[0]
    for _ in range(11):
        answer = browser.client.post("/dang-nhap", data={"csrf_token": token})
    assert answer.status_code == 429
    assert "chờ một phút" in answer.text
    assert "per 1" not in answer.text


@pytest.mark.usefixtures("lan")
def test_signing_out_needs_a_post_and_ends_it(browser):
    browser.post("/dang-nhap", login="0912345678", password=PASSWORD)
    assert browser.get("/dang-xuat").status_code == 405
    assert browser.get("/tai-khoan").status_code == 200
    assert browser.post("/dang-xuat", page="/tai-khoan").status_code == 302
    assert browser.get("/tai-khoan").status_code == 302


def test_the_profile_is_kept_and_shown_again(browser, lan, accounts, read_code):
    browser.post("/dang-nhap", login="0912345678", password=PASSWORD)
    answer = browser.post(
        "/tai-khoan",
        name="Lò Thị Lan",
        phone="0912345678",
        email="Lan@Example.vn",
        citizen_number="014195001234",
        birth_date__d="8",
        birth_date__m="3",
        birth_date__y="1995",
        address="Tổ 5, phường Tô Hiệu",
    )
    assert answer.status_code == 302
    assert answer.location == "/tai-khoan/xac-nhan"
    browser.post("/tai-khoan/xac-nhan", code=read_code("lan@example.vn"))
    kept = accounts.get(lan.key)
    assert kept.birth_date.isoformat() == "1995-03-08"
    assert kept.email == "Lan@example.vn"
    page = browser.get("/tai-khoan").text
    assert 'value="1995"' in page
    assert "Đăng nhập được" in page


@pytest.mark.usefixtures("lan")
def test_a_wrong_date_in_the_profile_is_named_and_kept(browser):
    browser.post("/dang-nhap", login="0912345678", password=PASSWORD)
    answer = browser.post(
        "/tai-khoan",
        name="Lan",
        phone="0912345678",
        birth_date__d="31",
        birth_date__m="2",
        birth_date__y="1995",
    )
    assert answer.status_code == 422
    assert 'href="#f-birth_date' in answer.text
    assert 'value="31"' in answer.text


def test_a_phone_of_somebody_else_never_gets_a_code(browser, lan, accounts, now, read_code):
    accounts.register(
        Registration("person", "Cầm Thị Mai", PASSWORD, phone="0987654321", terms_version="2026-01"), now
    )
    browser.post("/dang-nhap", login="0912345678", password=PASSWORD)
    answer = browser.post("/tai-khoan", name="Lan", phone="0987654321")
    assert answer.location == "/tai-khoan/xac-nhan"
    assert read_code("0987654321") is None
    assert accounts.get(lan.key).phone == "0912345678"


@pytest.mark.usefixtures("lan")
def test_d10_1c_a_changed_password_signs_the_other_devices_out(browser, another):
    other = another()
    for device in (browser, other):
        device.post("/dang-nhap", login="0912345678", password=PASSWORD)
    answer = browser.post("/tai-khoan/mat-khau", old_password=PASSWORD, password="mật khẩu mới tinh")
    assert answer.location == "/tai-khoan"
    assert browser.get("/tai-khoan").status_code == 200
    assert other.get("/tai-khoan").status_code == 302


@pytest.mark.usefixtures("receptionist")
def test_new_staff_change_their_password_then_reach_their_workspace(browser):
    answer = browser.post("/dang-nhap", login="a.tiepnhan", password=PASSWORD)
    assert answer.location == "/tai-khoan/mat-khau"
    assert browser.get("/tai-khoan").location == "/tai-khoan/mat-khau"
    wrong = browser.post("/tai-khoan/mat-khau", old_password="sai", password="mật khẩu mới tinh")
    assert wrong.status_code == 422
    assert "Mật khẩu hiện tại chưa đúng" in wrong.text
    answer = browser.post("/tai-khoan/mat-khau", old_password=PASSWORD, password="mật khẩu mới tinh")
    assert answer.location == "/motcua/a/"
    assert "Cán bộ tiếp nhận và trả kết quả" in browser.get("/tai-khoan").text


@pytest.mark.usefixtures("lan")
def test_who_is_signed_in_is_led_on_from_the_sign_in_page(browser):
    browser.post("/dang-nhap", login="0912345678", password=PASSWORD)
    assert browser.get("/dang-nhap").location == "/ho-so"


def test_the_terms_are_there_to_be_read(browser):
    assert TERMS_VERSION in browser.get("/dieu-khoan").text
