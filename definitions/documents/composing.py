"""A document and a dossier become text: pure, without a page or a printer.

`Scope` is everything an expression of a document may read; `fitting` says which documents apply, `compose` what one says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from definitions.assess import Assessment
from definitions.documents.facts import DossierFacts
from definitions.documents.model import Block, BlockKind, Document, Phrase, Slot
from definitions.documents.writing import at, rows, written
from definitions.holding import Judge
from definitions.model import Definition
from rules.feel import FeelLimitError

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """`context`: by name, typed; `clean`: the stored answers; `now`: what `today()` says."""

    context: Mapping[str, object]
    clean: Mapping[str, object]
    now: datetime

    def row(self, values: Mapping[str, object], clean: Mapping[str, object]) -> "Scope":
        """Inside one row of a list."""
        return Scope({**self.context, **values}, {**self.clean, **clean}, self.now)


@dataclass(frozen=True, slots=True)
class Piece:
    """One block that applies. `place`: its number in the document; `head`: of a table the titles of its columns; `rows`:
    of a table its cells, of fields label and answer.
    """

    place: int
    kind: BlockKind
    heading: str = ""
    text: str = ""
    head: Row = ()
    rows: tuple[Row, ...] = ()

    @property
    def words(self) -> str:
        lines = [" ".join(filter(None, (self.heading, self.text))), " | ".join(self.head)]
        joint = ": " if self.kind == "fields" else " | "
        return "\n".join(filter(None, (*lines, *(joint.join(row) for row in self.rows))))


@dataclass(frozen=True, slots=True)
class Composed:
    """What a document says of one dossier. `signer`: in whose name, and the office of who signs."""

    document: Document
    title: str
    subtitle: str
    addressee: str
    basis: tuple[str, ...]
    pieces: tuple[Piece, ...]
    recipients: tuple[str, ...]
    signer: tuple[str, str]

    @property
    def text(self) -> str:
        """All of it, a line for each piece, for examples to look into."""
        body = (piece.words for piece in self.pieces)
        parts = (
            self.title,
            self.subtitle,
            self.addressee,
            *self.basis,
            *body,
            *self.recipients,
            *self.signer,
        )
        return "\n".join(filter(None, parts))


def scope(
    assessment: Assessment,
    facts: DossierFacts,
    *,
    applicant: Mapping[str, object],
    agency: Mapping[str, object],
    now: datetime,
) -> Scope:
    """`applicant`, `agency`: with what only documents read of them; empty texts read null."""
    context = {
        **assessment.context,
        "applicant": _known(applicant),
        "agency": _known(agency),
        "dossier": facts.scope(),
    }
    return Scope(context, assessment.submission.clean, now)


def _known(told: Mapping[str, object]) -> dict[str, object]:
    return {key: value if value != "" else None for key, value in told.items()}


def fitting(definition: Definition, given: Scope) -> tuple[Document, ...]:
    """The documents that apply to the dossier, in the definition's order."""
    judge = Judge(given.now)
    return tuple(
        document
        for document in definition.documents
        if document.when is None or judge.holds(document.when, given.context)
    )


def compose(document: Document, given: Scope) -> Composed:
    """What it says; a condition that asks for more work than any may take does not hold, such a value is left blank."""
    judge = Judge(given.now)
    held = (
        (place, block)
        for place, block in enumerate(document.body)
        if block.when is None or judge.holds(block.when, given.context)
    )
    return Composed(
        document,
        title=_said(document.title, given),
        subtitle=_said(document.subtitle, given),
        addressee=_said(document.addressee, given),
        basis=tuple(_said(phrase, given) for phrase in document.basis),
        pieces=tuple(_piece(place, block, given) for place, block in held),
        recipients=tuple(_said(phrase, given) for phrase in document.recipients),
        signer=(_said(document.signature.title, given), _said(document.signature.role, given)),
    )


def _piece(place: int, block: Block, given: Scope) -> Piece:
    if block.kind == "table":
        return Piece(
            place,
            "table",
            head=("STT", *(column.label for column in block.columns)),
            rows=_table(block, given),
        )
    if block.kind == "fields":
        shown = tuple(row for each in block.fields for row in rows(each.field, at(given.clean, each.path)))
        return Piece(place, "fields", rows=shown)
    return Piece(place, block.kind, _said(block.heading, given), _said(block.text, given))


def _table(block: Block, given: Scope) -> tuple[Row, ...]:
    values, clean = given.context.get(block.table), given.clean.get(block.table)
    if not isinstance(values, (list, tuple)) or not isinstance(clean, list):
        return ()
    found: list[Row] = []
    for number, (row, stored) in enumerate(zip(values, clean, strict=True), 1):
        inside = given.row(row, stored)
        found.append((str(number), *(_filled(column.value, inside) for column in block.columns)))
    return tuple(found)


def _said(phrase: Phrase, given: Scope) -> str:
    return "".join(part if isinstance(part, str) else _filled(part, given) for part in phrase.parts).strip()


def _filled(slot: Slot, given: Scope) -> str:
    try:
        value = slot.expression.evaluate(given.context, now=given.now)
    except FeelLimitError:
        value = None
    return written(slot, value, given.clean)
