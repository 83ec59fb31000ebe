"""Σ of the steps' time ≤ the statutory time, on every way through the workflow (Đ10.3b) (T014).

Only steps in which the agency works on the dossier count: waiting for the applicant and a result that waits to be
collected do not. A way visits no step twice: what is sent back is over time by somebody's decision, not by design.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from definitions.lint.skipping import skipped_with
from definitions.model import DeadlineRow, Definition
from definitions.problems import Report
from rules.deadlines import Unit
from rules.workflow.model import END, Duration, Phase, Step, Together, Workflow

_HOURS_A_DAY: Final = Decimal(8)
_MOST_WAYS: Final = 50_000


@dataclass(frozen=True, slots=True)
class Way:
    """A way through the workflow, `steps` in order, and what it takes: `days` of the calendar and `hours` of working
    time. `exact` is False where there are too many ways and this is what all steps take together.
    """

    days: Decimal
    hours: Decimal
    steps: tuple[str, ...]
    exact: bool = True

    @property
    def most_hours(self) -> Decimal:
        """Working hours at the most: a calendar day may be a working day in full."""
        return self.hours + self.days * _HOURS_A_DAY


def taken(duration: Duration | None) -> tuple[Decimal, Decimal]:
    """(calendar days, working hours) of a step."""
    if duration is None:
        return Decimal(0), Decimal(0)
    amount = duration.amount
    match duration.unit:
        case Unit.DAY:
            return amount, Decimal(0)
        case Unit.MONTH:
            return amount * 30, Decimal(0)
        case Unit.WORKING_DAY:
            return Decimal(0), amount * _HOURS_A_DAY
        case Unit.WORKING_HOUR | Unit.HOUR:
            return Decimal(0), amount
        case _:
            return Decimal(0), Decimal(0)


def statutory_hours(unit: Unit, amount: Decimal) -> Decimal | None:
    """Working hours that a statutory period surely has: of calendar days only those outside two-day week-ends.
    «0 ngày làm việc» is within one working day. None: unspecified.
    """
    if unit is Unit.UNSPECIFIED:
        return None
    if unit in {Unit.WORKING_HOUR, Unit.HOUR}:
        return amount
    if unit is Unit.WORKING_DAY:
        return max(amount, Decimal(1)) * _HOURS_A_DAY
    days = int(amount * 30 if unit is Unit.MONTH else amount)
    weeks, rest = divmod(days, 7)
    return (weeks * 5 + max(rest - 2, 0)) * _HOURS_A_DAY


def fits(way: Way, row: DeadlineRow) -> bool:
    """Whether the way surely ends in time. Calendar days are held against calendar days, and only what remains of
    them against working time; against a period in working time each counts as one in full.
    """
    amount, unit = row.rule.amount, row.rule.unit
    if unit in {Unit.DAY, Unit.MONTH}:
        left = (amount * 30 if unit is Unit.MONTH else amount) - way.days
        if left < 0:
            return False
        return way.hours <= (statutory_hours(Unit.DAY, left) or 0)
    allowed = statutory_hours(unit, amount)
    return allowed is None or way.most_hours <= allowed


def ways(workflow: Workflow, skipped: frozenset[str] = frozenset()) -> tuple[Way, ...]:
    """All ways from the start to an end, the longest first; steps that are `skipped` take no time. Branches side by side are ways of their own: what meets
    again has taken as long as the longest of them; branches in turns take their times together.
    """
    nothing = (Decimal(0), Decimal(0))
    costs = {step.id: nothing if step.id in skipped else _counted(step) for step in workflow.steps}
    onward = {step.id: tuple(_targets(step, costs)) for step in workflow.steps}
    found: dict[tuple[Decimal, Decimal], Way] = {}
    stack: list[tuple[tuple[str, ...], Decimal, Decimal]] = [((workflow.start,), *costs[workflow.start])]
    for _ in range(_MOST_WAYS):
        if not stack:
            return tuple(sorted(found.values(), key=lambda way: way.most_hours, reverse=True))
        steps, days, hours = stack.pop()
        for target, more_days, more_hours in onward[steps[-1]]:
            if target == END:
                found.setdefault((days, hours), Way(days, hours, steps))
            elif target not in steps:
                own = costs[target]
                stack.append(((*steps, target), days + own[0] + more_days, hours + own[1] + more_hours))
    days, hours = (sum((cost[n] for cost in costs.values()), Decimal(0)) for n in (0, 1))
    return (Way(days, hours, tuple(costs), exact=False),)


def _targets(
    step: Step, costs: Mapping[str, tuple[Decimal, Decimal]]
) -> Iterator[tuple[str, Decimal, Decimal]]:
    """(next step, days and hours that its sisters take before it may begin)."""
    for action in step.actions:
        turns = action.targets if action.together is Together.TURNS else ()
        for target in dict.fromkeys(action.targets):
            sisters = [costs[other] for other in turns if other not in {target, END}]
            yield (
                target,
                sum((cost[0] for cost in sisters), Decimal(0)),
                sum((cost[1] for cost in sisters), Decimal(0)),
            )


def _counted(step: Step) -> tuple[Decimal, Decimal]:
    return taken(step.duration) if step.phase is Phase.SOLVING else (Decimal(0), Decimal(0))


@dataclass(frozen=True, slots=True)
class Held:
    """A row of the deadline against the workflow: the first way that is `late`, else the longest there is. `skipped`:
    steps that take no time where the row applies.
    """

    way: Way
    late: bool
    skipped: frozenset[str]


def against(definition: Definition) -> Iterator[Held | None]:
    """For each row of the deadline; None where no way comes to an end. Asks for a workflow whose steps all exist."""
    found: dict[frozenset[str], tuple[Way, ...]] = {}
    for at, row in enumerate(definition.deadlines):
        skipped = skipped_with(definition, at)
        if skipped not in found:
            found[skipped] = ways(definition.workflow, skipped)
        late = next((way for way in found[skipped] if not fits(way, row)), None)
        longest = late or next(iter(found[skipped]), None)
        yield None if longest is None else Held(longest, late is not None, skipped)


def lint_time(definition: Definition, report: Report) -> None:
    for at, (row, held) in enumerate(zip(definition.deadlines, against(definition), strict=True)):
        if held is not None and held.late:
            report.error(("deadline", at), *told(definition, row, held))


def told(definition: Definition, row: DeadlineRow, held: Held) -> tuple[str, str, str]:
    """(code, message, remedy) of a way that is late, as a report has them."""
    names = {step.id: step.name for step in definition.workflow.steps}
    way = " → ".join(names[step] for step in held.way.steps if step not in held.skipped)
    return (
        "T014",
        f"Quy trình cần {needed(held.way)} nhưng thời hạn chỉ có {allowed(row)} (Đ10.3b): {way}.",
        "Rút bớt thời gian các bước (khóa duration, hoặc workflow.durations với quy trình dùng chung).",
    )


def needed(way: Way) -> str:
    """`12 ngày và 7 ngày làm việc`: what a way takes."""
    parts = [f"{_plain(way.days)} ngày"] if way.days else []
    parts += [days_words(way.hours)] if way.hours or not way.days else []
    return " và ".join(parts)


def allowed(row: DeadlineRow) -> str:
    """`20 ngày (chắc chắn có 14 ngày làm việc)`: what a row of the deadline gives."""
    hours = statutory_hours(row.rule.unit, row.rule.amount)
    if row.rule.unit in {Unit.DAY, Unit.MONTH}:
        days = row.rule.amount * (30 if row.rule.unit is Unit.MONTH else 1)
        return f"{_plain(days)} ngày (chắc chắn có {days_words(hours or Decimal(0))})"
    return days_words(hours or Decimal(0))


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}".replace(".", ",")


def days_words(hours: Decimal) -> str:
    """Working hours as `1,5 ngày làm việc`, less than a day as `3 giờ làm việc`."""
    days = f"{(hours / _HOURS_A_DAY).normalize():f}".replace(".", ",")
    return (
        f"{days} ngày làm việc"
        if hours >= _HOURS_A_DAY
        else f"{hours.normalize():f} giờ làm việc".replace(".", ",")
    )
