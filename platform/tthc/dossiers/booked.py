"""The number books of an agency as a decision knows them. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BookFacts:
    """A book as a decision needs to know it. `manual`: whether a number may be written by hand, with the reason."""

    id: str
    agency: str
    kind: str
    name: str
    manual: bool = False


@dataclass(frozen=True, slots=True)
class Booked:
    """`results`, `receipts`: the books of the day, where the agency has them; `number`, `receipt`: drawn for this command,
    `None` until it is known that one is wanted.
    """

    results: BookFacts | None = None
    receipts: BookFacts | None = None
    number: str | None = None
    receipt: str | None = None
