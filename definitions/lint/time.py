"""Σ of the steps' time ≤ the statutory time, on every way through the workflow (Đ10.3b) (T014).

Only steps in which the agency works on the dossier count: waiting for the applicant and a result that waits to be
collected do not. A way visits no step twice: what is sent back is over time by somebody's decision, not by design.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from definitions.model import DeadlineRow, Definition
from definitions.problems import Report
from rules.deadlines import Unit
from rules.workflow.model import END, Duration, Phase, Step, Workflow

_HOURS_A_DAY: Final = Decimal(8)
_MOST_WAYS: Final = 50_000


@dataclass(frozen=True, slots=True)
class Longest:
    """The way that takes longest. `hours` of working time; `steps` in order; `exact` is False for an upper bound."""

    hours: Decimal
    steps: tuple[str, ...]
    exact: bool = True


def working_hours(duration: Duration | None) -> Decimal:
    """Working hours of a step, at the most: a calendar day may be a working day in full."""
    if duration is None:
        return Decimal(0)
    per = {
        Unit.WORKING_HOUR: Decimal(1),
        Unit.HOUR: Decimal(1),
        Unit.WORKING_DAY: _HOURS_A_DAY,
        Unit.DAY: _HOURS_A_DAY,
        Unit.MONTH: _HOURS_A_DAY * 22,
        Unit.UNSPECIFIED: Decimal(0),
    }
    return duration.amount * per[duration.unit]


def statutory_hours(row: DeadlineRow) -> Decimal | None:
    """Working hours that a statutory period surely has: of calendar days only those outside two-day week-ends.
    «0 ngày làm việc» is within one working day. None: unspecified.
    """
    amount, unit = row.rule.amount, row.rule.unit
    if unit is Unit.UNSPECIFIED:
        return None
    if unit in {Unit.WORKING_HOUR, Unit.HOUR}:
        return amount
    if unit is Unit.WORKING_DAY:
        return max(amount, Decimal(1)) * _HOURS_A_DAY
    days = int(amount * 30 if unit is Unit.MONTH else amount)
    weeks, rest = divmod(days, 7)
    return (weeks * 5 + max(rest - 2, 0)) * _HOURS_A_DAY


def longest_way(workflow: Workflow) -> Longest:
    """Over all ways from the start to an end."""
    hours = {step.id: _counted(step) for step in workflow.steps}
    ways = {
        step.id: tuple(dict.fromkeys(t for a in step.actions for t in a.targets)) for step in workflow.steps
    }
    best = Longest(Decimal(0), ())
    stack: list[tuple[tuple[str, ...], Decimal]] = [((workflow.start,), hours[workflow.start])]
    for _ in range(_MOST_WAYS):
        if not stack:
            return best
        way, spent = stack.pop()
        for target in ways[way[-1]]:
            if target == END:
                if spent > best.hours or not best.steps:
                    best = Longest(spent, way)
            elif target not in way:
                stack.append(((*way, target), spent + hours[target]))
    return Longest(sum(hours.values(), Decimal(0)), tuple(hours), exact=False)


def _counted(step: Step) -> Decimal:
    return working_hours(step.duration) if step.phase is Phase.SOLVING else Decimal(0)


def lint_time(definition: Definition, report: Report) -> None:
    longest = longest_way(definition.workflow)
    names = {step.id: step.name for step in definition.workflow.steps}
    for at, row in enumerate(definition.deadlines):
        allowed = statutory_hours(row)
        if allowed is not None and longest.hours > allowed:
            way = " → ".join(names[step] for step in longest.steps)
            report.error(
                ("deadline", at),
                "T014",
                f"Quy trình cần {_days(longest.hours)} nhưng thời hạn chỉ có {_days(allowed)} (Đ10.3b): {way}.",
                "Rút bớt thời gian các bước (khóa duration, hoặc workflow.durations với quy trình dùng chung).",
            )


def _days(hours: Decimal) -> str:
    days = f"{(hours / _HOURS_A_DAY).normalize():f}".replace(".", ",")
    return (
        f"{days} ngày làm việc"
        if hours >= _HOURS_A_DAY
        else f"{hours.normalize():f} giờ làm việc".replace(".", ",")
    )
