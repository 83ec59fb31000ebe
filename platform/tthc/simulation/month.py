"""The order of a month: what happens next, at which instant, by whom; through the real services only.

Nothing is done to a dossier but by a command, and nobody acts but on what their own page offers (`view.possible`). Officials
act in working time, applicants at any hour; in between the sweeps of timers, event rules and deliveries run as the workers'
would.
"""

import heapq
import logging
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from rules.workflow.model import APPLICANT, Need, Phase
from tthc.dossiers import commands as cmd
from tthc.dossiers.context import Actor
from tthc.dossiers.deciding import as_handed_in
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import CLOSED, INTAKE, INTAKE_TASK, UNDER_WAY, Dossier, Status, Task
from tthc.dossiers.verifying import verified
from tthc.simulation.acting import Acknowledged, Carry, Played, at_once
from tthc.simulation.beside import Beside
from tthc.simulation.deck import Application, Deck, Month
from tthc.simulation.kinds import Course, Wrong
from tthc.simulation.machinery import InProcess, Machinery
from tthc.simulation.mischief import SHARE
from tthc.simulation.offices import Case, checked_of, papers_of
from tthc.simulation.place import Place

log = logging.getLogger(__name__)

_TRIES: Final = 5
_TICK: Final = timedelta(hours=1)
_LATE_INTAKE: Final = 0.06
_OPEN: Final = [status.value for status in Status if status not in CLOSED]


class Player(Beside):
    """Plays one month."""

    def __init__(
        self,
        place: Place,
        month: Month,
        machinery: Machinery | None = None,
        carry: Carry = at_once,
        wrong: float = SHARE,
    ) -> None:
        """See `Acting` for `carry` and `wrong`."""
        super().__init__(place, carry, wrong)
        self.month = month
        self._machinery = machinery or InProcess(place)
        self._cases: dict[str, Case] = {}
        self._sweeps: set[datetime] = set()

    def play(self, deck: Deck, dossiers: int) -> Played:
        for told in deck.deal(dossiers):
            self.played.applications[told.id] = told
            self._plan(told.arrives, partial(self._arrive, told))
        self.played.without = tuple(deck.without)
        tick = self.month.first_arrival
        while tick < self.month.end:
            if tick.hour == 0 or (self._calendar.is_working_day(tick.date()) and 7 <= tick.hour <= 18):
                self._plan(tick, self._tick)
            tick += _TICK
        while self._agenda and self._agenda[0][0] < self.month.end:
            at, _, what = heapq.heappop(self._agenda)
            self._machinery.move(at)
            what()
        self._machinery.move(self.month.end - timedelta(seconds=1))
        self._machinery.sweep(self.now)
        self._machinery.tick(self.now, written=True)
        self.played.faults += self.mischief.faults
        self.played.wrongs = self.mischief.seen
        return self.played

    # what comes

    def _arrive(self, told: Application) -> None:
        case = self._cases[told.id] = Case.of(told)
        papers, checked = papers_of(told, self.now), checked_of(told.assessment)
        receive_by = told.definition.receive_by[case.random.randrange(len(told.definition.receive_by))]
        owner = told.owner
        if told.channel == "online":
            assert owner is not None
            submit = cmd.Submit(
                told.id,
                self.place.agency.id,
                told.applicant,
                told.example.answers,
                papers,
                receive_by=receive_by,  # type: ignore[arg-type]  # the schema allows no other
                postal_address="Bản Mô Phỏng, tỉnh Sơn La",
                declared=True,
            )
            self._start(case, submit, owner.actor())
            return
        entry = cmd.RegisterAtCounter(
            told.id,
            self.place.agency.id,
            told.applicant,
            told.example.answers,
            papers,
            checked,
            receive_by=receive_by,  # type: ignore[arg-type]  # the schema allows no other
            postal_address="Bản Mô Phỏng, tỉnh Sơn La",
            channel=told.channel,
            owner=owner.key if owner is not None else None,
            method="cash",
            receipt=f"BL{case.random.randrange(10**6):06}",
        )
        desk = self._offices.someone("tiep_nhan", self.place.agency.id, case.random)
        if told.definition.workflow.immediate:
            self._start(case, self._immediate(told.applicant.name, (), entry), desk)
        else:
            self._start(case, entry, desk)

    def _immediate(
        self, recipient: str, checked: tuple[str, ...], entry: cmd.RegisterAtCounter | None = None
    ) -> cmd.CompleteImmediately:
        return cmd.CompleteImmediately(
            registration=entry,
            checked=checked,
            result="Đã trả kết quả tại quầy.",
            recipient=recipient,
            reason="Đã xem bản chính tại quầy.",
            method="cash",
            receipt="BL-NGAY",
        )

    def _start(
        self, case: Case, command: cmd.Submit | cmd.RegisterAtCounter | cmd.CompleteImmediately, actor: Actor
    ) -> None:
        service, command_id = self.place.services.dossiers, case.new_id()

        def ask() -> Dossier:
            return service.start(case.definition, command, actor, command_id)

        try:
            dossier = self._carry(ask)
        except Refused as refused:
            self._unexpected(case, refused)
            return
        self._written = True
        self.played.acknowledged.append(Acknowledged(case.id, command_id))
        if case.random.random() < SHARE / 2:
            again = self._carry(ask)
            if again.version != dossier.version:
                self.played.faults.append(f"{dossier.reference}: nộp hai lần.")
            self.mischief.seen[Wrong.DOUBLE_CLICK] += 1
        self._look(case, dossier)

    # what runs by itself

    def _sweep(self) -> None:
        if self._machinery.sweep(self.now):
            self._written = True
            self._poll()

    def _tick(self) -> None:
        changed = self._machinery.tick(self.now, written=self._written)
        self._written = False
        if changed:
            self._poll()

    def _poll(self) -> None:
        """What the system changed, and which dossiers it opened."""
        rows = self.place.services.repository.collection.find(
            {"agency": self.place.agency.id, "status": {"$in": _OPEN}}, {"version": 1}
        )
        for row in sorted(rows, key=lambda each: str(each["_id"])):
            case = self._cases.get(str(row["_id"]))
            if case is None or case.version != row["version"]:
                dossier = self.place.services.repository.get(str(row["_id"]))
                if dossier is not None:
                    self._look(case or self._opened(dossier), dossier)

    def _opened(self, child: Dossier) -> Case:
        above = self._cases.get(child.parent.id) if child.parent is not None else None
        definition = self.place.services.definitions.by_hash(child.definition)
        made = Case.opened(
            child, definition, above.owner if above else None, above.course if above else Course.PLAIN
        )
        self._cases[child.id] = made
        return made

    # who comes back to it when

    def _look(self, case: Case, dossier: Dossier) -> None:
        """Plan for every open task that nobody has planned for yet, and for every timer."""
        case.version = dossier.version
        if dossier.closed:
            return
        for timer in dossier.timers:
            if timer.due not in self._sweeps and timer.due > self.now:
                self._sweeps.add(timer.due)
                self._plan(timer.due, self._sweep)
        for task in dossier.tasks:
            key = f"{task.id}:{task.function}:{task.entered_at.isoformat()}"
            if key not in case.planned:
                case.planned.add(key)
                at = self._when(case, dossier, task)
                if at is not None:
                    self._plan(at, partial(self._act, case, key, task.id))
        if dossier.status in UNDER_WAY:
            self._beside(case, dossier)
        elif case.course is Course.WITHDRAWN and case.random.random() < 0.4 and case.once("withdrawing"):
            self._plan(self._later(case, 5, 60, anytime=True), partial(self._withdraw, case))

    def _when(self, case: Case, dossier: Dossier, task: Task) -> datetime | None:
        """When somebody does the task; never, where its silence or the uncollected result is the point."""
        if task.function == APPLICANT:
            if case.course is Course.SILENT and task.silent:
                return None
            return self._later(case, 60, 2_000, anytime=case.owner is not None)
        if case.course is Course.UNCOLLECTED and task.phase is Phase.RESULT_READY:
            return None
        if task.id == INTAKE_TASK:
            late = case.random.random() < _LATE_INTAKE
            return self._later(case, 490, 900) if late else self._later(case, 5, 400)
        deadline = dossier.deadline
        if case.course is Course.OVERDUE and deadline and deadline.due and case.once("held up"):
            return self._after(case, max(deadline.due, self.now), 240, 960)
        if case.course is Course.LATE_CONSULTATION and task.item and task.due is not None:
            return self._after(case, task.due, 60, 360)
        allotted = 240 if task.due is None else self._calendar.minutes_between(task.entered_at, task.due)
        return self._later(case, 3, max(4, int(allotted * 0.8)))

    # what they do

    def _act(self, case: Case, key: str, task_id: str) -> None:
        dossier = self.place.services.repository.get(case.id)
        task = dossier.task(task_id) if dossier is not None else None
        if dossier is None or dossier.closed or task is None:
            return
        if dossier.status in INTAKE:
            self._intake(case, dossier)
            return
        step = case.definition.workflow.step(task.step)
        child = dossier.child(task.id)
        if (
            step is not None
            and step.child is not None
            and child is not None
            and child.standing in {"wanted", "open"}
        ):
            case.planned.discard(key)  # looked at again when the other dossier has ended
            return
        actor = self._offices.who(dossier, task, case)
        if task.phase is Phase.WAITING_APPLICANT and dossier.supplement is not None:
            self._do(case, dossier, self._offices.supply(case, dossier, self.now), actor)
            return
        offers = [p for p in self._offered(case, dossier, actor) if p.token == task.id and p.command == "act"]
        if not offers:
            case.planned.discard(key)
            return
        offer = self._offices.choice(case, dossier, offers)
        needs = tuple(each.need for each in offer.needs)
        if Need.PAYMENT in needs and dossier.owed():
            paid = self._pay(case, dossier)
            if paid is None:
                return
            dossier = paid
        if Need.VERIFICATION in needs and not verified(dossier, task.step):
            seen = self._do(case, dossier, self._offices.verification(case, task, self.now), actor)
            if seen is None:
                return
            dossier = seen
        command = self._offices.act(case, dossier, offer, self.now)
        second = next((each for each in offers if each.asks_items), None)
        if second is not None and dossier.supplements_in_solving and case.once("second supplement"):
            asking = self._offices.act(case, dossier, second, self.now)
            meant = self._meant(case, dossier, asking, actor)
            self.mischief.refused(Wrong.SECOND_SUPPLEMENT, meant, frozenset({"supplement_limit"}))
        if self._do(case, dossier, command, actor, needs) is None:
            self._try_again(case, key, task_id)

    def _try_again(self, case: Case, key: str, task_id: str) -> None:
        tries = sum(1 for each in case.done if each.startswith(f"tried {key}"))
        if tries < _TRIES:
            case.done.add(f"tried {key} {tries}")
            self._plan(self._later(case, 60, 300), partial(self._act, case, key, task_id))

    def _intake(self, case: Case, dossier: Dossier) -> None:
        desk = self._offices.reception(dossier, case)
        if dossier.status is Status.SUPPLEMENT_AT_INTAKE:
            who = case.owner.actor() if case.owner is not None else desk
            self._do(case, dossier, self._offices.supply(case, dossier, self.now), who)
            return
        if case.course is Course.REFUSED:
            self._do(case, dossier, cmd.Refuse("Không thuộc thẩm quyền giải quyết của cơ quan."), desk)
            return
        if case.course is Course.SUPPLEMENT_AT_INTAKE and case.once(case.course):
            called = self._do(
                case, dossier, cmd.LogCall(dossier.applicant.phone, "Hướng dẫn chụp lại giấy tờ."), desk
            )
            if called is not None:
                self._do(case, called, self._offices.request(case, called), desk)
            return
        judged = self._judged(case, dossier)
        if dossier.owed("before_acceptance") and not case.definition.workflow.immediate:
            meant = self._meant(case, dossier, cmd.Accept(judged), desk)
            self.mischief.refused(Wrong.UNPAID, meant, frozenset({"unpaid"}))
            paid = self._pay(case, dossier, "before_acceptance")
            if paid is None:
                return
            dossier = paid
        if case.definition.workflow.immediate:
            self._do(case, dossier, self._immediate(dossier.applicant.name, judged), desk)
        else:
            self._do(case, dossier, cmd.Accept(judged), desk)

    def _judged(self, case: Case, dossier: Dossier) -> tuple[str, ...]:
        """The papers that reception ticks."""
        return checked_of(as_handed_in(case.definition, dossier, self._facts))
