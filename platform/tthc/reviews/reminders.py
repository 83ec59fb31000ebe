"""Reminders of reviews at half of the time, at 80 % and when overdue (Đ9.3b): one sweep, each reminder once a registration."""

from collections.abc import Callable
from datetime import datetime

from definitions.lifecycle import State, Version
from definitions.review_time import reached
from definitions.store import DefinitionStore
from rules.calendar import Calendar
from tthc.reviews.store import Reviews
from tthc.reviews.telling import Telling


class Reminders:
    """`name_of`: what a version's procedure is called; `calendar`: that of whoever reviews."""

    def __init__(
        self,
        definitions: DefinitionStore,
        reviews: Reviews,
        telling: Telling,
        name_of: Callable[[Version], str],
        calendar: Callable[[], Calendar],
    ) -> None:
        self._definitions = definitions
        self._reviews = reviews
        self._telling = telling
        self._name_of = name_of
        self._calendar = calendar

    def sweep(self, now: datetime) -> int:
        """Sends what is due by `now`; how many reminders went out, each to both sides.

        Sent before it is recorded: a sweep that dies between the two sends the same notice again, which its id keeps
        from lying in an inbox twice. Where several stages passed while nobody looked, only the last is told.
        """
        calendar, sent = self._calendar(), 0
        for version in self._definitions.in_state(State.REGISTERED):
            passed = reached(version, now, calendar)
            if not passed or passed[-1] in self._reviews.of(version).reminded:
                continue
            self._telling.remind(version, passed[-1], self._name_of(version), now, calendar)
            self._reviews.reminded(version, passed, now)
            sent += 1
        return sent
