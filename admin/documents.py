"""The printed documents of a definition as its examples make them: what an officer reads before signing it off."""

from collections.abc import Mapping
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
from rules.workflow.model import Outcome
from tthc.trials.run import TrialResult, run_all
from tthc.trials.world import CODE

KINDS = {"result": "Kết quả", "notice": "Thông báo", "working": "Giấy tờ nội bộ"}
_TELLS: Mapping[str, Outcome] = {"result": Outcome.RETURNED, "notice": Outcome.DECLINED}


@dataclass(frozen=True, slots=True)
class Tried:
    """`when`: its condition in words, empty for every dossier. `steps`: names of those at which it can be made;
    `secrets`: the sensitive answers it prints; `made`: from the first example that it applies to and that went where
    the document is made, failing that the first that it applies to, None where there is no such example; `example`:
    the name of that one.
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
    fitting, others = dict[str, tuple[str, Composed]](), dict[str, tuple[str, Composed]]()
    for result in run_all(definition, calendar):
        for composed in result.documents:
            best = fitting if _told_by(definition, composed.document, result) else others
            best.setdefault(composed.document.id, (result.name, composed))
    made = others | fitting
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


def _told_by(definition: Definition, document: Document, result: TrialResult) -> bool:
    """Whether the example's dossier went where the document is made: through one of the steps that it names, failing
    such names to the end that its kind tells of.
    """
    if document.at:
        return any(passage.step in document.at for passage in result.passages)
    if document.kind not in _TELLS:
        return True
    if not result.passages:
        return False
    last = result.passages[-1]
    step = definition.workflow.step(last.step)
    action = step.action(last.action) if step is not None else None
    return action is not None and action.outcome is _TELLS[document.kind]


def drawn(definition: Definition, made: Composed) -> bytes:
    """The PDF of it, from an office and a dossier that are made up."""
    office = Office("Cơ quan cấp trên", "Cơ quan thử", "Bộ phận Một cửa", "Địa danh")
    subject = Subject(CODE, definition.procedure, definition.name, Person("Người nộp thử"))
    return made_document(made, office, subject)
