"""Moving tokens over a workflow: pure, with the clock and the calendar as arguments.

A move goes in four steps: (1) the token and the action are looked up and the action's guard must be exactly
true; (2) the token leaves its step; (3) a new token enters the step named by `to`, and is passed on at once by
that step's first action for as long as `skip_when` holds; (4) the workflow is over when no token is left, or at
once when the outcome is that the dossier is not solved.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from rules.calendar import Calendar
from rules.deadlines import DeadlineRule, due
from rules.workflow.model import END, Action, Outcome, Scope, Step, Token, Workflow


class WorkflowError(ValueError):
    """A move that the workflow does not have. The message is a Vietnamese sentence for the person who tried it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Move:
    """What a move comes to.

    `tokens`: all that stand afterwards; `entered`: those of them that are new; `left`: the one that was moved
    (`None` at the start); `outcome`: set when the workflow is over; `skipped`: ids of the steps passed over.
    """

    tokens: tuple[Token, ...]
    entered: tuple[Token, ...]
    left: Token | None
    outcome: Outcome | None
    skipped: tuple[str, ...] = ()


class _Entered(NamedTuple):
    tokens: tuple[Token, ...]
    outcome: Outcome | None
    skipped: tuple[str, ...]


def start(
    workflow: Workflow, scope: Scope, now: datetime, calendar: Calendar, new_id: Callable[[], str]
) -> Move:
    """Put the first token on the workflow's first step (or on the first one that is not skipped)."""
    entered, outcome, skipped = _enter(workflow, workflow.start, scope, now, calendar, new_id, None)
    return Move(entered, entered, None, outcome, skipped)


def allowed(
    workflow: Workflow, token: Token, scope: Scope, now: datetime | None = None
) -> tuple[Action, ...]:
    """The actions of the token's step whose guards are true, in the order of the definition."""
    step = _step(workflow, token.step)
    return tuple(action for action in step.actions if _holds(action, scope, now))


def take(  # noqa: PLR0917 — a pure function of everything a move depends on
    workflow: Workflow,
    tokens: Sequence[Token],
    token_id: str,
    action_id: str,
    scope: Scope,
    now: datetime,
    calendar: Calendar,
    new_id: Callable[[], str],
    assignee: str | None = None,
) -> Move:
    """Move one token by one action. `assignee`: who the next step is given to.

    Raises:
        WorkflowError: no such token or action, or the action's guard is not true.
    """
    token = next((t for t in tokens if t.id == token_id), None)
    if token is None:
        raise WorkflowError("Bước này đã được xử lý xong; ông/bà tải lại trang để xem bước hiện tại.")
    step = _step(workflow, token.step)
    action = step.action(action_id)
    if action is None:
        raise WorkflowError(f"Bước “{step.name}” không có thao tác này.")
    if not _holds(action, scope, now):
        raise WorkflowError(f"Thao tác “{action.label}” không áp dụng cho hồ sơ này.")
    rest = tuple(t for t in tokens if t.id != token_id)
    if action.to == END:
        entered, outcome, skipped = _Entered((), _ending(action), ())
    else:
        entered, outcome, skipped = _enter(workflow, action.to, scope, now, calendar, new_id, assignee)
    if outcome is Outcome.DECLINED:
        return Move((), (), token, outcome, skipped)
    return Move(rest + entered, entered, token, None if rest else outcome, skipped)


def _enter(  # noqa: PLR0917 — as `take`
    workflow: Workflow,
    step_id: str,
    scope: Scope,
    now: datetime,
    calendar: Calendar,
    new_id: Callable[[], str],
    assignee: str | None,
) -> _Entered:
    """The token that enters a step, or the outcome where skipped steps lead straight to the end."""
    skipped: list[str] = []
    step = _step(workflow, step_id)
    while step.skip_when is not None and step.skip_when.truth(scope, now=now):
        if step.id in skipped or not step.actions:
            raise WorkflowError(
                f"Quy trình “{workflow.name}” bỏ qua bước “{step.name}” mà không đi tới đâu; "
                "đề nghị báo cán bộ kiểm soát thủ tục hành chính."
            )
        skipped.append(step.id)
        way_on = step.actions[0]
        if way_on.to == END:
            return _Entered((), _ending(way_on), tuple(skipped))
        # the person chosen was chosen for the skipped step, not for the one behind it
        assignee = None
        step = _step(workflow, way_on.to)
    token = Token(new_id(), step.id, now, step_due(step, now, calendar), assignee)
    return _Entered((token,), None, tuple(skipped))


def step_due(step: Step, entered_at: datetime, calendar: Calendar) -> datetime | None:
    """When a step entered at `entered_at` ought to be done; `None` where it has no duration of its own."""
    if step.duration is None:
        return None
    return due(DeadlineRule(step.duration.amount, step.duration.unit), entered_at, calendar).at


def _step(workflow: Workflow, step_id: str) -> Step:
    step = workflow.step(step_id)
    if step is None:
        raise WorkflowError(
            f"Quy trình “{workflow.name}” không có bước “{step_id}”; "
            "đề nghị báo cán bộ kiểm soát thủ tục hành chính."
        )
    return step


def _holds(action: Action, scope: Scope, now: datetime | None) -> bool:
    return action.when is None or action.when.truth(scope, now=now)


def _ending(action: Action) -> Outcome:
    return action.outcome if action.outcome is not None else Outcome.RETURNED
