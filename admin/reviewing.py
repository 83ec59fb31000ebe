"""A version under review, gathered for its page: what is judged, the checklist, remarks, the changes by the parts of the
citizen's page.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Final

from admin import texts
from admin.comparing import other_of, told
from admin.version_page import Shown, open_version
from admin.views.base import REVIEWERS, may
from definitions.cache import Lru
from definitions.calendars import shipped
from definitions.checklist import Line, Seen, checked, missing
from definitions.checklist_facts import facts_of
from definitions.comments import Comment, Pinned, open_at, pinned
from definitions.diff import Change
from definitions.elements import Element, elements
from definitions.lifecycle import WROTE, State, Version
from definitions.loader import Loaded
from definitions.model import Definition
from definitions.review_time import approval
from definitions.sections import OFF_PAGE, section_of, section_of_place
from definitions.settled import Settled
from tthc.accounts.session import current_account
from tthc.reviews.store import Mended, Review
from tthc.services import services
from tthc.trials.gate import untried
from tthc.trials.run import run_all

_TRIED: Final[Lru[tuple[Sequence[str], Sequence[str]]]] = Lru(32)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a part of the procedure's page is marked with: its changes in words, and how many remarks are open."""

    changes: tuple[Change, ...]
    open: int


@dataclass(frozen=True, slots=True)
class Desk:
    """`judged`: what would be approved, the reviewer's own text where there is one (`mended`); `edits`: in words, what
    that changes of what was registered; `other`: what it is held against, `changes`: in words.
    """

    shown: Shown
    judged: Loaded
    text: str
    review: Review
    lines: tuple[Line, ...]
    remarks: tuple[Comment, ...]
    places: tuple[Element, ...]
    other: Version | None
    changes: tuple[Change, ...]
    edits: tuple[Change, ...]

    @property
    def mended(self) -> Mended | None:
        return self.review.mended if self.shown.version.state is State.REGISTERED else None

    @property
    def settled(self) -> tuple[Settled, ...]:
        """The checklist as it stood at the approval; empty where nothing was approved."""
        return self.review.settled if approval(self.shown.version) else ()

    @property
    def hash(self) -> str:
        """Of what would be approved."""
        return self.mended.content.hash if self.mended else self.shown.version.hash

    @property
    def pinned(self) -> tuple[Pinned, ...]:
        return pinned(self.remarks, self.places)

    @property
    def open(self) -> tuple[Comment, ...]:
        return tuple(comment for comment in self.remarks if comment.open)

    @property
    def missing(self) -> tuple[str, ...]:
        """What keeps it from being approved."""
        if self.judged.definition is None or self.judged.errors:
            return tuple(str(problem) for problem in self.judged.errors) or ("Bản này chưa dựng được.",)
        return missing(self.lines)

    @property
    def marks(self) -> Mapping[str, Mark]:
        """By the section of the page; those off the page among them."""
        changes: dict[str, list[Change]] = {}
        for change in self.changes:
            changes.setdefault(section_of(change), []).append(change)
        opened: dict[str, int] = {}
        for place, count in open_at(self.remarks).items():
            section = section_of_place(place)
            opened[section] = opened.get(section, 0) + count
        return {
            section: Mark(tuple(changes.get(section, ())), opened.get(section, 0))
            for section in {*changes, *opened}
        }

    @property
    def off_page(self) -> tuple[tuple[str, Mark], ...]:
        marks = self.marks
        return tuple((label, marks[section]) for section, label in OFF_PAGE.items() if section in marks)


def desk(shown: Shown) -> Desk:
    """Everything the page of the review shows, of what is stored now."""
    s = services()
    version = shown.version
    review = s.reviews.of(version)
    remarks = s.remarks.of(version.procedure, version.id)
    judged, text = shown.loaded, shown.text
    if review.mended is not None and version.state is State.REGISTERED:
        content = review.mended.content
        text = s.definitions.text(replace(version, hash=content.hash, text=content.text))
        judged = texts.loaded(content.text, text, f"{version.procedure}.yaml")
    other = other_of(version)
    before = None if other is None else open_version(version.procedure, other.id).loaded
    return Desk(
        shown=shown,
        judged=judged,
        text=text,
        review=review,
        lines=lines_of(judged, text, review, sum(comment.open for comment in remarks)),
        remarks=remarks,
        places=places(judged),
        other=other,
        changes=() if before is None else told(before, judged),
        edits=() if judged is shown.loaded else told(shown.loaded, judged),
    )


def lines_of(judged: Loaded, text: str, review: Review, open_comments: int) -> tuple[Line, ...]:
    """The checklist of a text; empty where it cannot be compiled."""
    definition = judged.definition
    if definition is None:
        return ()
    failing, untouched = _tried(definition, text)
    facts = facts_of(definition, failing=failing, untried=untouched, open_comments=open_comments)
    return checked(Seen(definition.service_level, judged.problems, facts), review.ticks)


def _tried(definition: Definition, text: str) -> tuple[Sequence[str], Sequence[str]]:
    """What the examples get wrong, and what they leave untried: worked out once for a content."""
    key = sha256(f"{definition.hash} {text}".encode()).hexdigest()
    kept = _TRIED.get(key)
    if kept is None:
        results = run_all(definition, shipped())
        failing = [said for result in results for said in result.sentences]
        kept = (failing, untried(definition, results, text))
        _TRIED.put(key, kept)
    return kept


def places(loaded: Loaded) -> tuple[Element, ...]:
    """Where a remark can be pinned."""
    if not loaded.canonical:
        return ()
    raw: Mapping[str, Any] = json.loads(loaded.canonical)
    return elements(raw)


def wrote(version: Version, person: str) -> bool:
    return version.author == person or any(act.by == person for act in version.acts if act.kind in WROTE)


def may_review(version: Version) -> bool:
    """For the page only: the life cycle itself has the last word."""
    return may(REVIEWERS) and version.state is State.REGISTERED and not wrote(version, current_account().key)
