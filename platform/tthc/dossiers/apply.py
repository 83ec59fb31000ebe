"""From events to state: no rules here, only what each fact changes."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from rules.i18n import noted
from rules.workflow.model import APPLICANT, Outcome, Phase
from tthc.dossiers import events as ev
from tthc.dossiers.apply_aside import aside, with_late_opinion
from tthc.dossiers.apply_refund import refunded
from tthc.dossiers.blocked import Blocked
from tthc.dossiers.capacity import called, in_whose_place
from tthc.dossiers.chain import link
from tthc.dossiers.changing_hands import arrived, changed_hands, succeeded_handover
from tthc.dossiers.claims import held
from tthc.dossiers.codec import event_from_json, milliseconds
from tthc.dossiers.context import RECEPTION, Actor, Context, StandIn
from tthc.dossiers.errands import errands
from tthc.dossiers.family import ChildState
from tthc.dossiers.notices_plan import notices
from tthc.dossiers.reminding import STOPPED
from tthc.dossiers.state import INTAKE_TASK, Acting, Dossier, Entry, PostState, Reminder, Status, Task, Who
from tthc.dossiers.status import status_of
from tthc.dossiers.timers import timers
from tthc.dossiers.values import replace
from tthc.dossiers.way_of_return import way_taken

INTAKE_NAME = noted("Kiểm tra, tiếp nhận hồ sơ")
SUPPLEMENT_NAME = noted("Bổ sung hồ sơ")

_ENDS = {Outcome.RETURNED: Status.RETURNED, Outcome.DECLINED: Status.DECLINED}


def evolve(dossier: Dossier | None, event: ev.Event, at: datetime, by: str) -> Dossier:
    """The dossier after an event; its history is left to `record`. `by`: the actor's id."""
    at = milliseconds(at)
    if isinstance(event, ev.Submitted):
        changed = _submitted(event, at)
    else:
        if dossier is None:
            raise ValueError("the first event of a dossier is its submission")
        changed = _change(dossier, event, at, by)
    return replace(changed, updated_at=at, timers=timers(changed))


def record(dossier: Dossier | None, happened: Sequence[ev.Event], context: Context) -> Dossier:
    """Apply the events of one command: state, history, notices, and the version, which goes up by one."""
    if not happened:
        if dossier is None:
            raise ValueError("nothing happened to nothing")
        return dossier
    now = milliseconds(context.now)
    actor = who(context.actor, in_whose_place(context.actor, dossier, happened))
    version = dossier.version if dossier is not None else 0
    history = list(dossier.history) if dossier is not None else []
    outbox = list(dossier.outbox) if dossier is not None else []
    for event in happened:
        entry = link(history, event, now, actor, context.command_id)
        history.append(entry)
        # what is applied is what is stored: the event as it reads back
        told = event_from_json(entry.type, entry.data)
        dossier = evolve(dossier, told, now, context.actor.id)
        outbox += notices(told, dossier, entry.seq, now, context.agency)
        outbox += errands(told, dossier, entry.seq, now)
    assert dossier is not None
    return replace(dossier, version=version + 1, history=tuple(history), outbox=tuple(outbox))


def replay(history: Iterable[Entry]) -> Dossier:
    """The dossier as its history tells it, without `outbox`."""
    dossier: Dossier | None = None
    entries: tuple[Entry, ...] = ()
    version, command = 0, None
    for entry in history:
        dossier = evolve(dossier, event_from_json(entry.type, entry.data), entry.at, entry.actor.id)
        entries = (*entries, entry)
        if entry.command_id != command:
            version, command = version + 1, entry.command_id
    if dossier is None:
        raise ValueError("a dossier without history cannot be rebuilt")
    return replace(dossier, history=entries, version=version)


def who(actor: Actor, standing: StandIn | None = None) -> Who:
    """The actor as history keeps them; `standing`: in whose place they act."""
    if standing is None:
        return Who(actor.id, actor.name, actor.kind, actor.agency, actor.unit)
    acting = Acting(standing.capacity, standing.whom, standing.name, standing.decision)
    return Who(actor.id, called(actor, standing), actor.kind, actor.agency, actor.unit, acting)


def _submitted(event: ev.Submitted, at: datetime) -> Dossier:
    return Dossier(
        id=event.id,
        version=0,
        reference=event.reference,
        procedure=event.procedure,
        procedure_name=event.procedure_name,
        definition=event.definition,
        agency=event.agency,
        channel=event.channel,
        case=event.case,
        applicant=event.applicant,
        receive_by=event.receive_by,
        status=Status.SUBMITTED,
        submitted_at=at,
        updated_at=at,
        owner=event.owner,
        postal_address=event.postal_address,
        answers=event.answers,
        papers=event.papers,
        fees=event.fees,
        immediate=event.immediate,
        parent=event.parent,
        intake_due=event.intake_due,
        tasks=(_intake(event.agency, at, event.intake_due, event.reminders),),
        original=arrived(event, at),
        delivery=event.delivery,
        declaration=event.declaration,
    )


def _intake(agency: str, at: datetime, due: datetime | None, reminders: tuple[Reminder, ...] = ()) -> Task:
    return Task(INTAKE_TASK, INTAKE_TASK, INTAKE_NAME, RECEPTION, agency, at, due, reminders=reminders)


def _change(dossier: Dossier, event: ev.Event, at: datetime, by: str) -> Dossier:
    match event:
        case ev.Accepted():
            return replace(
                dossier,
                code=event.code,
                accepted_at=at,
                accepted_by=by,
                checked=event.checked,
                deadline=event.deadline,
                status=Status.SOLVING,
                supplement=None,
                tasks=(),
            )
        case ev.SupplementRequested():
            wait = Task(
                INTAKE_TASK,
                INTAKE_TASK,
                SUPPLEMENT_NAME,
                APPLICANT,
                dossier.agency,
                at,
                phase=Phase.WAITING_APPLICANT,
                reminders=event.reminders,
            )
            return replace(
                dossier,
                status=Status.SUPPLEMENT_AT_INTAKE,
                supplement=event.request,
                intake_due=None,
                tasks=(wait,),
            )
        case ev.IntakeRefused():
            return replace(dossier, status=Status.REFUSED, ended_at=at, tasks=())
        case ev.Supplied():
            return _supplied(dossier, event, at)
        case ev.Withdrawn():
            return replace(dossier, status=Status.WITHDRAWN, ended_at=at, tasks=())
        case ev.Moved():
            moved = _moved(dossier, event, at)
            return with_late_opinion(moved, event.left, assumed=True) if event.silent else moved
        case ev.ChildWanted():
            return replace(dossier, children=(*dossier.children, event.child))
        case ev.ChildTold():
            return replace(
                dossier,
                children=tuple(_told(c, event) if c.task == event.task else c for c in dossier.children),
            )
        case ev.Begun():
            return replace(
                dossier,
                tasks=tuple(
                    replace(t, begun_by=event.name) if t.id == event.token else t for t in dossier.tasks
                ),
            )
        case ev.Reassigned() | ev.Assigned() | ev.Claimed() | ev.GivenBack():
            return replace(
                dossier, tasks=tuple(held(t, event) if t.id == event.token else t for t in dossier.tasks)
            )
        case ev.DocumentAdded():
            return replace(dossier, documents=(*dossier.documents, event.document))
        case ev.FeesPaid():
            return replace(
                dossier,
                fees=tuple(
                    replace(f, paid_at=at, method=event.method, receipt=event.receipt)
                    if f.id in event.fee_ids
                    else f
                    for f in dossier.fees
                ),
            )
        case ev.MalwareFound(sha256=sha256, file=file, malware=malware, places=places):
            return replace(dossier, blocked=(*dossier.blocked, Blocked(sha256, file, malware, places, at)))
        case ev.CallLogged() | ev.FoundStuck():
            return dossier
        case ev.Apologised():
            deadline = dossier.deadline
            return replace(
                dossier,
                apologies=dossier.apologies + 1,
                deadline=deadline and replace(deadline, promised=event.promised),
            )
        case ev.Extended() | ev.Recounted():
            return replace(dossier, deadline=event.deadline)
        case (
            ev.ExtensionAsked()
            | ev.ExtensionAnswered()
            | ev.VerificationArranged()
            | ev.VerificationRecorded()
        ):
            return aside(dossier, event, at)
        case ev.VersionMoved():
            return replace(
                dossier,
                definition=event.after,
                procedure_name=event.name,
                case=event.case,
                fees=event.fees,
                deadline=event.deadline,
                tasks=event.tasks,
            )
        case ev.Succeeded():
            return _succeeded(dossier, event)
        case ev.Warned():
            fired = (*dossier.fired, event.timer_id)
            return replace(dossier, fired=fired, stopped=event.stage == STOPPED)
        case ev.Reminded():
            return with_late_opinion(replace(dossier, fired=(*dossier.fired, event.timer_id)), event.task)
        case ev.Proposed(proposal=proposal):
            return replace(
                dossier,
                proposals=(*dossier.proposals, proposal),
                tasks=tuple(
                    replace(t, unit=proposal.unit_id, unit_name=proposal.unit)
                    if t.id in proposal.tasks
                    else t
                    for t in dossier.tasks
                ),
            )
        case ev.HandedOver() | ev.TakenOver() | ev.OriginalMoved():
            return changed_hands(dossier, event, at, by)
        case ev.HandedToPost():
            return replace(dossier, post=PostState(event.tracking, event.carrier, at, by))
        case ev.RefundAsked() | ev.RefundAnswered() | ev.RefundMade():
            return refunded(dossier, event, at)
        case ev.ReturnCorrected():
            return replace(dossier, ended_at=event.after, recipient=event.recipient)
        case ev.Ended():
            return replace(
                dossier,
                status=_ENDS[event.outcome],
                outcome=event.outcome,
                solved_at=dossier.solved_at or at,
                ended_at=at,
                recipient=event.recipient,
                returned_by=way_taken(dossier, by),
                tasks=(),
            )
        case _:
            raise ValueError(f"{type(event).__name__} cannot happen to a dossier that exists")


def _succeeded(dossier: Dossier, event: ev.Succeeded) -> Dossier:
    """Whoever had the work in the old agency is not of the new one: the work is for its function again."""

    def taken(task: Task) -> Task:
        if task.agency != event.left:
            return task
        named = event.name if task.agency_name else ""
        return replace(
            task,
            agency=event.taken_by,
            agency_name=named,
            item=event.taken_by if task.item == event.left else task.item,
            assignee=None,
            assignee_name="",
            assigned_by="",
            unit="",
            unit_name="",
        )

    owned = event.taken_by if dossier.agency == event.left else dossier.agency
    dossier = succeeded_handover(dossier, event)
    return replace(dossier, agency=owned, tasks=tuple(taken(task) for task in dossier.tasks))


def _told(child: ChildState, event: ev.ChildTold) -> ChildState:
    return replace(
        child,
        standing=event.standing,
        name=event.name or child.name,
        reference=event.reference or child.reference,
        reason=event.reason,
    )


def _supplied(dossier: Dossier, event: ev.Supplied, at: datetime) -> Dossier:
    changed = replace(dossier, answers=event.answers, papers=event.papers, fees=event.fees, case=event.case)
    if dossier.status is not Status.SUPPLEMENT_AT_INTAKE:
        return changed
    return replace(
        changed,
        status=Status.SUBMITTED,
        supplement=None,
        intake_due=event.intake_due,
        tasks=(_intake(dossier.agency, at, event.intake_due, event.reminders),),
    )


def _moved(dossier: Dossier, event: ev.Moved, at: datetime) -> Dossier:
    gone = event.left.id if event.left is not None else None
    forks = {mark.task: mark.forks for mark in event.marked}
    stay = (t for t in dossier.tasks if t.id != gone and t.id not in event.dropped)
    tasks = (*(replace(t, forks=forks.get(t.id, t.forks)) for t in stay), *event.entered)
    status = status_of(tasks) if tasks else dossier.status
    ready = at if status is Status.RESULT_READY else None
    # sent back from the counter, it is being worked on again
    solved_at = None if status is Status.SOLVING else dossier.solved_at or ready
    request = event.request
    waits = any(t.phase is Phase.WAITING_APPLICANT for t in tasks)
    return replace(
        dossier,
        tasks=tasks,
        status=status,
        solved_at=solved_at,
        deadline=event.deadline or dossier.deadline,
        supplement=request or (dossier.supplement if waits else None),
        supplements_in_solving=dossier.supplements_in_solving + (1 if request else 0),
    )
