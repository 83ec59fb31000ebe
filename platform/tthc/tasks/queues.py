"""Every queue, every task's queue, and how often the sweeps run: nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass

DELIVERIES = "tthc-deliveries"
SWEEPS = "tthc-sweeps"

QUEUES = (DELIVERIES, SWEEPS)

DELIVER = "tthc.deliver"
SWEEP_OUTBOX = "tthc.sweep_outbox"
SWEEP_TIMERS = "tthc.sweep_timers"
SWEEP_RULES = "tthc.sweep_rules"
SWEEP_MOVES = "tthc.sweep_moves"
FOLLOW_CALENDAR = "tthc.follow_calendar"
SWEEP_REVIEWS = "tthc.sweep_reviews"
FOLLOW_AGENCIES = "tthc.follow_agencies"
SWEEP_STUCK = "tthc.sweep_stuck"
SWEEP_LIVES = "tthc.sweep_lives"
SWEEP_PAYMENTS = "tthc.sweep_payments"
SCAN_FILES = "tthc.scan_files"
RESCAN_FILES = "tthc.rescan_files"
SWEEP_UPLOADS = "tthc.sweep_uploads"
SWEEP_FEEDBACK = "tthc.sweep_feedback"
PULSE = "tthc.pulse"

ROUTES: Mapping[str, str] = {
    DELIVER: DELIVERIES,
    SWEEP_OUTBOX: SWEEPS,
    SWEEP_TIMERS: SWEEPS,
    SWEEP_RULES: SWEEPS,
    SWEEP_MOVES: SWEEPS,
    FOLLOW_CALENDAR: SWEEPS,
    SWEEP_REVIEWS: SWEEPS,
    FOLLOW_AGENCIES: SWEEPS,
    SWEEP_STUCK: SWEEPS,
    SWEEP_LIVES: SWEEPS,
    SWEEP_PAYMENTS: SWEEPS,
    SCAN_FILES: SWEEPS,
    RESCAN_FILES: SWEEPS,
    SWEEP_UPLOADS: SWEEPS,
    SWEEP_FEEDBACK: SWEEPS,
    PULSE: SWEEPS,
}


@dataclass(frozen=True, slots=True)
class Sweep:
    """A task that beat sends every `seconds`; one that was not begun by the time of the next is dropped."""

    task: str
    seconds: int


BEAT = (
    Sweep(SWEEP_OUTBOX, 5),
    Sweep(SWEEP_TIMERS, 10),
    Sweep(SWEEP_RULES, 10),
    Sweep(SWEEP_MOVES, 10),
    Sweep(FOLLOW_CALENDAR, 300),
    Sweep(SWEEP_REVIEWS, 300),
    Sweep(FOLLOW_AGENCIES, 120),
    Sweep(SWEEP_STUCK, 300),
    Sweep(SWEEP_LIVES, 10),
    Sweep(SWEEP_PAYMENTS, 10),
    Sweep(SCAN_FILES, 10),
    Sweep(RESCAN_FILES, 60),
    Sweep(SWEEP_UPLOADS, 600),
    Sweep(SWEEP_FEEDBACK, 300),
    Sweep(PULSE, 60),
)
