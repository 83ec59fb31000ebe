"""The printed documents of a definition as its examples make them: what an officer reads before signing it off."""

from dataclasses import dataclass

from definitions.documents.composing import Composed
from definitions.documents.model import Document
from definitions.documents.offering import steps_of
from definitions.documents.secrecy import secrets
from definitions.explain import labels
from definitions.model import Definition
from renderers.pdf.data import Office, Person, Subject
from renderers.pdf.made import made_document
from rules.calendar import Calendar
from tthc.trials.run import run_all
from tthc.trials.world import CODE

KINDS = {"result": "Kết quả", "notice": "Thông báo", "working": "Giấy tờ nội bộ"}


@dataclass(frozen=True, slots=True)
class Tried:
    """`when`: its condition in words, empty for every dossier. `steps`: names of those at which it can be made; `secrets`: the sensitive answers it prints; `made`: from the first
    example that it applies to, whose name is `example`; None where there is no such example.
    """

    document: Document
    kind: str
    when: str
    steps: tuple[str, ...]
    secrets: tuple[str, ...]
    example: str
    made: Composed | None


def tried(definition: Definition, calendar: Calendar) -> tuple[Tried, ...]:
    """Every document in the definition's order."""
    if not definition.documents:
        return ()
    made: dict[str, tuple[str, Composed]] = {}
    for result in run_all(definition, calendar):
        for composed in result.documents:
            made.setdefault(composed.document.id, (result.name, composed))
    called = labels(definition)
    names = {step.id: step.name for step in definition.workflow.steps}
    return tuple(
        Tried(
            document,
            KINDS[document.kind],
            "" if document.when is None else document.when.explain(called),
            tuple(names[step] for step in steps_of(document, definition.workflow)),
            secrets(document, definition),
            *made.get(document.id, ("", None)),
        )
        for document in definition.documents
    )


def drawn(definition: Definition, made: Composed) -> bytes:
    """The PDF of it, from an office and a dossier that are made up."""
    office = Office("Cơ quan cấp trên", "Cơ quan thử", "Bộ phận Một cửa", "Địa danh")
    subject = Subject(CODE, definition.procedure, definition.name, Person("Người nộp thử"))
    return made_document(made, office, subject)
