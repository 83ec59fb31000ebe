"""Open dossiers follow the working calendar: when it has changed, each is looked at once more."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pymongo.database import Database

from tthc.clock import Clock, ManualClock
from tthc.dossiers import commands as cmd
from tthc.dossiers.context import SYSTEM
from tthc.dossiers.refusals import Refused
from tthc.dossiers.repository import Dossiers
from tthc.dossiers.service import DossierService

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Following:
    """`fingerprint`: of all the calendar data now in force; another value than last time means that it changed."""

    dossiers: DossierService
    repository: Dossiers
    database: Database[dict[str, Any]]
    clock: Clock | ManualClock
    fingerprint: Callable[[], str]
    follow: bool = True

    def sweep(self) -> int:
        """Count again what a changed calendar moves; how many due dates moved. Doubled sweeps do no harm: the
        calendar counts as followed only once every dossier was looked at, and a dossier follows it once.
        """
        seen = self.database["calendar_followed"]
        mark = self.fingerprint()
        if not self.follow or seen.find_one({"_id": "all", "fingerprint": mark}) is not None:
            return 0
        moved = 0
        for dossier_id, version in self.repository.with_due_dates():
            try:
                after = self.dossiers.execute(
                    dossier_id, cmd.FollowCalendar(), SYSTEM, f"calendar:{mark}:{dossier_id}"
                )
            except (Refused, LookupError, ValueError):
                log.exception("the due date of dossier %s was not counted again", dossier_id)
            else:
                moved += after.version != version
        seen.update_one(
            {"_id": "all"},
            {"$set": {"fingerprint": mark, "at": self.clock.now()}},
            upsert=True,
        )
        return moved
