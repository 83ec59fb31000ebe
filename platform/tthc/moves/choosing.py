"""Which open dossiers may be led to a version, what would change for each, and which need a person first. Only reads."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pymongo import ASCENDING

from definitions.model import Definition
from rules.calendar import Calendar
from tthc.dossiers.context import AgencyFacts
from tthc.dossiers.decide_version import told
from tthc.dossiers.differences import KINDS
from tthc.dossiers.repository import Dossiers
from tthc.dossiers.state import CLOSED, Dossier
from tthc.dossiers.versions import Obstacles, obstacles, side

MOST = 40
"""As many as one page shows and one batch takes; those beyond are counted, and come up in the next."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """`told`: what would change, in words, `due` that of the day of return; `standing`: what is in the way; `steps`:
    where it stands.
    """

    id: str
    name: str
    agency: str
    submitted_at: datetime
    steps: str
    told: tuple[str, ...]
    due: str
    standing: Obstacles

    @property
    def movable(self) -> bool:
        return not self.standing.all

    @property
    def decidable(self) -> bool:
        """Whether a person who has looked at it may let it go on."""
        return bool(self.standing.others) and not self.standing.firm


@dataclass(frozen=True, slots=True)
class Group:
    """Dossiers of one agency for which the same changes."""

    agency: str
    told: tuple[str, ...]
    members: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """`more`: open dossiers beyond those looked at."""

    candidates: tuple[Candidate, ...]
    more: int

    def seen_by(self, sees: Callable[[str], bool]) -> "Choice":
        """Those of agencies whose dossiers this account may read."""
        return Choice(tuple(c for c in self.candidates if sees(c.agency)), self.more)

    @property
    def movable(self) -> tuple[Candidate, ...]:
        return tuple(c for c in self.candidates if c.movable)

    @property
    def persons(self) -> tuple[Candidate, ...]:
        return tuple(c for c in self.candidates if not c.movable)

    @property
    def groups(self) -> tuple[Group, ...]:
        """Of the movable ones, the largest first."""
        found: dict[tuple[str, tuple[str, ...]], list[Candidate]] = {}
        for each in self.movable:
            found.setdefault((each.agency, each.told), []).append(each)
        by_size = sorted(found.items(), key=lambda group: -len(group[1]))
        return tuple(Group(agency, words, tuple(members)) for (agency, words), members in by_size)


@dataclass(frozen=True, slots=True)
class Around:
    """What is asked besides the dossiers: versions by hash, agencies' facts and calendars by agency id."""

    repository: Dossiers
    definition_of: Callable[[str], Definition]
    agency_of: Callable[[str], AgencyFacts | None]
    calendar_of: Callable[[str], Calendar]


def choice(target: Definition, around: Around, now: datetime, most: int = MOST) -> Choice:
    """The open dossiers of the procedure that follow another version, those handed in first, first."""
    wanted = _open_elsewhere(target)
    collection = around.repository.collection
    order = [("submitted_at", ASCENDING), ("_id", ASCENDING)]
    ids = [str(row["_id"]) for row in collection.find(wanted, {"_id": 1}).sort(order).limit(most)]
    total = collection.count_documents(wanted)
    found = (around.repository.get(each) for each in ids)
    candidates = tuple(_candidates((d for d in found if d is not None), target, around, now))
    return Choice(candidates, max(0, total - len(ids)))


def _open_elsewhere(target: Definition) -> Mapping[str, object]:
    return {
        "procedure": target.procedure,
        "definition": {"$ne": target.hash},
        "status": {"$nin": [status.value for status in CLOSED]},
    }


def _candidates(
    dossiers: Iterable[Dossier], target: Definition, around: Around, now: datetime
) -> Iterable[Candidate]:
    for dossier in dossiers:
        agency = around.agency_of(dossier.agency)
        if agency is None:
            continue
        calendar = around.calendar_of(dossier.agency)
        old = side(around.definition_of(dossier.definition), dossier, agency, calendar)
        new = side(target, dossier, agency, calendar)
        words = told(old, new, dossier, calendar)
        due = [sentence for sentence in words if sentence.startswith(KINDS["due"])]
        yield Candidate(
            id=dossier.id,
            name=dossier.code or dossier.reference,
            agency=dossier.agency,
            submitted_at=dossier.submitted_at,
            steps=", ".join(dict.fromkeys(task.name for task in dossier.tasks)),
            told=tuple(sentence for sentence in words if sentence not in due),
            due=" ".join(due),
            standing=obstacles(old, new, dossier, now),
        )
