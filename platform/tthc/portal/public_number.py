"""The numbers printed on what a citizen holds: a dossier code in either order, and a reference (Đ16.3).

Codes run on from one to the next, so a code alone opens no more than where that dossier stands. The reference (mã tra cứu)
cannot be guessed: alone, or beside the code, it opens the procedure and the story.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, urlsplit

from tthc.dossiers.codes import TRAINING_PREFIX, DossierCode, arrange, read_code
from tthc.dossiers.references import read_reference
from tthc.dossiers.repository import Dossiers
from tthc.dossiers.state import Dossier

LONGEST: Final = 60
_DASHES: Final = re.compile(r"[‐-―−_]")
_RUN_TOGETHER: Final = re.compile(r"(\d{3})\.?(\d{2})\.?(\d{2})\.?([A-Z]\d{2})-?(\d{6})-?(\d{4,})")
_TAKEN_FOR: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_NOBODY: Final = ""
_WAYS: Final = 3


@dataclass(frozen=True, slots=True)
class Found:
    """`whole`: whoever asks also knows the reference, so the procedure and the story may be shown."""

    dossier: Dossier
    whole: bool


def scanned(text: str) -> tuple[str, str]:
    """`(number, reference)` of what a person typed or a reader took from the printed QR code: an address of this page."""
    plain = text.strip()
    if not re.match(r"https?://", plain, re.IGNORECASE):
        return plain[:LONGEST], ""
    asked = parse_qs(urlsplit(plain).query)
    return asked.get("ma", [""])[0].strip()[:LONGEST], asked.get("so", [""])[0].strip()[:LONGEST]


def tidy(text: str) -> str:
    """Capitals, no blanks, one kind of dash, points for commas: as a code is printed."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper()
    return _DASHES.sub("-", plain).replace(",", ".")


def read_number(text: str) -> DossierCode | None:
    """A code as people type it: blanks, points and dashes forgotten, the letter O for a nought; None where it is none."""
    plain = tidy(text).removeprefix(TRAINING_PREFIX)
    code = read_code(plain)
    if code is not None:
        return code
    mended = plain.translate(_TAKEN_FOR)
    together = _RUN_TOGETHER.fullmatch(mended)
    return read_code("{}.{}.{}.{}-{}-{}".format(*together.groups()) if together else mended)


def by_public_number(dossiers: Dossiers, text: str) -> Dossier | None:
    """The dossier, whatever the case and the blanks; codes are found in both ways of writing them.

    As many look-ups are made for what is no number at all as for one that exists.
    """
    codes = list(_spellings(text))
    codes += [_NOBODY] * (_WAYS - len(codes))
    found = [dossiers.by_code(code) for code in codes]
    found.append(dossiers.by_reference(read_reference(text) or _NOBODY))
    return next((one for one in found if one is not None), None)


def look_up(dossiers: Dossiers, number: str, reference: str = "") -> Found | None:
    """What may be shown for these two numbers. A reference that is not the dossier's finds nothing, like a wrong code."""
    found = by_public_number(dossiers, number)
    if found is None:
        return None
    told = read_reference(reference) if reference else None
    if reference and told != found.reference:
        return None
    return Found(found, whole=found.reference in {told, read_reference(number)})


def _spellings(text: str) -> dict[str, None]:
    code = read_number(text)
    if code is None:
        return {}
    head = TRAINING_PREFIX if tidy(text).startswith(TRAINING_PREFIX) else ""
    # as long as it was typed: how many digits a number has is a setting with dates
    number = re.sub(r"\D", "", tidy(text).translate(_TAKEN_FOR).rpartition("-")[2])
    digits = len(number) if int(number or 0) == code.number else 4
    tail = f"{code.day:%y%m%d}-{code.number:0{digits}d}"
    written = (
        code.identifier,
        arrange(code.identifier, "unit_first"),
        arrange(code.identifier, "province_first"),
    )
    return dict.fromkeys(f"{head}{identifier}-{tail}" for identifier in written)
