"""The letter of apology (Mẫu 04), drawn from the history: the last one that was said (Đ15.1d)."""

from flask import Response, abort

from renderers.pdf import documents as printed
from renderers.pdf.data import ApologyData
from tthc.dossiers import events as ev
from tthc.dossiers.codec import event_from_json
from tthc.dossiers.state import Dossier
from tthc.services import Services
from tthc.web.files import send_bytes
from tthc.web.papers import office_of, subject_of

_APOLOGISED = ev.type_name(ev.Apologised)


def apology_response(s: Services, found: Dossier) -> Response:
    """404 where nobody has apologised."""
    entry = next((each for each in reversed(found.history) if each.type == _APOLOGISED), None)
    if entry is None or found.accepted_at is None or found.deadline is None or found.deadline.due is None:
        abort(404)
    event = event_from_json(entry.type, entry.data)
    assert isinstance(event, ev.Apologised)
    data = ApologyData(
        office=office_of(s, found),
        subject=subject_of(s, found),
        received_at=found.accepted_at,
        due=found.deadline.due,
        new_due=event.promised,
        reason=event.reason,
        issued_at=entry.at,
        signer_title="THỦ TRƯỞNG CƠ QUAN",
        signer="",
    )
    return send_bytes(printed.apology(data), "application/pdf", f"phieu-xin-loi-{found.code}.pdf")
