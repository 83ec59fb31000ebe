"""What a dossier is: one immutable value holding everything that its document in the database holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from rules.deadlines import DeadlineRule
from rules.workflow.model import Fork, Outcome, Phase, Together, Token
from tthc.dossiers.blocked import Blocked
from tthc.dossiers.context import ActorKind, Capacity
from tthc.dossiers.custody import HandoverState, Original
from tthc.dossiers.deadline_state import DeadlineState, Reminder, TimerKind
from tthc.dossiers.delivery import Delivery
from tthc.dossiers.family import ChildState, ParentRef
from tthc.dossiers.refunds import Refund

# a part of it like those below, to whoever asks here for it
__all__ = ["DeadlineState", "Reminder", "TimerKind"]

Channel = Literal["online", "counter", "post"]
ReceiveBy = Literal["counter", "post", "online"]
DocumentKind = Literal["draft", "result", "notice", "apology", "extension", "attachment", "minutes"]
# what the agency addresses to the applicant; the rest are working papers of its own
ISSUED: frozenset[DocumentKind] = frozenset({"result", "notice", "apology"})


class Status(StrEnum):
    """Where a dossier stands; each has exactly one national status (Đ11.3)."""

    SUBMITTED = "submitted"
    SUPPLEMENT_AT_INTAKE = "supplement_at_intake"
    REFUSED = "refused"
    SOLVING = "solving"
    WAITING_APPLICANT = "waiting_applicant"
    RESULT_READY = "result_ready"
    RETURNED = "returned"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


INTAKE = frozenset({Status.SUBMITTED, Status.SUPPLEMENT_AT_INTAKE})
UNDER_WAY = frozenset({Status.SOLVING, Status.WAITING_APPLICANT, Status.RESULT_READY})
CLOSED = frozenset({Status.REFUSED, Status.RETURNED, Status.DECLINED, Status.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class FileRef:
    """A stored file. `kind`: `pdf`, `jpeg` or `png`, by content; `uploaded_by`: an account id."""

    sha256: str
    name: str
    size: int
    kind: str
    uploaded_at: datetime
    uploaded_by: str


@dataclass(frozen=True, slots=True)
class PaperFiles:
    """What was handed in for one paper. `presented`: shown at the counter and compared there."""

    paper_id: str
    files: tuple[FileRef, ...] = ()
    presented: bool = False
    note: str = ""


Level = Literal["", "contact", "verified"]


@dataclass(frozen=True, slots=True)
class Applicant:
    """`identity`: how sure it was, when this was handed in, who had the account (`tthc.accounts.model.Account.level`)."""

    kind: Literal["person", "organisation"]
    name: str
    citizen_number: str = ""
    tax_number: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    identity: Level = ""


@dataclass(frozen=True, slots=True)
class FeeState:
    """One phí or lệ phí owed by this dossier, in whole đồng, pinned with its explanation. `waived`: how much more
    than was paid the line comes to by the version that the dossier moved to, which nobody asks for.
    """

    id: str
    label: str
    kind: str
    amount: int
    collect: str
    explanation: str
    paid_at: datetime | None = None
    method: str = ""
    receipt: str = ""
    waived: int = 0

    @property
    def owed(self) -> bool:
        return self.amount > 0 and self.paid_at is None


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for somebody.

    For a workflow step, `id` is the token's; before acceptance there is one task called `intake`. `function` with
    `agency` says who; `assignee` narrows it to one person; `assigned_by` is the function that chose that person.
    `silent`: the action taken by the system when `due` passes. `forks` and `item`: as of the token. `unit`: the phòng
    chuyên môn it was given to by an event rule; who may act is still said by the function. `agency_name`: of an agency
    that was asked, as it was called on the day. `begun_by`: who has taken up a step that takes turns. `declines`: what
    waits here to be handed over is the notice that the dossier was not solved. `question`: what an agency is asked about,
    in the words of whoever asks (Đ13.3c).
    """

    id: str
    step: str
    name: str
    function: str
    agency: str
    entered_at: datetime
    due: datetime | None = None
    phase: Phase = Phase.SOLVING
    assignee: str | None = None
    assignee_name: str = ""
    assigned_by: str = ""
    silent: str | None = None
    forks: tuple[Fork, ...] = ()
    item: str = ""
    unit: str = ""
    unit_name: str = ""
    agency_name: str = ""
    begun_by: str = ""
    declines: bool = False
    question: str = ""
    reminders: tuple[Reminder, ...] = ()

    def token(self) -> Token:
        begun = bool(self.begun_by)
        return Token(
            self.id, self.step, self.entered_at, self.due, self.assignee, self.forks, self.item, begun
        )


@dataclass(frozen=True, slots=True)
class Signed:
    """A digital signature that was set here, as it was on the day; the file itself proves it."""

    by: Literal["person", "agency"]
    name: str
    organisation: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PostState:
    """A result on its way by post (Đ15.1a). `tracking`: số hiệu bưu gửi; `by`: who handed it over, as called on the day."""

    tracking: str
    carrier: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Document:
    """A paper the agency made. Only a `result` carries a number and a day (Đ14.2). `book`: the number book that the number
    was drawn from, empty for one written by hand, `why` then.
    """

    id: str
    kind: DocumentKind
    at: datetime
    by: str
    file: FileRef | None = None
    number: str = ""
    issued_on: date | None = None
    signed_by: str = ""
    note: str = ""
    signed: tuple[Signed, ...] = ()
    book: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """A verification on site (Đ13.3b): its four fields, and what came of it once it has taken place.

    `task`, `step`: for which it was made; `arranged_at`: when the applicant was told of it, `None` where it took place
    without an appointment; `minutes`: biên bản.
    """

    id: str
    task: str
    step: str
    starts_at: datetime
    place: str
    participants: str
    content: str
    arranged_at: datetime | None = None
    outcome: str = ""
    minutes: tuple[FileRef, ...] = ()
    recorded_at: datetime | None = None
    recorded_by: str = ""

    @property
    def complete(self) -> bool:
        told = bool(self.outcome or self.minutes) and self.recorded_at is not None
        return told and all((self.place, self.participants, self.content))


@dataclass(frozen=True, slots=True)
class ExtensionRequest:
    """Phiếu đề nghị gia hạn of whoever solves the dossier, and what the one-stop shop decided (Đ13.3đ).

    `by`: an account id; `answered_by`: as they were called; `granted`: `None` while it waits for its decision;
    `basis`: the clause of law that it rests on, as of `Extension`.
    """

    id: str
    at: datetime
    by: str
    by_name: str
    rule: DeadlineRule
    reason: str
    granted: bool | None = None
    answer: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class LateOpinion:
    """An agency that had not answered when its time was over (Đ13.3c). `assumed`: its silence stands for consent."""

    task: str
    agency: str
    agency_name: str
    step: str
    due: datetime
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class SupplementItem:
    """What is missing or wrong. `target`: a paper's id, a field's path, or a fee's id; `name`: as a person reads it."""

    target: str
    reason: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class SupplementRequest:
    items: tuple[SupplementItem, ...]
    note: str
    asked_at: datetime
    asked_by: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Acting:
    """In whose place somebody acted (Đ13): `whom` is that person's account, `decision` what it rests on."""

    capacity: Capacity
    whom: str
    name: str
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Who:
    """The actor as history keeps them: what they were called on the day, with in whose place they acted, if any."""

    id: str
    name: str
    kind: ActorKind
    agency: str | None = None
    unit: str | None = None
    acting: Acting | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of history. `data`: the event as JSON; `hash` covers everything else and `previous` (Đ9.1e)."""

    seq: int
    at: datetime
    type: str
    actor: Who
    data: Mapping[str, object]
    command_id: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an event rule proposed and what became of it, said as it was on the day.

    `refusal`: why it was not carried out, empty where it was. `to`: the function that is told; `step`, `action` and
    `unit` are names for people, `tasks` the ids of those that were given to the unit `unit_id`.
    """

    rule: str
    label: str
    kind: Literal["alert", "assign", "take"]
    at: datetime
    to: str
    refusal: str = ""
    message: str = ""
    step: str = ""
    action: str = ""
    unit: str = ""
    unit_id: str = ""
    tasks: tuple[str, ...] = ()

    @property
    def accepted(self) -> bool:
        return not self.refusal


@dataclass(frozen=True, slots=True)
class Timer:
    """An instant at which the system looks at the dossier. `target`: the task it is about, or empty; `stage`: empty when
    the date itself has come, else that of the `Reminder`.
    """

    id: str
    kind: TimerKind
    due: datetime
    target: str = ""
    stage: str = ""


OutboxState = Literal["pending", "leased", "done", "dead", "unwanted"]


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """Something to be done outside, exactly as often as its id says: once. `kind`: a `notice`, or an errand of the system
    itself (`tthc.dossiers.errands`).
    """

    id: str
    channel: Literal["portal", "email", "sms", "system"]
    template: str
    to: str
    data: Mapping[str, object]
    next_at: datetime
    kind: str = "notice"
    state: OutboxState = "pending"
    attempts: int = 0
    lease_until: datetime | None = None
    leased_by: str = ""
    done_at: datetime | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """See the fields' types. Everything but `outbox` can be rebuilt from `history`. `stopped`: by the system, because the
    applicant did not complete it in time; `returned_by`: the way by which the result was truly handed over;
    `blocked`: files in which malware was found later, those replaced since among them.
    """

    id: str
    version: int
    reference: str
    procedure: str
    procedure_name: str
    definition: str
    agency: str
    channel: Channel
    case: str
    applicant: Applicant
    receive_by: ReceiveBy
    status: Status
    submitted_at: datetime
    updated_at: datetime
    owner: str | None = None
    code: str | None = None
    postal_address: str = ""
    answers: Mapping[str, object] | None = None
    papers: tuple[PaperFiles, ...] = ()
    fees: tuple[FeeState, ...] = ()
    immediate: bool = False
    intake_due: datetime | None = None
    accepted_at: datetime | None = None
    accepted_by: str = ""
    checked: tuple[str, ...] = ()
    deadline: DeadlineState | None = None
    tasks: tuple[Task, ...] = ()
    documents: tuple[Document, ...] = ()
    supplement: SupplementRequest | None = None
    supplements_in_solving: int = 0
    apologies: int = 0
    solved_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: Outcome | None = None
    recipient: str = ""
    post: PostState | None = None
    returned_by: ReceiveBy | None = None
    children: tuple[ChildState, ...] = ()
    parent: ParentRef | None = None
    timers: tuple[Timer, ...] = ()
    fired: tuple[str, ...] = ()
    stopped: bool = False
    proposals: tuple[Proposal, ...] = ()
    verifications: tuple[Verification, ...] = ()
    extension_requests: tuple[ExtensionRequest, ...] = ()
    late_opinions: tuple[LateOpinion, ...] = ()
    original: Original | None = None
    handover: HandoverState | None = None
    delivery: Delivery | None = None
    refunds: tuple[Refund, ...] = ()
    declaration: str = ""
    blocked: tuple[Blocked, ...] = ()
    history: tuple[Entry, ...] = ()
    outbox: tuple[OutboxEntry, ...] = ()

    @property
    def closed(self) -> bool:
        return self.status in CLOSED

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Where the workflow stands; empty before acceptance."""
        return tuple(task.token() for task in self.tasks if task.id != INTAKE_TASK)

    def task(self, task_id: str) -> Task | None:
        return next((t for t in self.tasks if t.id == task_id), None)

    def child(self, task_id: str) -> ChildState | None:
        """The dossier that a task opened, where it opened one."""
        return next((c for c in self.children if c.task == task_id), None)

    def paper(self, paper_id: str) -> PaperFiles | None:
        return next((p for p in self.papers if p.paper_id == paper_id), None)

    def timer(self, timer_id: str) -> Timer | None:
        return next((t for t in self.timers if t.id == timer_id), None)

    def owed(self, collect: str | None = None) -> tuple[FeeState, ...]:
        """Fees not yet collected, of one moment of collection or of all."""
        return tuple(f for f in self.fees if f.owed and (collect is None or f.collect == collect))

    def did(self, command_id: str) -> bool:
        """Whether this command has been carried out already."""
        return any(entry.command_id == command_id for entry in self.history)


INTAKE_TASK = "intake"


def takes_turns(task: Task) -> bool:
    """Whether others wait while it is done: it is a branch of a split whose branches are done one at a time."""
    return any(fork.together is Together.TURNS for fork in task.forks)
