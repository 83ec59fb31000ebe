"""Where tokens come to stand: splits, joins, several of a step, steps that nobody does.

No token waits at a join. A branch that arrives while others of its split are under way vanishes and leaves its mark
on them (`Fork.joined`); the last one passes on, or is replaced at the join where it ended elsewhere. So what waits
is always somebody's work, and a join cannot hold up a dossier for a branch that was never begun.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from itertools import count

from rules.calendar import TZ, Calendar
from rules.deadlines import DeadlineRule, due
from rules.workflow.errors import WorkflowError
from rules.workflow.model import (
    END,
    Action,
    Branch,
    Fork,
    Join,
    Outcome,
    Scope,
    Step,
    Together,
    Token,
    Workflow,
)

_MOST_MOVES = 200
"""Steps passed over in one move; more is a circle of steps that nobody does."""
CHOSEN = "chosen"
ITEM = "item"


@dataclass(slots=True)
class Routing:
    """One move in the making. `standing`: the tokens now, in order; `outcome`: of the last way that ended."""

    workflow: Workflow
    scope: Scope
    now: datetime
    calendar: Calendar
    new_id: Callable[[], str]
    standing: list[Token] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    outcome: Outcome | None = None
    _unsettled: list[tuple[Token, bool]] = field(default_factory=list)

    def put(
        self,
        step: str,
        forks: tuple[Fork, ...],
        item: str = "",
        assignee: str | None = None,
        *,
        joined: bool = False,
    ) -> None:
        """A token at a step. `joined`: it has passed the step's join already."""
        found = step_of(self.workflow, step)
        token = Token(
            self.new_id(),
            step,
            self.now,
            step_due(found, self.now, self.calendar, self.scope),
            assignee,
            forks,
            item,
        )
        self.standing.append(token)
        self._unsettled.append((token, joined))

    def follow(self, action: Action, token: Token, assignee: str | None = None) -> None:
        """Along an action, from a token that has been taken out of `standing`."""
        if self.outcome is Outcome.DECLINED:
            return
        withdrawn = [other for other in self.standing if other.step in action.cancels]
        self.standing = [other for other in self.standing if other.step not in action.cancels]
        held = [branch for branch in action.branches if self._holds(branch, token)]
        if not held:
            name = action.label
            raise WorkflowError(f"Thao tác “{name}” không có nhánh nào áp dụng cho hồ sơ này.")
        forks = token.forks
        if action.split:
            forks = (*forks, Fork(self.new_id(), action.together))
        for branch in held:
            if branch.to != END:
                self.put(branch.to, forks, token.item, assignee)
        if any(branch.to == END for branch in held):
            self.outcome = ending(action)
            if self.outcome is Outcome.DECLINED:
                self.standing.clear()
                self._unsettled.clear()
                return
        for lost in withdrawn:
            self._gone(lost.forks)
        if all(branch.to == END for branch in held):
            self._gone(token.forks)

    def settle(self) -> None:
        """Until every token stands where somebody is to act.

        Raises:
            WorkflowError: steps lead in a circle without anybody, or a step of `each` was given nothing.
        """
        for turn in count():
            if not self._unsettled:
                return
            token, joined = self._unsettled.pop(0)
            if turn > _MOST_MOVES:
                raise WorkflowError(
                    f"Quy trình “{self.workflow.name}” đi vòng qua bước “{self._name(token)}” mà không đi tới đâu; "
                    "đề nghị báo cán bộ kiểm soát thủ tục hành chính."
                )
            current = next((other for other in self.standing if other.id == token.id), None)
            if current is not None:  # not withdrawn by another branch meanwhile
                self._settle(current, joined=joined)

    def remove(self, token: Token) -> None:
        self.standing = [other for other in self.standing if other.id != token.id]

    def among(self, fork: str, besides: str = "") -> list[Token]:
        """The tokens that are branches of a split."""
        return [t for t in self.standing if t.id != besides and any(f.id == fork for f in t.forks)]

    def _settle(self, token: Token, *, joined: bool) -> None:
        step = step_of(self.workflow, token.step)
        if step.join is not None and not joined and token.forks and not self._join(token, step):
            return
        token = next(other for other in self.standing if other.id == token.id)
        way_on = self._way_on(step, token)
        if way_on is not None:
            self.skipped.append(step.id)
            self.remove(token)
            # whoever was chosen was chosen for this step, not for the one behind it
            self.follow(way_on, token)
        elif step.each is not None:
            self._each(token, step)

    def _join(self, token: Token, step: Step) -> bool:
        """Whether the token goes on from here."""
        fork, outer = token.forks[-1], token.forks[:-1]
        others = self.among(fork.id, token.id)
        match step.join:
            case Join.ALL if others:
                self.remove(token)
                self._mark(fork.id, step.id)
                return False
            case Join.FIRST if fork.joined == step.id:
                self.remove(token)
                self._gone(token.forks)
                return False
            case Join.FIRST if step.cancel_rest:
                self.standing = [other for other in self.standing if other not in others]
            case Join.FIRST:
                self._mark(fork.id, step.id)
            case Join.EACH:
                return True
        self._change(token, replace(token, forks=outer))
        return True

    def _way_on(self, step: Step, token: Token) -> Action | None:
        if step.automatic:
            found = next((a for a in step.actions if holds(a, self._read(token), self.now)), None)
            if found is None:
                raise WorkflowError(f"Bước “{step.name}” không có nhánh nào áp dụng cho hồ sơ này.")
            return found
        if step.skip_when is None or not step.skip_when.truth(self._read(token), now=self.now):
            return None
        if not step.actions:
            raise WorkflowError(f"Bước “{step.name}” được bỏ qua mà không có đường đi tiếp.")
        return step.actions[0]

    def _each(self, token: Token, step: Step) -> None:
        assert step.each is not None
        found = step.each.evaluate({CHOSEN: [], **self._read(token)}, now=self.now)
        items = [str(item) for item in found] if isinstance(found, (list, tuple)) else []
        items = list(dict.fromkeys(items))
        if not items:
            raise WorkflowError(f"Chọn ít nhất một nơi cho bước “{step.name}”.")
        self.remove(token)
        forks = (*token.forks, Fork(self.new_id()))
        until = step_due(step, self.now, self.calendar, self._read(token))
        for item in items:
            self.standing.append(Token(self.new_id(), step.id, self.now, until, token.assignee, forks, item))

    def _gone(self, forks: Sequence[Fork]) -> None:
        """A branch is no more: where it was the last of its split, those that had arrived go on."""
        for depth in range(len(forks) - 1, -1, -1):
            fork = forks[depth]
            if self.among(fork.id):
                return
            if fork.joined is not None and step_of(self.workflow, fork.joined).join is Join.ALL:
                self.put(fork.joined, tuple(forks[:depth]), joined=True)
                return

    def _mark(self, fork: str, step: str) -> None:
        self.standing = [
            replace(t, forks=tuple(replace(f, joined=step) if f.id == fork else f for f in t.forks))
            if any(f.id == fork for f in t.forks)
            else t
            for t in self.standing
        ]

    def _change(self, token: Token, changed: Token) -> None:
        self.standing = [changed if other.id == token.id else other for other in self.standing]

    def _holds(self, branch: Branch, token: Token) -> bool:
        return branch.when is None or branch.when.truth(self._read(token), now=self.now)

    def _read(self, token: Token) -> Scope:
        return {**self.scope, ITEM: token.item} if token.item else self.scope

    def _name(self, token: Token) -> str:
        return step_of(self.workflow, token.step).name


def turn_taken(tokens: Sequence[Token], token: Token) -> Token | None:
    """The branch that has been taken up, where this one must wait for its turn."""
    turns = {fork.id for fork in token.forks if fork.together is Together.TURNS}
    return next(
        (t for t in tokens if t.id != token.id and t.begun and any(f.id in turns for f in t.forks)), None
    )


def step_due(step: Step, entered_at: datetime, calendar: Calendar, scope: Scope) -> datetime | None:
    """When a step entered at `entered_at` ought to be done; `None` where it has no duration of its own, or waits for a
    day that is not known. A day that has gone by is over at once.
    """
    if step.until is not None:
        found = step.until.evaluate(scope, now=entered_at)
        if isinstance(found, datetime):
            return max(found if found.tzinfo is not None else found.replace(tzinfo=TZ), entered_at)
        if isinstance(found, date):
            return max(datetime.combine(found, time(), TZ), entered_at)
        return None
    if step.duration is None:
        return None
    return due(DeadlineRule(step.duration.amount, step.duration.unit), entered_at, calendar).at


def step_of(workflow: Workflow, step_id: str) -> Step:
    step = workflow.step(step_id)
    if step is None:
        raise WorkflowError(
            f"Quy trình “{workflow.name}” không có bước “{step_id}”; "
            "đề nghị báo cán bộ kiểm soát thủ tục hành chính."
        )
    return step


def holds(action: Action, scope: Scope, now: datetime | None) -> bool:
    return action.when is None or action.when.truth(scope, now=now)


def ending(action: Action) -> Outcome:
    return action.outcome if action.outcome is not None else Outcome.RETURNED
