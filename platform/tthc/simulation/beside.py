"""What befalls a dossier beside its steps: withdrawn, telephoned about, extended, apologised for, given to somebody else."""

import random
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial

from rules.deadlines import DeadlineRule, Unit
from rules.workflow.model import APPLICANT
from tthc.dossiers import commands as cmd
from tthc.dossiers.context import RECEPTION
from tthc.dossiers.grounds import laws
from tthc.dossiers.solving import is_overdue
from tthc.dossiers.state import Dossier, Status
from tthc.simulation.acting import Acting
from tthc.simulation.kinds import Course, Wrong
from tthc.simulation.offices import Case


class Beside(Acting):
    """Each once, as the case's course says."""

    def _beside(self, case: Case, dossier: Dossier) -> None:
        match case.course:
            case Course.WITHDRAWN if case.once("withdrawing"):
                self._plan(
                    self._later(case, 30, 900, anytime=case.owner is not None), partial(self._withdraw, case)
                )
            case Course.CALLED if case.once("calling"):
                self._plan(self._later(case, 10, 300), partial(self._call, case))
            case Course.EXTENDED if dossier.deadline and dossier.deadline.due and case.once("extending"):
                left = self._calendar.minutes_between(self.now, dossier.deadline.due)
                self._plan(self._later(case, 1, max(2, left // 3)), partial(self._extend, case))
            case Course.OVERDUE if dossier.deadline and dossier.deadline.due and case.once("apologising"):
                at = self._after(case, max(dossier.deadline.due, self.now), 30, 120)
                self._plan(at, partial(self._apologise, case))
            case Course.REASSIGNED if any(t.assignee for t in dossier.tasks) and case.once("reassigning"):
                self._plan(self.now + timedelta(seconds=90), partial(self._reassign, case))
            case _:
                return

    def _withdraw(self, case: Case) -> None:
        dossier = self._current(case)
        if (
            dossier is None
            or dossier.status is Status.RESULT_READY
            or any(d.kind == "result" for d in dossier.documents)
        ):
            return
        who = case.owner.actor() if case.owner is not None else self._offices.reception(dossier, case)
        self._do(case, dossier, cmd.Withdraw("Không còn nhu cầu."), who)

    def _call(self, case: Case) -> None:
        dossier = self._current(case)
        if dossier is not None:
            said = cmd.LogCall(dossier.applicant.phone or "0212 000 0000", "Hướng dẫn chuẩn bị bản chính.")
            self._do(case, dossier, said, self._offices.reception(dossier, case))

    def _extend(self, case: Case) -> None:
        dossier = self._current(case)
        if dossier is None or dossier.solved_at is not None:
            return
        more = DeadlineRule(Decimal(2), Unit.WORKING_DAY)
        known = laws(case.definition)
        # some by a clause of law, some without one
        basis = f"khoản 2 Điều 17, {known[0]}" if known and case.random.random() < 0.5 else ""
        command = cmd.Extend(more, "Phải kiểm tra thực địa.", "Phiếu đề nghị 01/PĐN-MP", basis=basis)
        self._do(case, dossier, command, self._offices.reception(dossier, case))

    def _apologise(self, case: Case) -> None:
        """Overdue, so that the door is closed: first it is tried, then the apology is made."""
        dossier = self._current(case)
        if dossier is None or not is_overdue(dossier, self.now) or dossier.solved_at is not None:
            return
        self._closed_door(case, dossier)
        promised = self._calendar.add_working_days(self.now, 3)
        command = cmd.Apologise("Chưa có ý kiến của cơ quan được hỏi.", promised)
        self._do(case, dossier, command, self._offices.reception(dossier, case))

    def _closed_door(self, case: Case, dossier: Dossier) -> None:
        if not any(document.kind == "result" for document in dossier.documents):
            # «Kết thúc hồ sơ», by a hand of its own, so that nothing else of the case is drawn otherwise
            aside = replace(case, random=random.Random(case.id))  # noqa: S311 — to be played again
            desk = self.place.staff[dossier.agency, RECEPTION][0].actor(dossier.agency)
            meant = self._meant(aside, dossier, cmd.Close(), desk)
            self.mischief.refused(Wrong.CLOSED_DOOR, meant, frozenset({"overdue"}))
        for task in dossier.tasks:
            if task.function == APPLICANT or (task.agency, task.function) not in self.place.staff:
                continue
            actor = self._offices.who(dossier, task, case)
            offers = [p for p in self._offered(case, dossier, actor) if p.token == task.id and p.asks_items]
            if offers:
                command = self._offices.act(case, dossier, offers[0], self.now)
                meant = self._meant(case, dossier, command, actor)
                self.mischief.refused(Wrong.CLOSED_DOOR, meant, frozenset({"overdue"}))
                return

    def _reassign(self, case: Case) -> None:
        dossier = self._current(case)
        task = next((t for t in dossier.tasks if t.assignee), None) if dossier is not None else None
        if dossier is None or task is None or not task.assigned_by:
            return
        other = next(a for a in self.place.staff[task.agency, task.function] if a.key != task.assignee)
        giver = self._offices.someone(task.assigned_by, task.agency, case.random)
        self._do(case, dossier, cmd.Reassign(task.id, other.key, "Cán bộ đi công tác."), giver)
