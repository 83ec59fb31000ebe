"""A long form at the counter, opened a part at a time: one screen still, and a light one. Pure.

A short form stands there whole. Of a long one the part being typed is open; the others are a line each that says what
is still wanted. Which of the two a form is depends on its definition alone, never on what was typed: parts must not
fold while somebody works in them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from definitions.model import Definition
from forms.model import Field, FieldError, Page, Submission

MOST_AT_ONCE: Final = 20
"""Fields that may stand open together; a page of about this many weighs some 15 kB."""


@dataclass(frozen=True, slots=True)
class Part:
    """A page of the form. `wanted`: mistakes and unanswered required fields in it."""

    page: Page
    opened: bool
    wanted: int


def parts(definition: Definition, submission: Submission, chosen: str = "") -> tuple[Part, ...]:
    """The visible pages in order. `chosen`: id of the page to open in a long form; unknown or empty opens the first
    that still wants something.
    """
    visible = set(submission.pages)
    pages = [page for page in definition.whole_form.pages if page.id in visible]
    wanted = {page.id: sum(e.severity == "error" for e in _within(page, submission)) for page in pages}
    whole = sum(size(page.fields) for page in definition.whole_form.pages) <= MOST_AT_ONCE
    if chosen not in wanted:
        chosen = next((page.id for page in pages if wanted[page.id]), pages[0].id if pages else "")
    return tuple(Part(page, whole or page.id == chosen, wanted[page.id]) for page in pages)


def size(fields: Iterable[Field]) -> int:
    """How many controls the fields come to, one row of each list counted."""
    return sum(size(field.item) if field.item else 1 for field in fields)


def place_of(shown: Sequence[Part], path: str) -> Part | None:
    """The part in which the answer at `path` is asked for."""
    top = path.partition(".")[0]
    return next((part for part in shown if any(field.id == top for field in part.page.fields)), None)


def _within(page: Page, submission: Submission) -> Iterable[FieldError]:
    tops = {field.id for field in page.fields}
    return (error for error in submission.errors if error.path.partition(".")[0] in tops)
