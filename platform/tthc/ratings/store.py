"""Ratings as rows of the collection `ratings`, one a dossier; and their aggregates, which are all that is shown (Đ8.3)."""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from pymongo import ASCENDING
from pymongo.database import Database

from rules.calendar import TZ
from tthc.dossiers.state import Dossier
from tthc.measures.life import life_of
from tthc.ratings.criteria import MOST_POINTS, Criterion, RatingSet, by_id, in_force
from tthc.ratings.rating import Rating, rate


@dataclass(frozen=True, slots=True)
class Average:
    """Of one criterion: `points` from 0 to 2 over `count` ratings that tell it; `percent` of the most there is."""

    label: str
    by_system: bool
    points: float
    count: int

    @property
    def percent(self) -> int:
        return round(self.points / MOST_POINTS * 100)


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Of one agency. `averages` is empty where `count` is too small to be shown."""

    agency: str
    count: int
    averages: tuple[Average, ...]

    @property
    def percent(self) -> int | None:
        """Of all criteria, each weighing the same."""
        if not self.averages:
            return None
        return round(sum(a.points for a in self.averages) / len(self.averages) / MOST_POINTS * 100)


class Ratings:
    def __init__(
        self, database: Database[dict[str, Any]], secret_key: str, sets: Sequence[RatingSet]
    ) -> None:
        self._rows = database["ratings"]
        self._key = secret_key.encode()
        self.sets = tuple(sets)

    def ensure_indexes(self) -> None:
        self._rows.create_index([("set_id", ASCENDING), ("agency", ASCENDING), ("month", ASCENDING)])

    def of(self, dossier: Dossier) -> Rating | None:
        row = self._rows.find_one({"_id": self._ticket(dossier.id)})
        return _rating(row) if row else None

    def slip(self, dossier: Dossier, now: datetime) -> RatingSet:
        """The criteria it is rated by: those it was rated by already, else those of today."""
        before = self.of(dossier)
        kept = by_id(self.sets, before.set_id) if before else None
        return kept or in_force(self.sets, now.astimezone(TZ).date())

    def give(self, dossier: Dossier, answers: dict[str, str], comment: str, now: datetime) -> Rating:
        """Give or change a rating by one write; given twice it is one. Raises Refused."""
        ticket = self._ticket(dossier.id)
        made = rate(
            dossier,
            life_of(dossier),
            self.slip(dossier, now),
            answers,
            comment.strip(),
            before=self.of(dossier),
            ticket=ticket,
            now=now.astimezone(TZ),
        )
        row = {key: value for key, value in asdict(made).items() if key != "ticket"}
        # two at once are one: the first keeps the instant, the last keeps the answers
        first = {key: row.pop(key) for key in ("set_id", "agency", "month", "given_at")}
        self._rows.update_one({"_id": ticket}, {"$set": row, "$setOnInsert": first}, upsert=True)
        return made

    def aggregates(self, chosen: RatingSet) -> tuple[Aggregate, ...]:
        """Of each agency that was rated by this set, most ratings first."""
        sums: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        counts: dict[str, int] = defaultdict(int)
        for row in self._rows.find({"set_id": chosen.id}, {"agency": 1, "points": 1}):
            counts[row["agency"]] += 1
            for name, points in row["points"].items():
                sums[row["agency"]][name].append(points)
        found = [
            Aggregate(
                agency,
                count,
                tuple(_averages(chosen.criteria, sums[agency])) if count >= chosen.shown_from else (),
            )
            for agency, count in counts.items()
        ]
        return tuple(sorted(found, key=lambda one: (-one.count, one.agency)))

    def comments(self, chosen: RatingSet, agency: str, limit: int = 100) -> tuple[str, ...]:
        """What was written beside, without when, of which dossier and by whom; nothing where there are too few ratings."""
        whose = {"set_id": chosen.id, "agency": agency}
        if self._rows.count_documents(whose) < chosen.shown_from:
            return ()
        # in the order of the tickets, which tells nothing of when
        rows = self._rows.find({**whose, "comment": {"$ne": ""}}, {"comment": 1}).sort("_id", ASCENDING)
        return tuple(row["comment"] for row in rows.limit(limit))

    def _ticket(self, dossier_id: str) -> str:
        return hmac.new(self._key, f"rating {dossier_id}".encode(), hashlib.sha256).hexdigest()


def _averages(criteria: Sequence[Criterion], points: dict[str, list[int]]) -> list[Average]:
    return [
        Average(c.said, bool(c.measure), sum(points[c.id]) / len(points[c.id]), len(points[c.id]))
        for c in criteria
        if points.get(c.id)
    ]


def _rating(row: dict[str, Any]) -> Rating:
    return Rating(
        ticket=row["_id"],
        set_id=row["set_id"],
        agency=row["agency"],
        procedure=row["procedure"],
        procedure_name=row["procedure_name"],
        month=row["month"],
        answers=row["answers"],
        points=row["points"],
        comment=row["comment"],
        given_at=row["given_at"],
    )
