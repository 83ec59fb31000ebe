"""Moving tokens over a workflow: pure, with the clock and the calendar as arguments.

A move goes in four steps: (1) the token and the action are looked up and the action must be allowed now; (2) the
token leaves its step, and with it the branches that it had been racing against; (3) new tokens enter the steps that
the action leads to, and are passed on at once where nobody is to act (`rules.workflow.routing`); (4) the workflow is
over when no token is left, or at once when the outcome is that the dossier is not solved.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rules.calendar import Calendar
from rules.workflow.errors import WorkflowError
from rules.workflow.model import Action, Outcome, Scope, Together, Token, Workflow
from rules.workflow.routing import CHOSEN, Routing, holds, step_due, step_of, turn_taken

__all__ = ["Move", "WorkflowError", "allowed", "begin", "start", "step_due", "take"]


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


def start(
    workflow: Workflow, scope: Scope, now: datetime, calendar: Calendar, new_id: Callable[[], str]
) -> Move:
    """Put the first token on the workflow's first step (or on the first one that is not skipped)."""
    routing = Routing(workflow, scope, now, calendar, new_id)
    routing.put(workflow.start, ())
    return _moved(routing, (), None)


def allowed(
    workflow: Workflow,
    token: Token,
    scope: Scope,
    now: datetime | None = None,
    tokens: Sequence[Token] = (),
) -> tuple[Action, ...]:
    """The actions of the token's step that may be taken now, in the order of the definition.

    `tokens`: all that stand, which a milestone or a turn depends on.
    """
    if turn_taken(tokens, token) is not None:
        return ()
    step = step_of(workflow, token.step)
    return tuple(a for a in step.actions if holds(a, scope, now) and _reached(a, tokens))


def begin(workflow: Workflow, tokens: Sequence[Token], token_id: str) -> tuple[Token, ...]:
    """The tokens with this one taken up, so that those which take turns with it wait.

    Raises:
        WorkflowError: no such token, or it is another one's turn.
    """
    token = _token(tokens, token_id)
    _require_turn(workflow, tokens, token)
    return tuple(replace(t, begun=True) if t.id == token_id else t for t in tokens)


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
    chosen: Sequence[str] = (),
) -> Move:
    """Move one token by one action. `assignee`: who the next step is given to; `chosen`: ids of agencies asked.

    Raises:
        WorkflowError: no such token or action, or the action is not allowed now.
    """
    token = _token(tokens, token_id)
    step = step_of(workflow, token.step)
    action = step.action(action_id)
    if action is None:
        raise WorkflowError(f"Bước “{step.name}” không có thao tác này.")
    _require_turn(workflow, tokens, token)
    if not holds(action, scope, now):
        raise WorkflowError(f"Thao tác “{action.label}” không áp dụng cho hồ sơ này.")
    if not _reached(action, tokens):
        where = step_of(workflow, action.while_at or "").name
        raise WorkflowError(f"Thao tác “{action.label}” chỉ làm được trong lúc hồ sơ ở bước “{where}”.")
    read = {**scope, CHOSEN: list(chosen)} if chosen else scope
    routing = Routing(workflow, read, now, calendar, new_id, [t for t in tokens if t.id != token_id])
    for fork in token.forks:
        if fork.together is Together.RACE:
            for other in routing.among(fork.id):
                routing.remove(other)
    forks = tuple(f for f in token.forks if f.together is not Together.RACE)
    left = token if forks == token.forks else replace(token, forks=forks)
    routing.follow(action, left, assignee)
    return _moved(routing, tokens, token)


def _moved(routing: Routing, before: Sequence[Token], left: Token | None) -> Move:
    routing.settle()
    old = {token.id for token in before}
    standing = tuple(routing.standing)
    entered = tuple(token for token in standing if token.id not in old)
    # a last branch that only arrives behind a first one ends what that one brought to its end
    outcome = None if standing else routing.outcome or Outcome.RETURNED
    return Move(standing, entered, left, outcome, tuple(routing.skipped))


def _token(tokens: Sequence[Token], token_id: str) -> Token:
    token = next((t for t in tokens if t.id == token_id), None)
    if token is None:
        raise WorkflowError("Bước này đã được xử lý xong; ông/bà tải lại trang để xem bước hiện tại.")
    return token


def _require_turn(workflow: Workflow, tokens: Sequence[Token], token: Token) -> None:
    other = turn_taken(tokens, token)
    if other is not None:
        name = step_of(workflow, other.step).name
        raise WorkflowError(f"Đang làm bước “{name}”; làm xong bước đó rồi đến bước này.")


def _reached(action: Action, tokens: Sequence[Token]) -> bool:
    return action.while_at is None or any(token.step == action.while_at for token in tokens)
