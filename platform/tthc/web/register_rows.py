"""The register's rows, read off dossiers: what `renderers.pdf.documents.register_pdf` draws as Sổ theo dõi hồ sơ."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Final

from renderers.pdf.data import Office, RegisterBook, RegisterData, RegisterRow
from renderers.text import day, phone
from rules.calendar import TZ
from tthc.dossiers import events as ev
from tthc.dossiers.state import Dossier, Status

METHODS: Final[Mapping[str, str]] = {
    "counter": "Trực tiếp",  # vi: printed
    "post": "Bưu chính công ích",  # vi: printed
    "online": "Trực tuyến",  # vi: printed
}
_ENDS: Final[Mapping[Status, str]] = {
    Status.DECLINED: "Trả lại hồ sơ, không giải quyết",  # vi: printed
    Status.WITHDRAWN: "Rút hồ sơ theo đề nghị",  # vi: printed
}
_GIVEN: Final = frozenset({Status.RETURNED, Status.DECLINED})


def register_data(
    office: Office,
    dossiers: Iterable[Dossier],
    sector_of: Callable[[Dossier], str],
    period: str,
    on: date,
    *,
    solver: str = "",
) -> RegisterData:
    """One book for each sector, by its name; in each the dossiers in the order of reception. `on`: the last day it
    covers, which picks the form; `solver`: cơ quan chủ trì, where it is not the office itself. What was never accepted
    is in no register.
    """
    rows: dict[str, list[RegisterRow]] = {}
    accepted = (found for found in dossiers if found.accepted_at is not None)
    for found in accepted:
        rows.setdefault(sector_of(found), []).append(register_row(found, solver or office.name))
    books = (
        RegisterBook(sector, tuple(sorted(rows[sector], key=lambda row: (row.received_at, row.code))))
        for sector in sorted(rows)
    )
    return RegisterData(office, tuple(books), period, on)


def register_row(found: Dossier, solver: str) -> RegisterRow:
    """An accepted dossier's row. Hẹn trả is the date that was promised first; later ones stand in the note."""
    assert found.accepted_at is not None
    assert found.code is not None
    deadline, who = found.deadline, found.applicant
    moved = (entry.at for entry in found.history if entry.type == ev.type_name(ev.Moved))
    given = found.status in _GIVEN
    return RegisterRow(
        code=found.code,
        procedure_name=found.procedure_name,
        sets=1,
        person=who.name,
        contact="; ".join(filter(None, (who.address, phone(who.phone).replace(" ", "\N{NO-BREAK SPACE}")))),
        solver=solver,
        received_at=_there(found.accepted_at),
        due=_there(deadline.original_due) if deadline is not None and deadline.original_due else None,
        sent_at=_there(next(moved, found.accepted_at)),
        solved_at=_there(found.solved_at) if found.solved_at else None,
        returned_at=_there(found.ended_at) if given and found.ended_at else None,
        method=METHODS[found.returned_by or found.receive_by] if given else "",
        recipient=found.recipient if given else "",
        note=_note(found),
    )


def _note(found: Dossier) -> str:
    deadline = found.deadline
    notes = [_ENDS.get(found.status, "")]
    if deadline is not None and deadline.extensions and deadline.due is not None:
        notes.append(f"Gia hạn đến {day(deadline.due)}")  # vi: printed
    if deadline is not None and deadline.promised is not None:
        notes.append(f"Xin lỗi, hẹn lại {day(deadline.promised)}")  # vi: printed
    return "; ".join(filter(None, notes))


def _there(at: datetime) -> datetime:
    return at.astimezone(TZ)
