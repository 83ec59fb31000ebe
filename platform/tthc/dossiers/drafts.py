"""The drafts of a result, each kept with its number, whoever attached it, and when (Đ13.1, Đ13.2). Pure; from the history."""

from dataclasses import dataclass

from tthc.dossiers import events as ev
from tthc.dossiers.codec import event_from_json
from tthc.dossiers.state import Document, Dossier

_ADDED = ev.type_name(ev.DocumentAdded)


@dataclass(frozen=True, slots=True)
class Draft:
    """`number`: from 1 in the order of attaching; `by`: as they were called on the day; `last`: the one that counts."""

    number: int
    document: Document
    by: str
    last: bool


def drafts(dossier: Dossier) -> tuple[Draft, ...]:
    """Every draft there has been, the oldest first."""
    found: list[tuple[Document, str]] = []
    for entry in dossier.history:
        if entry.type == _ADDED:
            event = event_from_json(entry.type, entry.data)
            if isinstance(event, ev.DocumentAdded) and event.document.kind == "draft":
                found.append((event.document, entry.actor.name))
    return tuple(
        Draft(number, document, by, number == len(found)) for number, (document, by) in enumerate(found, 1)
    )
