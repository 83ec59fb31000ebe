"""The directory of agencies as the rest of the platform asks it: one, over the seed and its dated changes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from mongoengine import NotUniqueError, ValidationError
from pymongo import ReturnDocument

from definitions.model import OfferedBy
from rules.calendar import TZ
from tthc.agencies import model, succession
from tthc.agencies.documents import AgencyDocument, agency_from, dated
from tthc.agencies.facts import AgencyFacts
from tthc.agencies.model import Agency
from tthc.agencies.succession import Plan


class AgencyError(ValueError):
    """An agency that cannot be kept; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Change:
    """A dated change: `values` are in force from `on`, as the document keeps them."""

    on: date
    values: Mapping[str, Any]
    at: datetime
    by: str
    reason: str


class Directory:
    """Reads and writes agencies. Needs `binding.bind` to have been called.

    `today`: the day as of which agencies are read where nobody names one; without it the latest that is known.
    """

    def __init__(self, today: Callable[[], date] = lambda: date.max) -> None:
        self._today = today

    def ensure_indexes(self) -> None:
        AgencyDocument.ensure_indexes()

    def all(self, on: date | None = None) -> tuple[Agency, ...]:
        """Every agency of all times, by name; as each is called on that day, today unless told."""
        day = on or self._today()
        found = [agency_from(row, day) for row in AgencyDocument.objects.order_by("name").as_pymongo()]
        return tuple(found)

    def get(self, agency_id: str, on: date | None = None) -> Agency | None:
        row = AgencyDocument.objects(id=agency_id).as_pymongo().first()
        return agency_from(row, on or self._today()) if row else None

    def by_slug(self, slug: str) -> Agency | None:
        """The agency at /motcua/<slug> (Đ3.2); those that have ended keep their address for their old dossiers."""
        row = AgencyDocument.objects(slug=slug).as_pymongo().first()
        return agency_from(row, self._today()) if row else None

    def facts(self, agency_id: str) -> AgencyFacts:
        """What dossiers, rules and pages read of an agency, ended ones too; raises `AgencyError` for an unknown id."""
        agency = self.get(agency_id)
        if agency is None:
            raise AgencyError(f"Không có cơ quan nào mang mã “{agency_id}”.")
        return agency.facts()

    def active(self, on: date) -> tuple[Agency, ...]:
        return model.active(self.all(on), on)

    def offering(self, offered_by: OfferedBy, on: date) -> tuple[Agency, ...]:
        return model.offering(offered_by, self.all(on), on)

    def save(self, agency: Agency) -> None:
        """Keep this value; raises `AgencyError` when its slug is taken or a part of it is malformed."""
        self._keep(AgencyDocument.of(agency), agency)

    def add(self, agency: Agency) -> None:
        """A new agency; raises `AgencyError`, also where its id is another's."""
        self._keep(AgencyDocument.of(agency), agency, force_insert=True)

    def rev(self, agency_id: str) -> int:
        """How often the agency was changed: what a form was drawn from."""
        row = AgencyDocument.objects(id=agency_id).only("rev").as_pymongo().first()
        return int((row or {}).get("rev", 0))

    def changes(self, agency_id: str) -> tuple[Change, ...]:
        """The dated changes of an agency, by the day from which they are in force."""
        row = AgencyDocument.objects(id=agency_id).only("changes").as_pymongo().first() or {}
        found = (
            Change(c["on"].date(), c["values"], c["at"].astimezone(TZ), c["by"], c.get("reason") or "")
            for c in row.get("changes") or ()
        )
        return tuple(sorted(found, key=lambda c: (c.on, c.at)))

    def change(self, agency: Agency, on: date, *, by: str, at: datetime, reason: str, rev: int) -> bool:
        """From `on` the agency is as given (its id and address stay). False where somebody changed it after `rev`.

        One write: the new dated row, guarded by the revision. Raises `AgencyError` for a malformed value.
        """
        self._checked(agency)
        new = dated(agency)
        row = AgencyDocument.objects(id=agency.id).as_pymongo().first()
        if row is None:
            raise AgencyError(f"Không có cơ quan nào mang mã “{agency.id}”.")
        old = dated(agency_from(row, on))
        values = {name: value for name, value in new.items() if value != old[name]}
        if not values:
            return True
        entry = {"on": _midnight(on), "values": values, "at": at, "by": by, "reason": reason}
        return self._guarded(agency.id, rev, {"$push": {"changes": entry}})

    def last(self, agency_id: str, until: date | None, rev: int) -> bool:
        """The agency works up to this day, or without an end (`None`). False where somebody changed it after `rev`."""
        update = {"$set": {"valid_to": _midnight(until)}} if until else {"$unset": {"valid_to": ""}}
        return self._guarded(agency_id, rev, update)

    def succeed(self, plan: Plan) -> None:
        """Carry out a plan: each predecessor by one write. Done twice, or after a fall in between, it is done once."""
        for agency in plan.predecessors:
            kept = self.get(agency.id) or agency
            left = AgencyDocument.of(succession.ended(kept, plan)).to_mongo().to_dict()
            # as a whole, whoever writes beside: the end and the successors belong together
            AgencyDocument._get_collection().update_one(  # noqa: SLF001 — MongoEngine's own way to the driver
                {"_id": agency.id},
                {
                    "$set": {"valid_to": left["valid_to"], "successors": left["successors"]},
                    "$inc": {"rev": 1},
                },
            )

    def predecessors(self, agency_id: str, on: date | None = None) -> frozenset[str]:
        """Every agency whose work came to this one by that day (Đ1.2)."""
        if AgencyDocument._get_collection().find_one({"successors.agency": agency_id}, {"_id": 1}) is None:  # noqa: SLF001 — as above
            return frozenset()
        day = on or self._today()
        return succession.predecessors(agency_id, self.all(day), day)

    def add_missing(self, agencies: Iterable[Agency]) -> int:
        """Add those whose id is not there yet; what an administrator changed stays. Returns how many were added."""
        known = {row["_id"] for row in AgencyDocument.objects.only("id").as_pymongo()}
        missing = [agency for agency in agencies if agency.id not in known]
        for agency in missing:
            self._checked(agency)
        if not missing:
            return 0
        try:  # one write for the whole province; each alone is a hundred
            AgencyDocument.objects.insert([AgencyDocument.of(a) for a in missing], load_bulk=False)
        except (
            NotUniqueError
        ):  # somebody adds beside us, or two have one address: one by one, so that it is told which
            for agency in missing:
                self.save(agency)
        return len(missing)

    def _guarded(self, agency_id: str, rev: int, update: dict[str, Any]) -> bool:
        # rows of before this field have none, which is revision 0
        known: Any = {"$in": [0, None]} if rev == 0 else rev
        found = AgencyDocument._get_collection().find_one_and_update(  # noqa: SLF001 — as above
            {"_id": agency_id, "rev": known},
            {**update, "$inc": {"rev": 1}},
            return_document=ReturnDocument.AFTER,
        )
        return found is not None

    def _keep(self, document: AgencyDocument, agency: Agency, *, force_insert: bool = False) -> None:
        try:
            document.save(force_insert=force_insert)
        except NotUniqueError as error:
            if force_insert and AgencyDocument.objects(id=agency.id).count():
                raise AgencyError(f"Mã “{agency.id}” đã là của cơ quan khác; chọn mã khác.") from error
            raise AgencyError(
                f"Địa chỉ một cửa “{agency.slug}” đã thuộc cơ quan khác; chọn địa chỉ khác."
            ) from error
        except ValidationError as error:
            raise AgencyError(_malformed(agency, error)) from error

    def _checked(self, agency: Agency) -> None:
        try:
            AgencyDocument.of(replace(agency)).validate()
        except ValidationError as error:
            raise AgencyError(_malformed(agency, error)) from error


def _malformed(agency: Agency, error: ValidationError) -> str:
    parts = ", ".join(sorted(error.to_dict()))
    return f"Cơ quan “{agency.name}”: chưa đúng ở {parts}."


def _midnight(day: date) -> datetime:
    """Dates are kept as midnight UTC, as MongoEngine keeps them."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
