import errno
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from tthc.settings import Settings, SettingsError, storage_trouble


def load(tmp_path, **environ):
    return Settings.load({"TTHC_VAR": str(tmp_path / "var"), **environ})


def test_nothing_need_be_set(tmp_path):
    settings = load(tmp_path)
    assert settings.environment == "development"
    assert not settings.production
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.mongodb_uri is settings.broker_url is settings.smtp is settings.sms is None
    assert settings.clock_offset == timedelta(0)
    assert not settings.secure_cookies
    assert settings.proxies == 0


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    first = load(tmp_path)
    path = tmp_path / "var" / "secret-key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load(tmp_path).secret_key == first.secret_key == path.read_text()
    assert len(first.secret_key) == 64
    assert [entry.name for entry in path.parent.iterdir()] == ["secret-key"]


def test_secrets_do_not_show(tmp_path):
    settings = load(
        tmp_path,
        TTHC_SECRET_KEY="k" * 40,
        MONGODB_URI="mongodb://user:pass-word@db/x",
        SMTP_HOST="mail",
        SMTP_FROM="a@b.vn",
        SMTP_PASSWORD="pass-word",
    )
    assert "kkkk" not in repr(settings)
    assert "pass-word" not in repr(settings)


def test_production_needs_a_secret_key(tmp_path):
    with pytest.raises(SettingsError, match="Thiếu TTHC_SECRET_KEY"):
        load(tmp_path, TTHC_ENV="production")
    with pytest.raises(SettingsError, match="ít nhất 32 ký tự"):
        load(tmp_path, TTHC_ENV="production", TTHC_SECRET_KEY="short")
    assert load(tmp_path, TTHC_ENV="production", TTHC_SECRET_KEY="s" * 32).production
    assert not (tmp_path / "var").exists()


def test_a_base_url_over_https_makes_cookies_secure(tmp_path):
    settings = load(tmp_path, TTHC_BASE_URL="https://dichvucong.example.vn/")
    assert settings.base_url == "https://dichvucong.example.vn"
    assert settings.secure_cookies


def test_the_consent_to_a_service_is_asked_for_where_the_operator_says_so(tmp_path):
    assert not load(tmp_path).consent_wanted
    assert load(tmp_path, TTHC_CONSENT_WANTED="on").consent_wanted


def test_one_time_codes_are_wanted_in_production_unless_the_operator_says_no(tmp_path):
    real = {"TTHC_ENV": "production", "TTHC_SECRET_KEY": "k" * 40}
    assert not load(tmp_path).second_factor_wanted
    assert load(tmp_path, TTHC_SECOND_FACTOR="on").second_factor_wanted
    assert load(tmp_path, **real).second_factor_wanted
    assert not load(tmp_path, **real, TTHC_SECOND_FACTOR="off").second_factor_wanted


def test_every_interface_is_shown_as_loopback(tmp_path):
    assert load(tmp_path, HOST="0.0.0.0", PORT="81").base_url == "http://127.0.0.1:81"


def test_the_clock_may_be_moved_outside_production_only(tmp_path):
    assert load(tmp_path, TTHC_CLOCK_OFFSET="-86400").clock_offset == timedelta(days=-1)
    with pytest.raises(SettingsError, match="TTHC_CLOCK_OFFSET"):
        load(tmp_path, TTHC_ENV="production", TTHC_SECRET_KEY="s" * 32, TTHC_CLOCK_OFFSET="1")
    assert load(tmp_path).clock_file is None
    assert load(tmp_path, TTHC_CLOCK_FILE=str(tmp_path / "clock")).clock_file == tmp_path / "clock"
    with pytest.raises(SettingsError, match="TTHC_CLOCK_FILE"):
        load(tmp_path, TTHC_ENV="production", TTHC_SECRET_KEY="s" * 32, TTHC_CLOCK_FILE="/tmp/clock")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TTHC_ENV", "staging"),
        ("PORT", "http"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("PORT", "８０"),
        ("TTHC_PROXIES", "-1"),
        ("TTHC_PROXIES", "nginx"),
        ("TTHC_CONSENT_WANTED", "yes"),
        ("TTHC_BASE_URL", "example.vn"),
        ("MONGODB_URI", "localhost:27017"),
        ("TTHC_CLOCK_OFFSET", "1.5"),
        ("SMS_URL", "http://sms.example.vn"),
    ],
)
def test_a_wrong_value_is_one_sentence_that_names_the_variable(tmp_path, name, value):
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, **{name: value})
    assert name in str(caught.value)
    assert str(caught.value).count("\n") == 0


def test_mail_needs_a_sender(tmp_path):
    with pytest.raises(SettingsError, match="SMTP_FROM"):
        load(tmp_path, SMTP_HOST="mail")
    smtp = load(tmp_path, SMTP_HOST="mail", SMTP_FROM="a@b.vn", SMTP_TLS="off").smtp
    assert smtp is not None
    assert (smtp.port, smtp.starttls) == (587, False)


def test_who_signs_is_a_test_authority_where_people_try_things_and_nobody_where_it_is_real(tmp_path):
    real = {"TTHC_ENV": "production", "TTHC_SECRET_KEY": "x" * 40}
    assert load(tmp_path).signing.test
    assert not load(tmp_path, TTHC_SIGNING="off").signing.test
    assert not load(tmp_path, **real).signing.test
    for wrong in (
        {"TTHC_SIGNING": "maybe"},
        {**real, "TTHC_SIGNING": "test"},
        {"TTHC_TSA_URL": "ftp://tsa"},
        {"TTHC_SIGNING_ROOTS": str(tmp_path / "khong-co.pem")},
    ):
        with pytest.raises(SettingsError, match=r"TTHC_(SIGNING|TSA)"):
            load(tmp_path, **wrong)


def test_text_messages_need_https(tmp_path):
    sms = load(tmp_path, SMS_URL="https://sms.example.vn", SMS_TOKEN="t").sms
    assert sms is not None
    assert sms.url == "https://sms.example.vn"


def test_a_file_where_the_folder_should_be_is_explained(tmp_path):
    (tmp_path / "var").write_text("")
    with pytest.raises(SettingsError, match="TTHC_VAR"):
        load(tmp_path)


def test_a_broken_key_file_is_explained(tmp_path):
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "secret-key").write_text("")
    with pytest.raises(SettingsError, match="không chứa khóa hợp lệ"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "đã đầy"),
        (errno.EACCES, "Không có quyền ghi"),
        (errno.ENOTDIR, "TTHC_VAR"),
        (errno.EIO, "kiểm tra ổ đĩa"),
    ],
)
def test_storage_troubles_say_what_to_do(number, words):
    assert words in storage_trouble(Path("var"), OSError(number, "x"))


BANK = {
    "PAY_BANK_URL": "https://bank.example.vn/pay",
    "PAY_BANK_API": "https://bank.example.vn/api",
    "PAY_BANK_CODE": "SONLA",
    "PAY_BANK_SECRET": "s" * 32,
}
REAL = {"TTHC_ENV": "production", "TTHC_SECRET_KEY": "k" * 40}


def test_d10_4b_the_bank_of_demonstrations_never_runs_where_money_is_real(tmp_path):
    assert load(tmp_path).payments.local
    assert not load(tmp_path, PAY_LOCAL="off").payments.local
    assert not load(tmp_path, **REAL).payments.local
    for environ in ({**REAL, "PAY_LOCAL": "on"}, {**BANK, "PAY_LOCAL": "on"}):
        with pytest.raises(SettingsError, match="PAY_LOCAL"):
            load(tmp_path, **environ)
    real = load(tmp_path, **REAL, **BANK)
    assert (real.payments.local, real.payments.bank_code) == (False, "SONLA")
    assert "s" * 32 not in repr(real)
    training = load(tmp_path, **REAL, **BANK, TTHC_SANDBOX="1").payments
    assert training.local and not training.bank_page, "nothing leaves a place to train in"


def test_d10_4b_a_gateway_is_set_up_whole_and_accounts_are_readable(tmp_path):
    for name in BANK:
        with pytest.raises(SettingsError, match=name):
            load(tmp_path, **{k: v for k, v in BANK.items() if k != name})
    for wrong in ({"PAY_BANK_URL": "http://bank.example.vn"}, {"PAY_BANK_SECRET": "ngan"}):
        with pytest.raises(SettingsError, match=next(iter(wrong))):
            load(tmp_path, **{**BANK, **wrong})
    path = tmp_path / "tai-khoan.yaml"
    path.write_text(
        '"*": {bin: "970415", number: "0011", name: KHO BAC}\nxa-a: {bin: "970436", number: "77", name: XA A}\n'
    )
    found = load(tmp_path, PAY_ACCOUNTS=str(path)).payments
    assert found.account == ("970415", "0011", "KHO BAC", "")
    assert found.accounts == {"xa-a": ("970436", "77", "XA A", "")}
    for wrong in ("a: 1", '"*": {bin: "97", number: "1", name: A}', "- x"):
        path.write_text(wrong)
        with pytest.raises(SettingsError, match="PAY_ACCOUNTS"):
            load(tmp_path, PAY_ACCOUNTS=str(path))
