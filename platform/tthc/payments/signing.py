"""How a bank and we sign what we say to each other by addresses: HMAC-SHA512 over the parameters in their order. Pure."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote_plus

HASH: Final = "vnp_SecureHash"
_NOT_SIGNED: Final = frozenset({HASH, "vnp_SecureHashType"})


def canonical(said: Mapping[str, str]) -> str:
    """`a=1&b=2`: sorted by name, encoded as forms are, without what is empty and without the signature itself."""
    return "&".join(
        f"{quote_plus(name)}={quote_plus(said[name])}"
        for name in sorted(said)
        if name not in _NOT_SIGNED and said[name] != ""
    )


def sign(secret: str, text: str) -> str:
    return hmac.new(secret.encode(), text.encode(), hashlib.sha512).hexdigest()


def signed(said: Mapping[str, str], secret: str) -> dict[str, str]:
    """The parameters with their signature."""
    return {**said, HASH: sign(secret, canonical(said))}


def right(said: Mapping[str, str], secret: str) -> bool:
    """Whether these parameters were signed with this secret."""
    return same(said.get(HASH, ""), sign(secret, canonical(said)))


def same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.lower().encode("utf-8", "replace"), expected.encode())
