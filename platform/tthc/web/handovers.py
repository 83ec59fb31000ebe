"""The rows of the control sheet as its paper takes them (Đ12.2)."""

from renderers.pdf.data import Handover
from rules.calendar import TZ
from tthc.dossiers.control_rows import control_rows
from tthc.dossiers.state import Dossier


def handovers(found: Dossier, agency: str) -> tuple[Handover, ...]:
    """One row each time the dossier went from one to another; `agency`: the name of the dossier's own."""
    return tuple(
        Handover(
            agency=f"{row.giver_place} → {row.taker_place}: {row.step}",
            given_at=row.given_at.astimezone(TZ),
            taken_at=row.taken_at.astimezone(TZ) if row.taken_at is not None else None,
            giver=row.giver,
            taker=row.taker,
            result=row.result,
            note=row.note,
        )
        for row in control_rows(found, agency)
    )
