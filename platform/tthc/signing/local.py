"""The signer of demonstrations and tests: a TEST authority and the keys of whoever signs, made when first needed.

They lie under `var/`, readable by the server alone, and are worth nothing outside this installation.
"""

import hashlib
import os
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from asn1crypto import pem
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tthc.signing.model import Chain, Mechanism, Party, SigningError

KEYS: Final = "ky-so"
"""The folder of keys in `var/`."""
ROOT_NAME: Final = "CA thử nghiệm, không có giá trị pháp lý"
_START: Final = datetime(2020, 1, 1, tzinfo=UTC)
_END: Final = datetime(2049, 12, 31, tzinfo=UTC)
_NAME_LENGTH: Final = 64
"""Bytes that X.520 allows a common name and an organisation to have."""

_Made = tuple[ec.EllipticCurvePrivateKey, x509.Certificate]


class LocalSigner:
    """Two processes that start together agree on one authority and on one key for each party."""

    test = True
    mechanism: Mechanism = "sha256_ecdsa"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def chain(self, party: Party) -> Chain:
        return Chain(_plain(self._of(party)[1]), self.roots())

    def sign_digest(self, party: Party, digest: bytes) -> bytes:
        return self._of(party)[0].sign(digest, ec.ECDSA(Prehashed(hashes.SHA256())))

    def roots(self) -> Sequence[Certificate]:
        return (_plain(self._root()[1]),)

    def ready(self) -> bool:
        try:
            self._root()
        except SigningError:
            return False
        return True

    def _root(self) -> _Made:
        return self._kept("ca", _root)

    def _of(self, party: Party) -> _Made:
        told = f"{party.kind}\n{party.id}\n{party.name}\n{party.organisation}"
        name = f"{party.kind}-{hashlib.sha256(told.encode()).hexdigest()[:24]}"
        return self._kept(name, lambda: _issued(party, self._root()))

    def _kept(self, name: str, make: Callable[[], _Made]) -> _Made:
        path = self._folder / f"{name}.pem"
        try:
            if not path.exists():
                key, certificate = make()
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                fresh = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
                handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(handle, "wb") as file:
                    file.write(_written(key) + certificate.public_bytes(serialization.Encoding.PEM))
                with suppress(FileExistsError):
                    path.hardlink_to(fresh)
                fresh.unlink()
            data = path.read_bytes()
            loaded = serialization.load_pem_private_key(data, password=None)
            known = x509.load_pem_x509_certificate(data)
        except (OSError, ValueError) as error:
            raise SigningError(
                "Không đọc được khóa ký thử nghiệm; báo quản trị hệ thống kiểm tra thư mục ký số."
            ) from error
        assert isinstance(loaded, ec.EllipticCurvePrivateKey)
        return loaded, known


def _root() -> _Made:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, ROOT_NAME)])
    built = (
        _builder(name, name, key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(authority=True), critical=True)
    )
    return key, built.sign(key, hashes.SHA256())


def _issued(party: Party, root: _Made) -> _Made:
    root_key, root_certificate = root
    key = ec.generate_private_key(ec.SECP256R1())
    names = [x509.NameAttribute(NameOID.COMMON_NAME, _cut(party.name))]
    if party.organisation:
        names.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, _cut(party.organisation)))
    names.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, _cut(f"{party.kind}:{party.id}")))
    built = (
        _builder(x509.Name(names), root_certificate.subject, key)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(authority=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False
        )
    )
    return key, built.sign(root_key, hashes.SHA256())


def _cut(text: str) -> str:
    return text.encode()[:_NAME_LENGTH].decode(errors="ignore")


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_START)
        .not_valid_after(_END)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _written(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _plain(certificate: x509.Certificate) -> Certificate:
    """As pyHanko reads certificates."""
    _, _, data = pem.unarmor(certificate.public_bytes(serialization.Encoding.PEM))
    loaded = Certificate.load(data)
    assert isinstance(loaded, Certificate)
    return loaded
