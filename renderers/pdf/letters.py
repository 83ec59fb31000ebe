"""Official papers that belong to no dossier: lists, slips, reports, notices, in the style of NĐ 30/2020.

Where number, day or signer are not known yet, a dotted line or an empty place is left for the hand that issues it.
"""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from renderers.environment import environment
from renderers.pdf.data import Office
from renderers.pdf.engine import pdf
from rules.i18n import in_vietnamese


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`widths`: percent of each column, the first one (the number) aside, 0 for what is left (`.list .w…` in the style); `centred`: columns in the middle, from 0."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()
    centred: tuple[int, ...] = ()


Piece: TypeAlias = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Letter:
    """`symbol`: what follows the number (`TB-SKHCN`), empty for a paper without a number of its own; `day` none: to be
    filled in; `annex`: “Kèm theo Quyết định …” under the title; `subject`: trích yếu; `signer`: (quyền hạn, chức vụ).
    """

    office: Office
    title: str
    subject: str = ""
    pieces: tuple[Piece, ...] = ()
    number: str = ""
    symbol: str = ""
    day: date | None = None
    annex: str = ""
    addressee: str = ""
    basis: tuple[str, ...] = ()
    signer: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    landscape: bool = False


def letter(made: Letter) -> bytes:
    """The PDF of it."""
    return pdf(html(made))


@in_vietnamese()
def html(made: Letter) -> str:
    """The paper before it becomes PDF."""
    return (
        environment()
        .get_template("documents/letter.html")
        .render(
            made=made,
            pieces=[(isinstance(piece, Table), piece) for piece in made.pieces],
            office=made.office,
            number=made.number,
        )
    )
