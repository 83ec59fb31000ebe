"""A printed document of a definition, compiled: phrases with slots, blocks, who signs and who receives it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rules.feel import Expression

if TYPE_CHECKING:
    from definitions.model import Source
    from forms.model import Field

DocumentKind = Literal["result", "notice", "working"]
Style = Literal["", "long", "words", "plain"]
BlockKind = Literal["text", "heading", "centre", "fields", "table"]


@dataclass(frozen=True, slots=True)
class Slot:
    """What `{{ … }}` holds. `field`: the one question the expression names, whose type says how the answer is written;
    `path`: its ids, outermost first. `style`: `long` writes a date as letters do, `words` reads a number or a date out,
    `plain` leaves a number without dots.
    """

    expression: Expression
    style: Style = ""
    field: "Field | None" = None
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text with slots, in reading order."""

    parts: tuple[str | Slot, ...] = ()

    @property
    def slots(self) -> tuple[Slot, ...]:
        return tuple(part for part in self.parts if isinstance(part, Slot))

    def __bool__(self) -> bool:
        return bool(self.parts)


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer printed with its label: the field and the ids that lead to it."""

    field: "Field"
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """`value`: read with the names of the row over those of the whole form."""

    label: str
    value: Slot


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the body. `heading` may stand alone or open a `text`; `fields` are rows of label and answer; `table`
    the rows of one list with `columns`.
    """

    kind: BlockKind
    heading: Phrase = Phrase()
    text: Phrase = Phrase()
    fields: tuple[Shown, ...] = ()
    table: str = ""
    columns: tuple[Column, ...] = ()
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """`title`: in whose name (TM. ỦY BAN NHÂN DÂN), may be empty; `role`: CHỦ TỊCH."""

    title: Phrase
    role: Phrase


@dataclass(frozen=True, slots=True)
class Document:
    """`at`: the steps it can be made at; empty: every step with an action that needs a draft or a result. `symbol`: what
    follows its number (`GP-UBND`). `sensitive`: its author knows that it prints sensitive answers.
    """

    id: str
    kind: DocumentKind
    name: str
    title: Phrase
    body: tuple[Block, ...]
    signature: Signature
    subtitle: Phrase = Phrase()
    symbol: str = ""
    when: Expression | None = None
    at: tuple[str, ...] = ()
    addressee: Phrase = Phrase()
    basis: tuple[Phrase, ...] = ()
    recipients: tuple[Phrase, ...] = ()
    sensitive: bool = False
    source: "Source | None" = None

    @property
    def phrases(self) -> Iterator[Phrase]:
        """Every text of it but those of tables."""
        yield from (self.title, self.subtitle, self.addressee, *self.basis)
        for block in self.body:
            yield from (block.heading, block.text)
        yield from (*self.recipients, self.signature.title, self.signature.role)

    @property
    def slots(self) -> Iterator[Slot]:
        """Every slot outside of tables."""
        for phrase in self.phrases:
            yield from phrase.slots
