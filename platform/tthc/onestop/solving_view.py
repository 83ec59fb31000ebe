"""What the dossier's page shows of its being solved: verification, drafts, more time, until when to say sorry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tthc.dossiers.amounts import rule_words
from tthc.dossiers.closing import apologise_by, closed_door
from tthc.dossiers.context import RECEPTION, Actor
from tthc.dossiers.drafts import Draft, drafts
from tthc.dossiers.permissions import holds
from tthc.dossiers.state import Dossier, ExtensionRequest, Task, Verification
from tthc.dossiers.view import Possible
from tthc.services import Services


@dataclass(frozen=True, slots=True)
class ToVerify:
    """A step of mine for which the dossier may be verified on site; `arranged`: the appointment that is still to come."""

    task: Task
    arranged: Verification | None


@dataclass(frozen=True, slots=True)
class Solving:
    """`closed`: why «Kết thúc hồ sơ» is not to be used now, to whoever would use it; `apologise_by`: the latest instant at
    which an apology is in time; `amounts`: of the requests, in words, by id; `waived`: tasks of agencies that are late.
    """

    drafts: Sequence[Draft]
    verify: Sequence[ToVerify]
    waiting: ExtensionRequest | None
    amounts: Mapping[str, str]
    closed: str
    apologise_by: datetime | None
    waivable: frozenset[str]

    def draft_of(self, document_id: str) -> Draft | None:
        return next((each for each in self.drafts if each.document.id == document_id), None)


def solving_of(
    s: Services, found: Dossier, actor: Actor, possible: Sequence[Possible], now: datetime
) -> Solving:
    door = closed_door(found, now) if holds(actor, RECEPTION, found.agency) else None
    due = found.deadline.due if found.deadline is not None and found.solved_at is None else None
    lead = s.dossiers.policy.apology_lead
    verified_at = [p.token for p in possible if p.command == "record_verification"]
    return Solving(
        drafts=drafts(found),
        verify=[
            ToVerify(task, _arranged(found, task.step)) for task in found.tasks if task.id in verified_at
        ],
        waiting=next((each for each in found.extension_requests if each.granted is None), None),
        amounts={each.id: rule_words(each.rule) for each in found.extension_requests},
        closed=door.sentence() if door is not None else "",
        apologise_by=apologise_by(due, lead or 0, s.calendar(found.agency)) if due is not None else None,
        waivable=frozenset(p.token for p in possible if p.command == "waive_opinion"),
    )


def _arranged(found: Dossier, step: str) -> Verification | None:
    return next((v for v in reversed(found.verifications) if v.step == step and v.recorded_at is None), None)
