"""What encrypts a small secret at rest, one key for each purpose of the installation's secret key."""

import base64

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def box(secret_key: str, purpose: str) -> Fernet:
    """Two purposes never open each other's."""
    derived = HKDF(SHA256(), 32, salt=None, info=f"tthc {purpose}".encode()).derive(secret_key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
