"""The rows of the control sheet (Đ12.2), read off a dossier's history: each time it went from one to another. Pure.

The first row is given by reception, the last one taken by it. Work that goes on inside one step is no hand-over. A row is
filled as far as it has come: what nobody has taken up yet has no taker.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from rules.workflow.model import APPLICANT, EXTERNAL
from tthc.dossiers import events as ev
from tthc.dossiers.codec import from_data
from tthc.dossiers.context import RECEPTION
from tthc.dossiers.custody import HandoverState
from tthc.dossiers.permissions import function_name
from tthc.dossiers.state import Dossier, Task

Outcome = Literal["early", "on_time", "late", ""]
RECEPTION_NAME = "Bộ phận TN&TKQ"


@dataclass(frozen=True, slots=True)
class ControlRow:
    """One hand-over. `giver_place`, `taker_place`: agency, unit or desk; `giver`, `taker`: people, as they were called;
    `step`: what the taker is to do; `taken_at`: `None` until then. `result`: how the *giver* kept the time that its step was
    allotted; empty for reception's own and where no time was allotted. `note`: the reason or direction given with it.
    """

    giver_place: str
    taker_place: str
    step: str
    given_at: datetime
    taken_at: datetime | None
    giver: str
    taker: str
    result: Outcome
    note: str = ""


def control_rows(dossier: Dossier, agency: str) -> tuple[ControlRow, ...]:
    """`agency`: the name of the dossier's agency. Empty before acceptance."""
    moves = [(entry, from_data(ev.Moved, entry.data)) for entry in dossier.history if entry.type == "moved"]
    # who took each task to its end
    who = {event.left.id: entry.actor.name for entry, event in moves if event.left is not None}
    rows = []
    for entry, event in moves:
        giver = RECEPTION_NAME if event.left is None else _place(event.left, agency)
        for task in event.entered:
            rows.append(
                ControlRow(
                    giver_place=giver,
                    taker_place=_place(task, agency),
                    step=task.name,
                    given_at=_given(dossier, event, entry.at),
                    taken_at=_taken(dossier, event, entry.at),
                    giver=entry.actor.name,
                    taker=_taker(dossier, event, task, who),
                    result="" if event.left is None else _kept(event.left, entry.at),
                    note=event.reason,
                )
            )
    return tuple(rows)


def _by_hand(dossier: Dossier, event: ev.Moved) -> HandoverState | None:
    """The hand-over of the paper that goes with acceptance."""
    return dossier.handover if event.left is None else None


def _given(dossier: Dossier, event: ev.Moved, at: datetime) -> datetime:
    """The paper's own hand-over, where there was one; else the electronic one."""
    handover = _by_hand(dossier, event)
    return at if handover is None else handover.given_at


def _taken(dossier: Dossier, event: ev.Moved, at: datetime) -> datetime | None:
    """An electronic dossier is in the taker's inbox the moment it is given; one on paper when somebody says so."""
    if event.left is None and dossier.original is not None:
        handover = _by_hand(dossier, event)
        return None if handover is None else handover.taken_at
    return at


def _taker(dossier: Dossier, event: ev.Moved, task: Task, who: Mapping[str, str]) -> str:
    handover = _by_hand(dossier, event)
    by_hand = "" if handover is None else handover.taken_by_name
    return by_hand or task.assignee_name or who.get(task.id, "")


def _place(task: Task, agency: str) -> str:
    if task.function == RECEPTION:
        return RECEPTION_NAME
    if task.function == APPLICANT:
        return "Người nộp hồ sơ"
    if task.function == EXTERNAL:
        return "Hệ thống khác"
    where = task.agency_name or agency
    unit = task.unit_name or function_name(task.function)
    return f"{where}, {unit}"


def _kept(left: Task, at: datetime) -> Outcome:
    """Before the day on which its time ends: early; on that day: on time; after the instant: late."""
    if left.due is None or left.function == APPLICANT:
        return ""
    if at > left.due:
        return "late"
    return "early" if at.date() < left.due.date() else "on_time"
