"""Papers handed in before, offered again: the applicant's own, from dossiers that were accepted, at a press."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from definitions.model import PaperDue
from tthc.dossiers.state import FileRef
from tthc.portal.filling import Filling
from tthc.privacy.consents import REUSE
from tthc.services import Services

LOOKED_AT = 20
"""Newest accepted dossiers of the applicant that are looked at."""


@dataclass(frozen=True, slots=True)
class Again:
    """A file of an earlier dossier that may serve as `paper` of this one."""

    paper: str
    file: FileRef
    handed_in: datetime
    procedure: str


def papers_again(services: Services, filling: Filling) -> tuple[Again, ...]:
    """The newest files for each paper that has none yet, may be used again and is not out of date."""
    application = filling.application
    if not services.consents.allows(application.owner, REUSE):
        return ()
    asked = {
        paper.id: paper
        for paper in filling.uploads
        if paper.reuse and not filling.behalf and not paper.expired and not application.files.get(paper.id)
    }
    found: list[Again] = []
    for dossier_id, _ in services.lists.accepted_of(application.owner, limit=LOOKED_AT) if asked else ():
        for again in _of(services, filling, dossier_id, tuple(asked.values())):
            found.append(again)
            asked.pop(again.paper, None)
        if not asked:
            break
    return tuple(found)


def _of(
    services: Services, filling: Filling, dossier_id: str, asked: tuple[PaperDue, ...]
) -> Iterator[Again]:
    dossier = services.repository.get(dossier_id)
    if dossier is None or dossier.owner != filling.application.owner:
        return
    earlier = services.definitions.by_hash(dossier.definition)
    same = dossier.procedure == filling.definition.procedure
    for paper in asked:
        for before in earlier.attachments:
            if before.reuse != paper.reuse or (before.reuse == before.id and not same):
                continue
            handed = dossier.paper(before.id)
            for file in handed.files if handed else ():
                taken = not paper.accept or str(file.kind) in paper.accept
                if taken and not services.files.standings([file.sha256]):
                    yield Again(paper.id, file, dossier.submitted_at, dossier.procedure_name)
