"""The number printed on what a citizen holds: a dossier code in either order, or a reference (Đ16.3)."""

from tthc.dossiers.codes import arrange, read_code
from tthc.dossiers.references import read_reference
from tthc.dossiers.repository import Dossiers
from tthc.dossiers.state import Dossier


def by_public_number(dossiers: Dossiers, text: str) -> Dossier | None:
    """The dossier, whatever the case and the blanks; codes are found in both ways of writing them."""
    code = read_code(text)
    if code is None:
        reference = read_reference(text)
        return dossiers.by_reference(reference) if reference else None
    tail = f"{code.day:%y%m%d}-{code.number:04d}"
    written = dict.fromkeys(
        [code.identifier, arrange(code.identifier, "unit_first"), arrange(code.identifier, "province_first")]
    )
    return next(
        (found for identifier in written if (found := dossiers.by_code(f"{identifier}-{tail}"))), None
    )
