from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from hashing import CHEAP, cheap_hasher

from tthc.accounts.documents import AccountDocument
from tthc.accounts.passwords import Hasher
from tthc.accounts.service import (
    LOCK_AFTER,
    LOCK_FOR,
    SIGN_INS_KEPT,
    AccountError,
    Accounts,
    Registration,
)
from tthc.agencies.binding import bind

pytestmark = pytest.mark.database

PASSWORD = "hoa ban nở trắng"
LAN = Registration(
    kind="person",
    name="Lò Thị Lan",
    password=PASSWORD,
    phone="0912345678",
    email="Lan@example.vn",
    citizen_number="014195001234",
    terms_version="2026-01",
)


@pytest.fixture
def accounts(mongo_database):
    bind(mongo_database)
    accounts = Accounts(cheap_hasher())
    accounts.ensure_indexes()
    return accounts


def test_registered_by_phone_and_mail_one_signs_in_with_either(accounts, now):
    made = accounts.register(LAN, now)
    assert made.kind == "person"
    assert accounts.sign_in("+84 912 345 678", PASSWORD, now) == made
    assert accounts.sign_in("lan@EXAMPLE.vn ", PASSWORD, now) == made
    stored = AccountDocument.objects(id=made.key).first()
    assert stored.password_hash.startswith("$argon2id$")
    assert PASSWORD not in str(stored.to_mongo())
    assert stored.terms_version == "2026-01"


def test_a_phone_or_mail_belongs_to_one_account(accounts, now):
    accounts.register(LAN, now)
    with pytest.raises(AccountError, match="đã có tài khoản"):
        accounts.register(replace(LAN, phone="", email="lan@example.vn"), now)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"phone": "", "email": ""}, "phone"),
        ({"terms_version": ""}, "terms"),
        ({"password": "ngắn"}, "password"),
        ({"password": "Lò Thị Lan"}, "password"),
    ],
)
def test_what_is_missing_names_its_box(accounts, now, change, field):
    with pytest.raises(AccountError) as caught:
        accounts.register(replace(LAN, **change), now)
    assert caught.value.field == field


def test_nobody_learns_which_logins_exist(accounts, now):
    accounts.register(LAN, now)
    with pytest.raises(AccountError) as unknown:
        accounts.sign_in("0987654321", PASSWORD, now)
    with pytest.raises(AccountError) as wrong:
        accounts.sign_in("0912345678", "không phải", now)
    assert str(unknown.value) == str(wrong.value)


def test_after_many_wrong_ones_the_account_rests_then_works_again(accounts, now):
    made = accounts.register(LAN, now)
    for _ in range(LOCK_AFTER):
        with pytest.raises(AccountError, match="chưa đúng"):
            accounts.sign_in("0912345678", "đoán mò đoán mò", now)
    with pytest.raises(AccountError, match="tạm nghỉ 15 phút"):
        accounts.sign_in("0912345678", PASSWORD, now)
    later = now + LOCK_FOR
    assert accounts.sign_in("0912345678", PASSWORD, later) == made
    assert [s.result for s in accounts.sign_ins(made.key, 2)] == ["ok", "locked"]


def test_a_right_password_sets_the_count_back(accounts, now):
    accounts.register(LAN, now)
    for _ in range(2):
        for _ in range(LOCK_AFTER - 1):
            with pytest.raises(AccountError, match="chưa đúng"):
                accounts.sign_in("0912345678", "đoán mò đoán mò", now)
        assert accounts.sign_in("0912345678", PASSWORD, now).name == "Lò Thị Lan"


def test_guesses_sent_at_once_share_no_count(accounts, now):
    accounts.register(LAN, now)

    def guess(_):
        try:
            accounts.sign_in("0912345678", "đoán mò đoán mò", now)
        except AccountError as error:
            return "tạm nghỉ" in str(error)
        return False

    with ThreadPoolExecutor(8) as pool:
        assert sum(not rested for rested in pool.map(guess, range(24))) <= LOCK_AFTER


def test_changing_the_password_ends_other_sessions(accounts, now):
    made = accounts.register(LAN, now)
    with pytest.raises(AccountError) as caught:
        accounts.change_password(made.key, "sai", "mật khẩu mới tinh")
    assert caught.value.field == "old_password"
    with pytest.raises(AccountError, match="khác mật khẩu hiện tại"):
        accounts.change_password(made.key, PASSWORD, PASSWORD)
    changed = accounts.change_password(made.key, PASSWORD, "mật khẩu mới tinh")
    assert changed.stamp != made.stamp
    assert accounts.sign_in("0912345678", "mật khẩu mới tinh", now) == changed
    with pytest.raises(AccountError, match="chưa đúng"):
        accounts.sign_in("0912345678", PASSWORD, now)


def test_staff_start_with_a_password_to_be_changed_and_hold_functions_per_agency(accounts, now):
    made = accounts.create_staff(
        login="Lan.TiepNhan",
        name="Lò Thị Lan",
        password=PASSWORD,
        now=now,
        agency="phuong-a",
        functions={"phuong-a": ["tiep_nhan", "van_thu"], "phuong-b": ["tiep_nhan"]},
    )
    assert made.must_change_password
    assert made.login == "lan.tiepnhan"
    assert accounts.staff_with("phuong-a", "van_thu") == (made,)
    assert accounts.staff_with("phuong-b", "van_thu") == ()
    assert accounts.staff_with("phuong-b") == (made,)
    assert not accounts.change_password(made.key, PASSWORD, "mật khẩu mới tinh").must_change_password


@pytest.mark.parametrize(
    "change", [{"login": "0912345678"}, {"roles": ["vua"]}, {"functions": {"a": ["vua"]}}]
)
def test_staff_of_unknown_functions_or_names_are_refused(accounts, now, change):
    facts = {"login": "lan", "name": "Lan", "password": PASSWORD, "now": now} | change
    with pytest.raises(AccountError):
        accounts.create_staff(**facts)


def test_a_locked_account_cannot_sign_in_and_the_reason_is_kept(accounts, now):
    made = accounts.register(LAN, now)
    with pytest.raises(AccountError, match="lý do"):
        accounts.lock(made.key, " ")
    assert accounts.lock(made.key, "Mạo danh").stamp != made.stamp
    assert accounts.staff_with("phuong-a") == ()
    with pytest.raises(AccountError, match="đã bị khóa"):
        accounts.sign_in("0912345678", PASSWORD, now)
    assert AccountDocument.objects(id=made.key).first().lock_reason == "Mạo danh"


def test_a_changed_profile_fills_forms_and_signs_in(accounts, now):
    made = accounts.register(LAN, now)
    changed = accounts.update_profile(
        made.key,
        name="Lò Thị Lan",
        phone="0987654321",
        email="",
        citizen_number="014195001234",
        address="Tổ 1",
    )
    assert changed.profile_values() == {
        "full_name": "Lò Thị Lan",
        "citizen_number": "014195001234",
        "sex": "female",
        "phone": "0987654321",
        "address": "Tổ 1",
    }
    assert accounts.by_login("0987 654 321") == changed
    assert accounts.by_login("0912345678") is None
    with pytest.raises(AccountError, match="ít nhất một"):
        accounts.update_profile(made.key, name="Lan", phone="", email="")


def test_an_old_hash_is_made_anew_at_the_next_signing_in(accounts, now):
    made = accounts.register(LAN, now)
    before = AccountDocument.objects(id=made.key).first().password_hash
    stronger = Accounts(Hasher(**CHEAP | {"time_cost": 2}))
    stronger.sign_in("0912345678", PASSWORD, now + timedelta(days=1))
    assert AccountDocument.objects(id=made.key).first().password_hash != before
    assert accounts.sign_in("0912345678", PASSWORD, now).key == made.key


def test_d10_1c_the_log_of_signing_in_goes_after_two_years(accounts, now):
    made = accounts.register(LAN, now)
    for at in (now, now + timedelta(days=1)):
        accounts.sign_in("0912345678", PASSWORD, at)
    assert accounts.forget_sign_ins(now + SIGN_INS_KEPT - timedelta(seconds=1)) == 0
    assert accounts.forget_sign_ins(now + SIGN_INS_KEPT) == 1
    assert len(accounts.sign_ins(made.key, 5)) == 1
