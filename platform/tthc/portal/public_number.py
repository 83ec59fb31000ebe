"""The number printed on what a citizen holds: a dossier code in either order, or a reference (Đ16.3)."""

from tthc.dossiers.codes import TRAINING_PREFIX, arrange, read_code
from tthc.dossiers.references import read_reference
from tthc.dossiers.repository import Dossiers
from tthc.dossiers.state import Dossier


def by_public_number(dossiers: Dossiers, text: str) -> Dossier | None:
    """The dossier, whatever the case and the blanks; codes are found in both ways of writing them."""
    plain = text.strip().upper()
    head = TRAINING_PREFIX if plain.startswith(TRAINING_PREFIX) else ""
    code = read_code(plain.removeprefix(head))
    if code is None:
        reference = read_reference(text)
        return dossiers.by_reference(reference) if reference else None
    # as long as it was typed: how many digits a number has is a setting with dates
    tail = f"{code.day:%y%m%d}-{plain.rpartition('-')[2]}"
    written = dict.fromkeys(
        [code.identifier, arrange(code.identifier, "unit_first"), arrange(code.identifier, "province_first")]
    )
    return next(
        (found for identifier in written if (found := dossiers.by_code(f"{head}{identifier}-{tail}"))), None
    )
