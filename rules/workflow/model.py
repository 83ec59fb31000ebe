"""Workflow as data: the values a definition's `workflow` compiles to (design §5).

A workflow is a set of steps; a dossier under way holds *tokens*, each standing at one step. Actors are
functions (`tiep_nhan`, `tham_dinh`, …), never people: staff hold functions per agency, so one shared
workflow serves hundreds of procedures. The applicant acts through the function `APPLICANT`, another system through
`EXTERNAL`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from rules.deadlines import Unit
from rules.feel import Expression

APPLICANT = "nguoi_nop"
EXTERNAL = "he_thong_khac"
END = "end"


class Phase(StrEnum):
    """What a step means for the dossier's public status (law.md 2.5)."""

    SOLVING = "solving"
    WAITING_APPLICANT = "waiting_applicant"
    RESULT_READY = "result_ready"


class Need(StrEnum):
    """What an action demands before it may be taken; each is named to the person who lacks it."""

    REASON = "reason"  # a written reason or direction (Đ14.1a)
    ASSIGNEE = "assignee"  # a member of staff holding the next step's function (Đ13.2)
    DRAFT = "draft"  # a draft result attached now or earlier (Đ13.1–13.3a)
    VERIFICATION = (
        "verification"  # a verification on site, its four fields and what came of it on record (Đ13.3b)
    )
    RESULT = "result"  # the result as .pdf by content, number and date (Đ14.2)
    PAYMENT = "payment"  # everything owed is collected (Đ15.1a)
    ORIGINALS = "originals"  # originals compared, or the reason why not (Đ10.4a)
    RECIPIENT = "recipient"  # who received the result
    SIGNATURE = (
        "signature"  # a digital signature: of whoever acts, or at the clerk's step the agency's (Đ10.4b, Đ14)
    )


class Join(StrEnum):
    """What a step does with the branches of the split that come to it."""

    ALL = "all"  # waits for every branch that is under way, whichever were begun
    FIRST = "first"  # goes on with the first; the others are let run and end here
    EACH = "each"  # each branch goes on by itself


class Together(StrEnum):
    """How the branches of a split stand to one another."""

    ALL = "all"  # side by side
    RACE = "race"  # whichever is acted on first is chosen, the others are withdrawn
    TURNS = "turns"  # in any order, never two at once


class Outcome(StrEnum):
    """How a workflow may end."""

    RETURNED = "returned"  # trả kết quả
    DECLINED = "declined"  # trả hồ sơ không giải quyết (Đ15.1c)


@dataclass(frozen=True, slots=True)
class Duration:
    amount: Decimal
    unit: Unit


@dataclass(frozen=True, slots=True)
class Branch:
    """One way of a split. `when`: only where it is true."""

    to: str
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """One way out of a step. `to` is a step id or `END`; `outcome` is set when `to` is `END`.

    `split`: several ways at once, `to` being the first of them. `cancels`: ids of steps whose work is withdrawn.
    `while_at`: allowed only as long as something stands at that step.
    """

    id: str
    label: str
    to: str
    needs: frozenset[Need] = frozenset()
    when: Expression | None = None
    outcome: Outcome | None = None
    primary: bool = False
    help: str = ""
    split: tuple[Branch, ...] = ()
    together: Together = Together.ALL
    cancels: tuple[str, ...] = ()
    while_at: str | None = None

    @property
    def branches(self) -> tuple[Branch, ...]:
        """Where it leads, one or several."""
        return self.split or (Branch(self.to),)

    @property
    def targets(self) -> tuple[str, ...]:
        return tuple(branch.to for branch in self.branches)


@dataclass(frozen=True, slots=True)
class Child:
    """A dossier of another procedure that a step opens and waits for the end of.

    `answers`: each answer of its form, by id; `papers`: its papers, by id, each with the paper of this dossier whose files
    it takes; `agency`: the id of the agency it is handed in to, the same one where absent. `on_returned`, `on_declined`:
    ids of the actions that the system takes when it has ended.
    """

    procedure: str
    answers: tuple[tuple[str, Expression], ...]
    on_returned: str
    on_declined: str
    agency: Expression | None = None
    papers: tuple[tuple[str, str], ...] = ()

    @property
    def endings(self) -> frozenset[str]:
        return frozenset({self.on_returned, self.on_declined})


@dataclass(frozen=True, slots=True)
class Step:
    """One place where a token may stand.

    `skip_when`: a true answer passes the token straight on by the step's first action.
    `on_timeout`: id of the action taken by the system when the step's duration is over
    (tacit consent: «im lặng = đồng ý»); otherwise an overdue step only reminds.
    `until`: a date (its first moment) or an instant at which the step is over, in place of a duration: waiting for a day.
    `on_payment`: id of the action taken by the system as soon as nothing is owed any more.
    `automatic`: nobody acts, the first action whose guard is true is taken at once.
    `each`: a list of texts; the step is done once for each, side by side. `at_item`: that text is the id of the
    agency which does it. `cancel_rest`: with `Join.FIRST`, the branches still under way are withdrawn.
    `child`: entering it opens a dossier of another procedure; until that one has ended nobody takes its endings.
    """

    id: str
    name: str
    actor: str
    actions: tuple[Action, ...]
    phase: Phase = Phase.SOLVING
    duration: Duration | None = None
    skip_when: Expression | None = None
    on_timeout: str | None = None
    help: str = ""
    automatic: bool = False
    join: Join | None = None
    cancel_rest: bool = False
    each: Expression | None = None
    at_item: bool = False
    until: Expression | None = None
    on_payment: str | None = None
    child: Child | None = None

    def action(self, action_id: str) -> Action | None:
        return next((a for a in self.actions if a.id == action_id), None)


@dataclass(frozen=True, slots=True)
class Workflow:
    """`immediate`: intake, result and end on one screen, no receipt (Đ12.1d)."""

    id: str
    name: str
    start: str
    steps: tuple[Step, ...]
    immediate: bool = False

    def step(self, step_id: str) -> Step | None:
        return next((s for s in self.steps if s.id == step_id), None)


@dataclass(frozen=True, slots=True)
class Fork:
    """A split that a token came through. `joined`: the step at which another branch of it has arrived."""

    id: str
    together: Together = Together.ALL
    joined: str | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """Where the dossier stands. `entered_at`/`due` are aware datetimes; `assignee` an account id.

    `forks`: the splits it is a branch of, the innermost last; `item`: which one of a step's `each`; `begun`: somebody
    has taken it up, which matters to branches that take turns.
    """

    id: str
    step: str
    entered_at: datetime
    due: datetime | None = None
    assignee: str | None = None
    forks: tuple[Fork, ...] = ()
    item: str = ""
    begun: bool = False


Scope = Mapping[str, object]
