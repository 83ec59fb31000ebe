"""Ed25519 keys of those who sign bundles: written as one line, known by their fingerprint.

ed25519 <32 bytes in base64> <name>           a public key, as it is handed to others
revoked ed25519 <32 bytes in base64> <name>   the same in a list of trusted keys, no longer believed
"""

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from definitions.bundle.model import BundleError, Trust, sha256

ALGORITHM: Final = "ed25519"
MOST_NAME: Final = 120
_REVOKED: Final = "revoked "
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2069]")


@dataclass(frozen=True, slots=True)
class PublicKey:
    """`raw`: its 32 bytes; `name`: what its owner calls themselves."""

    raw: bytes
    name: str
    revoked: bool = False

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the key, in hexadecimal."""
        return sha256(self.raw)

    @property
    def line(self) -> str:
        word = _REVOKED if self.revoked else ""
        return f"{word}{ALGORITHM} {base64.b64encode(self.raw).decode()} {self.name}"

    def verifies(self, signature: bytes, data: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, data)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key with the name it signs under. It does not show in `repr`."""

    private: Ed25519PrivateKey
    name: str

    def __repr__(self) -> str:
        return f"SigningKey({self.public.fingerprint[:16]}…, {self.name!r})"

    @property
    def public(self) -> PublicKey:
        raw = self.private.public_key().public_bytes(
            serialization.Encoding.Raw, serialization.PublicFormat.Raw
        )
        return PublicKey(raw, self.name)

    def sign(self, data: bytes) -> bytes:
        return self.private.sign(data)

    @property
    def text(self) -> str:
        """What is kept in the private key's file: the name, then PEM (PKCS #8)."""
        pem = self.private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return f"name: {self.name}\n{pem.decode()}"


def make(name: str) -> SigningKey:
    return SigningKey(Ed25519PrivateKey.generate(), proper_name(name))


def proper_name(name: str) -> str:
    """The name on one line; raises BundleError."""
    found = " ".join(name.split())
    if not found or len(found) > MOST_NAME or _CONTROL.search(found):
        raise BundleError(
            f"Tên người ký phải có từ 1 đến {MOST_NAME} ký tự, trên một dòng, ví dụ tên cơ quan; ông/bà viết lại tên."
        )
    return found


def private_key(text: str, where: str) -> SigningKey:
    """A signing key from its file's text; `where` names the file."""
    wrong = BundleError(f"{where}: không phải tệp khóa ký do “tthc keys make” tạo ra.")
    head, _, pem = text.partition("\n")
    if not head.startswith("name: "):
        raise wrong
    try:
        found = serialization.load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise wrong from None
    if not isinstance(found, Ed25519PrivateKey):
        raise BundleError(f"{where}: không phải khóa Ed25519; tạo khóa mới bằng “tthc keys make”.")
    return SigningKey(found, proper_name(head.removeprefix("name: ")))


def public_key(line: str, where: str) -> PublicKey:
    """A public key from its line; `where` names the file for the error."""
    line = line.strip()
    revoked = line.startswith(_REVOKED)
    word, _, rest = line.removeprefix(_REVOKED).partition(" ")
    encoded, _, name = rest.partition(" ")
    try:
        raw = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if word != ALGORITHM or len(raw) != 32:
        raise BundleError(
            f"{where}: không phải khóa công khai; tệp đúng có một dòng “{ALGORITHM} …  tên”, do “tthc keys make” "
            "ghi ra với đuôi .pub."
        )
    return PublicKey(raw, proper_name(name), revoked)


def key_list(text: str, where: str) -> tuple[PublicKey, ...]:
    """The keys of a file with one a line; lines that begin with # are for people."""
    lines = (line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#"))
    return tuple(public_key(line, where) for line in lines)


def by_fingerprint(keys: Iterable[PublicKey]) -> Mapping[str, PublicKey]:
    """A key that is there twice counts as revoked if it is so once."""
    found: dict[str, PublicKey] = {}
    for key in keys:
        if key.fingerprint not in found or key.revoked:
            found[key.fingerprint] = key
    return found


def trust_of(fingerprint: str | None, known: Mapping[str, PublicKey]) -> Trust:
    """What a signature that holds is worth: who made it is believed, unknown, or no longer believed."""
    if fingerprint is None:
        return Trust.UNSIGNED
    key = known.get(fingerprint)
    if key is None:
        return Trust.UNKNOWN
    return Trust.REVOKED if key.revoked else Trust.TRUSTED
