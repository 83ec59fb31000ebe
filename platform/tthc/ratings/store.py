"""Ratings as rows of the collection `ratings`, one a dossier; and their aggregates, which are all that is shown (Đ8.3)."""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from pymongo import ASCENDING
from pymongo.database import Database

from rules.calendar import TZ
from rules.i18n import gettext
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Dossier
from tthc.measures.life import life_of
from tthc.ratings.criteria import MOST_POINTS, Criterion, RatingSet, by_id, in_force
from tthc.ratings.rating import RATED_BEFORE, RULE, Rating, rate


@dataclass(frozen=True, slots=True)
class Average:
    """Of one criterion: `points` from 0 to 2 over `count` ratings that tell it; `percent` of the most there is. `id`: the
    criterion's; `label`: in the reader's language.
    """

    id: str
    label: str
    by_system: bool
    points: float
    count: int

    @property
    def percent(self) -> int:
        return round(self.points / MOST_POINTS * 100)


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Of one agency: over the `count` ratings that are told of, `averages` being empty where they are too few."""

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

    def give(
        self,
        dossier: Dossier,
        answers: dict[str, str],
        comment: str,
        now: datetime,
        *,
        first_only: bool = False,
    ) -> Rating:
        """Give or change a rating by one write; given twice it is one. `first_only`: one that is there stays as it is.
        Raises Refused.
        """
        ticket, before = self._ticket(dossier.id), self.of(dossier)
        if first_only and before is not None:
            raise Refused("rated", gettext(RATED_BEFORE), RULE)
        made = rate(
            dossier,
            life_of(dossier),
            self.slip(dossier, now),
            answers,
            comment.strip(),
            before=before,
            ticket=ticket,
            now=now.astimezone(TZ),
        )
        row = {key: value for key, value in asdict(made).items() if key != "ticket"}
        # two at once are one: the first keeps the instant, the last keeps the answers
        first = {key: row.pop(key) for key in ("set_id", "agency", "month", "given_at")}
        kept = {"$setOnInsert": {**row, **first}} if first_only else {"$set": row, "$setOnInsert": first}
        if self._rows.update_one({"_id": ticket}, kept, upsert=True).matched_count and first_only:
            raise Refused("rated", gettext(RATED_BEFORE), RULE)
        return made

    def aggregates(self, chosen: RatingSet) -> tuple[Aggregate, ...]:
        """Of each agency that was rated by this set, most ratings first."""
        rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in self._in_order({"set_id": chosen.id}, "agency", "points"):
            rows[row["agency"]].append(row)
        found = []
        for agency, all_of_it in rows.items():
            told = all_of_it[: _told_of(len(all_of_it), chosen)]
            found.append(
                Aggregate(agency, len(told) or len(all_of_it), tuple(_averages(chosen.criteria, told)))
            )
        return tuple(sorted(found, key=lambda one: (-one.count, one.agency)))

    def comments(self, chosen: RatingSet, agency: str, limit: int = 100) -> tuple[str, ...]:
        """What was written beside, without when, of which dossier and by whom; only of ratings that are told of."""
        rows = self._in_order({"set_id": chosen.id, "agency": agency}, "comment")
        told = rows[: _told_of(len(rows), chosen)]
        # in the order of the tickets, which tells nothing of when
        return tuple(row["comment"] for row in sorted(told, key=lambda r: r["_id"]) if row["comment"])[:limit]

    def _in_order(self, wanted: Mapping[str, str], *fields: str) -> list[dict[str, Any]]:
        """As they were given."""
        order = [("given_at", ASCENDING), ("_id", ASCENDING)]
        return list(self._rows.find(wanted, dict.fromkeys(fields, 1)).sort(order))

    def _ticket(self, dossier_id: str) -> str:
        return hmac.new(self._key, f"rating {dossier_id}".encode(), hashlib.sha256).hexdigest()


def _told_of(count: int, chosen: RatingSet) -> int:
    """How many of an agency's ratings, the first ones, may be told of: they come out `shown_from` at a time, since of two
    averages with one rating between them everybody can work out that rating.
    """
    return count - count % chosen.shown_from


def _averages(criteria: Sequence[Criterion], rows: Sequence[Mapping[str, Any]]) -> list[Average]:
    points = {c.id: [row["points"][c.id] for row in rows if c.id in row["points"]] for c in criteria}
    return [
        Average(c.id, c.said, bool(c.measure), sum(points[c.id]) / len(points[c.id]), len(points[c.id]))
        for c in criteria
        if points[c.id]
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
