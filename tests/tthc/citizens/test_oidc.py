"""Signing in through OpenID Connect: whose word counts, and whose account it opens (Đ10.1a)."""

from dataclasses import replace

import pytest
from oidc_provider import CLIENT, environment, provider, query
from people import COMMUNE, PASSWORD

from tthc.accounts.service import AccountError, Registration
from tthc.oidc.client import Client
from tthc.oidc.configured import providers_from
from tthc.oidc.http import Http
from tthc.settings import Settings, SettingsError
from tthc.web.limits import limiter

pytestmark = pytest.mark.database

NUMBER = "014195001234"


@pytest.fixture
def vneid(province, clock):
    """The test provider, configured as an operator would."""
    with provider(clock) as made:
        found = providers_from(environment(made.issuer), production=False)
        s = province.services
        province.services = province.app.extensions["tthc"] = replace(
            s,
            settings=replace(s.settings, providers=found),
            providers={one.id: Client(one, Http(production=False)) for one in found},
        )
        yield made


def leave(visitor, path="/dang-nhap/qua/vneid"):
    """Where the browser is sent."""
    answer = visitor._client.get(path)
    assert answer.status_code == 302
    return answer.location


def come(visitor, vneid, path="/dang-nhap/qua/vneid", **changes):
    return visitor.get(vneid.authorise(leave(visitor, path), **changes))


def open_account(visitor, vneid):
    return visitor.submit(_new(come(visitor, vneid)), "/dang-nhap/qua", {"do": "open", "terms": "yes"})


def _new(page):
    """The page with the form for a new account first, as `submit` takes the first of an address."""
    page.forms.sort(key=lambda form: ("do", "open") not in form.fields)
    return page


def test_d10_1a_one_is_known_by_the_provider_and_signs_in_with_a_press(province, vneid):
    s, someone = province.services, province.visitor()
    assert "Đăng nhập qua VNeID (thử)" in someone.get("/dang-nhap").text
    page = come(someone, vneid, "/dang-nhap/qua/vneid?next=/thong-bao")
    assert (page.url, "014******234" in page.text, NUMBER in page.html) == ("/dang-nhap/qua", True, False)
    refused = someone.submit(_new(page), "/dang-nhap/qua", {"do": "open"})
    assert (refused.status, "điều khoản" in refused.text) == (422, True)
    page = someone.submit(_new(refused), "/dang-nhap/qua", {"terms": "yes"})
    assert page.url == "/thong-bao"
    made = s.identities.holder("person", NUMBER)
    assert (made.name, made.phone, made.email, made.level) == ("Quàng Thị Ban", "0977000111", "", "verified")
    assert (made.proof.how, made.proof.document, made.has_password) == ("provider", "VNeID (thử)", False)
    assert made.birth_date.isoformat() == "1995-03-08"
    assert made.terms_version
    with pytest.raises(AccountError):
        s.accounts.sign_in("0977000111", "-", province.clock.now())
    left = someone.submit(page, "/dang-xuat")
    assert left.url == "/dang-xuat/qua/vneid"
    away = next(link for link in left.links if link.startswith(vneid.issuer))
    assert query(away)["client_id"] == CLIENT
    assert someone.get("/tai-khoan").url == "/dang-nhap"
    again = province.visitor()
    assert come(again, vneid).url == "/ho-so"
    assert [one.result for one in s.accounts.sign_ins(made.key)] == [
        "provider",
        "wrong",
        "provider",
    ]
    s.accounts.lock(made.key, "Mạo danh")
    locked = province.visitor()
    assert "đã bị khóa" in come(locked, vneid).text
    assert locked.get("/tai-khoan").url == "/dang-nhap"
    first, second = vneid.asked[0], vneid.asked[1]
    assert len(first["code_challenge"]) == 43
    assert first["nonce"] != second["nonce"]


def test_d10_1a_no_word_but_a_right_one_opens_the_door(province, vneid, clock):
    s = province.services
    accounts = s.database["accounts"].count_documents({})

    def refused(words, *, go=come, **changes):
        limiter.reset()  # it counts addresses, and all these come from one
        visitor = province.visitor()
        page = go(visitor, vneid, **changes)
        assert page.url == "/dang-nhap", changes
        assert words in page.text, page.text[-600:]
        assert visitor.get("/dang-nhap/qua").url == "/dang-nhap"
        assert visitor.get("/tai-khoan").url == "/dang-nhap"

    now = int(clock.now().timestamp())
    for spoiled in (
        {"iss": "https://khac.example"},
        {"aud": "khac"},
        {"aud": [CLIENT, "khac"]},  # without saying for whom (azp)
        {"exp": now - 3600},
        {"iat": now + 3600},
        {"nonce": "khac"},
        {"nonce": None},
        {"sub": None},
        {"at_hash": "khac"},
    ):
        vneid.spoil = spoiled
        refused("không xác minh được")
    vneid.spoil = {}
    for nobody in ("stranger", "secret", "nobody"):
        vneid.signed_by = nobody
        refused("không xác minh được")
    vneid.signed_by = "own"
    refused("không xác minh được", iss="https://khac.example")
    refused("không xác minh được", code="code-doan-mo")
    refused("quá lâu", state="khac")
    refused("đã không đồng ý", error="access_denied")
    refused("không trả lời", error="server_error")
    vneid.hidden, vneid.told = frozenset({"soDinhDanh"}), {"sub": "vneid-khac"}
    refused("không xác minh được")
    vneid.hidden, vneid.told = frozenset(), {}

    def another_browser(visitor, vneid):
        back = vneid.authorise(leave(province.visitor()))
        return visitor.get(back)

    def twice(visitor, vneid):
        back = vneid.authorise(leave(visitor))
        visitor.get(back)
        province.services.database["provider_words"].delete_many({})
        return visitor.get(back)

    def late(visitor, vneid):
        back = vneid.authorise(leave(visitor))
        clock.advance(minutes=11)
        return visitor.get(back)

    for go in (another_browser, twice, late):
        refused("quá lâu", go=go)
    vneid.down = True
    assert "không xác minh được" in come(visitor := province.visitor(), vneid).text
    clock.advance(hours=2)  # what it published is asked anew
    assert "không trả lời" in visitor.get("/dang-nhap/qua/vneid").text
    vneid.down, vneid.published = False, {"issuer": "https://khac.example"}
    assert "không trả lời" in visitor.get("/dang-nhap/qua/vneid").text
    assert visitor.get("/dang-nhap/qua/khac").status == 404
    assert s.database["accounts"].count_documents({}) == accounts
    vneid.published = {}
    assert come(visitor, vneid).url == "/dang-nhap/qua"
    vneid.rotate()  # a key that was not published when it was last asked
    assert come(province.visitor(), vneid).url == "/dang-nhap/qua"


def test_d10_1a_one_account_a_person_never_by_email_nor_by_a_number_merely_written(province, vneid, clock):
    s = province.services
    written = s.accounts.register(
        Registration(
            "person",
            "Quàng Thị Ban",
            PASSWORD,
            phone="0966000333",
            email="ban@example.vn",
            citizen_number=NUMBER,
            terms_version="2026-01",
        ),
        clock.now(),
    )
    vneid.person["email_verified"] = True
    someone = province.visitor()
    page = come(someone, vneid)
    assert page.url == "/dang-nhap/qua", "the same e-mail address and the same number open nothing"
    assert "Đã có tài khoản ghi số định danh này" in page.text
    assert "0966000333" not in page.html
    page = someone.submit(page, "/dang-nhap/qua", {"login": "0966000333", "password": "sai mật khẩu"})
    assert page.status == 422
    page = someone.submit(page, "/dang-nhap/qua", {"login": "0912345678", "password": PASSWORD})
    assert "khác với số trong tài khoản này" in page.text, "another's account, whose number is another"
    page = someone.submit(page, "/dang-nhap/qua", {"login": "0966000333", "password": PASSWORD})
    assert page.url == "/ho-so"
    joined = s.accounts.get(written.key)
    assert (joined.level, str(joined.birth_date)) == ("verified", "1995-03-08")
    vneid.person |= {
        "sub": "vneid-2",
        "soDinhDanh": "014190001234",
        "name": "Lò Thị Xuân",
        "phone_number": "",
    }
    xuan = s.accounts.by_login("0912345678")
    told = {"number": "014190001234", "name": xuan.name, "citizen_number": "014190001234"}
    desk = province.staff("motcua")
    place = f"/motcua/{COMMUNE}/xac-nhan-danh-tinh/{xuan.key}"
    desk.submit(desk.get(place), xuan.key, {**told, "document": "can_cuoc", "present": "yes"})
    other = province.visitor()
    assert come(other, vneid).url == "/ho-so", "the counter had confirmed whose it is"
    assert "Lò Thị Xuân" in other.get("/tai-khoan").text


def test_d10_1a_an_account_is_linked_and_parted_by_its_owner(province, vneid):
    s, citizen = province.services, province.citizen()
    vneid.person |= {"soDinhDanh": "014190001234", "name": "Lò Thị Xuân"}
    assert "Nối với VNeID (thử)" in citizen.get("/tai-khoan").text
    page = come(citizen, vneid, "/dang-nhap/qua/vneid?noi=1")
    assert "Mật khẩu của tài khoản này" in page.text
    page = citizen.submit(page, "/dang-nhap/qua", {"password": "sai"})
    assert (page.status, "Mật khẩu chưa đúng" in page.text) == (422, True)
    page = citizen.submit(page, "/dang-nhap/qua", {"password": PASSWORD})
    assert page.url == "/tai-khoan"
    assert s.accounts.by_login("0912345678").level == "verified"
    mai = province.citizen("0987654321")
    page = mai.submit(
        come(mai, vneid, "/dang-nhap/qua/vneid?noi=1"), "/dang-nhap/qua", {"password": PASSWORD}
    )
    assert "mỗi người một tài khoản" in page.text
    page = citizen.submit(citizen.get("/tai-khoan"), "/noi/vneid/bo")
    assert "Đã bỏ nối" in page.html
    vneid.person |= {"sub": "vneid-9", "soDinhDanh": NUMBER, "name": "Quàng Thị Ban"}
    newcomer = province.visitor()
    assert open_account(newcomer, vneid).url == "/ho-so"
    page = newcomer.submit(newcomer.get("/tai-khoan"), "/noi/vneid/bo")
    assert "cách đăng nhập duy nhất" in page.html


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"TTHC_OIDC_VNEID_ISSUER": ""}, "Thiếu TTHC_OIDC_VNEID_ISSUER"),
        ({"TTHC_OIDC_VNEID_CLIENT_ID": ""}, "Thiếu TTHC_OIDC_VNEID_CLIENT_ID"),
        ({"TTHC_OIDC_VNEID_ISSUER": "http://vneid.example"}, "https://"),
        ({"TTHC_OIDC_VNEID_CLAIMS": "so=cccd"}, "thuộc_tính=tên"),
        ({"TTHC_OIDC_VNEID_VERIFIES": "có"}, "VERIFIES"),
        ({"TTHC_OIDC": "VNeID"}, "chữ thường"),
        ({"TTHC_OIDC": "vneid,vneid"}, "trùng tên"),
        ({"TTHC_ENV": "production", "TTHC_SECRET_KEY": "k" * 40}, "https://"),
    ],
)
def test_a_wrong_setting_names_its_variable(changes, said, tmp_path):
    environ = {"TTHC_VAR": str(tmp_path), **environment("http://127.0.0.1:9")} | changes
    with pytest.raises(SettingsError, match=said):
        Settings.load(environ)
