"""Definitions as files in the administration: out, in after a look, and who may do which."""

import io
from datetime import timedelta

import pytest
from bundles import KEY, SHIPPED, SMALLEST, made, of

from definitions.bundle import reading
from definitions.lifecycle import State
from tests.admin.conftest import CODE, TEXT
from tthc.bundles import keys
from tthc.bundles.keys import KeptKeys
from tthc.settings import KeyFiles

PLACE = "/quan-tri/ban-cau-hinh"
IMPORT = f"{PLACE}/nhap-tep"


@pytest.fixture
def writer(visit):
    visitor = visit("soan")
    visitor.get(IMPORT)
    return visitor


def send(visitor, data, name="goi.zip"):
    content = data.encode() if isinstance(data, str) else data
    page = visitor.post(IMPORT, file=(io.BytesIO(content), name))
    return page, visitor.get(f"{IMPORT}/xem-truoc") if page.status_code == 200 else page


def digest(page):
    return page.text.partition('name="file" value="')[2][:64]


def confirm(visitor, page, **form):
    return visitor.post(f"{IMPORT}/xac-nhan", file=digest(page), **form)


def count(services):
    return sum(len(services.definitions.versions(code)) for code in services.definitions.procedures())


def test_a_version_goes_out_as_a_bundle_and_as_text(visit, services, written):
    version = services.definitions.versions(CODE)[-1]
    for who in ("soan", "duyet"):
        page = visit(who).get(written)
        assert f"{written}/goi.zip" in page.text
        answer = visit(who).client.get(f"{written}/goi.zip")
        assert answer.headers["Content-Disposition"] == f"attachment; filename={CODE}.zip"
        bundle = reading.read(answer.data)
        entry = bundle.manifest.definitions[0]
        assert (entry.version, entry.hash, entry.state) == (version.id, version.hash, "draft")
        assert bundle.text(entry.text) == TEXT
        assert bundle.manifest.made_by == f"Cán bộ {who}"
        assert bundle.manifest.signer is None
        assert visit(who).get(f"{written}/noi-dung.yaml").data.decode() == TEXT


def test_everything_goes_out_signed_where_there_is_a_key(visit, services, tmp_path):
    key = keys.make(tmp_path / "khoa", "Sở A")
    object.__setattr__(services.settings, "keys", KeyFiles(tmp_path / "khoa"))  # settings are frozen
    bundle = reading.read(visit("duyet").client.get(f"{PLACE}/xuat-tat-ca.zip").data)
    assert {entry.procedure for entry in bundle.manifest.definitions} == set(SHIPPED)
    assert bundle.manifest.signer.fingerprint == key.public.fingerprint
    (tmp_path / "khoa").chmod(0o644)
    page = visit("duyet").get(f"{PLACE}/xuat-tat-ca.zip")
    assert "chmod 600" in page.text


@pytest.mark.parametrize("who", ["quantri", "motcua"])
def test_others_neither_export_nor_import(visit, services, who):
    version = services.definitions.versions(SMALLEST)[0]
    visitor = visit(who)
    for address in (f"{PLACE}/{SMALLEST}/{version.id}/goi.zip", f"{PLACE}/xuat-tat-ca.zip", IMPORT):
        assert visitor.get(address).status_code == 403


def test_a_reviewer_does_not_import(visit):
    visitor = visit("duyet")
    page = visitor.get(f"{PLACE}/")
    assert "Xuất tất cả" in page.text
    assert "Nhập tệp" not in page.text
    for address in (IMPORT, f"{IMPORT}/xem-truoc"):
        assert visitor.get(address).status_code == 403
    assert visitor.post(f"{IMPORT}/xac-nhan", file="x").status_code == 403


def test_a_text_is_seen_first_and_becomes_a_draft_when_confirmed(writer, services):
    before = count(services)
    _, page = send(writer, TEXT, "thu_muc.yaml")
    assert "Thủ tục mới" in page.text
    assert count(services) == before
    answer = confirm(writer, page)
    assert "Đã nhập 1 bản nháp" in answer.text
    (version,) = services.definitions.versions(CODE)
    assert (version.state, version.author) == (State.DRAFT, "soan")
    assert services.definitions.text(version) == TEXT
    assert version.acts[0].text == "Nhập từ tệp “thu_muc.yaml”. Tệp không kèm chữ ký."
    assert version.acts[0].text in answer.text
    assert services.database["bundle_uploads"].count_documents({}) == 0
    again = writer.get(f"{IMPORT}/xem-truoc")
    assert again.status_code == 422
    assert "Chọn lại tệp" in again.text


def test_a_changed_definition_is_told_in_words_and_nothing_is_overwritten(writer, services):
    text = SHIPPED[SMALLEST].replace("name: ", "name: Thử ", 1) + "# chú thích cuối\r\n"
    _, page = send(writer, text, "a.yaml")
    assert "Phiên bản mới" in page.text
    assert "So với bản đang có hiệu lực" in page.text
    assert "Tên thủ tục" in page.text
    confirm(writer, page)
    old, new = services.definitions.versions(SMALLEST)
    assert services.definitions.text(old) == SHIPPED[SMALLEST]
    assert services.definitions.text(new) == text
    assert (old.state, new.state) == (State.PUBLISHED, State.DRAFT)
    _, page = send(writer, text, "a.yaml")
    assert "Đã có, giống hệt" in page.text
    assert "Không có gì để nhập" in page.text
    assert "Nhập 0" not in confirm(writer, page).text
    assert len(services.definitions.versions(SMALLEST)) == 2


def test_an_unsigned_or_unknown_bundle_needs_a_tick_that_is_kept(writer, services):
    for key, word in ((None, "không có chữ ký"), (KEY, "chưa được tin")):
        text = TEXT + f"# {word}\n"
        _, page = send(writer, made(of(CODE, text), key=key))
        assert word in page.text
        assert 'name="accept"' in page.text
        refused = confirm(writer, page)
        assert refused.status_code == 422
        assert "đánh dấu vào ô xác nhận" in refused.text
        before = len(services.definitions.versions(CODE))
        assert "Đã nhập 1 bản nháp" in confirm(writer, page, accept="1").text
        version = services.definitions.versions(CODE)[before]
        assert word in version.acts[0].text
        assert "Người nhập đã xác nhận vẫn nhập." in version.acts[0].text
        assert version.hash in version.acts[0].text


def test_a_trusted_bundle_needs_none_and_a_revoked_one_is_refused(writer, services, now):
    ring = KeptKeys(services.database)
    ring.trust(KEY.public, now)
    data = made(of(CODE, TEXT))
    _, page = send(writer, data)
    assert "Chữ ký được tin" in page.text
    assert 'name="accept"' not in page.text
    ring.revoke(KEY.public.fingerprint[:12], now)
    refused = confirm(writer, page)
    assert refused.status_code == 422
    assert "đã bị thu hồi" in refused.text
    refused, _ = send(writer, data)
    assert refused.status_code == 422
    assert services.definitions.versions(CODE) == ()


@pytest.mark.parametrize(
    ("data", "name", "word"),
    [
        (b"", "", "chọn một tệp"),
        (b"\x89PNG\r\n", "a.png", "không phải tệp .yaml"),
        (b"%PDF-1.4", "goi.zip", "không phải gói .zip"),
        (b"PK\x03\x04hong", "a.yaml", "Gói hỏng"),
        (b"\xff\xfe", "a.yaml", "UTF-8"),
        (b"name: x", "a.yaml", "không đọc được mã thủ tục"),
        (b"a: " + b"x" * 1_000, "a.yaml", "quá 1 MB"),
        (b"x" * 2_000, "goi.zip", "Tệp lớn quá"),
    ],
    ids=["none", "picture", "pdf", "broken", "utf", "code", "text", "large"],
)
def test_a_file_that_cannot_be_taken_is_a_sentence(writer, services, monkeypatch, data, name, word):
    monkeypatch.setattr("admin.views.files.MAX_TEXT", 1_000)
    monkeypatch.setattr("admin.views.files.MAX_BYTES", 1_900)
    page, _ = send(writer, data, name)
    assert page.status_code == 422
    assert word in page.text
    assert services.database["bundle_uploads"].count_documents({}) == 0


def test_a_bundle_of_too_many_is_for_the_command_line(writer, monkeypatch):
    monkeypatch.setattr("admin.views.files.MOST", 1)
    page, _ = send(writer, made(of(SMALLEST), of(CODE, TEXT)))
    assert page.status_code == 422
    assert "tthc import" in page.text


def test_a_file_waits_for_an_hour_and_for_its_own_page_only(writer, services, clock):
    _, first = send(writer, TEXT, "a.yaml")
    _, second = send(writer, TEXT + "# hai\n", "b.yaml")
    assert confirm(writer, first).status_code == 422
    clock.set(clock.now() + timedelta(minutes=61))
    assert confirm(writer, second).status_code == 422
    assert services.definitions.versions(CODE) == ()
    send(writer, TEXT, "c.yaml")
    assert services.database["bundle_uploads"].count_documents({}) == 1
