"""What the jobs need of the running system, built once per worker process at the first job."""

import importlib
import threading
from datetime import datetime
from typing import Protocol

from tthc.settings import Settings


class Now(Protocol):
    def now(self) -> datetime: ...


class OutboxWorker(Protocol):
    def run_once(self) -> int:
        """Claim, perform and record what is due in the outbox; how many entries were done."""
        ...


class Timers(Protocol):
    def sweep(self, now: datetime) -> int:
        """Fire what is due by `now`; how many timers fired."""
        ...


class Following(Protocol):
    def sweep(self) -> int:
        """Count again what a changed calendar moves; how many due dates moved."""
        ...


class Succeeding(Protocol):
    def sweep(self) -> int:
        """Hand over what an agency that was merged or renamed left undone; how many dossiers went over."""
        ...


class Trail(Protocol):
    def note(self, name: str, at: datetime, *, ok: bool) -> None:
        """A part was seen to work, or to fail."""
        ...


class Watching(Protocol):
    def sweep(self, now: datetime) -> int:
        """Ask the event rules of what is due by `now`; how many proposals were made."""
        ...


class Reminders(Protocol):
    def sweep(self, now: datetime) -> int:
        """Remind of the reviews that need it by `now`; how many reminders went out."""
        ...


class FeedbackReminders(Protocol):
    def sweep(self, now: datetime) -> int:
        """Remind leaders of feedback that waits by `now`; how many reminders went out."""
        ...


class Sticking(Protocol):
    def sweep(self, now: datetime) -> int:
        """Look at every open dossier; how many alerts went out."""
        ...


class Moves(Protocol):
    def sweep(self) -> int:
        """Go on with the batches that are open; how many dossiers were done."""
        ...


class Lives(Protocol):
    def sweep(self) -> int:
        """Tell the lives of dossiers that were written to; how many."""
        ...


class PaymentSweep(Protocol):
    def sweep(self, now: datetime) -> int:
        """Look after payments that are due; how many changed."""


class Quarantine(Protocol):
    def sweep(self, now: datetime) -> int:
        """Look into the files that wait for it; how many were judged."""
        ...


class LookingAgain(Protocol):
    def sweep(self, now: datetime) -> int:
        """Look again into files that were found clean long ago; how many."""
        ...


class Leftovers(Protocol):
    def sweep(self, now: datetime) -> int:
        """Throw away what uploads that nobody finished left behind; how many."""
        ...


class Work(Protocol):
    """The part of `tthc.services.Services` that jobs use."""

    @property
    def clock(self) -> Now: ...
    @property
    def outbox_worker(self) -> OutboxWorker: ...
    @property
    def timers(self) -> Timers: ...
    @property
    def watching(self) -> Watching: ...
    @property
    def following(self) -> Following: ...
    @property
    def reminders(self) -> Reminders: ...
    @property
    def feedback_reminders(self) -> FeedbackReminders: ...
    @property
    def moves(self) -> Moves: ...
    @property
    def succeeding(self) -> Succeeding: ...
    @property
    def sticking(self) -> Sticking: ...
    @property
    def lives(self) -> Lives: ...
    @property
    def payment_sweep(self) -> PaymentSweep: ...
    @property
    def trail(self) -> Trail: ...
    @property
    def quarantine(self) -> Quarantine: ...
    @property
    def looking_again(self) -> LookingAgain: ...
    @property
    def leftovers(self) -> Leftovers: ...


_lock = threading.Lock()
_built: list[Work] = []


def work() -> Work:
    """The services of this process. Threads that ask together get the same one."""
    with _lock:
        if not _built:
            # by name: the composition root knows the tasks, not the other way round
            _built.append(importlib.import_module("tthc.services").build(Settings.load()))
        return _built[0]
