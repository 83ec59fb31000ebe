"""The search over the logs, and its export (Đ24.2)."""

from datetime import date

import pytest
from date_boxes import boxes

from tthc.accounts.documents import SignInDocument
from tthc.audit.acts import changed
from tthc.audit.search import Line, as_csv
from tthc.dossiers.context import Actor

PLACE = "/quan-tri/nhat-ky"


@pytest.fixture
def admin(visit):
    one = visit("quantri")
    one.get(f"{PLACE}/")
    return one


@pytest.fixture
def busy(services, accounts, clock):
    """Sixty acts, a minute apart, by two administrators; two sign-ins; one reading."""
    for number in range(60):
        who = accounts["quantri" if number % 2 else "cahai"]
        services.acts.log(
            who,
            "agency.changed",
            clock.now(),
            kind="agency",
            target=f"xa-{number % 3}",
            label=f"Xã {number}",
            reason=f"Lý do {number}",
            before={"name": "cũ", "code": "1"},
            after={"name": "mới", "code": "1"},
        )
        clock.advance(minutes=1)
    for login, result in (("quantri", "ok"), ("0912345678", "wrong")):
        key = "quantri" if login == "quantri" else None
        SignInDocument(at=clock.now(), account=key, login=login, result=result, address="10.0.0.1").save()
    services.reads.log(Actor("motcua", "Lò Thị Hạnh", "staff", "xa-1"), "hs1", "ho-so", clock.now())


def test_d24_2_only_what_changed_is_kept_and_no_secret():
    old, new = changed({"a": 1, "b": 2, "password": "x"}, {"a": 1, "b": 3, "password": "y"})
    assert (old, new) == ({"b": 2}, {"b": 3})


@pytest.mark.usefixtures("busy")
def test_d24_2_acts_are_found_by_person_object_and_day_page_by_key(admin):
    first = admin.get(f"{PLACE}/").text
    assert "Xã 59" in first
    assert "Xã 9<" not in first
    assert "name: cũ → mới" in first
    assert "code: 1" not in first
    following = first.split("sau=")[1].split('"')[0]
    rest = admin.get(f"{PLACE}/?sau={following}").text
    assert "Xã 9<" in rest
    assert "Xã 10<" not in rest
    assert "sau=" not in rest
    mine = admin.get(f"{PLACE}/?ng=cahai&dt=xa-0").text
    assert "Xã 48" in mine
    assert "Xã 51" not in mine
    assert "Xã 49" not in mine
    tomorrow = "&".join(f"{k}={v}" for k, v in boxes("tu", date(2026, 11, 24)).items())
    assert "Không có dòng nào" in admin.get(f"{PLACE}/?{tomorrow}").text
    assert admin.client.get(f"{PLACE}/?sau=hong").status_code == 404
    wrong = admin.get(f"{PLACE}/?ng=khong-co")
    assert wrong.status_code == 422
    assert "Không có tài khoản" in wrong.text


@pytest.mark.usefixtures("busy", "written")
def test_d24_2_signing_in_reading_and_definitions_have_their_logs(admin):
    signed = admin.get(f"{PLACE}/?loai=dang-nhap").text
    assert "Sai mật khẩu" in signed
    assert "0912345678" not in signed
    assert "091****678" in signed
    read = admin.get(f"{PLACE}/?loai=doc&dt=hs1").text
    assert "Mở hồ sơ" in read
    assert "Lò Thị Hạnh" in read
    made = admin.get(f"{PLACE}/?loai=cau-hinh&ng=soan").text
    assert "9.000001" in made
    assert "Soạn" in made


@pytest.mark.usefixtures("busy")
def test_d24_2_an_export_needs_a_reason_and_is_logged_itself(admin, services):
    refused = admin.post(f"{PLACE}/xuat?loai=quan-tri&ng=cahai", reason="")
    assert refused.status_code == 422
    assert "Ghi lý do" in refused.text
    answer = admin.post(f"{PLACE}/xuat?loai=quan-tri&ng=cahai", reason="Thanh tra yêu cầu")
    assert answer.mimetype == "text/csv"
    assert len(answer.text.splitlines()) > 30
    act = services.acts.find().rows[0]
    assert (act.what, act.reason, act.after["rows"]) == ("audit.exported", "Thanh tra yêu cầu", 30)
    assert act.after["ng"] == "cahai"


def test_a_spreadsheet_runs_nothing_that_somebody_typed(now):
    text = as_csv([Line(now, "=1+1", "Sửa", "@x", "thường")])
    assert "'=1+1" in text
    assert "'@x" in text


def test_only_administrators_read_the_logs(visit):
    for who in ("soan", "duyet", "motcua"):
        assert visit(who).get(f"{PLACE}/").status_code == 403
