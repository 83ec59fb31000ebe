"""Where an event fixes a date, the instants before it at which people are reminded are fixed with it (Đ15.2, Đ25.1).

They need the calendar and the policy, which only a decision has; so they travel in the event, and `timers` merely reads
them from the state. One place for all events: whoever fixes a date need not think of it.
"""

from collections.abc import Iterable
from datetime import datetime

from rules.deadlines import days_before, due, halfway
from rules.workflow.model import APPLICANT, Phase
from tthc.dossiers import events as ev
from tthc.dossiers.context import Context
from tthc.dossiers.reminding import LATE
from tthc.dossiers.state import DeadlineState, Reminder, Task, TimerKind
from tthc.dossiers.values import replace


def looking_ahead(event: ev.Event, context: Context, accepted_at: datetime | None) -> ev.Event:
    """The same event with its reminders. `accepted_at`: since when the solving time runs, where it does."""
    if not context.policy.looks_ahead:
        return event
    match event:
        case ev.Submitted(intake_due=until) | ev.Supplied(intake_due=until) if until is not None:
            return replace(event, reminders=_before(context, "intake", context.now, until))
        case ev.SupplementRequested():
            return replace(event, reminders=_waiting(context))
        case ev.Accepted(deadline=deadline) if deadline is not None:
            return replace(event, deadline=_solving(context, deadline, context.now))
        case ev.Extended(deadline=deadline) | ev.Recounted(deadline=deadline) if accepted_at is not None:
            return replace(event, deadline=_solving(context, deadline, accepted_at))
        case ev.Moved():
            deadline = event.deadline
            if deadline is not None and accepted_at is not None:
                deadline = _solving(context, deadline, accepted_at)
            entered = tuple(replace(task, reminders=_task(context, task)) for task in event.entered)
            return replace(event, deadline=deadline, entered=entered)
        case ev.VersionMoved(deadline=deadline) if deadline is not None and accepted_at is not None:
            return replace(event, deadline=_solving(context, deadline, accepted_at))
        case _:
            return event


def _solving(context: Context, deadline: DeadlineState, accepted_at: datetime) -> DeadlineState:
    if deadline.due is None:
        return deadline
    policy, calendar = context.policy, context.calendar
    found: list[Reminder] = []
    if policy.remind_half and (half := halfway(accepted_at, deadline.due, calendar, deadline.pauses)):
        found.append(Reminder("deadline", "half", half))
    if policy.apology_lead is not None:
        eve = days_before(deadline.due, policy.apology_lead, calendar)
        found.append(Reminder("deadline", "eve", eve))
    if policy.escalate_overdue:
        late = calendar.add_working_days(deadline.due, policy.escalate_overdue)
        found.append(Reminder("deadline", LATE, late))
    return replace(deadline, reminders=_still(found, context.now, accepted_at))


def _task(context: Context, task: Task) -> tuple[Reminder, ...]:
    if task.phase is Phase.RESULT_READY:
        return _lying(context)
    if task.due is not None:
        return _before(context, "consent" if task.silent else "step", task.entered_at, task.due)
    return _waiting(context) if task.function == APPLICANT else ()


def _before(context: Context, kind: TimerKind, start: datetime, until: datetime) -> tuple[Reminder, ...]:
    policy, calendar = context.policy, context.calendar
    found: list[Reminder] = []
    if policy.remind_half and (half := halfway(start, until, calendar)):
        found.append(Reminder(kind, "half", half))
    if policy.remind_before is not None:
        found.append(Reminder(kind, "eve", days_before(until, policy.remind_before, calendar)))
    return _still(found, context.now, start)


def _waiting(context: Context) -> tuple[Reminder, ...]:
    """Of a wait for the applicant that has no date of its own: one is given by the policy."""
    if context.policy.supplement_wait is None:
        return ()
    until = due(context.policy.supplement_wait, context.now, context.calendar).at
    if until is None:
        return ()
    return (*_before(context, "supplement", context.now, until), Reminder("supplement", "stop", until))


def _lying(context: Context) -> tuple[Reminder, ...]:
    calendar = context.calendar
    return tuple(
        Reminder("uncollected", str(days), calendar.add_working_days(context.now, days))
        for days in context.policy.uncollected
    )


def _still(found: Iterable[Reminder], now: datetime, start: datetime) -> tuple[Reminder, ...]:
    """Those to come: a time that is short has no day before its end, and a date that moves tells nothing twice. Of two at
    one instant the later stage says all.
    """
    by_instant = {each.at: each for each in found if each.at > max(now, start)}
    return tuple(by_instant.values())
