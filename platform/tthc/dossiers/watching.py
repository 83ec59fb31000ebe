"""Event rules are asked of every dossier that was written to, and again while time alone may make one hold.

Only the workers do this. A write marks its dossier (`rules_due`) in the very same update, and the mark is taken away only
from the version that was looked at, together with how far its history was (`rules_seen`): so a killed worker loses
nothing. A proposal is a command whose id follows from the dossier and the rule: so a doubled sweep does nothing twice,
and since a rule proposes once for a dossier, rules that lead to each other come to an end.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from rules.events import EventRules
from tthc.dossiers import commands as cmd
from tthc.dossiers.context import SYSTEM
from tthc.dossiers.facts import Surroundings
from tthc.dossiers.looking import Ask, found, waits_for_time
from tthc.dossiers.refusals import Refused
from tthc.dossiers.repository import Dossiers
from tthc.dossiers.service import DossierService

AGAIN: Final = timedelta(minutes=15)
"""How long time alone goes unnoticed. The law counts in working hours and days: a quarter of an hour is early enough to
act on, and with the sweep's 200 dossiers each 10 seconds 18,000 open ones are looked at in it.
"""

log = logging.getLogger(__name__)


@cache
def engine() -> EventRules:
    """This process's one store of compiled rules."""
    return EventRules()


def _ask() -> Ask:
    return engine().holding


@dataclass(frozen=True, slots=True)
class Watching:
    """`asking`: what answers; the engine of this process unless given, made at the first sweep."""

    dossiers: DossierService
    repository: Dossiers
    asking: Callable[[], Ask] = _ask

    def sweep(self, now: datetime, limit: int = 200) -> int:
        """Look at what is due; how many proposals were made. One dossier's fault keeps no other waiting."""
        made = 0
        for dossier_id, seen in self.repository.with_rules_due(now, limit):
            try:
                made += self.look(dossier_id, seen, now)
            except (Refused, LookupError, ValueError):
                log.exception("event rules were not asked of dossier %s", dossier_id)
                self.repository.postpone_rules(dossier_id, now, now + AGAIN)
        return made

    def look(self, dossier_id: str, seen: int, now: datetime) -> int:
        """Propose until nothing is left to propose, what the proposals led to included."""
        made = 0
        while True:
            dossier = self.repository.get(dossier_id)
            if dossier is None:
                return made
            definition = self.dossiers.definition_of(dossier.definition)
            agency = self.dossiers.agency_of(dossier.agency)
            if agency is None:
                raise LookupError(f"agency {dossier.agency} is not there")
            around = Surroundings(definition, agency, self.dossiers.calendar_of(dossier.agency))
            wanted = found(around, dossier, seen, now, self.asking())
            if not wanted:
                again = now + AGAIN if waits_for_time(definition, dossier) else None
                self.repository.rules_asked(dossier, again)
                return made
            for each in wanted:
                command_id = f"rule:{dossier_id}:{each.rule}"
                after = self.dossiers.execute(
                    dossier_id, cmd.Propose(each.rule, each.answers), SYSTEM, command_id
                )
                made += any(entry.command_id == command_id for entry in after.history[len(dossier.history) :])
            seen = len(dossier.history)
