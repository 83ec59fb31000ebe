"""Addresses and errors as they are shown to officials: enough to recognise, not enough to use."""

import re
from typing import Final

from renderers.text import mask_number

_ADDRESS: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_NUMBER: Final = re.compile(r"\+?\d[\d .]{7,}\d")


def masked_address(text: str) -> str:
    """A telephone number or e-mail address, covered: `091****678`, `xu**@example.vn`."""
    local, at, domain = text.partition("@")
    if not at:
        return mask_number(text)
    return f"{local[:2]}{'*' * max(1, len(local) - 2)}@{domain}"


def masked_text(text: str) -> str:
    """An error's text without the addresses and numbers that a server may have put into it."""
    covered = _ADDRESS.sub(lambda found: masked_address(found[0]), text)
    return _NUMBER.sub(lambda found: masked_address(found[0]), covered)[:300]
