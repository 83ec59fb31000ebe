"""Deadlines as interval algebra: an amount of time, the intervals in which the clock stood, and why this date."""

from rules.deadlines.model import DeadlineRule, Extension, Pause, ReturnAt, Unit

__all__ = ["DeadlineRule", "Extension", "Pause", "ReturnAt", "Unit"]
