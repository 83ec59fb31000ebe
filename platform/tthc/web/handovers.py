"""The rows of the control sheet as its paper takes them (Đ12.2)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeAlias

from renderers.pdf.data import Handover, Result
from rules.calendar import TZ
from rules.workflow.model import APPLICANT, EXTERNAL
from tthc.accounts.model import FUNCTIONS
from tthc.dossiers import events as ev
from tthc.dossiers.codec import event_from_json
from tthc.dossiers.context import RECEPTION, AgencyFacts
from tthc.dossiers.state import Dossier, Entry, Task, Who

INTAKE = "Tiếp nhận hồ sơ"  # vi: printed
JOINED = "xong phần việc"  # vi: printed
_OUTSIDE = {APPLICANT: "Người nộp hồ sơ", EXTERNAL: "Hệ thống khác"}  # vi: printed
_Told: TypeAlias = tuple[Entry, ev.Event]


def handovers(found: Dossier, agency: AgencyFacts, desk: str) -> tuple[Handover, ...]:
    """One row for each time that the dossier passed from one side to another (Đ12.2): the first is given by the one-stop
    desk, the last taken by it. The result is the giving side's: the time it used against the time it was allotted, by
    the calendar that was in force when it was given. Handing over to the applicant is no row: the register has it.
    """
    told = [(entry, event_from_json(entry.type, entry.data)) for entry in found.history]
    rows: list[Handover] = []
    due: datetime | None = None
    for index, (entry, event) in enumerate(told):
        if isinstance(event, (ev.Submitted, ev.Supplied)):
            due = event.intake_due
        if isinstance(event, ev.Moved):
            if event.left is None and found.original is not None:
                rows += _on_paper(found, event, entry, _Sides(agency, desk), step_result(due, entry.at))
            else:
                rows += _rows(event, entry, told[index + 1 :], _Sides(agency, desk), due)
    return tuple(rows)


def partners(found: Dossier) -> tuple[str, ...]:
    """The agencies that were asked, each once."""
    moved = (event_from_json(e.type, e.data) for e in found.history if e.type == ev.type_name(ev.Moved))
    names = (task.agency_name for event in moved if isinstance(event, ev.Moved) for task in event.entered)
    return tuple(dict.fromkeys(name for name in names if name))


def step_result(due: datetime | None, at: datetime) -> Result:
    """Trước hạn: on a day before that of the deadline; Đúng hạn: on the day itself, in time; Quá hạn: after it."""
    if due is None:
        return ""
    if at > due:
        return "late"
    return "early" if at.astimezone(TZ).date() < due.astimezone(TZ).date() else "on_time"


class _Sides:
    """What the two sides of a row are called."""

    def __init__(self, agency: AgencyFacts, desk: str) -> None:
        self.desk = desk
        self._units = dict(agency.units)

    def called(self, task: Task, who: Who | None) -> str:
        """The agency that was asked, the desk, the unit of whoever did it, failing that the function."""
        if task.agency_name:
            return task.agency_name
        if task.function == RECEPTION:
            return self.desk
        if task.function in _OUTSIDE:
            return _OUTSIDE[task.function]
        unit = self._units.get(who.unit or "", "") if who is not None and who.kind == "staff" else ""
        return unit or task.unit_name or FUNCTIONS.get(task.function, task.name)


def _rows(
    event: ev.Moved,
    entry: Entry,
    later: Sequence[_Told],
    sides: _Sides,
    intake_due: datetime | None,
) -> Iterable[Handover]:
    left = event.left
    if left is None:
        giver, result, note = sides.desk, step_result(intake_due, entry.at), INTAKE
    else:
        giver = sides.called(left, entry.actor)
        result = "" if left.function in _OUTSIDE else step_result(left.due, entry.at)
        note = ": ".join(filter(None, (left.name, event.reason)))
    given = entry.at.astimezone(TZ)
    if left is not None and not event.entered:
        if left.function != RECEPTION:
            yield Handover(
                "", given, None, entry.actor.name, "", result, f"{note} ({JOINED})", from_agency=giver
            )
        return
    for task in event.entered:
        who, taken = _taker(task, later)
        yield Handover(
            agency=sides.called(task, who),
            given_at=given,
            taken_at=(taken or entry.at).astimezone(TZ),
            giver=entry.actor.name,
            taker=who.name if who is not None else task.assignee_name,
            result=result,
            note=note,
            from_agency=giver,
        )


def _on_paper(
    found: Dossier, event: ev.Moved, entry: Entry, sides: _Sides, result: Result
) -> Iterable[Handover]:
    """What came on paper is given and taken when people say so (Đ12.3); until then nobody has taken it."""
    hand = found.handover
    for task in event.entered:
        yield Handover(
            agency=sides.called(task, None),
            given_at=(entry.at if hand is None else hand.given_at).astimezone(TZ),
            taken_at=None if hand is None or hand.taken_at is None else hand.taken_at.astimezone(TZ),
            giver=entry.actor.name if hand is None else hand.given_by_name,
            taker=task.assignee_name if hand is None else hand.taken_by_name,
            result=result,
            note=INTAKE,
            from_agency=sides.desk,
        )


def _taker(task: Task, later: Sequence[_Told]) -> tuple[Who | None, datetime | None]:
    """Who took the task up, and when they said so; failing that, who did it."""
    for entry, event in later:
        if isinstance(event, ev.Begun) and event.token == task.id:
            return entry.actor, entry.at
        if isinstance(event, ev.Moved) and event.left is not None and event.left.id == task.id:
            return entry.actor, None
    return None, None
