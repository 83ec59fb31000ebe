"""One example of a definition, from the first answer to the last step, through the same kernel as real dossiers.

1. The answers are assessed at the moment of submission; what the example expects of them is compared.
2. An example that can be handed in is: online it is submitted, then accepted; at a counter both are one act.
3. Its steps are taken in order (`tthc.trials.walk`).
"""

from dataclasses import dataclass, replace
from datetime import datetime

from definitions.assess import Assessment, assess
from definitions.documents.composing import Composed
from definitions.examples import Mismatch, Observed, compare, observe
from definitions.model import Definition, Example
from rules.calendar import Calendar, CalendarRangeError
from tthc.dossiers.deciding import applicant_scope
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Proposal
from tthc.trials.answering import wrong_answers
from tthc.trials.printing import compare_documents, printed
from tthc.trials.walk import Passage, StepSeen, Walk
from tthc.trials.world import World

__all__ = ["Passage", "StepSeen", "TrialResult", "run", "run_all"]


@dataclass(frozen=True, slots=True)
class TrialResult:
    """What became of an example.

    `passages`: every move, those the system took for somebody's silence among them; `refusal`: why it could not be
    handed in or a step not be taken; `documents`: those that apply to the dossier in the end, composed; `proposed_at`: what
    event rules proposed at each step, that at handing in with the first; a step that was not reached has none.
    """

    name: str
    submitted_at: datetime
    assessment: Assessment
    observed: Observed
    mismatches: tuple[Mismatch, ...]
    path: tuple[StepSeen, ...] = ()
    passages: tuple[Passage, ...] = ()
    refusal: str = ""
    documents: tuple[Composed, ...] = ()
    proposed_at: tuple[tuple[Proposal, ...], ...] = ()

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """All that event rules proposed, refused ones among them."""
        return tuple(each for proposals in self.proposed_at for each in proposals)

    @property
    def total(self) -> int:
        """Đồng, all fees together."""
        return self.assessment.total

    @property
    def taken(self) -> frozenset[tuple[str, str]]:
        """(step, action) of every move."""
        return frozenset((passage.step, passage.action) for passage in self.passages)

    @property
    def ok(self) -> bool:
        return not self.mismatches

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(f"Ví dụ “{self.name}”: {mismatch.message}" for mismatch in self.mismatches)


def run(definition: Definition, example: Example, calendar: Calendar) -> TrialResult:
    """Try one example. Pure: the same example gives the same result on any day."""
    world = World(definition, example, calendar)
    assessment = assess(
        definition,
        example.answers,
        now=example.submitted_at,
        channel=example.channel,
        agency=world.agency.scope(),
        applicant=applicant_scope(world.applicant),
    )
    walk = Walk(world)
    refusal = ""
    try:
        walk.hand_in(assessment)
        walk.take_steps()
    except Refused as refused:
        refusal = refused.sentence()
    except CalendarRangeError as beyond:
        refusal = f"{beyond} Ghi thời hạn ngắn hơn, hoặc ngày gần hơn."
    dossier = walk.dossier
    due = None if dossier is None or dossier.deadline is None else dossier.deadline.original_due
    observed = observe(assessment, due)
    observed = replace(observed, valid=observed.valid and dossier is not None)
    documents = printed(definition, dossier, world.agency)
    mismatches = (
        *compare(example, observed),
        *compare_documents(example, documents),
        *walk.mismatches,
    )
    if refusal and _wanted_on(example):
        at = "" if walk.place is None else f"steps.{walk.place}"
        mismatches = (*mismatches, Mismatch(at, None, None, f"Không làm tiếp được: {refusal}"))
        if dossier is None:
            mismatches = (*mismatches, *wrong_answers(definition, example.answers, assessment))
    return TrialResult(
        name=example.name,
        submitted_at=example.submitted_at,
        assessment=assessment,
        observed=observed,
        mismatches=mismatches,
        path=tuple(walk.path),
        passages=walk.passages,
        refusal=refusal,
        documents=documents,
        proposed_at=walk.proposed_at,
    )


def run_all(definition: Definition, calendar: Calendar) -> tuple[TrialResult, ...]:
    return tuple(run(definition, example, calendar) for example in definition.examples)


def _wanted_on(example: Example) -> bool:
    """Whether the example speaks of a dossier that is handed in (else its answers alone are the point)."""
    return bool(example.steps) or example.expect.get("due") is not None or example.expect.get("valid") is True
