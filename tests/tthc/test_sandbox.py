"""Đ24.5: a place to train in, whose dossiers never enter the real site."""

import io
from dataclasses import replace
from datetime import date

import pytest
from hashing import cheap_hasher
from pypdf import PdfReader

from renderers.pdf import engine
from tthc import sandbox
from tthc.app import create_app
from tthc.database import embedded
from tthc.dossiers.codes import TRAINING_PREFIX, Codes
from tthc.dossiers.context import AgencyFacts
from tthc.portal.public_number import by_public_number
from tthc.settings import Settings, SettingsError

SMTP = {"SMTP_HOST": "mail.example.vn", "SMTP_FROM": "a@example.vn", "SMS_URL": "https://sms.example.vn"}


class Known:
    """Dossiers by their codes alone."""

    def __init__(self, codes):
        self.codes = codes

    def by_code(self, code):
        return code if code in self.codes else None

    def by_reference(self, _reference):
        return None


def load(tmp_path, **environ):
    return Settings.load({"TTHC_VAR": str(tmp_path / "var"), **environ})


def test_d24_5_nothing_leaves_a_place_to_train(tmp_path):
    settings = load(tmp_path, TTHC_SANDBOX="1", **SMTP)
    assert settings.sandbox
    assert settings.smtp is settings.sms is None
    assert replace(settings, environment="production").mailbox
    real = load(tmp_path, **SMTP)
    assert not real.sandbox
    assert real.smtp is not None
    assert not replace(real, environment="production").mailbox
    with pytest.raises(SettingsError, match="TTHC_SANDBOX"):
        load(tmp_path, TTHC_SANDBOX="có")


def test_d24_5_without_a_folder_it_has_its_own(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert Settings.load({"TTHC_SANDBOX": "1"}).var == tmp_path / "var-tap-huan"
    assert Settings.load({}).var == tmp_path / "var"


@pytest.mark.database
def test_d24_5_neither_starts_on_the_others_database(mongo_database):
    sandbox.claim(mongo_database, sandbox=False)
    sandbox.claim(mongo_database, sandbox=False)
    with pytest.raises(SettingsError, match="hệ thống thật"):
        sandbox.claim(mongo_database, sandbox=True)
    mongo_database["installation"].delete_many({})
    sandbox.claim(mongo_database, sandbox=True)
    with pytest.raises(SettingsError, match="tập huấn"):
        sandbox.claim(mongo_database, sandbox=False)
    mongo_database["installation"].delete_many({})
    mongo_database["dossiers"].insert_one({"_id": "hs"})
    with pytest.raises(SettingsError, match="đã có hồ sơ thật"):
        sandbox.claim(mongo_database, sandbox=True)


@pytest.mark.database
def test_d24_5_codes_have_a_prefix_of_their_own(mongo_database):
    agency = AgencyFacts("stttt", "Sở", "tinh", identifier="000.00.14.H52")
    codes = Codes(mongo_database, prefix=TRAINING_PREFIX)
    code = codes.allocate(agency, date(2026, 11, 23))
    assert code == "TH-000.00.14.H52-261123-0001"
    dossiers = Known({code, "H52.14-270101-00001"})
    for typed in (code, " th-000.00.14.h52-261123-0001 ", "TH-H52.14-261123-0001"):
        assert by_public_number(dossiers, typed) == code
    assert by_public_number(dossiers, "000.00.14.H52-261123-0001") is None
    assert by_public_number(dossiers, "000.00.14.H52-270101-00001") == "H52.14-270101-00001"


@pytest.mark.database
@pytest.mark.parametrize("training", ["0", "1"])
def test_d24_5_every_page_says_so(mongo_database, mongo_port, clock, tmp_path, training):
    settings = load(
        tmp_path, TTHC_SANDBOX=training, MONGODB_URI=embedded.uri(mongo_port, mongo_database.name)
    )
    app = create_app(settings, mongo_database, clock, cheap_hasher())
    app.extensions["tthc"].ensure_indexes()
    client = app.test_client()
    for path in ("/", "/dang-nhap", "/tra-cuu", "/khong-co-trang-nay"):
        page = client.get(path)
        assert ("TẬP HUẤN – không có giá trị pháp lý" in page.text) == (training == "1"), path
        assert ("X-Robots-Tag" in page.headers) == (training == "1")


def test_d24_5_every_page_of_a_paper_says_so():
    html = "<html lang='vi'><head><title>Giấy</title></head><body><p>Một</p><p style='break-before: page'>Hai</p></body></html>"
    for training in (True, False):
        token = engine.TRAINING.set(training)
        try:
            pages = PdfReader(io.BytesIO(engine.pdf(html))).pages
        finally:
            engine.TRAINING.reset(token)
        assert [("TẬP HUẤN" in page.extract_text()) for page in pages] == [training] * 2
