"""Errands between dossiers: open the one that a step waits for; tell the one that waits how it ended.

Each is claimed from an outbox with a lease and may be begun again at any line: the child's id and the command's id come
out the same, so that nothing happens twice. What can never succeed is told to the dossier that waits, whose people then
go on by hand; what failed by accident is tried again, and told when it is given up.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from definitions.model import Definition
from rules.calendar import local
from tthc.dossiers.commands import OpenChild, TellChild
from tthc.dossiers.context import SYSTEM
from tthc.dossiers.errands import ENDED, OPEN
from tthc.dossiers.family import ChildStanding, ChildState, ParentRef
from tthc.dossiers.outbox import MAX_ATTEMPTS, Claim
from tthc.dossiers.refusals import Refused
from tthc.dossiers.repository import Dossiers
from tthc.dossiers.service import DossierService
from tthc.dossiers.state import UNDER_WAY, Dossier, PaperFiles


@dataclass(frozen=True, slots=True)
class Children:
    """`published`: the version of a procedure in force on a day, if any."""

    dossiers: DossierService
    repository: Dossiers
    published: Callable[[str, date], Definition | None]

    @property
    def errands(self) -> Mapping[str, Callable[[Claim], None]]:
        """What to do for each kind of entry of an outbox."""
        return {OPEN: self.open, ENDED: self.ended}

    def open(self, claim: Claim) -> None:
        """Start the dossier that a step asks for, and tell the step so; or tell it why not."""
        parent = self.repository.get(claim.dossier)
        task = str(claim.entry.data["task"])
        child = parent.child(task) if parent is not None else None
        if parent is None or child is None or child.standing != "wanted":
            return
        if parent.status not in UNDER_WAY or parent.task(task) is None:
            return  # withdrawn, or its people went another way meanwhile
        try:
            opened = self._start(parent, child)
        except Refused as refused:
            self._tell(parent.id, TellChild(task, "failed", reason=refused.sentence()))
        except Exception:  # whatever it is, the outbox tries again; those who wait must hear of the last time
            if claim.entry.attempts >= MAX_ATTEMPTS:
                reason = "Hệ thống gặp lỗi khi mở hồ sơ liên thông, đã thử nhiều lần."
                self._tell(parent.id, TellChild(task, "failed", reason=reason))
            raise
        else:
            number = opened.code or opened.reference
            self._tell(parent.id, TellChild(task, "open", opened.procedure_name, number))

    def ended(self, claim: Claim) -> None:
        """Tell the dossier that waits for this one how it ended."""
        data = claim.entry.data
        standing: ChildStanding = "returned" if data["standing"] == "returned" else "declined"
        found = self.repository.get(claim.dossier)
        number = (found.code or found.reference) if found is not None else ""
        command = TellChild(str(data["task"]), standing, reference=number, reason=str(data["reason"]))
        self._tell(claim.entry.to, command)

    def _start(self, parent: Dossier, child: ChildState) -> Dossier:
        today = local(self.dossiers.clock.now()).date()
        known = self.dossiers.agencies_on
        if known is not None and child.agency not in known(today):
            raise Refused("no_agency", f"Không có cơ quan “{child.agency}” đang hoạt động để nhận hồ sơ.")
        definition = self.published(child.procedure, today)
        if definition is None:
            raise Refused("no_procedure", f"Thủ tục {child.procedure} không có bản nào đang có hiệu lực.")
        self._require_no_circle(parent, child)
        own = {paper: parent.paper(source) for paper, source in child.papers.items()}
        command = OpenChild(
            dossier_id=child.id,
            agency=child.agency,
            applicant=parent.applicant,
            answers=child.answers,
            papers=tuple(PaperFiles(paper, held.files) for paper, held in own.items() if held is not None),
            receive_by=parent.receive_by,
            postal_address=parent.postal_address,
            owner=parent.owner,
            parent=ParentRef(parent.id, child.task, parent.procedure_name, parent.code or parent.reference),
        )
        return self.dossiers.start(definition, command, SYSTEM, f"child:{child.id}")

    def _require_no_circle(self, parent: Dossier, child: ChildState) -> None:
        """Procedures that open one another by turns would never stop; each definition alone cannot see it."""
        above: Dossier | None = parent
        while above is not None:
            if above.procedure == child.procedure:
                raise Refused(
                    "circle",
                    f"Thủ tục {child.procedure} đã mở ra hồ sơ này; các thủ tục đang gọi nhau thành vòng.",
                )
            above = self.repository.get(above.parent.id) if above.parent is not None else None

    def _tell(self, parent: str, command: TellChild) -> None:
        """The id says what is told, so that the same word again is the same command."""
        try:
            self.dossiers.execute(
                parent, command, SYSTEM, f"child:{parent}:{command.task}:{command.standing}"
            )
        except Refused as refused:
            if refused.code not in {"unknown", "no_child"}:
                raise  # too busy: tried again
