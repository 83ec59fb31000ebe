"""Open dossiers follow their agency: when it was merged, divided or renamed, its successor goes on with them (Đ1.2)."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rules.workflow.model import APPLICANT, EXTERNAL
from tthc.accounts.model import FUNCTIONS
from tthc.clock import Clock, ManualClock
from tthc.dossiers import commands as cmd
from tthc.dossiers.context import SYSTEM, Actor, AgencyFacts
from tthc.dossiers.refusals import Refused
from tthc.dossiers.repository import Dossiers
from tthc.dossiers.service import DossierService

log = logging.getLogger(__name__)
_FUNCTIONS = (*FUNCTIONS, APPLICANT, EXTERNAL)


@dataclass(frozen=True, slots=True)
class Handover:
    """All of `left`'s open work goes to `taken_by`."""

    left: AgencyFacts
    taken_by: AgencyFacts
    note: str = ""


@dataclass(frozen=True, slots=True)
class Succeeding:
    """`pending`: the handovers that nobody has to decide about, as of today (`tthc.agencies.succession`)."""

    dossiers: DossierService
    repository: Dossiers
    clock: Clock | ManualClock
    pending: Callable[[], Sequence[Handover]]

    def open_at(self, agency: str) -> list[str]:
        """Ids of the dossiers under way in which that agency has something to do."""
        return self.repository.open_at(agency, _FUNCTIONS)

    def sweep(self) -> int:
        """Hand over what is still at an agency that has a certain successor; how many dossiers. Doubled sweeps do no
        harm: a dossier in which the old agency has nothing to do is left alone.
        """
        moved = 0
        for handover in self.pending():
            for dossier_id in self.open_at(handover.left.id):
                moved += self._tried(dossier_id, handover)
        return moved

    def hand_over(self, dossier_id: str, handover: Handover, who: Actor) -> bool:
        """One dossier, as somebody decided; true where there was something to hand over. Raises `Refused`."""
        left, taken_by = handover.left, handover.taken_by
        before = self.repository.get(dossier_id)
        after = self.dossiers.execute(
            dossier_id,
            cmd.Succeed(
                left.id,
                left.name,
                taken_by.id,
                taken_by.name,
                taken_by.phone,
                taken_by.address,
                handover.note,
            ),
            who,
            f"succession:{left.id}:{taken_by.id}:{dossier_id}",
        )
        return before is not None and after.version != before.version

    def _tried(self, dossier_id: str, handover: Handover) -> bool:
        try:
            return self.hand_over(dossier_id, handover, SYSTEM)
        except (Refused, LookupError, ValueError):
            log.exception("dossier %s was not handed over to %s", dossier_id, handover.taken_by.id)
            return False
