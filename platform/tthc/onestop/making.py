"""Documents made from a dossier by its definition: offered at a step, looked at, taken as the step's draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from definitions.documents.composing import Scope, compose
from definitions.documents.model import Document
from definitions.documents.secrecy import secrets
from definitions.model import Definition
from renderers.pdf.made import made_document
from rules.workflow.model import Outcome
from tthc.accounts.session import current_account
from tthc.dossiers.printing import Makeable, document_scope, makeable
from tthc.dossiers.state import Dossier, FileRef, Task
from tthc.services import Services
from tthc.web.papers import office_of, subject_of


@dataclass(frozen=True, slots=True)
class Offered:
    """What a step's page offers. `drafts`: by action, the documents it takes as its draft; `instead`: by action, the one
    that is offered first since the draft there is cannot go that way; `secret`: ids of those that print sensitive answers.
    """

    documents: Sequence[Document]
    drafts: Mapping[str, Sequence[Document]]
    instead: Mapping[str, str]
    secret: frozenset[str]


@dataclass(frozen=True)
class Making:
    """The documents of one dossier, as it now is."""

    services: Services
    definition: Definition
    dossier: Dossier

    @cached_property
    def scope(self) -> Scope:
        return self._scope("")

    def at(self, step_id: str) -> Makeable:
        return makeable(self.definition, self.scope, step_id)

    def offered(self, step_id: str) -> Offered:
        made = self.at(step_id)
        step = self.definition.workflow.step(step_id)
        actions = step.actions if step is not None else ()
        drafts = {action.id: made.drafts(self.definition, action.id, step_id) for action in actions}
        return Offered(
            documents=made.documents,
            drafts=drafts,
            instead={action: ways[0].id for action, ways in drafts.items() if ways and self._unfit(ways)},
            secret=frozenset(each.id for each in made.documents if self.secret(each)),
        )

    def at_once(self) -> Sequence[Document]:
        """Of a procedure that is solved on one screen: what can be printed before and after, the notice where it was
        declined, the result where it was not.
        """
        if not self.definition.workflow.immediate:
            return ()
        outcome = self.dossier.outcome
        unfit = {Outcome.RETURNED: "notice", Outcome.DECLINED: "result"}.get(outcome) if outcome else None
        return [each for each in self.at(self.definition.workflow.start).documents if each.kind != unfit]

    def document(self, token: str, document_id: str) -> Document | None:
        """The document, where the step at which the token stands offers it to this dossier."""
        task = self.dossier.task(token)
        found = self.at_once()
        if task is not None and not found:
            found = self.at(task.step).documents
        return next((each for each in found if each.id == document_id), None)

    def draft(self, task: Task, action_id: str, document_id: str) -> Document | None:
        """The document, where the action takes it as its draft."""
        drafts = self.at(task.step).drafts(self.definition, action_id, task.step)
        return next((each for each in drafts if each.id == document_id), None)

    def pdf(self, document: Document, reason: str = "") -> bytes:
        """It drawn. `reason`: as given with the action."""
        given = self._scope(reason) if reason else self.scope
        office = office_of(self.services, self.dossier)
        return made_document(compose(document, given), office, subject_of(self.services, self.dossier))

    def stored(self, document: Document, reason: str) -> FileRef:
        """Drawn now and kept like any file that was sent."""
        return self.services.files.put(
            self.pdf(document, reason),
            name=self.file_name(document),
            kind="pdf",
            now=self.services.clock.now(),
            by=current_account().key,
        )

    def file_name(self, document: Document) -> str:
        return f"{document.id.replace('_', '-')}-{self.dossier.code or self.dossier.reference}.pdf"

    def secret(self, document: Document) -> bool:
        """Whether reading it is reading sensitive answers."""
        return bool(secrets(document, self.definition))

    def _unfit(self, ways: Sequence[Document]) -> bool:
        """The draft there is was made as the result, and the action only takes notices: a licence drafted for a leader
        who then declines (Đ15.1c).
        """
        last = next(
            (each for each in reversed(self.dossier.documents) if each.kind == "draft" and each.file), None
        )
        if last is None or last.file is None or any(each.kind == "result" for each in ways):
            return False
        results = [self.file_name(each) for each in self.definition.documents if each.kind == "result"]
        return any(last.file.name.startswith(name.removesuffix(".pdf")) for name in results)

    def _scope(self, reason: str) -> Scope:
        s = self.services
        agency = s.agencies.facts(self.dossier.agency)
        return document_scope(self.definition, self.dossier, agency, s.clock.now(), reason=reason)
