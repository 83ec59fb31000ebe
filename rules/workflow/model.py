"""Workflow as data: the values a definition's `workflow` compiles to (design §5).

A workflow is a set of steps; a dossier under way holds *tokens*, each standing at one step. Actors are
functions (`tiep_nhan`, `tham_dinh`, …), never people: staff hold functions per agency, so one shared
workflow serves hundreds of procedures. The applicant acts through the function `APPLICANT`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from rules.deadlines import Unit
from rules.feel import Expression

APPLICANT = "nguoi_nop"
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
    RESULT = "result"  # the result as .pdf by content, number and date (Đ14.2)
    PAYMENT = "payment"  # everything owed is collected (Đ15.1a)
    ORIGINALS = "originals"  # originals compared, or the reason why not (Đ10.4a)
    RECIPIENT = "recipient"  # who received the result


class Outcome(StrEnum):
    """How a workflow may end."""

    RETURNED = "returned"  # trả kết quả
    DECLINED = "declined"  # trả hồ sơ không giải quyết (Đ15.1c)


@dataclass(frozen=True, slots=True)
class Duration:
    amount: Decimal
    unit: Unit


@dataclass(frozen=True, slots=True)
class Action:
    """One way out of a step. `to` is a step id or `END`; `outcome` is set when `to` is `END`."""

    id: str
    label: str
    to: str
    needs: frozenset[Need] = frozenset()
    when: Expression | None = None
    outcome: Outcome | None = None
    primary: bool = False
    help: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One place where a token may stand.

    `skip_when`: a true answer passes the token straight on by the step's first action.
    `on_timeout`: id of the action taken by the system when the step's duration is over
    (tacit consent: «im lặng = đồng ý»); otherwise an overdue step only reminds.
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
class Token:
    """Where the dossier stands. `entered_at`/`due` are aware datetimes; `assignee` an account id."""

    id: str
    step: str
    entered_at: datetime
    due: datetime | None = None
    assignee: str | None = None


Scope = Mapping[str, object]
