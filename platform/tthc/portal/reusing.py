"""What the applicant declared in earlier dossiers of theirs, offered page by page and taken only when they say so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forms.model import Field, Page
from forms.reuse import remembered, reuse
from tthc.dossiers.state import Dossier
from tthc.portal.filling import Filling
from tthc.privacy.consents import REUSE
from tthc.services import Services

LOOKED_AT = 20
"""Newest accepted dossiers of the applicant that may be looked at, of which the first that has something is offered."""


@dataclass(frozen=True, slots=True)
class Offer:
    """`answers`: the application's with what the earlier dossier says over what is empty; `fields`: those it fills."""

    dossier: Dossier
    answers: Mapping[str, object]
    fields: tuple[Field, ...]


def offer(services: Services, filling: Filling, page: Page, answers: Mapping[str, object]) -> Offer | None:
    """The newest dossier of the same procedure that has something for the page, else the newest of another."""
    if not services.consents.allows(filling.application.owner, REUSE):
        return None
    if filling.behalf:
        return None  # what is remembered is the account's own
    across = any(field.remember for field in page.fields)
    for dossier, same in _earlier(services, filling, across=across):
        told = dossier.answers or {}
        if not same:
            told = remembered(services.definitions.by_hash(dossier.definition).fields, told, page.fields)
        filled = reuse(page.fields, answers, told, across=not same)
        new = tuple(field for field in page.fields if filled.get(field.id) != answers.get(field.id))
        if new:
            return Offer(dossier, filled, new)
    return None


def _earlier(services: Services, filling: Filling, *, across: bool) -> Iterator[tuple[Dossier, bool]]:
    application = filling.application
    found = services.lists.accepted_of(application.owner, limit=LOOKED_AT)
    own = [key for key, procedure in found if procedure == application.procedure][:1]
    others = [key for key, procedure in found if procedure != application.procedure] if across else []
    for key in (*own, *others):
        dossier = services.repository.get(key)
        if dossier is not None and dossier.owner == application.owner:
            yield dossier, dossier.procedure == application.procedure
