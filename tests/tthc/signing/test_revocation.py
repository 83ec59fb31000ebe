"""Whether a certificate was revoked: by a list that lies here or that the file carries; without one it is said that nobody looked."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from asn1crypto.crl import CertificateList
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from people import PDF
from pyhanko.sign.validation.dss import DocumentSecurityStore
from signing_parties import AGENCY, AT

from tthc.dossiers.files import Files
from tthc.signing import paper
from tthc.signing.desk import SigningDesk
from tthc.signing.local import LocalSigner
from tthc.signing.revocation import Evidence, Revocation, kept_in
from tthc.signing.verify import Seen, verify

NOW = AT + timedelta(days=10)
DAY = AT.date()


@pytest.fixture(scope="module")
def sealed(signer: LocalSigner) -> bytes:
    return paper.issue(PDF, AGENCY, signer, number="7", day=DAY, place="Tô Hiệu", at=AT)


def crl(
    signer: LocalSigner,
    revoked: datetime | None,
    *,
    issued: datetime = NOW - timedelta(days=1),
    until: datetime = NOW + timedelta(days=6),
) -> bytes:
    """The authority's list, with the agency's certificate on it from `revoked`."""
    key, root = signer._root()
    _, certificate = signer._of(AGENCY)
    made = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root.subject)
        .last_update(issued.astimezone(UTC))
        .next_update(until.astimezone(UTC))
    )
    if revoked is not None:
        made = made.add_revoked_certificate(
            x509.RevokedCertificateBuilder()
            .serial_number(certificate.serial_number)
            .revocation_date(revoked.astimezone(UTC))
            .build()
        )
    return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def seen(data: bytes, signer: LocalSigner, *lists: bytes, now: datetime = NOW) -> Seen:
    kept = Evidence(tuple(CertificateList.load(each) for each in lists))
    return verify(data, (), signer.roots(), kept, now)


def test_d10_4b_without_a_list_the_page_says_that_nobody_looked(sealed: bytes, signer: LocalSigner):
    told = seen(sealed, signer)
    assert told.good
    assert told.signatures[0].revocation == Revocation("unchecked")
    assert "Chưa kiểm tra thu hồi" in told.verdict


def test_d10_4b_a_list_says_good_revoked_before_or_after(sealed: bytes, signer: LocalSigner):
    told = seen(sealed, signer, crl(signer, None))
    assert told.good and told.signatures[0].revocation == Revocation("good")
    assert "thu hồi" not in told.verdict
    before = AT - timedelta(days=3)
    told = seen(sealed, signer, crl(signer, before))
    assert not told.good
    assert (told.signatures[0].revocation.standing, told.signatures[0].revocation.at) == (
        "revoked",
        before.replace(microsecond=0),
    )
    assert told.verdict.startswith("Chứng thư của người ký đã bị thu hồi trước khi ký.")
    told = seen(sealed, signer, crl(signer, AT + timedelta(days=2)))
    assert not told.good, "when it was signed is the signer's own word"
    assert told.signatures[0].revocation.standing == "revoked_later"
    assert "không chắc đã ký trước khi bị thu hồi" in told.verdict
    assert replace(told.signatures[0], stamped=True).good, "an authority vouches for the time"


def test_d10_4b_a_list_of_another_authority_or_of_another_time_is_none(
    sealed: bytes, signer: LocalSigner, tmp_path: Path
):
    other = LocalSigner(tmp_path / "khac")
    assert seen(sealed, signer, crl(other, None)).signatures[0].revocation.standing == "unchecked"
    old = crl(signer, None, issued=AT - timedelta(days=40), until=AT - timedelta(days=30))
    assert seen(sealed, signer, old).signatures[0].revocation.standing == "unchecked"
    # of the days around the signature: enough for then, silent about today
    then = crl(signer, None, issued=AT - timedelta(days=1), until=AT + timedelta(days=1))
    assert seen(sealed, signer, then).signatures[0].revocation.standing == "good"


def test_d10_4b_a_list_that_the_file_carries_is_read(sealed: bytes, signer: LocalSigner):
    stream = io.BytesIO(sealed)
    lists = [CertificateList.load(crl(signer, None))]
    DocumentSecurityStore.add_dss(stream, None, crls=lists, force_write=True)
    told = verify(stream.getvalue(), (), signer.roots(), now=NOW)
    assert told.good and told.signatures[0].revocation == Revocation("good", carried=True)
    # what lies here is newer than what came along
    later = CertificateList.load(crl(signer, AT - timedelta(days=1)))
    told = verify(stream.getvalue(), (), signer.roots(), Evidence((later,)), NOW)
    assert told.signatures[0].revocation.standing == "revoked"


def test_the_folder_of_lists_is_read_as_it_is_now(sealed: bytes, signer: LocalSigner, tmp_path: Path):
    desk = SigningDesk(cast("Files", None), signer, revocation=tmp_path)
    assert desk.look(sealed, NOW).signatures[0].revocation.standing == "unchecked"
    (tmp_path / "ghi-chu.txt").write_text("không phải danh sách")
    (tmp_path / "hong.crl").write_bytes(b"khong phai danh sach")
    (tmp_path / "ca.crl").write_bytes(crl(signer, None))
    assert len(kept_in(tmp_path).crls) == 1
    assert desk.look(sealed, NOW).signatures[0].revocation.standing == "good"
    (tmp_path / "ca.crl").write_bytes(crl(signer, AT - timedelta(days=1)))
    assert desk.look(sealed, NOW).signatures[0].revocation.standing == "revoked"
