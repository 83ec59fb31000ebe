"""Words by which staff and applicants find a dossier: without diacritics, so that «nguyen» finds «Nguyễn»."""

import re
import unicodedata

from tthc.dossiers.state import Dossier

MAX_WORDS = 60


def plain(text: str) -> str:
    """Lower case, without diacritics; `đ` becomes `d`."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words(text: str) -> tuple[str, ...]:
    """The words of a text in `plain` form, each once, in order."""
    return tuple(dict.fromkeys(re.findall(r"[a-z0-9]+", plain(text))))


def tokens(dossier: Dossier) -> list[str]:
    """What a dossier is found by: whole code and reference, and the words of names and numbers."""
    applicant = dossier.applicant
    found = [
        *(whole.lower() for whole in (dossier.code, dossier.reference) if whole),
        *words(dossier.reference),
        *words(applicant.name),
        *words(applicant.citizen_number),
        *words(applicant.tax_number),
        *words(applicant.phone),
        *words(dossier.procedure_name),
        dossier.procedure.lower(),
    ]
    if dossier.code:
        found += words(dossier.code)
    return list(dict.fromkeys(found))[:MAX_WORDS]
