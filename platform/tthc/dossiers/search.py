"""Words by which staff and applicants find a dossier: without diacritics, so that «nguyen» finds «Nguyễn»."""

import re

from renderers.text import folded
from tthc.dossiers.state import Dossier

MAX_WORDS = 60


def words(text: str) -> tuple[str, ...]:
    """The words of a text folded, each once, in order."""
    return tuple(dict.fromkeys(re.findall(r"[a-z0-9]+", folded(text))))


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
