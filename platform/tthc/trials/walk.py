"""The way of one example through the kernel: handed in, then step by step, each compared with what it expects.

Before each act the timers that have come due fire, as the sweep would fire them; and after it the event rules are asked,
by their pure twin, and what they propose is carried out as the workers would (`tthc.dossiers.watching`). Fees that stand in the way of an
action are taken to have been paid, and what an action needs (a draft, a result, a reason, a recipient) is made up: an
example tells of rules, not of files.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from definitions.assess import Assessment
from definitions.examples import Mismatch
from rules.calendar import TZ, local
from rules.events import EventRules
from rules.workflow.choosing import asks_whom
from rules.workflow.model import APPLICANT, END, EXTERNAL, Action, Need, Step
from tthc.dossiers import commands as cmd
from tthc.dossiers.apply import record
from tthc.dossiers.codec import event_from_json
from tthc.dossiers.context import CLERK, RECEPTION, SYSTEM, Actor
from tthc.dossiers.decide import decide
from tthc.dossiers.events import Moved, type_name
from tthc.dossiers.facts import Surroundings
from tthc.dossiers.looking import found
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import INTAKE, Dossier, Proposal, Signed, Status, Task
from tthc.dossiers.verifying import verified
from tthc.dossiers.way_of_return import in_person_instead
from tthc.trials.expecting import Before, compare_step
from tthc.trials.words import ACCEPT, EARLY, QUESTION, REASON, WORDS, Asked, verification
from tthc.trials.world import CITIZEN, DOSSIER, World, file

_TIMERS: Final = 50
_ANSWER: Final = timedelta(days=10)
_MOVED: Final = type_name(Moved)
_TWIN: Final = EventRules(use_extension=False)


@dataclass(frozen=True, slots=True)
class StepSeen:
    """One act of the path. `label`: what was done; `at_step`: name of the step afterwards, `status` of the dossier."""

    action: str
    label: str
    at: datetime
    step: str
    at_step: str
    status: Status


@dataclass(frozen=True, slots=True)
class Passage:
    """One move of the workflow: from which step by which action, and which steps were entered or passed over."""

    step: str
    action: str
    entered: tuple[str, ...]
    skipped: tuple[str, ...]


class Walk:
    """`dossier`: as the acts so far left it; None before it is handed in. `place`: the step of the example that is being
    taken, from 0; `left`: the dossier as each step left it.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.dossier: Dossier | None = None
        self.path: list[StepSeen] = []
        self.mismatches: list[Mismatch] = []
        self.place: int | None = None
        self.left: list[Dossier] = []
        self._ends: list[int] = []
        self._commands = 0
        self._looked = 0

    @property
    def passages(self) -> tuple[Passage, ...]:
        entries = () if self.dossier is None else self.dossier.history
        moves = (event_from_json(entry.type, entry.data) for entry in entries if entry.type == _MOVED)
        return tuple(
            Passage(
                move.left.step if move.left is not None else "",
                move.action,
                tuple(task.step for task in move.entered),
                move.skipped,
            )
            for move in moves
            if isinstance(move, Moved)
        )

    @property
    def proposed_at(self) -> tuple[tuple[Proposal, ...], ...]:
        """What event rules proposed up to the end of each step since the one before; without steps, all at once."""
        made = () if self.dossier is None else self.dossier.proposals
        ends = [*self._ends, len(made)]
        return tuple(made[start:end] for start, end in zip([0, *ends], ends, strict=False))

    def hand_in(self, assessment: Assessment) -> None:
        """Submitted online, and accepted unless the example does something before; at a counter both at once."""
        world, example = self.world, self.world.example
        papers = world.papers(assessment, example.submitted_at)
        receive_by = world.definition.receive_by[0]
        entry = cmd.RegisterAtCounter(
            dossier_id=DOSSIER,
            agency=world.agency.id,
            applicant=world.applicant,
            answers=example.answers,
            papers=papers,
            checked=tuple(p.id for p in assessment.papers),
            receive_by=receive_by,  # type: ignore[arg-type]  # the schema allows no other
            postal_address="Địa chỉ thử",
            channel=world.channel,
            method="cash",
        )
        if example.channel != "online":
            at = self.accepted_at
            self.do(entry, world.staff(RECEPTION), at)
            self._see(ACCEPT, "Tiếp nhận", at)
            self.ask_rules(at)
            return
        submit = cmd.Submit(
            dossier_id=DOSSIER,
            agency=entry.agency,
            applicant=entry.applicant,
            answers=entry.answers,
            papers=papers,
            receive_by=entry.receive_by,
            postal_address=entry.postal_address,
            declared=True,
        )
        self.do(submit, CITIZEN, example.submitted_at)
        self.ask_rules(example.submitted_at)
        if not example.steps or example.steps[0]["do"] not in EARLY:
            self._accept(self.accepted_at)
            self.ask_rules(self.accepted_at)

    def take_steps(self) -> None:
        at = self.world.example.submitted_at if self._at_intake() else self.accepted_at
        for place, told in enumerate(self.world.example.steps):
            self.place = place
            at = instant(told, at)
            before = replace(Before.of(self.dossier), proposals=self._ends[-1] if self._ends else 0)
            word = str(told["do"])
            if word == ACCEPT:
                before = Before() if not self._at_intake() and place == 0 else before
                if self._at_intake():
                    self.fire_timers(at)
                    self._accept(at)
            elif word in WORDS and not self._offers(word):
                self.fire_timers(at)
                WORDS[word](self, Asked(told, at))
                self._see(word, word, at)
            else:
                self._take(word, told, at, place)
            assert self.dossier is not None
            self.ask_rules(at)
            self.mismatches += compare_step(self.dossier, before, place, told)
            self._ends.append(len(self.dossier.proposals))
            self.left.append(self.dossier)

    @property
    def accepted_at(self) -> datetime:
        example = self.world.example
        if example.accepted_at is not None:
            return example.accepted_at
        if example.steps and example.steps[0]["do"] == ACCEPT:
            return instant(example.steps[0], example.submitted_at)
        return example.submitted_at

    def pay(self, collect: str | None, at: datetime) -> None:
        """Whatever is owed, of one moment of collection or of all."""
        dossier = self.dossier
        owed = () if dossier is None else tuple(fee.id for fee in dossier.owed(collect))
        if owed:
            self.do(cmd.RecordPayment(owed), self.world.staff(RECEPTION), at)

    def fire_timers(self, until: datetime) -> None:
        """Those due before this instant, each at its own; a bounded number, as silence may go in a circle."""
        for _ in range(_TIMERS):
            dossier = self.dossier
            assert dossier is not None
            timer = next((t for t in dossier.timers if t.due < until), None)
            if timer is None:
                break
            self.do(cmd.FireTimer(timer.id), SYSTEM, timer.due)
            self.ask_rules(timer.due)
        self.ask_rules(until)

    def ask_rules(self, at: datetime) -> None:
        """What the event rules find in everything since they were last asked, and in time having passed."""
        around = Surroundings(self.world.definition, self.world.agency, self.world.calendar)
        assert self.dossier is not None
        seen = self._looked
        while True:
            dossier = self.dossier
            wanted = found(around, dossier, seen, at, _TWIN.holding)
            if not wanted:
                break
            for each in wanted:
                self.do(cmd.Propose(each.rule, each.answers), SYSTEM, at)
                last = self.dossier.proposals[-1]
                if last.kind == "take" and last.accepted:
                    self._see(each.rule, f"Quy tắc “{last.label}”: {last.action}", at)
            seen = len(dossier.history)
        self._looked = len(self.dossier.history)

    def do(self, command: cmd.Command, actor: Actor, at: datetime, assignee: Actor | None = None) -> None:
        self._commands += 1
        context = self.world.context(at, actor, f"trial-{self._commands}", assignee)
        events = decide(self.world.definition, self.dossier, command, context)
        self.dossier = record(self.dossier, events, context)

    def _at_intake(self) -> bool:
        return self.dossier is not None and self.dossier.status in INTAKE

    def _accept(self, at: datetime) -> None:
        self.pay("before_acceptance", at)
        dossier = self.dossier
        assert dossier is not None
        assessment = self.world.assessed(dossier)
        self.do(cmd.Accept(tuple(p.id for p in assessment.papers)), self.world.staff(RECEPTION), at)
        self._see(ACCEPT, "Tiếp nhận", at)

    def _take(self, action_id: str, told: Mapping[str, object], at: datetime, place: int) -> None:
        self.fire_timers(at)
        task, step, action = self._find(action_id, str(told.get("for", "")))
        for key, need in (("reason", Need.REASON), ("assignee", Need.ASSIGNEE)):
            if key in told and need not in action.needs and task.function != APPLICANT:
                message = (
                    f"Thao tác thứ {place + 1} ({action_id}): ví dụ ghi {key}, nhưng thao tác không đòi."
                )
                self.mismatches.append(Mismatch(f"steps.{place}.{key}", told[key], None, message))
        if Need.PAYMENT in action.needs:
            self.pay(None, at)
        dossier = self.dossier
        assert dossier is not None
        if Need.VERIFICATION in action.needs and not verified(dossier, step.id):
            self.do(verification(task.id, at), self._actor(task, step, told), at)
        following = self.world.definition.workflow.step(action.to)
        assignee = None
        if Need.ASSIGNEE in action.needs and following is not None:
            assignee = self.world.staff(following.actor, str(told.get("assignee", "")))
        self.do(self._act(task, action, told, at, assignee), self._actor(task, step, told), at, assignee)
        self._see(action.id, action.label, at)

    def _offers(self, action_id: str) -> bool:
        """Whether an open step has an action of this name: the procedure's own words come first."""
        dossier, workflow = self.dossier, self.world.definition.workflow
        steps = () if dossier is None else tuple(workflow.step(task.step) for task in dossier.tasks)
        return any(step is not None and step.action(action_id) is not None for step in steps)

    def _find(self, action_id: str, item: str) -> tuple[Task, Step, Action]:
        """The open task with this action; `item`: of several, that which is done for this part of a list."""
        dossier = self.dossier
        assert dossier is not None
        for task in dossier.tasks:
            step = self.world.definition.workflow.step(task.step)
            action = step.action(action_id) if step is not None else None
            if step is not None and action is not None and item in {"", task.item}:
                return task, step, action
        here = ", ".join(f"“{task.name}”" for task in dossier.tasks) or "chỗ đã kết thúc"
        raise Refused("no_action", f"Hồ sơ đang ở {here}, không có thao tác “{action_id}”.")

    def _actor(self, task: Task, step: Step, told: Mapping[str, object]) -> Actor:
        if step.actor == EXTERNAL:
            return SYSTEM
        if step.actor != APPLICANT:
            return self.world.staff(step.actor, str(told.get("by", task.assignee_name)), task.agency)
        return CITIZEN if self.world.channel == "online" else self.world.staff(RECEPTION)

    def _act(
        self, task: Task, action: Action, told: Mapping[str, object], at: datetime, assignee: Actor | None
    ) -> cmd.Act:
        dossier = self.dossier
        assert dossier is not None
        attaches = action.needs & {Need.DRAFT, Need.RESULT, Need.SIGNATURE}
        chosen = told.get("chosen", ())
        assert isinstance(chosen, (list, tuple))
        given = str(told.get("reason", REASON))
        step = self.world.definition.workflow.step(task.step)
        explains = (
            Need.REASON in action.needs
            or task.function == APPLICANT
            or (step is not None and in_person_instead(dossier, step, action))
        )
        return cmd.Act(
            token=task.id,
            action=action.id,
            reason=given if explains else "",
            assignee=None if assignee is None else assignee.id,
            files=(file(action.id, at),) if attaches else (),
            number="01/QĐ-UBND" if Need.RESULT in action.needs else "",
            issued_on=local(at).date() if Need.RESULT in action.needs else None,
            recipient="Người nhận thử" if Need.RECIPIENT in action.needs else "",
            originals_checked=tuple(paper.paper_id for paper in dossier.papers),
            chosen=tuple(str(each) for each in chosen),
            question=str(told.get("question", QUESTION)) if chosen else "",
            answer_by=self._answer_by(action, at) if chosen else None,
            items=Asked(told, at).items,
            signed=_signed(task, at) if Need.SIGNATURE in action.needs else (),
        )

    def _answer_by(self, action: Action, at: datetime) -> datetime | None:
        """Made up where the definition gives the agencies no time of its own."""
        asked = asks_whom(self.world.definition.workflow, action)
        return at + _ANSWER if asked is not None and asked.duration is None and asked.until is None else None

    def _see(self, action: str, label: str, at: datetime) -> None:
        dossier = self.dossier
        assert dossier is not None
        step = dossier.tasks[0].step if dossier.tasks else END
        name = dossier.tasks[0].name if dossier.tasks else "Kết thúc"
        self.path.append(StepSeen(action, label, at, step, name, dossier.status))


def _signed(task: Task, at: datetime) -> tuple[Signed, ...]:
    """As a person at their step, or the agency at the clerk's, would have signed."""
    kind: Literal["person", "agency"] = "agency" if task.function == CLERK else "person"
    return (Signed(kind, "Người ký thử", "", at),)


def instant(told: Mapping[str, object], otherwise: datetime) -> datetime:
    """When a step of an example is taken: as it says, else with the one before it."""
    at = told.get("at")
    return otherwise if at is None else datetime.fromisoformat(str(at)).replace(tzinfo=TZ)
