"""Which papers a dossier has given rise to, read off its history: each is of its own day and says what held then."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from renderers.pdf.sets import has_form
from rules.calendar import TZ
from tthc.dossiers import events as ev
from tthc.dossiers.apply import replay
from tthc.dossiers.codec import event_from_json
from tthc.dossiers.state import Dossier, Who


@dataclass(frozen=True, slots=True)
class Issued:
    """A paper of that `kind` (a form of `sets.yaml`), called for by `event`, the entry of history at `index`; `nth`: how
    many of its kind came before, and itself.
    """

    kind: str
    index: int
    event: ev.Event
    at: datetime
    actor: Who
    nth: int = 1

    @property
    def day(self) -> date:
        return self.at.astimezone(TZ).date()


def issued(found: Dossier) -> tuple[Issued, ...]:
    """All papers so far, oldest first; only those that were a form of their day."""
    counts: dict[str, int] = {}
    papers: list[Issued] = []
    for index, entry in enumerate(found.history):
        event = event_from_json(entry.type, entry.data)
        for kind in _kinds(found, event):
            paper = Issued(kind, index, event, entry.at, entry.actor, counts.get(kind, 0) + 1)
            if has_form(kind, paper.day):
                counts[kind] = paper.nth
                papers.append(paper)
    return tuple(papers)


def _kinds(found: Dossier, event: ev.Event) -> Iterator[str]:
    match event:
        case ev.Accepted():
            if not found.immediate:
                yield "receipt"
            yield "control"
            yield "rating"
        case ev.SupplementRequested():
            yield "supplement"
        case ev.Moved() if event.request is not None and event.request.items:
            yield "supplement"
        case ev.IntakeRefused():
            yield "refusal"
        case ev.Apologised():
            yield "apology"
        case ev.ExtensionAsked():
            yield "extension"
        case ev.Withdrawn() if found.accepted_at is not None:
            yield "stop"


def one_of(found: Dossier, kind: str, nth: int | None = None) -> Issued | None:
    """The last paper of a kind, or the `nth`."""
    papers = [paper for paper in issued(found) if paper.kind == kind and nth in {None, paper.nth}]
    return papers[-1] if papers else None


def before(found: Dossier, paper: Issued) -> Dossier:
    """The dossier as it stood just before."""
    return replay(found.history[: paper.index])


def after(found: Dossier, paper: Issued) -> Dossier:
    """The dossier as the command that called for the paper left it: with the fee that was paid in the same breath."""
    command = found.history[paper.index].command_id
    end = paper.index + 1
    while end < len(found.history) and found.history[end].command_id == command:
        end += 1
    return replay(found.history[:end])
