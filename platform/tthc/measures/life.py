"""What measures need of a dossier, told by its history: where it stood from each instant on (Đ11.2).

A report of a period says how dossiers stood at the period's end, whatever became of them since. So nothing here is
today's state: the history is gone through once, and each change that a measure could see leaves a mark with its
instant. A past period therefore counts the same for ever.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from rules.calendar import Calendar
from tthc.dossiers import events as ev
from tthc.dossiers.apply import evolve
from tthc.dossiers.codec import event_from_json
from tthc.dossiers.codes import TRAINING_PREFIX
from tthc.dossiers.state import INTAKE, Channel, Dossier, Entry, Status, Task
from tthc.dossiers.values import replace

NOBODY = ""


class Stand(IntEnum):
    """Where a dossier stands, as measures tell it apart. From `RESULT` on there is nothing left to solve.

    `GIVEN_BACK`: declined with a notice, withdrawn or stopped; `REFUSED`: never accepted.
    """

    INTAKE = 0
    SOLVING = 1
    WAITING = 2
    RESULT = 3
    HANDED_OVER = 4
    GIVEN_BACK = 5
    REFUSED = 6


OPEN = frozenset({Stand.SOLVING, Stand.WAITING})


@dataclass(frozen=True, slots=True)
class Mark:
    """How it stands from `at` on. `due`: the date that the law gives, moved by the applicant's waits and by the extensions
    that rest on a clause of law; `solved_at`: by when it was solved, `None` while it is not; `appointed`: the date that the
    applicant was given, where an extension without such a clause made it another.
    """

    at: datetime
    stand: Stand
    due: datetime | None = None
    solved_at: datetime | None = None
    appointed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Handler:
    """Who solves it from `at` on (người thụ lý): whom it was given to, else who first worked on it (Đ13.1, Đ13.2)."""

    at: datetime
    id: str
    name: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """A step that somebody of the staff finished at `at`. `agency`: whose step it was."""

    at: datetime
    step: str
    entered_at: datetime
    due: datetime | None
    by: str
    name: str
    unit: str
    agency: str


@dataclass(frozen=True, slots=True)
class Asked:
    """An agency was asked for its opinion (Đ13.3c). `over_at`: when it was no longer waited for, `None` while it is;
    `how`: it `answered`, it was `silent` and that counts as consent, or its answer was no longer wanted (`dropped`).
    """

    agency: str
    name: str
    step: str
    at: datetime
    due: datetime | None
    over_at: datetime | None = None
    how: str = ""

    def over(self, end: datetime) -> datetime | None:
        """When it was over, where that was before `end`."""
        return self.over_at if self.over_at is not None and self.over_at < end else None

    def late_at(self, end: datetime) -> bool:
        """Whether its time had run out by then without an answer, or the answer came late."""
        if self.due is None or self.at >= end:
            return False
        return (self.over(end) or end) > self.due


@dataclass(frozen=True, slots=True)
class Granted:
    """An extension (Đ13.3đ), or an apology with the new day promised (Đ15.1d). `source`: the proposal's number; `basis`: the
    clause of law that it rests on, empty where there is none; `counts`: the date by which it is in time since.
    """

    at: datetime
    before: datetime | None
    after: datetime | None
    reason: str
    source: str = ""
    basis: str = ""
    counts: datetime | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """A dossier as measures see it. `agency`: whose it is now; `moves`: `(until, agency)`, whose it was before;
    `lacking`: ids of the rules of completeness that it breaks whatever the day (`tthc.measures.completeness`).
    """

    id: str
    reference: str
    procedure: str
    channel: Channel
    agency: str
    submitted_at: datetime
    code: str | None = None
    accepted_at: datetime | None = None
    original_due: datetime | None = None
    intake_due: datetime | None = None
    marks: tuple[Mark, ...] = ()
    handlers: tuple[Handler, ...] = ()
    pauses: tuple[tuple[datetime, datetime | None], ...] = ()
    supplements: tuple[datetime, ...] = ()
    extensions: tuple[Granted, ...] = ()
    apologies: tuple[Granted, ...] = ()
    steps: tuple[Done, ...] = ()
    asked: tuple[Asked, ...] = ()
    moves: tuple[tuple[datetime, str], ...] = ()
    passed_on_at: datetime | None = None
    lacking: tuple[str, ...] = ()

    @property
    def training(self) -> bool:
        """Dossiers of training count nowhere (Đ24.5)."""
        return (self.code or "").startswith(TRAINING_PREFIX)

    @property
    def settled_at(self) -> datetime | None:
        """By when there was nothing left to solve, as it stands last; `None` while there is."""
        last = self.marks[-1]
        return last.solved_at or (last.at if last.stand is Stand.REFUSED else None)

    def before(self, end: datetime) -> Mark | None:
        """How it stood just before `end`; `None` where it was not there yet."""
        found = None
        for mark in self.marks:
            if mark.at >= end:
                break
            found = mark
        return found

    def handler(self, end: datetime) -> Handler | None:
        found = None
        for each in self.handlers:
            if each.at >= end:
                break
            found = each
        return found

    def agency_at(self, end: datetime) -> str:
        """Whose it was just before `end`."""
        return next((agency for until, agency in self.moves if end <= until), self.agency)

    def working_minutes(self, end: datetime, calendar: Calendar) -> int:
        """Working time from acceptance to solution, or to `end`, the applicant's waits left out."""
        mark = self.before(end)
        if mark is None or self.accepted_at is None:
            return 0
        stop = mark.solved_at or end
        stood = sum(
            calendar.minutes_between(start, min(until or stop, stop))
            for start, until in self.pauses
            if start < stop
        )
        return calendar.minutes_between(self.accepted_at, stop) - stood


def life_of(dossier: Dossier, lacking: Callable[[Dossier], tuple[str, ...]] = lambda _: ()) -> Life:
    """The life that a dossier's history tells; `lacking`: the rules of completeness that it breaks."""
    return _Telling().told(dossier, lacking(dossier))


class _Telling:
    """Goes through a history once."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self.handlers: list[Handler] = []
        self.supplements: list[datetime] = []
        self.extensions: list[Granted] = []
        self.apologies: list[Granted] = []
        self.steps: list[Done] = []
        self.asked: dict[str, Asked] = {}
        self.moves: list[tuple[datetime, str]] = []
        self.passed_on_at: datetime | None = None

    def told(self, dossier: Dossier, lacking: tuple[str, ...]) -> Life:
        state: Dossier | None = None
        for entry in dossier.history:
            event = event_from_json(entry.type, entry.data)
            before, state = state, evolve(state, event, entry.at, entry.actor.id)
            self._look(entry, event, before, state)
        if state is None:
            raise ValueError("a dossier without history tells nothing")
        deadline = state.deadline
        return Life(
            id=state.id,
            reference=state.reference,
            procedure=state.procedure,
            channel=state.channel,
            agency=state.agency,
            submitted_at=state.submitted_at,
            code=state.code,
            accepted_at=state.accepted_at,
            original_due=deadline.original_due if deadline is not None else None,
            intake_due=state.intake_due,
            marks=tuple(self.marks),
            handlers=tuple(self.handlers),
            pauses=tuple((p.start, p.end) for p in deadline.pauses) if deadline is not None else (),
            supplements=tuple(self.supplements),
            extensions=tuple(self.extensions),
            apologies=tuple(self.apologies),
            steps=tuple(self.steps),
            asked=tuple(self.asked.values()),
            moves=tuple(self.moves),
            passed_on_at=self.passed_on_at,
            lacking=lacking,
        )

    def _look(self, entry: Entry, event: ev.Event, before: Dossier | None, after: Dossier) -> None:
        at = entry.at
        mark = _mark(after, at)
        last = self.marks[-1] if self.marks else None
        if last is None or replace(last, at=at) != mark:
            self.marks.append(mark)
        match event:
            case ev.Extended():
                due = before.deadline.due if before is not None and before.deadline is not None else None
                extension = event.extension
                self.extensions.append(
                    Granted(
                        at,
                        due,
                        event.deadline.due,
                        extension.reason,
                        extension.source,
                        extension.basis or "",
                        event.deadline.by_law,
                    )
                )
            case ev.Apologised():
                due = after.deadline.due if after.deadline is not None else None
                self.apologies.append(Granted(at, due, event.promised, event.reason))
            case ev.Succeeded() if before is not None and before.agency != after.agency:
                self.moves.append((at, before.agency))
            case ev.Moved():
                self._moved(entry, event)
        self._asks(entry, event, before, after)
        self._handled(entry, before, after)

    def _moved(self, entry: Entry, event: ev.Moved) -> None:
        if event.request is not None:
            self.supplements.append(entry.at)
        left = event.left
        if left is None:
            if event.entered and self.passed_on_at is None:
                self.passed_on_at = entry.at
            return
        if entry.actor.kind != "staff":
            return
        who, unit = entry.actor, entry.actor.unit or left.unit
        self.steps.append(
            Done(entry.at, left.name, left.entered_at, left.due, who.id, who.name, unit, left.agency)
        )
        last = self.handlers[-1] if self.handlers else None
        if last is not None and last.id == who.id and unit and not last.unit:
            # whoever chose them did not say of which unit they are; their own act does
            self.handlers[-1] = replace(last, unit=unit)

    def _asks(self, entry: Entry, event: ev.Event, before: Dossier | None, after: Dossier) -> None:
        """Another agency that has a step of the dossier was asked; when its step is gone, that is over."""
        now = {task.id: task for task in after.tasks if task.agency_name and task.agency != after.agency}
        for task in before.tasks if before is not None else ():
            known = self.asked.get(task.id)
            if known is None or known.over_at is not None or task.id in now:
                continue
            left = event.left if isinstance(event, ev.Moved) else None
            how = "dropped"
            if isinstance(event, ev.Moved) and left is not None and left.id == task.id:
                how = "silent" if event.silent else "answered"
            self.asked[task.id] = replace(known, over_at=entry.at, how=how)
        for task_id, task in now.items():
            self.asked.setdefault(
                task_id, Asked(task.agency, task.agency_name, task.name, task.entered_at, task.due)
            )

    def _handled(self, entry: Entry, before: Dossier | None, after: Dossier) -> None:
        if after.accepted_at is None:
            return
        given = next(_given(after), None)
        if given is not None:
            self._handler(Handler(entry.at, given.assignee or NOBODY, given.assignee_name, given.unit))
            return
        who = entry.actor
        if self.handlers or who.kind != "staff" or before is None:
            return
        # nobody was chosen: whoever finishes the first step, or whoever hands an immediate result over
        if entry.type == _MOVED and entry.data.get("left") is not None:
            self._handler(Handler(entry.at, who.id, who.name, who.unit or ""))

    def _handler(self, new: Handler) -> None:
        last = self.handlers[-1] if self.handlers else None
        if last is None or last.id != new.id or (new.unit and last.unit != new.unit):
            self.handlers.append(new)


_MOVED = ev.type_name(ev.Moved)


def _given(dossier: Dossier) -> Iterator[Task]:
    """The open steps that somebody was chosen for."""
    return (t for t in dossier.tasks if t.assignee and t.assigned_by and t.agency == dossier.agency)


def _mark(dossier: Dossier, at: datetime) -> Mark:
    deadline = dossier.deadline
    due = deadline.by_law if deadline is not None else None
    appointed = deadline.due if deadline is not None and deadline.due != due else None
    if dossier.status is Status.REFUSED or (dossier.closed and dossier.accepted_at is None):
        return Mark(at, Stand.REFUSED)
    if dossier.status in INTAKE or dossier.accepted_at is None:
        return Mark(at, Stand.INTAKE)
    solved_at = dossier.solved_at or dossier.ended_at
    if solved_at is None:
        waits = dossier.status is Status.WAITING_APPLICANT
        return Mark(at, Stand.WAITING if waits else Stand.SOLVING, due, None, appointed)
    # whatever ends otherwise than with its result was given back: declined, withdrawn, stopped
    ended_without = dossier.closed and dossier.status is not Status.RETURNED
    if ended_without or any(t.declines for t in dossier.tasks):
        return Mark(at, Stand.GIVEN_BACK, due, solved_at, appointed)
    return Mark(at, Stand.HANDED_OVER if dossier.closed else Stand.RESULT, due, solved_at, appointed)
