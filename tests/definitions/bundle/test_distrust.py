"""What a bundle that somebody made by hand is refused for: each a sentence with what to do."""

import io
import json
import stat
import zipfile

import pytest
from bundles import KEY, OTHER, SMALLEST, again, made, of, opened

from definitions.bundle import archive, reading
from definitions.bundle.archive import pack
from definitions.bundle.keys import (
    PublicKey,
    by_fingerprint,
    key_list,
    make,
    private_key,
    proper_name,
    public_key,
    trust_of,
)
from definitions.bundle.model import MANIFEST, SIGNATURE, BundleError, Trust


@pytest.fixture
def small():
    return made(of(SMALLEST, f'procedure: "{SMALLEST}"\n'))


def refused(data):
    with pytest.raises(BundleError) as found:
        reading.read(data)
    said = str(found.value)
    assert said[0].isupper()
    assert said.endswith(".")
    return said


def zipped(*members, compression=zipfile.ZIP_STORED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as made_here:
        for info, content in members:
            made_here.writestr(info, content)
    return stream.getvalue()


def test_a_file_that_is_no_zip():
    assert "không phải gói .zip" in refused(b"procedure: 1")
    assert "không phải gói .zip" in refused(b"")


@pytest.mark.parametrize(
    "name", ["../a.yaml", "/etc/passwd", "definitions/../../a", "C:/a.yaml", "a\\b.yaml", "a//b", "./a"]
)
def test_a_name_that_leads_out(name):
    info = zipfile.ZipInfo(name)
    info.filename = name
    assert "dẫn ra ngoài gói" in refused(zipped((info, b"x")))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("other", ["a.yaml", "A.yaml"])
def test_a_name_twice(other):
    assert "hai tệp cùng tên" in refused(zipped(("a.yaml", b"x"), (other, b"y")))


def test_a_symbolic_link():
    link = zipfile.ZipInfo("definitions/a.yaml")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "không phải tệp thường" in refused(zipped((link, b"/etc/passwd")))


def test_a_file_that_explodes():
    data = zipped(("a.yaml", b"\0" * 5_000_000), compression=zipfile.ZIP_DEFLATED)
    assert len(data) < 10_000
    assert "phình ra" in refused(data)


def test_many_files_that_explode_together(monkeypatch):
    monkeypatch.setattr(archive, "MAX_BYTES", 2_000)
    data = zipped(*((f"{at}.yaml", b"ab" * 400) for at in range(5)), compression=zipfile.ZIP_DEFLATED)
    assert len(data) < 2_000
    assert "phình ra" in refused(data)


def test_too_many_files(monkeypatch):
    monkeypatch.setattr(archive, "MAX_FILES", 3)
    assert "nhiều hơn 3" in refused(zipped(*((f"{at}.yaml", b"") for at in range(4))))


def test_too_large(monkeypatch):
    monkeypatch.setattr(archive, "MAX_BYTES", 100)
    assert "lớn quá" in refused(b"PK\x03\x04" + b"x" * 100)


def test_a_bundle_packed_anew(small):
    members = opened(small).items()
    assert "nén lại" in refused(zipped(*members, compression=zipfile.ZIP_DEFLATED))
    assert "không còn nguyên" in refused(zipped(*members))


def test_a_zip_of_something_else():
    assert MANIFEST in refused(pack({"a.yaml": b"x"}))


def test_an_unknown_format(small):
    data = again(small, lambda _, manifest: manifest.update(format="tthc-bundle/9"), KEY)
    said = refused(data)
    assert "tthc-bundle/9" in said
    assert "Cập nhật phần mềm" in said


@pytest.mark.parametrize(
    "change",
    [
        lambda _, m: m["definitions"][0].update(text="../a.yaml"),
        lambda _, m: m["definitions"][0].update(state="law"),
        lambda _, m: m["definitions"][0].update(procedure="../x"),
        lambda _, m: m["definitions"][0].update(hash="z" * 64),
        lambda _, m: m.pop("files"),
        lambda _, m: m.update(made_at="2026-11-23T08:00:00"),
        lambda _, m: m.update(extra=1),
        lambda _, m: m.update(made_by="a\nb"),
        lambda _, m: m.update(definitions={}),
        lambda _, m: m["files"].update({"x/y.yaml": {"sha256": "0" * 64, "size": 1}}),
    ],
)
def test_a_manifest_written_wrong_by_its_signer(small, change):
    assert "viết sai" in refused(again(small, change, KEY))


def test_content_that_is_not_what_the_manifest_says(small):
    def change(files, _):
        files[f"definitions/{SMALLEST}.yaml"] += b"#"

    assert "sai mã băm" in refused(again(small, change))


def test_a_file_too_many_and_one_too_few(small):
    assert "không ghi" in refused(again(small, lambda files, _: files.update({"b.yaml": b""})))
    assert "thiếu tệp" in refused(again(small, lambda files, _: files.pop(f"definitions/{SMALLEST}.yaml")))


def test_a_signature_by_somebody_else_than_the_manifest_says(small):
    assert "Chữ ký của gói không đúng" in refused(again(small, lambda *_: None, OTHER))


def test_a_manifest_changed_after_signing(small):
    assert "Chữ ký của gói không đúng" in refused(again(small, lambda _, m: m.update(made_by="Khác")))


def test_a_signature_taken_off(small):
    def change(files, _):
        files[SIGNATURE] = reading.signature_json(files[MANIFEST], None, b"")

    assert "Chữ ký của gói không đúng" in refused(again(small, change))


def test_another_way_of_signing(small):
    def change(files, _):
        told = json.loads(files[SIGNATURE])
        files[SIGNATURE] = json.dumps({**told, "algorithm": "rsa"}).encode()

    assert "ký bằng cách “rsa”" in refused(again(small, change))


def test_whose_signature_is_worth_what():
    mine = KEY.public
    gone = PublicKey(mine.raw, mine.name, revoked=True)
    assert trust_of(None, {}) is Trust.UNSIGNED
    assert trust_of(mine.fingerprint, {}) is Trust.UNKNOWN
    assert trust_of(mine.fingerprint, by_fingerprint([mine])) is Trust.TRUSTED
    assert trust_of(mine.fingerprint, by_fingerprint([gone, mine])) is Trust.REVOKED


def test_keys_as_they_are_written():
    fresh = make("  Sở   Nội vụ ")
    assert fresh.name == "Sở Nội vụ"
    assert private_key(fresh.text, "khóa").public == fresh.public
    assert public_key(fresh.public.line, "khóa") == fresh.public
    gone = PublicKey(fresh.public.raw, fresh.name, revoked=True)
    assert key_list(f"# chú thích\n\n{gone.line}\n{KEY.public.line}\n", "tệp") == (gone, KEY.public)
    assert "PRIVATE" not in repr(fresh)


@pytest.mark.parametrize("text", ["", "ed25519 AAAA x", "rsa " + "A" * 44 + " x", "ed25519 !!! x"])
def test_what_is_no_key(text):
    with pytest.raises(BundleError, match="khóa"):
        public_key(text, "tệp")
    with pytest.raises(BundleError, match="tthc keys make"):
        private_key(f"name: A\n{text}", "tệp")


@pytest.mark.parametrize("name", ["", "  ", "a" * 121, "a\u202eb"])
def test_what_is_no_name(name):
    with pytest.raises(BundleError, match="Tên người ký"):
        proper_name(name)
