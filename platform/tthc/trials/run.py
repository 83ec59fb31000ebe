"""One example of a definition, from the first answer to the last step, through the same kernel as real dossiers.

1. The answers are assessed at the moment of submission; what the example expects of them is compared.
2. An example that can be handed in is: online it is submitted, then accepted; at a counter both are one act.
3. Its steps are taken in order; before each the timers that have come due fire, as the sweep would fire them.

Fees that stand in the way of an action are taken to have been paid, and what an action needs (a draft, a result, a
reason, a recipient) is made up: an example tells of rules, not of files.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from definitions.assess import Assessment, assess
from definitions.examples import Mismatch, Observed, compare, observe
from definitions.model import Definition, Example
from rules.calendar import TZ, Calendar, local
from rules.workflow.model import APPLICANT, END, Action, Need, Step
from tthc.dossiers import commands as cmd
from tthc.dossiers.apply import record
from tthc.dossiers.codec import event_from_json
from tthc.dossiers.context import RECEPTION, SYSTEM, Actor
from tthc.dossiers.decide import decide
from tthc.dossiers.deciding import applicant_scope
from tthc.dossiers.events import Moved, type_name
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Dossier, Status, Task
from tthc.trials.world import CITIZEN, DOSSIER, World, file

ACCEPT: Final = "accept"
_TIMERS: Final = 50
_MOVED: Final = type_name(Moved)


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
class TrialResult:
    """What became of an example.

    `taken`: (step, action) of every move, those the system took for somebody's silence among them; `refusal`: why it
    could not be handed in or a step not be taken.
    """

    name: str
    observed: Observed
    total: int
    mismatches: tuple[Mismatch, ...]
    path: tuple[StepSeen, ...] = ()
    taken: frozenset[tuple[str, str]] = frozenset()
    refusal: str = ""

    @property
    def ok(self) -> bool:
        return not self.mismatches

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(f"Ví dụ “{self.name}”: {mismatch.message}" for mismatch in self.mismatches)


def run(definition: Definition, example: Example, calendar: Calendar) -> TrialResult:
    """Try one example. Pure: the same example gives the same result on any day."""
    world = World(definition, example, calendar)
    assessment = assess(
        definition,
        example.answers,
        now=example.submitted_at,
        channel=example.channel,
        agency=world.agency.scope(),
        applicant=applicant_scope(world.applicant),
    )
    walk = _Walk(world)
    refusal = ""
    try:
        walk.hand_in(assessment)
        walk.take_steps()
    except Refused as refused:
        refusal = refused.sentence()
    dossier = walk.dossier
    due = None if dossier is None or dossier.deadline is None else dossier.deadline.original_due
    observed = observe(assessment, due)
    observed = replace(observed, valid=observed.valid and dossier is not None)
    mismatches = (*compare(example, observed), *walk.mismatches)
    if refusal and _wanted_on(example):
        mismatches = (*mismatches, Mismatch("", None, None, f"Không làm tiếp được: {refusal}"))
    return TrialResult(
        example.name, observed, assessment.total, mismatches, tuple(walk.path), walk.taken, refusal
    )


def run_all(definition: Definition, calendar: Calendar) -> tuple[TrialResult, ...]:
    return tuple(run(definition, example, calendar) for example in definition.examples)


def _wanted_on(example: Example) -> bool:
    """Whether the example speaks of a dossier that is handed in (else its answers alone are the point)."""
    return bool(example.steps) or example.expect.get("due") is not None or example.expect.get("valid") is True


class _Walk:
    def __init__(self, world: World) -> None:
        self.world = world
        self.dossier: Dossier | None = None
        self.path: list[StepSeen] = []
        self.mismatches: list[Mismatch] = []
        self._commands = 0

    @property
    def taken(self) -> frozenset[tuple[str, str]]:
        entries = () if self.dossier is None else self.dossier.history
        moves = (event_from_json(entry.type, entry.data) for entry in entries if entry.type == _MOVED)
        return frozenset(
            (move.left.step, move.action)
            for move in moves
            if isinstance(move, Moved) and move.left is not None
        )

    def hand_in(self, assessment: Assessment) -> None:
        world, example = self.world, self.world.example
        papers = world.papers(assessment, example.submitted_at)
        checked = tuple(p.id for p in assessment.papers)
        accepted_at = _accepted_at(example)
        receive_by = world.definition.receive_by[0]
        entry = cmd.RegisterAtCounter(
            dossier_id=DOSSIER,
            agency=world.agency.id,
            applicant=world.applicant,
            answers=example.answers,
            papers=papers,
            checked=checked,
            receive_by=receive_by,  # type: ignore[arg-type]  # the schema allows no other
            postal_address="Địa chỉ thử",
            channel=world.channel,
            method="cash",
        )
        reception = world.staff(RECEPTION)
        if example.channel != "online":
            self._do(entry, reception, accepted_at)
        else:
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
            self._do(submit, CITIZEN, example.submitted_at)
            self._pay("before_acceptance", accepted_at)
            self._do(cmd.Accept(checked), reception, accepted_at)
        self._see(ACCEPT, "Tiếp nhận", accepted_at)

    def take_steps(self) -> None:
        at = _accepted_at(self.world.example)
        for place, told in enumerate(self.world.example.steps):
            at = _instant(told, at)
            if told["do"] != ACCEPT:
                self._take(str(told["do"]), at)
            self._compare(place, told)

    def _take(self, action_id: str, at: datetime) -> None:
        self._fire_timers(at)
        task, step, action = self._find(action_id)
        if Need.PAYMENT in action.needs:
            self._pay(None, at)
        following = self.world.definition.workflow.step(action.to)
        assignee = None
        if Need.ASSIGNEE in action.needs and following is not None:
            assignee = self.world.staff(following.actor)
        act = self._act(task, action, at, assignee)
        self._do(act, self._actor(step), at, assignee)
        self._see(action.id, action.label, at)

    def _find(self, action_id: str) -> tuple[Task, Step, Action]:
        dossier = self.dossier
        assert dossier is not None
        for task in dossier.tasks:
            step = self.world.definition.workflow.step(task.step)
            action = step.action(action_id) if step is not None else None
            if step is not None and action is not None:
                return task, step, action
        here = ", ".join(f"“{task.name}”" for task in dossier.tasks) or "chỗ đã kết thúc"
        raise Refused("no_action", f"Hồ sơ đang ở {here}, không có thao tác “{action_id}”.")

    def _actor(self, step: Step) -> Actor:
        if step.actor != APPLICANT:
            return self.world.staff(step.actor)
        return CITIZEN if self.world.channel == "online" else self.world.staff(RECEPTION)

    def _act(self, task: Task, action: Action, at: datetime, assignee: Actor | None) -> cmd.Act:
        dossier = self.dossier
        assert dossier is not None
        attaches = action.needs & {Need.DRAFT, Need.RESULT}
        return cmd.Act(
            token=task.id,
            action=action.id,
            reason="Lý do thử" if Need.REASON in action.needs or task.function == APPLICANT else "",
            assignee=None if assignee is None else assignee.id,
            files=(file(action.id, at),) if attaches else (),
            number="01/QĐ-UBND" if Need.RESULT in action.needs else "",
            issued_on=local(at).date() if Need.RESULT in action.needs else None,
            recipient="Người nhận thử" if Need.RECIPIENT in action.needs else "",
            originals_checked=tuple(paper.paper_id for paper in dossier.papers),
        )

    def _pay(self, collect: str | None, at: datetime) -> None:
        dossier = self.dossier
        owed = () if dossier is None else tuple(fee.id for fee in dossier.owed(collect))
        if owed:
            self._do(cmd.RecordPayment(owed), self.world.staff(RECEPTION), at)

    def _fire_timers(self, until: datetime) -> None:
        """Those due before this instant, each at its own; a bounded number, as silence may go in a circle."""
        for _ in range(_TIMERS):
            dossier = self.dossier
            assert dossier is not None
            timer = next((t for t in dossier.timers if t.due < until), None)
            if timer is None:
                return
            self._do(cmd.FireTimer(timer.id), SYSTEM, timer.due)

    def _do(self, command: cmd.Command, actor: Actor, at: datetime, assignee: Actor | None = None) -> None:
        self._commands += 1
        context = self.world.context(at, actor, f"trial-{self._commands}", assignee)
        events = decide(self.world.definition, self.dossier, command, context)
        self.dossier = record(self.dossier, events, context)

    def _see(self, action: str, label: str, at: datetime) -> None:
        dossier = self.dossier
        assert dossier is not None
        step = dossier.tasks[0].step if dossier.tasks else END
        name = dossier.tasks[0].name if dossier.tasks else "Kết thúc"
        self.path.append(StepSeen(action, label, at, step, name, dossier.status))

    def _compare(self, place: int, told: Mapping[str, object]) -> None:
        dossier, expect = self.dossier, told.get("expect")
        assert dossier is not None
        if not isinstance(expect, Mapping):
            return
        steps = [task.step for task in dossier.tasks] or [END]
        dues = [f"{local(task.due):%Y-%m-%dT%H:%M}" for task in dossier.tasks if task.due is not None]
        outcome = [] if dossier.outcome is None else [str(dossier.outcome)]
        found = {"step": steps, "outcome": outcome, "due": dues}
        names = {"step": "đang ở bước", "outcome": "kết cục", "due": "hạn của bước"}
        for key, wanted in expect.items():
            if str(wanted) not in found[key]:
                got = ", ".join(found[key]) or "không có"
                message = f"Thao tác thứ {place + 1} ({told['do']}): {names[key]}: mong đợi {wanted}, thực tế {got}."
                self.mismatches.append(Mismatch(f"steps.{place}.{key}", wanted, found[key], message))


def _accepted_at(example: Example) -> datetime:
    steps: Sequence[Mapping[str, object]] = example.steps
    if example.accepted_at is not None:
        return example.accepted_at
    if steps and steps[0]["do"] == ACCEPT:
        return _instant(steps[0], example.submitted_at)
    return example.submitted_at


def _instant(told: Mapping[str, object], otherwise: datetime) -> datetime:
    at = told.get("at")
    return otherwise if at is None else datetime.fromisoformat(str(at)).replace(tzinfo=TZ)
