"""A draft is signed by whoever approves it, numbered and sealed by the clerk, and says so to anybody (Đ10.4b, NĐ 30/2020)."""

import io
import stat
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from people import PDF
from pyhanko.keys.internal import (
    translate_pyca_cryptography_cert_to_asn1,
    translate_pyca_cryptography_key_to_asn1,
)
from pyhanko.sign.timestamps import DummyTimeStamper
from pypdf import PdfReader
from signing_parties import AGENCY, AGENCY_NAME, AT, LEADER

from renderers.pdf import seals
from tthc.signing import paper, places
from tthc.signing.local import LocalSigner
from tthc.signing.model import SigningError
from tthc.signing.verify import verify

DAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def approved(draft: bytes, signer: LocalSigner) -> bytes:
    return paper.sign_as_leader(draft, LEADER, signer, at=AT)


@pytest.fixture(scope="module")
def issued(approved: bytes, signer: LocalSigner) -> bytes:
    return paper.issue(approved, AGENCY, signer, number="12/GP-UBND", day=DAY, place="Tô Hiệu", at=AT)


def fields(data: bytes) -> dict[str, object]:
    return {
        str(found["/T"]): found
        for annotation in PdfReader(io.BytesIO(data)).pages[-1]["/Annots"]
        if "/T" in (found := annotation.get_object())
    }


def test_d10_4b_the_result_carries_both_signatures_and_nothing_else_changed(issued: bytes, signer):
    seen = verify(issued, (), signer.roots())
    assert seen.good
    assert "thử nghiệm, không có giá trị pháp lý" in seen.verdict
    leader, agency = seen.signatures
    assert (leader.name, leader.organisation, leader.at) == ("Nguyễn Đức Minh", AGENCY_NAME, AT)
    assert (leader.unchanged, leader.grew) == (True, True), "number, day and seal came after"
    assert (agency.name, agency.grew, agency.trusted, agency.stamped) == (AGENCY_NAME, False, True, False)


def test_d14_2_number_and_day_are_filled_into_the_paper_after_the_leader_signed(
    approved: bytes, issued: bytes
):
    assert "/V" not in fields(approved)[paper.NUMBER]
    filled = fields(issued)
    assert filled[paper.NUMBER]["/V"] == "Số: 12/GP-UBND"
    assert filled[paper.DAY]["/V"] == "Tô Hiệu, ngày 01 tháng 6 năm 2026"


def test_the_seal_covers_about_a_third_of_the_leaders_signature_to_its_left(issued: bytes):
    found = fields(issued)
    hand, seal = ([float(side) for side in found[name]["/Rect"]] for name in (paper.LEADER, paper.AGENCY))
    assert seal[0] < hand[0], "to the left"
    covered = (seal[2] - hand[0]) / (hand[2] - hand[0])
    assert 0.3 < covered < 0.37
    assert seal[1] < hand[1] < hand[3] < seal[3]


def test_the_seal_says_whose_it_is_and_when_by_the_clock_of_vietnam():
    at = datetime(2026, 6, 1, 2, 5, 7, tzinfo=UTC)
    drawn = seals.seal(AGENCY_NAME, at, note="Số 7/TB-UBND", test=True, width=102, height=127)
    words = " ".join(PdfReader(io.BytesIO(drawn)).pages[0].extract_text().split())
    for said in (AGENCY_NAME, "01/06/2026 09:05:07 +07:00", "Số 7/TB-UBND", "thử nghiệm"):
        assert said in words
    real = PdfReader(io.BytesIO(seals.seal(AGENCY_NAME, at, test=False, width=102, height=127)))
    assert "thử nghiệm" not in real.pages[0].extract_text()


def test_d10_4b_a_file_that_was_tampered_with_is_told(issued: bytes, signer):
    at = issued.index(b"/Title") + 12
    changed = issued[:at] + bytes([issued[at] ^ 1]) + issued[at + 1 :]
    seen = verify(changed, (), signer.roots())
    assert not seen.good
    assert seen.verdict == "Tệp đã bị thay đổi sau khi ký. Không dùng tệp này; đề nghị cơ quan cấp lại."


def test_what_is_added_after_the_last_signature_is_told(issued: bytes, signer):
    from pyhanko.pdf_utils.generic import TextStringObject, pdf_name
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(issued))
    page, _ = writer.find_page_for_modification(0)
    page.get_object()[pdf_name("/Rotate")] = TextStringObject("90")
    writer.mark_update(page)
    out = io.BytesIO()
    writer.write(out)
    assert not verify(out.getvalue(), (), signer.roots()).good


def test_an_unknown_authority_a_plain_file_and_no_file_are_told_apart(issued: bytes, draft: bytes):
    unknown = verify(issued, ())
    assert not unknown.good
    assert "chưa xác nhận được người ký" in unknown.verdict
    assert all(each.unchanged and not each.trusted for each in unknown.signatures)
    assert verify(draft, ()).verdict == "Tệp này không có chữ ký số nào."
    assert verify(b"PK\x03\x04 Word", ()).verdict.startswith("Tệp này không đọc được")
    assert verify(issued[:-400], ()).good is False


def test_nobody_signs_twice(approved: bytes, issued: bytes, signer):
    with pytest.raises(SigningError, match="đã có chữ ký của lãnh đạo"):
        paper.sign_as_leader(approved, LEADER, signer, at=AT)
    with pytest.raises(SigningError, match="đã có chữ ký số của cơ quan"):
        paper.issue(issued, AGENCY, signer, number="13", day=DAY, place="Tô Hiệu", at=AT)


def test_d14_2_what_is_no_pdf_is_not_signed(signer):
    for data in (b"PK\x03\x04docx", b"%PDF-1.4\n%%EOF\n", b""):
        with pytest.raises(SigningError, match="không ký số được"):
            paper.sign_as_leader(data, LEADER, signer, at=AT)


def test_a_paper_without_places_of_its_own_is_signed_in_the_right_half_and_says_its_number_below_the_seal(
    signer,
):
    sheet = places.read(PDF)
    assert (sheet.pages, sheet.named) == (1, {})
    low, high = (places.places(sheet, raised).signature.box for raised in (0.0, 0.6))
    assert low[0] > sheet.width / 2 - 1 and high[1] > low[3]
    data = paper.issue(
        paper.sign_as_leader(PDF, LEADER, signer, at=AT, raised=0.35),
        AGENCY,
        signer,
        number="7/TB-UBND",
        day=DAY,
        place="Tô Hiệu",
        at=AT,
    )
    assert verify(data, (), signer.roots()).good
    assert paper.NUMBER not in fields(data)


def test_a_scanned_result_bears_the_seal_in_the_corner_of_its_first_page(signer):
    data = paper.issue(PDF, AGENCY, signer, number="7/TB-UBND", day=DAY, place="Tô Hiệu", at=AT)
    left, bottom, right, top = (float(side) for side in fields(data)[paper.AGENCY]["/Rect"])
    assert left > 595 / 2 and right < 595 and bottom > 842 / 2 and top < 842
    assert verify(data, (), signer.roots()).good


def test_keys_are_made_once_are_nobody_elses_and_never_leave_their_folder(tmp_path: Path):
    folder = tmp_path / "ky-so"
    first, second = LocalSigner(folder), LocalSigner(folder)
    assert first.ready()
    assert first.chain(LEADER).leaf.dump() == second.chain(LEADER).leaf.dump()
    assert first.roots()[0].dump() == second.roots()[0].dump()
    kept = sorted(path.name for path in folder.iterdir())
    assert len(kept) == 2 and kept[0] == "ca.pem"
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    (folder / "ca.pem").write_text("hỏng")
    assert not first.ready()
    with pytest.raises(SigningError, match="khóa ký thử nghiệm"):
        first.chain(AGENCY)


def a_tsa() -> DummyTimeStamper:
    """An authority for timestamps of its own, in memory."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "TSA thử")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2049, 1, 1, tzinfo=UTC))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )
    return DummyTimeStamper(
        translate_pyca_cryptography_cert_to_asn1(certificate),
        translate_pyca_cryptography_key_to_asn1(key),
        fixed_dt=datetime(2026, 6, 1, 2, 5, 9, tzinfo=UTC),
    )


def test_with_an_authority_for_timestamps_the_time_is_its_word(signer):
    tsa = a_tsa()
    data = paper.issue(PDF, AGENCY, signer, number="1", day=DAY, place="Tô Hiệu", at=AT, timestamper=tsa)
    (seen,) = verify(data, (), (*signer.roots(), tsa.tsa_cert)).signatures
    assert seen.stamped
    assert seen.at == datetime(2026, 6, 1, 2, 5, 9, tzinfo=UTC)
