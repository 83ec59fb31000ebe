"""Accounts at the administration's desk (Đ2.7, Đ6, Đ24.2, Đ25.5)."""

import re
from datetime import date, timedelta

import pyotp
import pytest
from date_boxes import boxes

from tthc.accounts.documents import AccountDocument
from tthc.accounts.service import LOCK_AFTER, AccountError
from tthc.agencies.data import shipped as shipped_agencies

PLACE = "/quan-tri/tai-khoan"
FORM = {
    "name": "Lò Thị Hạnh",
    "login": "lo.hanh",
    "agency": "so-tu-phap",
    "unit": "van-phong",
    "functions": ["tiep_nhan", "tham_dinh"],
    "reason": "Công văn 12/STP-VP",
}


@pytest.fixture
def admin(visit, services):
    services.agencies.add_missing(shipped_agencies()[:12])
    one = visit("quantri")
    one.get(f"{PLACE}/them")
    return one


@pytest.fixture
def made(admin, services):
    page = admin.post(f"{PLACE}/them", **FORM)
    return services.accounts.by_login("lo.hanh"), page.text


def shown_password(text):
    return re.search(r"Mật khẩu ban đầu: ([a-z0-9-]+)", text)[1]


def last_act(services, key):
    return services.acts.find(target=key).rows[0]


def test_d25_5_an_initial_password_is_shown_once_and_must_be_changed(admin, services, made, clock):
    account, text = made
    assert account.functions_at("so-tu-phap") == {"tiep_nhan", "tham_dinh"}
    assert (account.unit, account.must_change_password) == ("van-phong", True)
    password = shown_password(text)
    assert services.accounts.sign_in("lo.hanh", password, clock.now()).key == account.key
    assert password not in admin.get(f"{PLACE}/can-bo/{account.key}/").text
    act = last_act(services, account.key)
    assert (act.what, act.reason) == ("account.created", FORM["reason"])
    stored = AccountDocument.objects(id=account.key).as_pymongo().first()
    assert password not in f"{stored} {act}"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "Nhập họ và tên"),
        ({"login": "Lò Hạnh"}, "không dấu"),
        ({"login": "motcua"}, "đã có tài khoản"),
        ({"unit": "khong-co"}, "không có phòng"),
        ({"agency": ""}, "Chọn cơ quan"),
        ({"functions": []}, "Chọn ít nhất một chức năng"),
        ({"functions": ["lam_tat"]}, "Chọn chức năng"),
        ({"reason": ""}, "Ghi lý do"),
        ({"phone": "12"}, "số điện thoại"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(admin, services, change, said):
    sent = FORM | {"unit": ""} | change
    page = admin.post(f"{PLACE}/them", **sent)
    assert page.status_code == 422
    assert said in page.text
    assert "Công văn 12" in page.text or change.get("reason") == ""
    assert services.accounts.by_login("lo.hanh") is None


def test_d6_an_account_is_locked_and_opened_again_with_a_reason(admin, services, made):
    account, _ = made
    place = f"{PLACE}/can-bo/{account.key}"
    refused = admin.post(f"{place}/khoa", reason=" ")
    assert refused.status_code == 422
    assert services.accounts.get(account.key).active
    admin.post(f"{place}/khoa", reason="Nghỉ việc từ 01/12")
    locked = services.accounts.get(account.key)
    assert not locked.active
    assert locked.stamp != account.stamp, "its sessions end"
    assert last_act(services, account.key).reason == "Nghỉ việc từ 01/12"
    assert "Nghỉ việc từ 01/12" in admin.get(f"{place}/").text
    admin.post(f"{place}/khoa", reason="Trở lại")
    assert services.accounts.get(account.key).active
    assert last_act(services, account.key).what == "account.unlocked"


def test_d25_5_sessions_codes_and_a_resting_account_are_in_the_administrators_hands(admin, services, made):
    account, _ = made
    place, now = f"{PLACE}/can-bo/{account.key}", services.clock.now()
    sessions, factor = services.sessions, services.second_factor
    sessions.open("laptop", account.key, account.stamp, browser="Firefox/140.0 Windows")
    secret = factor.start(account.key)
    factor.confirm(account.key, pyotp.TOTP(secret).at(now), now)
    for _ in range(LOCK_AFTER):
        with pytest.raises(AccountError):
            services.accounts.sign_in(account.login, "mật khẩu sai", now)
    page = admin.get(f"{place}/").text
    assert "Firefox trên Windows" in page
    assert "Tạm nghỉ đến" in page
    for act, said in (
        ("cho-thu-lai", "released"),
        ("dang-xuat", "signed_out"),
        ("ma-mot-lan", "codes_dropped"),
    ):
        assert admin.post(f"{place}/{act}", reason=" ").status_code == 422
        admin.post(f"{place}/{act}", reason="Cán bộ mất điện thoại, gọi đến xác nhận")
        assert last_act(services, account.key).what == f"account.{said}"
    assert services.accounts.resting(account.key, now) is None
    assert not sessions.alive("laptop", account.key)
    assert not factor.standing(account.key).on
    page = admin.get(f"{place}/").text
    assert "Cho đăng nhập lại" not in page
    assert "Bỏ mã một lần</summary>" not in page


def test_forms_that_share_a_page_share_no_id_and_are_read_each_by_its_name(admin, services, made):
    account, _ = made
    place = f"{PLACE}/can-bo/{account.key}"
    ids = re.findall(r'\sid="([^"]+)"', admin.get(f"{place}/").text)
    assert len(ids) == len(set(ids))
    refused = admin.post(f"{place}/khoa", **{"_form": "lock", "lock.reason": ""})
    assert 'href="#f-lock.reason"' in refused.text
    admin.post(f"{place}/khoa", **{"_form": "lock", "lock.reason": "Nghỉ việc"})
    assert not services.accounts.get(account.key).active


def test_d6_the_last_administrator_and_oneself_stay(admin, services):
    own = admin.post(f"{PLACE}/can-bo/quantri/khoa", reason="thử")
    assert "không tự khóa" in own.text
    lost = admin.post(f"{PLACE}/can-bo/quantri/noi-lam-viec", reason="thử")
    assert "ít nhất một quản trị" in lost.text
    assert services.accounts.get("quantri").roles == {"quan_tri"}


def test_d25_5_a_new_password_ends_the_sessions(admin, services, made):
    account, text = made
    page = admin.post(f"{PLACE}/can-bo/{account.key}/mat-khau", reason="Quên mật khẩu")
    fresh = shown_password(page.text)
    assert fresh != shown_password(text)
    after = services.accounts.get(account.key)
    assert after.must_change_password
    assert after.stamp != account.stamp


def test_d2_7_functions_elsewhere_are_granted_until_a_day(admin, services, clock, made):
    account, _ = made
    until = clock.now().date() + timedelta(days=30)
    page = admin.post(
        f"{PLACE}/can-bo/{account.key}/chuc-nang",
        agency="so-noi-vu",
        functions=["tiep_nhan"],
        reason="Biệt phái",
        **boxes("until", until),
    )
    assert "Đã ghi chức năng" in page.text
    assert services.accounts.get(account.key).functions_at("so-noi-vu") == {"tiep_nhan"}
    assert [a.key for a in services.accounts.staff_with("so-noi-vu", "tiep_nhan")] == [account.key]
    clock.advance(days=31)
    assert services.accounts.get(account.key).functions_at("so-noi-vu") == frozenset()
    assert services.accounts.staff_with("so-noi-vu", "tiep_nhan") == ()
    assert services.accounts.get(account.key).functions_at("so-tu-phap")
    assert "Hết hạn" in admin.get(f"{PLACE}/can-bo/{account.key}/").text
    late = admin.post(
        f"{PLACE}/can-bo/{account.key}/chuc-nang",
        agency="so-noi-vu",
        functions=["tiep_nhan"],
        reason="Biệt phái",
        **boxes("until", date(2026, 1, 1)),
    )
    assert "từ hôm nay" in late.text


def test_only_administrators_see_accounts(visit, made):
    account, _ = made
    for who in ("soan", "duyet", "motcua"):
        assert visit(who).get(f"{PLACE}/can-bo/{account.key}/").status_code == 403
        assert visit(who).client.post(f"{PLACE}/can-bo/{account.key}/khoa").status_code in {400, 403}
