"""What happened. An event is a fact: applying it needs no rule, no definition and no calendar.

The names of the classes, in snake case, are the `type` of a history entry and never change.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from rules.deadlines import Extension
from rules.workflow.model import Fork, Outcome
from tthc.dossiers.delivery import Delivery
from tthc.dossiers.events_files import MalwareFound
from tthc.dossiers.events_hands import (
    HandedOver,
    HandedToPost,
    OriginalMoved,
    ReturnCorrected,
    TakenOver,
)
from tthc.dossiers.events_refund import RefundAnswered, RefundAsked, RefundMade
from tthc.dossiers.family import ChildStanding, ChildState, ParentRef
from tthc.dossiers.state import (
    Applicant,
    Channel,
    DeadlineState,
    Document,
    ExtensionRequest,
    FeeState,
    PaperFiles,
    Proposal,
    ReceiveBy,
    Reminder,
    SupplementRequest,
    Task,
    Verification,
)

# events like those below, to whoever asks here for them
__all__ = [
    "HandedOver",
    "HandedToPost",
    "MalwareFound",
    "OriginalMoved",
    "RefundAnswered",
    "RefundAsked",
    "RefundMade",
    "ReturnCorrected",
    "TakenOver",
]


@dataclass(frozen=True, slots=True)
class Submitted:
    """A dossier came into being. `intake_due` is absent where it is accepted in the same breath. `declaration`: the words
    that were ticked, at the instant of this event (Đ26.2).
    """

    id: str
    reference: str
    procedure: str
    procedure_name: str
    definition: str
    agency: str
    channel: Channel
    case: str
    applicant: Applicant
    receive_by: ReceiveBy
    postal_address: str
    answers: Mapping[str, object]
    papers: tuple[PaperFiles, ...]
    fees: tuple[FeeState, ...]
    owner: str | None
    intake_due: datetime | None
    immediate: bool = False
    parent: ParentRef | None = None
    delivery: Delivery | None = None
    declaration: str = ""
    reminders: tuple[Reminder, ...] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """`code`: mã số hồ sơ; the papers in `checked` were found right and complete."""

    code: str
    checked: tuple[str, ...]
    deadline: DeadlineState | None


@dataclass(frozen=True, slots=True)
class SupplementRequested:
    """Before acceptance; no clock stands still, since none runs yet."""

    request: SupplementRequest
    reminders: tuple[Reminder, ...] = ()


@dataclass(frozen=True, slots=True)
class IntakeRefused:
    reason: str


@dataclass(frozen=True, slots=True)
class Supplied:
    """The whole of answers, papers and fees as they now are. `intake_due`: the new one, before acceptance."""

    answers: Mapping[str, object]
    papers: tuple[PaperFiles, ...]
    fees: tuple[FeeState, ...]
    case: str
    changed_papers: tuple[str, ...]
    changed_answers: tuple[str, ...]
    note: str
    intake_due: datetime | None
    reminders: tuple[Reminder, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdrawn:
    reason: str


@dataclass(frozen=True, slots=True)
class Marked:
    """The splits that an open task is a branch of, as they are now."""

    task: str
    forks: tuple[Fork, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """A token went on. `left`: the task that was done, `None` at the start of the workflow.

    `deadline`: as it stands afterwards, where entering or leaving a wait changed it. `silent`: taken by the system
    because nobody answered. `behalf`: reception acted for the applicant. `dropped`: ids of other tasks that are no more
    wanted; `marked`: those that learn what became of the split they are branches of. `waived`: an agency's opinion, which
    is late, is not waited for any more.
    """

    left: Task | None
    action: str
    label: str
    entered: tuple[Task, ...]
    skipped: tuple[str, ...] = ()
    reason: str = ""
    note: str = ""
    originals_checked: tuple[str, ...] = ()
    request: SupplementRequest | None = None
    deadline: DeadlineState | None = None
    silent: bool = False
    behalf: bool = False
    dropped: tuple[str, ...] = ()
    marked: tuple[Marked, ...] = ()
    waived: bool = False


@dataclass(frozen=True, slots=True)
class ChildWanted:
    """A step was entered that waits for a dossier of another procedure, which is now to be opened."""

    child: ChildState


@dataclass(frozen=True, slots=True)
class ChildTold:
    """What became of it: opened, ended one way or the other, or not to be opened, and why. `name`: of its procedure."""

    task: str
    label: str
    standing: ChildStanding
    name: str = ""
    reference: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """A step that takes turns with others was taken up. `step`: its id, `label`: its name; `name`: by whom, as they were
    called.
    """

    token: str
    step: str
    label: str
    name: str


@dataclass(frozen=True, slots=True)
class Reassigned:
    token: str
    assignee: str
    assignee_name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Assigned:
    """A head gave somebody a task that nobody had, or that a colleague had taken. `function`: by which they may."""

    token: str
    label: str
    assignee: str
    assignee_name: str
    function: str
    reason: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """Somebody took a task that nobody had. `label`: its name."""

    token: str
    label: str
    assignee: str
    assignee_name: str


@dataclass(frozen=True, slots=True)
class GivenBack:
    """Whoever had taken a task gave it back: it is for its function again."""

    token: str
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class DocumentAdded:
    document: Document


@dataclass(frozen=True, slots=True)
class FeesPaid:
    """`book`: the number book that the receipt's number was drawn from; `transaction`: number of the money at the bank."""

    fee_ids: tuple[str, ...]
    amount: int
    method: str
    receipt: str
    book: str = ""
    transaction: str = ""


@dataclass(frozen=True, slots=True)
class CallLogged:
    phone: str
    content: str


@dataclass(frozen=True, slots=True)
class Apologised:
    reason: str
    promised: datetime


@dataclass(frozen=True, slots=True)
class Extended:
    extension: Extension
    deadline: DeadlineState


@dataclass(frozen=True, slots=True)
class ExtensionAsked:
    request: ExtensionRequest


@dataclass(frozen=True, slots=True)
class ExtensionAnswered:
    """The decision on a proposal; where it was granted, `Extended` goes before. `to`: whose proposal it was; `name`: of
    whoever decided, as they were called.
    """

    request: str
    granted: bool
    answer: str
    to: str
    name: str


@dataclass(frozen=True, slots=True)
class VerificationArranged:
    """An appointment for a verification on site was made, or made anew under the same id."""

    verification: Verification
    step_name: str


@dataclass(frozen=True, slots=True)
class VerificationRecorded:
    """A verification has taken place: the four fields as they then were, and what came of it."""

    verification: Verification
    step_name: str


@dataclass(frozen=True, slots=True)
class Recounted:
    """The working calendar changed and moved the due date from `previous`."""

    previous: datetime
    deadline: DeadlineState


@dataclass(frozen=True, slots=True)
class VersionMoved:
    """The dossier goes on under another version of its procedure, or `back` under the one before.

    `before`, `after`: content hashes; `name`, `case`, `fees`, `deadline`, `tasks`: the whole of each as it now is;
    `decision`: number and day of the decision; `by`, `by_name`: who ordered it (the system carries it out); `told`: what
    that changed, in words; `despite`: what a person decided to put up with.
    """

    before: str
    after: str
    name: str
    case: str
    fees: tuple[FeeState, ...]
    deadline: DeadlineState | None
    tasks: tuple[Task, ...]
    reason: str
    decision: str
    by: str
    by_name: str
    told: tuple[str, ...] = ()
    despite: tuple[str, ...] = ()
    back: bool = False


@dataclass(frozen=True, slots=True)
class Succeeded:
    """The work of an agency that was merged, divided or renamed went over to its successor; the code stays (Đ1.2).

    `left`, `taken_by`: agencies' ids; what the dossier, or its open tasks, had at `left` is at `taken_by` from now on.
    """

    left: str
    left_name: str
    taken_by: str
    name: str
    phone: str = ""
    address: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reminded:
    """A timer came due and nothing but a reminder follows."""

    timer_id: str
    kind: str
    task: Task | None
    due: datetime


@dataclass(frozen=True, slots=True)
class Warned:
    """An instant before a date came, or a result has lain for so long, or the applicant was waited for in vain.

    `kind` and `stage`: of the timer; `stopped` where the end of the dossier follows. `due`: the date in question, or since
    when it waits; `to`: staff inboxes, an account or `<function>@<agency>`; `applicant`:
    whether the applicant is told too.
    """

    timer_id: str
    kind: str
    stage: str
    task: Task | None
    due: datetime
    to: tuple[str, ...] = ()
    applicant: bool = False


@dataclass(frozen=True, slots=True)
class FoundStuck:
    """Nobody could act on the dossier, and these were told of it; `code`, `sentence`, `remedy`: as of `tthc.dossiers.stuck`."""

    code: str
    sentence: str
    remedy: str
    task: Task | None
    to: tuple[str, ...] = ()
    applicant: bool = False


@dataclass(frozen=True, slots=True)
class Proposed:
    """An event rule proposed something; `answers`: the `seq` of the event that it looked at, `None` where it was time
    that made it hold. What was accepted is done by it, or by the move that follows.
    """

    proposal: Proposal
    answers: int | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """The workflow is over, at the actual instant (Đ15.3)."""

    outcome: Outcome
    recipient: str
    reason: str = ""


Event = (
    Submitted
    | Accepted
    | SupplementRequested
    | IntakeRefused
    | Supplied
    | Withdrawn
    | Moved
    | Begun
    | ChildWanted
    | ChildTold
    | Reassigned
    | Assigned
    | Claimed
    | GivenBack
    | DocumentAdded
    | FeesPaid
    | CallLogged
    | Apologised
    | Extended
    | ExtensionAsked
    | ExtensionAnswered
    | VerificationArranged
    | VerificationRecorded
    | Recounted
    | VersionMoved
    | Succeeded
    | Reminded
    | Warned
    | FoundStuck
    | MalwareFound
    | Proposed
    | HandedOver
    | TakenOver
    | OriginalMoved
    | HandedToPost
    | ReturnCorrected
    | RefundAsked
    | RefundAnswered
    | RefundMade
    | Ended
)


def type_name(event_class: type) -> str:
    """`DocumentAdded` → `document_added`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", event_class.__name__).lower()


TYPES: Mapping[str, type] = {
    type_name(kind): kind
    for kind in (
        Submitted,
        Accepted,
        SupplementRequested,
        IntakeRefused,
        Supplied,
        Withdrawn,
        Moved,
        Begun,
        ChildWanted,
        ChildTold,
        Reassigned,
        Assigned,
        Claimed,
        GivenBack,
        DocumentAdded,
        FeesPaid,
        CallLogged,
        Apologised,
        Extended,
        ExtensionAsked,
        ExtensionAnswered,
        VerificationArranged,
        VerificationRecorded,
        Recounted,
        VersionMoved,
        Succeeded,
        Reminded,
        Warned,
        FoundStuck,
        MalwareFound,
        Proposed,
        HandedOver,
        TakenOver,
        OriginalMoved,
        HandedToPost,
        ReturnCorrected,
        RefundAsked,
        RefundAnswered,
        RefundMade,
        Ended,
    )
}
