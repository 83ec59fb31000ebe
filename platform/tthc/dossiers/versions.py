"""What another version of its definition makes of a dossier, and what stands in the way of going on under it. Pure.

The moment of submission stays the dossier's, so the law of that day is asked of both versions: what differs is what the
versions say otherwise, never that time went by.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from definitions.assess import Assessment
from definitions.model import Definition, FeeDue, PaperDue
from renderers.text import instant, money
from rules.calendar import Calendar
from rules.deadlines import due
from rules.workflow.model import Step, Workflow
from tthc.dossiers.context import AgencyFacts
from tthc.dossiers.deciding import as_handed_in
from tthc.dossiers.differences import Difference
from tthc.dossiers.solving import recount, task_declines
from tthc.dossiers.state import INTAKE_TASK, DeadlineState, Dossier, FeeState, Task
from tthc.dossiers.values import replace

NO_DUE = "không quy định"


@dataclass(frozen=True, slots=True)
class Side:
    """What one version makes of the dossier. `due`: with the pauses and extensions that it has had."""

    definition: Definition
    assessment: Assessment
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Obstacles:
    """Why an open dossier cannot simply go on under the other version, one sentence each. `firm`: nobody can decide it
    away; `others`: a person who has looked at the dossier may.
    """

    firm: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.firm, *self.others)


def side(definition: Definition, dossier: Dossier, agency: AgencyFacts, calendar: Calendar) -> Side:
    """The dossier as this version has it."""
    found = as_handed_in(definition, dossier, agency)
    ends = None
    if found.deadline is not None:
        state = dossier.deadline
        ends = due(
            found.deadline.rule,
            dossier.accepted_at or dossier.submitted_at,
            calendar,
            state.pauses if state is not None else (),
            state.extensions if state is not None else (),
        ).at
    return Side(definition, found, ends)


def differences(old: Side, new: Side) -> Iterator[Difference]:
    """Case, mistakes in answers, papers, fees and the due date, in this order."""
    cases = [each.assessment.case.label if each.assessment.case else "không có" for each in (old, new)]
    if cases[0] != cases[1]:
        yield Difference("case", "", *cases)
    known = {(error.path, error.message) for error in old.assessment.submission.errors}
    for error in new.assessment.submission.errors:
        if error.severity == "error" and (error.path, error.message) not in known:
            yield Difference("answers", error.path, "", error.told)
    papers = [{paper.id: paper for paper in each.assessment.papers} for each in (old, new)]
    for paper_id in dict.fromkeys((*papers[0], *papers[1])):
        told = [_copies(found.get(paper_id)) for found in papers]
        if told[0] != told[1]:
            name = (papers[1].get(paper_id) or papers[0][paper_id]).name
            yield Difference("paper", name, *told)
    fees = [{fee.id: fee for fee in each.assessment.fees} for each in (old, new)]
    for fee_id in dict.fromkeys((*fees[0], *fees[1])):
        was, now = fees[0].get(fee_id), fees[1].get(fee_id)
        if (was and was.amount) != (now and now.amount):
            label = (now or was or fees[0][fee_id]).label
            yield Difference("fee", label, money(was.amount) if was else "", money(now.amount) if now else "")
    if old.due != new.due:
        yield Difference("due", "", instant(old.due) or NO_DUE, instant(new.due) or NO_DUE)


def _copies(paper: PaperDue | None) -> str:
    """How many of it, as two versions may say it differently; empty where it is not asked for."""
    if paper is None:
        return ""
    counted = [f"{paper.original} bản chính"] * bool(paper.original) + [f"{paper.copy} bản sao"] * bool(
        paper.copy
    )
    told = ", ".join(counted) or "có"
    return told if paper.required else f"{told} (không bắt buộc)"


def obstacles(old: Side, new: Side, dossier: Dossier, now: datetime | None = None) -> Obstacles:
    """`now`: where it is known, so that a due date already past is seen."""
    return Obstacles(tuple(_firm(old, new, dossier)), tuple(_others(old, new, dossier, now)))


def _firm(old: Side, new: Side, dossier: Dossier) -> Iterator[str]:
    found = new.assessment
    if new.definition.procedure != dossier.procedure:
        yield "Bản kia là của thủ tục khác."
    if found.ended:
        yield "Trường hợp này không còn được giải quyết ở đây."
        return
    yield from (gap.message for gap in found.gaps)
    if new.definition.workflow.immediate != dossier.immediate:
        yield "Một trong hai bản trả kết quả ngay, bản kia thì không."
    yield from _standing(old.definition.workflow, new.definition.workflow, dossier.tasks)
    if dossier.accepted_at is not None and dossier.deadline is None and new.due is not None:
        yield "Bản mới đặt thời hạn, hồ sơ này đã tiếp nhận mà không có hạn trả."


def _others(old: Side, new: Side, dossier: Dossier, now: datetime | None) -> Iterator[str]:
    found = new.assessment
    if found.ended:
        return
    if old.assessment.case is not None and (found.case is None or found.case.id != old.assessment.case.id):
        yield "Hồ sơ rơi vào trường hợp khác."
    if not found.submission.valid:
        wrong = next(error for error in found.submission.errors if error.severity == "error")
        yield f"Câu trả lời chưa đạt theo bản mới: {wrong.told}"
    asked = {paper.id for paper in old.assessment.papers if paper.required}
    for paper in found.papers:
        brought = paper.form_generated or paper.id in asked or dossier.paper(paper.id) is not None
        if paper.required and not brought:
            yield f"Phải bổ sung “{paper.name}”."
    yield from (
        f"Đã thu {money(paid)} của “{label}”, bản mới là {money(now_amount)}."
        for label, paid, now_amount in paid_otherwise(found.fees, dossier.fees)
    )
    promised = dossier.deadline.due if dossier.deadline is not None else None
    if promised is None:
        return
    if new.due is None or new.due > promised:
        yield f"Hạn trả muộn hơn ngày đã hẹn với người nộp: {instant(promised)}."
    elif now is not None and dossier.solved_at is None and new.due < now <= promised:
        yield f"Theo bản mới hồ sơ quá hạn ngay: hạn trả là {instant(new.due)}."


def _standing(old: Workflow, new: Workflow, tasks: Sequence[Task]) -> Iterator[str]:
    """Where the dossier stands, asked of the other workflow."""
    for task in tasks:
        if task.id == INTAKE_TASK:
            continue
        before, step = old.step(task.step), new.step(task.step)
        if step is None:
            yield f"Quy trình mới không có bước “{task.name}” mà hồ sơ đang đứng."
        elif step.actor != task.function:
            yield f"Bước “{task.name}” do người giữ chức năng khác làm."
        elif before is not None and _place(before) != _place(step):
            yield f"Bước “{task.name}” trong quy trình mới chờ việc khác nên hồ sơ không đứng tiếp ở đó được."
    if any(task.forks for task in tasks) and _shape(old) != _shape(new):
        yield "Hồ sơ đang ở các nhánh song song mà quy trình mới chia hoặc nhập nhánh khác đi."


def _place(step: Step) -> tuple[object, ...]:
    """What waits there, apart from who and how long."""
    child = step.child
    ends = (child.procedure, child.on_returned, child.on_declined) if child is not None else None
    return step.phase, step.automatic, step.at_item, step.each is None, ends


def _shape(workflow: Workflow) -> tuple[object, ...]:
    """The steps and how they split and join."""
    return tuple(
        (
            step.id,
            step.join,
            step.cancel_rest,
            tuple((a.id, a.targets, a.together, a.cancels) for a in step.actions),
        )
        for step in workflow.steps
    )


def paid_otherwise(due: Sequence[FeeDue], fees: Sequence[FeeState]) -> list[tuple[str, int, int]]:
    """`(label, paid, what it would be now)` of every fee that was paid and comes to something else. A fee paid in parts
    is one: the rest of `phi` is called `phi+1`.
    """
    amounts = {fee.id: fee.amount for fee in due}
    paid: dict[str, tuple[str, int]] = {}
    rest: dict[str, int] = {}
    for fee in fees:
        root = fee.id.partition("+")[0]
        if fee.paid_at is None:
            rest[root] = rest.get(root, 0) + fee.amount
            continue
        label, sum_so_far = paid.get(root, (fee.label, 0))
        paid[root] = label, sum_so_far + fee.amount
    return [
        (label, amount, amounts.get(root, 0))
        for root, (label, amount) in paid.items()
        if amount + rest.get(root, 0) != amounts.get(root, 0)
    ]


def fees_by(due: Sequence[FeeDue], before: Sequence[FeeState]) -> tuple[FeeState, ...]:
    """What is owed by the other version. What was paid stays as it was paid, and a difference is neither asked for nor
    given back: `waived` keeps a later supplement from asking for it. A part that was still owed before stays owed, as
    long as the new amount reaches that far.
    """
    states: list[FeeState] = []
    for fee in due:
        lines = [f for f in before if f.id.partition("+")[0] == fee.id]
        paid = [f for f in lines if f.paid_at is not None]
        if not paid:
            states.append(FeeState(fee.id, fee.label, fee.kind, fee.amount, fee.collect, fee.explanation))
            continue
        owed = [f for f in lines if f.paid_at is None]
        left = max(0, fee.amount - sum(f.amount for f in paid))
        rest = [replace(f, amount=min(f.amount, left)) for f in owed if min(f.amount, left)]
        waived = left - sum(f.amount for f in rest)
        states += [replace(paid[0], waived=waived), *(replace(f, waived=0) for f in paid[1:]), *rest]
    told = {state.id for state in states}
    return (*states, *(f for f in before if f.paid_at is not None and f.id not in told))


def tasks_by(workflow: Workflow, dossier: Dossier) -> tuple[Task, ...]:
    """The open tasks at the steps of the same ids; since when and until when they wait stays."""
    moved: list[Task] = []
    for task in dossier.tasks:
        step = None if task.id == INTAKE_TASK else workflow.step(task.step)
        if step is None:
            moved.append(task)
            continue
        moved.append(
            replace(
                task,
                name=step.name,
                silent=step.on_timeout,
                declines=task_declines(step),
            )
        )
    return tuple(moved)


def deadline_by(new: Side, dossier: Dossier, calendar: Calendar) -> DeadlineState | None:
    """The deadline by the other version's amount: counted from the same acceptance, with the same intervals in which it
    stood; the day promised first stays on record.
    """
    state, row, accepted_at = dossier.deadline, new.assessment.deadline, dossier.accepted_at
    if state is None or row is None or accepted_at is None:
        return state
    rule = row.rule
    if dossier.solved_at is not None:
        return state  # solved is solved: the day it is measured by does not move any more
    if rule == state.rule:
        return replace(state, label=row.label)
    changed = replace(
        state,
        amount=rule.amount,
        unit=rule.unit,
        label=row.label,
        cutoff=rule.cutoff,
        return_at=rule.return_at,
        additions=rule.additions,
    )
    return recount(changed, accepted_at, calendar, state.pauses, state.extensions)
