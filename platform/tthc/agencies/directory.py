"""The directory of agencies as the rest of the platform asks it."""

from collections.abc import Iterable
from datetime import date

from mongoengine import NotUniqueError, ValidationError

from definitions.model import OfferedBy
from tthc.agencies import model
from tthc.agencies.documents import AgencyDocument, agency_from
from tthc.agencies.facts import AgencyFacts
from tthc.agencies.model import Agency


class AgencyError(ValueError):
    """An agency that cannot be kept; the message says what is wrong with it."""


class Directory:
    """Reads and writes agencies. Needs `binding.bind` to have been called."""

    def ensure_indexes(self) -> None:
        AgencyDocument.ensure_indexes()

    def all(self) -> tuple[Agency, ...]:
        """Every agency of all times, by name."""
        return tuple(agency_from(row) for row in AgencyDocument.objects.order_by("name").as_pymongo())

    def get(self, agency_id: str) -> Agency | None:
        row = AgencyDocument.objects(id=agency_id).as_pymongo().first()
        return agency_from(row) if row else None

    def by_slug(self, slug: str) -> Agency | None:
        """The agency at /motcua/<slug> (Đ3.2); those that have ended keep their address for their old dossiers."""
        row = AgencyDocument.objects(slug=slug).as_pymongo().first()
        return agency_from(row) if row else None

    def facts(self, agency_id: str) -> AgencyFacts:
        """What dossiers, rules and pages read of an agency, ended ones too; raises `AgencyError` for an unknown id."""
        agency = self.get(agency_id)
        if agency is None:
            raise AgencyError(f"Không có cơ quan nào mang mã “{agency_id}”.")
        return agency.facts()

    def active(self, on: date) -> tuple[Agency, ...]:
        return model.active(self.all(), on)

    def offering(self, offered_by: OfferedBy, on: date) -> tuple[Agency, ...]:
        return model.offering(offered_by, self.all(), on)

    def save(self, agency: Agency) -> None:
        """Keep this value; raises `AgencyError` when its slug is taken or a part of it is malformed."""
        try:
            AgencyDocument.of(agency).save()
        except NotUniqueError as error:
            raise AgencyError(
                f"Địa chỉ một cửa “{agency.slug}” đã thuộc cơ quan khác; chọn địa chỉ khác."
            ) from error
        except ValidationError as error:
            parts = ", ".join(sorted(error.to_dict()))
            raise AgencyError(f"Cơ quan “{agency.name}”: chưa đúng ở {parts}.") from error

    def add_missing(self, agencies: Iterable[Agency]) -> int:
        """Add those whose id is not there yet; what an administrator changed stays. Returns how many were added."""
        known = {row["_id"] for row in AgencyDocument.objects.only("id").as_pymongo()}
        added = 0
        for agency in agencies:
            if agency.id not in known:
                self.save(agency)
                added += 1
        return added
