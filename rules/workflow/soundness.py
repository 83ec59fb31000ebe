"""Whether a workflow always comes to its end: every state that it can reach, tried with the engine itself.

Conditions are taken for either answer, `each` for two items, people for any of the actions of their step. So what is
found is a way that the drawing allows; whether answers ever lead that way is not asked. Each flaw names the shortest
way that shows it.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from typing import Final, Literal, cast

from rules.calendar import Calendar
from rules.feel import Expression
from rules.workflow.engine import Move, allowed, start, take
from rules.workflow.errors import WorkflowError
from rules.workflow.model import Action, Join, Outcome, Phase, Scope, Step, Token, Workflow

MOST_STATES: Final = 1000
MOST_AT_ONCE: Final = 12
"""Tokens; more than these come from branches that split again and again."""
_NOW: Final = datetime(2000, 1, 1, tzinfo=UTC)
_NO_CALENDAR: Final = cast("Calendar", None)  # no step of the stand-in has a duration

Flawed = Literal["stuck", "twice", "left_over", "endless"]
State = tuple[Token, ...]
Key = tuple[tuple[str, tuple[tuple[int, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class Flaw:
    """`stuck`: no end from here; `twice`: two at one step; `left_over`: the result is handed over while others still
    work; `endless`: more states than are tried. `step`: whose; `way`: (step, action) from the start.
    """

    kind: Flawed
    step: str
    way: tuple[tuple[str, str], ...]


class _Script:
    """The answers to the conditions of one run, yes until told otherwise."""

    def __init__(self) -> None:
        self.answers: list[bool] = []
        self._asked = 0

    def ask(self) -> bool:
        if self._asked == len(self.answers):
            self.answers.append(True)
        self._asked += 1
        return self.answers[self._asked - 1]

    def runs(self) -> Iterator[None]:
        """Once for every combination of answers that is asked for."""
        while True:
            self._asked = 0
            yield
            del self.answers[self._asked :]
            while self.answers and not self.answers[-1]:
                self.answers.pop()
            if not self.answers:
                return
            self.answers[-1] = False


@dataclass(frozen=True, slots=True)
class _Either:
    """Stands for a condition, and for the list of an `each`."""

    script: _Script

    def truth(self, _scope: Scope, *, now: datetime | None = None) -> bool:
        del now
        return self.script.ask()

    def evaluate(self, _scope: Scope, *, now: datetime | None = None) -> object:
        del now
        return ["1", "2"]


def flaws(workflow: Workflow, most: int = MOST_STATES) -> tuple[Flaw, ...]:
    """Every kind of flaw once a step, each with its way. Asks for a workflow whose steps all exist."""
    return tuple(_Exploring(workflow, most).flaws())


class _Exploring:
    def __init__(self, workflow: Workflow, most: int) -> None:
        self.script = _Script()
        self.workflow = _stand_in(workflow, cast("Expression", _Either(self.script)))
        self.most = most
        self.several = any(step.join is Join.EACH for step in workflow.steps)
        self.ids = count(1)
        self.ways: dict[Key, tuple[tuple[str, str], ...]] = {}
        self.states: dict[Key, State] = {}
        self.before: dict[Key, set[Key]] = {}
        self.ends: set[Key] = set()
        self.found: dict[tuple[Flawed, str], Flaw] = {}

    def flaws(self) -> Iterator[Flaw]:
        waiting = deque(self._starts())
        while waiting:
            key = waiting.popleft()
            last = self.states[key]
            if len(self.states) > self.most or len(last) > MOST_AT_ONCE:
                yield Flaw("endless", last[0].step if last else self.workflow.start, self.ways[key])
                return
            self._look(key)
            waiting.extend(self._next(key))
        self._stuck()
        yield from self.found.values()

    def _starts(self) -> Iterator[Key]:
        for _ in self.script.runs():
            try:
                move = start(self.workflow, {}, _NOW, _NO_CALENDAR, self._id)
            except WorkflowError:
                continue  # these answers leave no branch; told of by the rules on conditions
            yield from self._reach(move, None, ())

    def _next(self, key: Key) -> Iterator[Key]:
        state = self.states[key]
        for token in state:
            step = self.workflow.step(token.step)
            assert step is not None
            for action in allowed(self.workflow, token, {}, _NOW, state):
                way = (*self.ways[key], (step.id, action.id))
                for _ in self.script.runs():
                    try:
                        move = take(
                            self.workflow, state, token.id, action.id, {}, _NOW, _NO_CALENDAR, self._id
                        )
                    except WorkflowError:
                        continue
                    self._left_over(step, action, move, way)
                    yield from self._reach(move, key, way)

    def _reach(self, move: Move, before: Key | None, way: tuple[tuple[str, str], ...]) -> Iterator[Key]:
        key = _key(move.tokens)
        if before is not None:
            self.before.setdefault(key, set()).add(before)
        if not move.tokens:
            self.ends.add(key)
        if key not in self.states:
            self.states[key], self.ways[key] = move.tokens, way
            yield key

    def _look(self, key: Key) -> None:
        seen: set[str] = set()
        for token in self.states[key]:
            if token.step in seen and not token.item and not self.several:
                self._tell("twice", token.step, self.ways[key])
            seen.add(token.step)

    def _left_over(self, step: Step, action: Action, move: Move, way: tuple[tuple[str, str], ...]) -> None:
        hands_over = step.phase is Phase.RESULT_READY and action.outcome is Outcome.RETURNED
        if hands_over and move.tokens and not self.several:
            self._tell("left_over", step.id, way)

    def _stuck(self) -> None:
        fine, waiting = set(self.ends), list(self.ends)
        while waiting:
            for before in self.before.get(waiting.pop(), ()):
                if before not in fine:
                    fine.add(before)
                    waiting.append(before)
        for key, state in self.states.items():
            if key not in fine:
                self._tell("stuck", state[0].step, self.ways[key])

    def _tell(self, kind: Flawed, step: str, way: tuple[tuple[str, str], ...]) -> None:
        self.found.setdefault((kind, step), Flaw(kind, step, way))

    def _id(self) -> str:
        return str(next(self.ids))


def _stand_in(workflow: Workflow, either: Expression) -> Workflow:
    return replace(
        workflow,
        steps=tuple(
            replace(
                step,
                duration=None,
                skip_when=either if step.skip_when is not None else None,
                each=either if step.each is not None else None,
                actions=tuple(_open(action, step, either) for action in step.actions),
            )
            for step in workflow.steps
        ),
    )


def _open(action: Action, step: Step, either: Expression) -> Action:
    guarded = step.automatic and action.when is not None
    return replace(
        action,
        when=either if guarded else None,
        split=tuple(
            replace(branch, when=either if branch.when is not None else None) for branch in action.split
        ),
    )


def _key(tokens: Sequence[Token]) -> Key:
    """States that differ only in ids are one."""
    ordered = sorted(tokens, key=lambda t: (t.step, t.item, [(f.together, f.joined or "") for f in t.forks]))
    names: dict[str, int] = {}
    return tuple(
        (
            token.step,
            tuple((names.setdefault(fork.id, len(names)), fork.joined or "") for fork in token.forks),
        )
        for token in ordered
    )
