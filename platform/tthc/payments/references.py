"""What a payment is called at the bank: `TT` and eleven signs, the last of which proves the others.

Banks cut, shout and stick together what payers write; letters and digits in one run survive that. 25 signs fit the field of
a QR code (EMVCo 62-08).
"""

import re
import secrets
from typing import Final

from tthc.dossiers.references import ALPHABET

_SIGNS: Final = 10
_FOUND: Final = re.compile(rf"TT([{ALPHABET}]{{{_SIGNS}}})([{ALPHABET}])")


def new_reference() -> str:
    signs = "".join(secrets.choice(ALPHABET) for _ in range(_SIGNS))
    return f"TT{signs}{_proof(signs)}"


def find_references(text: str) -> tuple[str, ...]:
    """The references in what a bank wrote of a transfer, whatever stands between and around their signs."""
    plain = re.sub(r"[^0-9A-Z]", "", text.upper())
    found = []
    for at in range(len(plain)):
        match = _FOUND.match(plain, at)
        if match is not None and _proof(match[1]) == match[2]:
            found.append(match[0])
    return tuple(dict.fromkeys(found))


def _proof(signs: str) -> str:
    """One sign typed wrong, or two that changed places, give another one."""
    value = 0
    for sign in signs:
        value = (value * 7 + ALPHABET.index(sign) + 1) % len(ALPHABET)
    return ALPHABET[value]
