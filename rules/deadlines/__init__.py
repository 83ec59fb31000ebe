"""Deadlines as interval algebra: an amount of time, the intervals in which the clock stood, and why this date."""

from rules.deadlines.count import due, merge, remaining_minutes
from rules.deadlines.due import Due, DueLine, Period
from rules.deadlines.model import Addition, DeadlineRule, Extension, Pause, ReturnAt, Unit
from rules.deadlines.remaining import remaining_text
from rules.deadlines.reminders import days_before, halfway

__all__ = [
    "Addition",
    "DeadlineRule",
    "Due",
    "DueLine",
    "Extension",
    "Pause",
    "Period",
    "ReturnAt",
    "Unit",
    "days_before",
    "due",
    "halfway",
    "merge",
    "remaining_minutes",
    "remaining_text",
]
