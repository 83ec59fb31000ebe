"""What the documents of a definition read of a dossier, and which of them can be made of it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from definitions.documents.composing import Scope, fitting, scope
from definitions.documents.facts import DossierFacts
from definitions.documents.model import Document
from definitions.documents.offering import attachable, steps_of
from definitions.model import Definition
from rules.workflow.model import Action
from tthc.dossiers.context import AgencyFacts
from tthc.dossiers.deciding import applicant_scope, as_handed_in
from tthc.dossiers.state import Dossier


def document_scope(
    definition: Definition, dossier: Dossier, agency: AgencyFacts, now: datetime, *, reason: str = ""
) -> Scope:
    """Everything a document of this dossier may read. `reason`: as given with the action that it is made for."""
    who = dossier.applicant
    assessment = as_handed_in(definition, dossier, agency)
    facts = DossierFacts(
        code=dossier.code or dossier.reference,
        procedure=dossier.procedure_name,
        procedure_code=dossier.procedure,
        submitted_at=dossier.submitted_at,
        accepted_at=dossier.accepted_at,
        due=None if dossier.deadline is None else dossier.deadline.due,
        fees=sum(fee.amount for fee in dossier.fees),
        reason=reason,
    )
    return scope(
        assessment,
        facts,
        applicant={
            **applicant_scope(who),
            "citizen_number": who.citizen_number,
            "tax_number": who.tax_number,
            "address": who.address,
            "phone": who.phone,
            "email": who.email,
        },
        agency={**agency.scope(), "phone": agency.phone, "address": agency.address},
        now=now,
    )


@dataclass(frozen=True, slots=True)
class Makeable:
    """What can be made at one step: to look at and print; with each action, those it takes as its draft."""

    documents: tuple[Document, ...]

    def drafts(self, definition: Definition, action_id: str, step_id: str) -> Sequence[Document]:
        """The result before notices, else in the definition's order."""
        action = _action(definition, step_id, action_id)
        if action is None:
            return ()
        found = [each for each in self.documents if attachable(each, definition.workflow, action)]
        return sorted(found, key=lambda each: each.kind != "result")


def makeable(definition: Definition, given: Scope, step_id: str) -> Makeable:
    """The documents of this step that apply to the dossier."""
    return Makeable(
        tuple(
            document
            for document in fitting(definition, given)
            if step_id in steps_of(document, definition.workflow)
        )
    )


def _action(definition: Definition, step_id: str, action_id: str) -> Action | None:
    step = definition.workflow.step(step_id)
    return None if step is None else step.action(action_id)
