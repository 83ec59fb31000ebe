"""The rows of the control sheet as its paper takes them (Đ12.2)."""

from renderers.pdf.data import Handover
from rules.calendar import TZ
from tthc.dossiers import events as ev
from tthc.dossiers.codec import event_from_json
from tthc.dossiers.context import AgencyFacts
from tthc.dossiers.control_rows import RECEPTION_NAME, control_rows
from tthc.dossiers.state import Dossier


def handovers(found: Dossier, agency: AgencyFacts, desk: str) -> tuple[Handover, ...]:
    """One row each time the dossier went from one to another; `desk`: what the one-stop unit is called on the sheet."""

    def called(place: str) -> str:
        return desk if place == RECEPTION_NAME else place

    return tuple(
        Handover(
            agency=called(row.taker_place),
            given_at=row.given_at.astimezone(TZ),
            taken_at=row.taken_at.astimezone(TZ) if row.taken_at is not None else None,
            giver=row.giver,
            taker=row.taker,
            result=row.result,
            note="; ".join(filter(None, (row.step, row.note))),
            from_agency=called(row.giver_place),
        )
        for row in control_rows(found, agency.name)
    )


def partners(found: Dossier) -> tuple[str, ...]:
    """The agencies that were asked, each once."""
    moved = (event_from_json(e.type, e.data) for e in found.history if e.type == ev.type_name(ev.Moved))
    names = (task.agency_name for event in moved if isinstance(event, ev.Moved) for task in event.entered)
    return tuple(dict.fromkeys(name for name in names if name))
