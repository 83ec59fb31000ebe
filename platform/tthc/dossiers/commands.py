"""What people and the system may ask of a dossier. Nothing here says who or when: that is the `Context`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from rules.deadlines import DeadlineRule
from tthc.dossiers.commands_files import TellMalware
from tthc.dossiers.commands_refund import AnswerRefund, AskRefund, RecordRefund
from tthc.dossiers.commands_return import CorrectReturn, HandToPost, ReceiveOnline
from tthc.dossiers.delivery import Delivery
from tthc.dossiers.family import ChildStanding, ParentRef
from tthc.dossiers.state import Applicant, Channel, FileRef, PaperFiles, ReceiveBy, Signed, SupplementItem

Method = Literal["cash", "transfer", "card", "online"]


@dataclass(frozen=True, slots=True)
class Submit:
    """The applicant hands in an application online. `dossier_id` is the application's own id (so twice is once).

    `delivery`: somebody else hands in for them; `authorisation`: the paper that says they may.
    """

    dossier_id: str
    agency: str
    applicant: Applicant
    answers: Mapping[str, object]
    papers: tuple[PaperFiles, ...] = ()
    receive_by: ReceiveBy = "counter"
    postal_address: str = ""
    declared: bool = False
    delivery: Delivery | None = None
    authorisation: tuple[FileRef, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenChild:
    """The system hands in a dossier that a step of another one asks for, in the name of that one's applicant.

    `owner`: the applicant's account, where they have one; `receive_by`: as they wished, where this procedure offers it.
    """

    dossier_id: str
    agency: str
    applicant: Applicant
    answers: Mapping[str, object]
    papers: tuple[PaperFiles, ...]
    receive_by: ReceiveBy
    postal_address: str
    owner: str | None
    parent: ParentRef


@dataclass(frozen=True, slots=True)
class TellChild:
    """The system tells a dossier what became of the one that its task `task` opened."""

    task: str
    standing: ChildStanding
    name: str = ""
    reference: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RegisterAtCounter:
    """«Thêm mới» (Đ12.1b): a paper dossier is entered, checked and accepted in one go.

    `checked`: ids of the papers found right and complete; `owner`: the applicant's account, where they have one.
    """

    dossier_id: str
    agency: str
    applicant: Applicant
    answers: Mapping[str, object]
    papers: tuple[PaperFiles, ...] = ()
    checked: tuple[str, ...] = ()
    receive_by: ReceiveBy = "counter"
    postal_address: str = ""
    channel: Channel = "counter"
    owner: str | None = None
    method: Method | None = None
    receipt: str = ""
    delivery: Delivery | None = None


@dataclass(frozen=True, slots=True)
class CompleteImmediately:
    """Intake, result and end on one screen (Đ12.1d).

    `registration`: the dossier to enter, or `None` for one that was handed in online. `result`: in words, what was
    given. `method`: how the fee was paid, where one is owed.
    """

    registration: RegisterAtCounter | None = None
    checked: tuple[str, ...] = ()
    result: str = ""
    files: tuple[FileRef, ...] = ()
    number: str = ""
    issued_on: date | None = None
    recipient: str = ""
    originals_checked: tuple[str, ...] = ()
    reason: str = ""
    method: Method | None = None
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class Accept:
    """Receive a dossier handed in online (Đ10.2b). `checked`: ids of the papers found right and complete."""

    checked: tuple[str, ...] = ()
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class RequestSupplement:
    """Before acceptance: what is missing or wrong, item by item (Đ10.2c, Đ12.1a)."""

    items: tuple[SupplementItem, ...]
    note: str = ""
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class Refuse:
    """Do not receive the dossier, with the reason (Đ12.1a)."""

    reason: str
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class Supply:
    """The applicant completes the dossier. `papers` replace those of the same id; `answers=None` keeps the form.

    In appraisal, `action` names the waiting step's action that hands the dossier back; it may be left out where
    the step has only one.
    """

    answers: Mapping[str, object] | None = None
    papers: tuple[PaperFiles, ...] = ()
    action: str | None = None
    note: str = ""
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The applicant wants no further work on the dossier. `files`: Thông báo dừng giải quyết, where one was issued."""

    reason: str = ""
    files: tuple[FileRef, ...] = ()
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """Take one action of the step at which `token` stands. What it needs, `needs.py` says.

    `chosen`: ids of the agencies that a following step is done by; `question`: what they are asked about; `answer_by`: until
    when, where that is not left to the definition (Đ13.3c). `signed`: the digital signatures that the files carry;
    `why`: why the number was not drawn from the book; `returned_at`: the instant of the return as somebody wrote it,
    which must be now (Đ15.3).
    """

    token: str
    action: str
    reason: str = ""
    assignee: str | None = None
    files: tuple[FileRef, ...] = ()
    number: str = ""
    issued_on: date | None = None
    signed_by: str = ""
    recipient: str = ""
    originals_checked: tuple[str, ...] = ()
    note: str = ""
    items: tuple[SupplementItem, ...] = ()
    chosen: tuple[str, ...] = ()
    question: str = ""
    answer_by: datetime | None = None
    signed: tuple[Signed, ...] = ()
    why: str = ""
    returned_at: datetime | None = None
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class Begin:
    """Take up a step that takes turns with others, which then wait until it is done."""

    token: str
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class Reassign:
    """Give a step to somebody else (Đ13.2); by those who hold the function that gave it, or a head above it."""

    token: str
    assignee: str
    reason: str
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """«Nhận việc»: take a task that nobody has."""

    token: str
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class GiveBack:
    """Give back what one took, with the reason."""

    token: str
    reason: str
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class RecordPayment:
    """`fee_ids`: of the dossier's fees; empty means all that is owed. `receipt`: number of the receipt.

    Of money that came by a gateway, `amount` is what these lines were when it was recorded, which they must still come to,
    and `transaction` the gateway's own number of it.
    """

    fee_ids: tuple[str, ...] = ()
    method: Method = "cash"
    receipt: str = ""
    amount: int | None = None
    transaction: str = ""
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class LogCall:
    """A telephone call in which the applicant was guided (Đ10.2c)."""

    phone: str
    content: str
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class Apologise:
    """A letter of apology with a new day (Đ15.1d). It moves no deadline."""

    reason: str
    promised: datetime
    files: tuple[FileRef, ...] = ()
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class Extend:
    """More solving time on the agency's written proposal (Đ13.3đ). `basis`: the clause of law that grants it, where one does."""

    rule: DeadlineRule
    reason: str
    source: str
    files: tuple[FileRef, ...] = ()
    basis: str = ""
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class AskExtension:
    """Phiếu đề nghị gia hạn of whoever solves the dossier (Đ13.3đ). `basis`: as of `Extend`."""

    rule: DeadlineRule
    reason: str
    files: tuple[FileRef, ...] = ()
    basis: str = ""
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class AnswerExtension:
    """The one-stop shop's decision on a proposal. `rule`: another time than was asked for; `answer`: the reason, which
    a refusal needs.
    """

    request: str
    granted: bool
    answer: str = ""
    rule: DeadlineRule | None = None
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class ArrangeVerification:
    """An appointment for a verification on site (Đ13.3b). `verification`: of one that was arranged, to make it anew."""

    token: str
    starts_at: datetime
    place: str
    participants: str
    content: str
    verification: str = ""
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class RecordVerification:
    """A verification has taken place: when, where, with whom, about what, and what came of it, in words or as minutes.

    `verification`: of the one that was arranged; empty where there was no appointment.
    """

    token: str
    starts_at: datetime
    place: str
    participants: str
    content: str
    outcome: str = ""
    files: tuple[FileRef, ...] = ()
    verification: str = ""
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class WaiveOpinion:
    """Go on without an agency that is late with its opinion, with the reason (Đ13.3c). `token`: its task."""

    token: str
    reason: str
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class Close:
    """«Kết thúc hồ sơ»: the act that ends it, of whichever step it waits at (Đ15)."""

    recipient: str = ""
    reason: str = ""
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class FireTimer:
    """The system looks at a dossier because an instant has come. A timer that is gone is no mistake."""

    timer_id: str
    expected_version: int | None = field(default=None)


@dataclass(frozen=True, slots=True)
class FollowCalendar:
    """The system counts the due date again because the working calendar changed."""

    expected_version: int | None = field(default=None)


@dataclass(frozen=True, slots=True)
class Succeed:
    """What `left` had to do in this dossier is `taken_by`'s from now on (agencies' ids); `name`, `phone`, `address`
    are those of the successor, which the applicant is told.
    """

    left: str
    left_name: str
    taken_by: str
    name: str
    phone: str = ""
    address: str = ""
    note: str = ""
    expected_version: int | None = field(default=None)


@dataclass(frozen=True, slots=True)
class Propose:
    """The system found that an event rule of the dossier's definition holds. `answers`: as of the event `Proposed`."""

    rule: str
    answers: int | None = None
    expected_version: int | None = field(default=None)


@dataclass(frozen=True, slots=True)
class TellStuck:
    """The system found that nobody can act on a dossier (`tthc.dossiers.stuck`), and tells: `to` are staff inboxes."""

    code: str
    sentence: str
    remedy: str
    task: str = ""
    to: tuple[str, ...] = ()
    applicant: bool = False
    expected_version: int | None = field(default=None)


@dataclass(frozen=True, slots=True)
class MoveToVersion:
    """The system lets a dossier go on under the version whose content hash is `to`, as `by` ordered. `despite`: a person
    has looked at what stands in the way and decided.
    """

    to: str
    reason: str
    decision: str
    by: str
    by_name: str
    despite: bool = False
    expected_version: int | None = field(default=None)


@dataclass(frozen=True, slots=True)
class MoveBack:
    """The system undoes the move that the command `of` made."""

    of: str
    reason: str
    by: str
    by_name: str
    expected_version: int | None = field(default=None)


@dataclass(frozen=True, slots=True)
class HandOver:
    """«Đã bàn giao»: reception hands a paper dossier over to whoever solves it (NĐ 61/2018 Đ18)."""

    note: str = ""
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class TakeOver:
    """«Đã nhận»: whoever it was handed to has it."""

    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class MoveOriginal:
    """The paper original goes to `place` (a key of `custody.PLACES`; Đ12.3). `assignee`: the colleague who receives it,
    `None` for oneself; `receiver`: the name of somebody outside.
    """

    place: str
    assignee: str | None = None
    receiver: str = ""
    note: str = ""
    expected_version: int | None = None


Command = (
    Submit
    | OpenChild
    | RegisterAtCounter
    | CompleteImmediately
    | Accept
    | RequestSupplement
    | Refuse
    | Supply
    | Withdraw
    | Act
    | Begin
    | Reassign
    | Claim
    | GiveBack
    | RecordPayment
    | LogCall
    | Apologise
    | Extend
    | AskExtension
    | AnswerExtension
    | ArrangeVerification
    | RecordVerification
    | WaiveOpinion
    | Close
    | TellChild
    | FireTimer
    | FollowCalendar
    | MoveToVersion
    | MoveBack
    | Succeed
    | TellStuck
    | TellMalware
    | Propose
    | HandOver
    | TakeOver
    | MoveOriginal
    | HandToPost
    | ReceiveOnline
    | CorrectReturn
    | AskRefund
    | AnswerRefund
    | RecordRefund
)
