"""Σ of the steps' time on the longest way, held against each row of the statutory time (Đ10.3b). Pure."""

from dataclasses import dataclass
from decimal import Decimal

from definitions.lint.time import Held, against, allowed, days_words, needed, statutory_hours
from definitions.lint.witness import whole
from definitions.model import DeadlineRow, Definition
from definitions.workflow_words import duration_words
from rules.deadlines import Unit
from rules.workflow.model import Phase, Step


@dataclass(frozen=True, slots=True)
class StepTime:
    """One step of a way. `words`: its time, or why it has none."""

    id: str
    name: str
    words: str
    counted: bool


@dataclass(frozen=True, slots=True)
class RowTime:
    """A row of the deadline and the longest way. `slack`: `còn dư 1 ngày làm việc`, `vượt 3 ngày`; `measured`: whether
    the law sets a time at all; `exact`: False where there are too many ways and all steps are summed up.
    """

    row: DeadlineRow
    allowed: str
    needed: str
    slack: str
    late: bool
    measured: bool
    exact: bool
    steps: tuple[StepTime, ...]

    @property
    def way(self) -> tuple[str, ...]:
        return tuple(step.id for step in self.steps)


def times(definition: Definition) -> tuple[RowTime, ...]:
    """For each row of the deadline; () where ways cannot be followed or none comes to an end."""
    if not whole(definition.workflow):
        return ()
    found = zip(definition.deadlines, against(definition), strict=True)
    return tuple(_row(definition, row, held) for row, held in found if held is not None)


def _row(definition: Definition, row: DeadlineRow, held: Held) -> RowTime:
    measured = row.rule.unit is not Unit.UNSPECIFIED
    steps = {step.id: step for step in definition.workflow.steps}
    return RowTime(
        row,
        allowed(row) if measured else "không quy định",
        needed(held.way),
        _slack(row, held) if measured else "",
        held.late,
        measured,
        held.way.exact,
        tuple(_step(steps[name], held.skipped) for name in held.way.steps),
    )


def _step(step: Step, skipped: frozenset[str]) -> StepTime:
    if step.id in skipped:
        return StepTime(step.id, step.name, "được bỏ qua", counted=False)
    if step.phase is not Phase.SOLVING:
        return StepTime(step.id, step.name, "không tính vào thời hạn", counted=False)
    if step.duration is None:
        return StepTime(step.id, step.name, "chưa ghi thời gian", counted=False)
    return StepTime(step.id, step.name, duration_words(step.duration), counted=True)


def _slack(row: DeadlineRow, held: Held) -> str:
    """Calendar days are held against calendar days, what remains of them against working time, as `fits` does."""
    way, rule = held.way, row.rule
    if rule.unit in {Unit.DAY, Unit.MONTH}:
        left = (rule.amount * 30 if rule.unit is Unit.MONTH else rule.amount) - way.days
        if left < 0:
            return f"vượt {_plain(-left)} ngày"
        if not way.hours:
            return f"còn dư {_plain(left)} ngày" if left else "vừa đủ"
        spare = (statutory_hours(Unit.DAY, left) or Decimal(0)) - way.hours
    else:
        spare = (statutory_hours(rule.unit, rule.amount) or Decimal(0)) - way.most_hours
    if not spare:
        return "vừa đủ"
    return f"{'còn dư' if spare > 0 else 'vượt'} {days_words(abs(spare))}"


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}".replace(".", ",")
