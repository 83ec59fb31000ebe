"""The short public reference given at submission: `HS-7K3Q-9F2D`, unguessable, easy to read out."""

import re
import secrets

# no 0/O, 1/I/L, 5/S, 8/B, U: 25 signs that survive a telephone and a photocopy
ALPHABET = "234679ACDEFGHJKMNPQRTVWXY"
PATTERN = re.compile(rf"HS-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")


def new_reference() -> str:
    """Eight random signs: about 37 bits, so that guessing finds nothing while look-ups are limited in rate."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"HS-{signs[:4]}-{signs[4:]}"


def read_reference(text: str) -> str | None:
    """What a person typed, put in its proper form; `None` where it is no reference."""
    signs = re.sub(r"[\s\-–.]", "", text).upper().removeprefix("HS")
    reference = f"HS-{signs[:4]}-{signs[4:]}"
    return reference if PATTERN.fullmatch(reference) else None
