"""What an agency is, as plain values; and the questions that only need those values (no database, no clock)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from definitions.model import OfferedBy
from rules.i18n import noted
from tthc.dossiers.context import AgencyFacts


class Level(StrEnum):
    """Where an agency stands. `huyen` ended on 30/6/2025; agencies of that level keep their old dossiers (Đ1.2)."""

    TINH = "tinh"
    HUYEN = "huyen"
    XA = "xa"
    CENTER = "center"


LEVEL_LABELS: Mapping[str, str] = {
    Level.TINH: noted("Cấp tỉnh"),
    Level.HUYEN: noted("Cấp huyện (đến 30/6/2025)"),
    Level.XA: noted("Cấp xã"),
    Level.CENTER: noted("Trung tâm Phục vụ hành chính công"),
}


@dataclass(frozen=True, slots=True)
class Contacts:
    """Đ17.1: every agency makes these public. Empty means not known yet, never a guess."""

    address: str = ""
    phone: str = ""
    hotline: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """Phòng chuyên môn of an agency; `id` is unique within the agency."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Successor:
    """Who took work over, from which day. `certain` is false where the work was divided: then a person chooses,
    for each dossier; nothing is ever moved by itself.
    """

    agency: str
    on: date
    certain: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """One cơ quan.

    `slug` is its address under /motcua/ (Đ3.2) and unique among all agencies of all times.
    `area` is what fee rules read: "thanh_pho", "huyen" or "tinh" (the whole province: then ask for the place).
    `identifier` opens dossier codes (TT 01/2018/TT-VPCP Đ19); `assumed` says that nobody confirmed it.
    `valid_from` and `valid_to` are both inclusive; `None` is open.
    """

    id: str
    slug: str
    name: str
    level: Level
    area: str
    identifier: str
    assumed: bool = False
    code: str = ""
    parent: str | None = None
    contacts: Contacts = Contacts()
    units: tuple[Unit, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[Successor, ...] = ()
    note: str = ""

    def exists(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )

    def facts(self) -> AgencyFacts:
        return AgencyFacts(
            id=self.id,
            name=self.name,
            level=self.level.value,
            area=self.area,
            identifier=self.identifier,
            phone=self.contacts.hotline or self.contacts.phone,
            address=self.contacts.address,
            units=tuple((unit.id, unit.name) for unit in self.units),
        )

    def unit(self, unit_id: str) -> Unit | None:
        return next((u for u in self.units if u.id == unit_id), None)


def active(agencies: Iterable[Agency], on: date) -> tuple[Agency, ...]:
    """The agencies that exist on that day, in the order given."""
    return tuple(a for a in agencies if a.exists(on))


def offering(offered_by: OfferedBy, agencies: Iterable[Agency], on: date) -> tuple[Agency, ...]:
    """The agencies that offer a procedure on that day: those listed, or every one of the level (Đ2.5).

    A listed agency that has ended is left out and its successors do not step in by themselves: who is
    competent after a reorganisation is said by the definition, not guessed.
    """
    there = active(agencies, on)
    if offered_by.agencies:
        listed = frozenset(offered_by.agencies)
        return tuple(a for a in there if a.id in listed)
    return tuple(a for a in there if a.level.value == offered_by.level)


def successors(agency: Agency, agencies: Iterable[Agency], on: date) -> tuple[Agency, ...]:
    """Who may answer for the agency's work on that day: possibly several, for a person to choose from."""
    ids = frozenset(s.agency for s in agency.successors if s.on <= on)
    return tuple(a for a in active(agencies, on) if a.id in ids)


def missing_contacts(agency: Agency) -> tuple[str, ...]:
    """What Đ17.1 asks for and the agency has not given, in Vietnamese; empty when complete."""
    wanted = (
        ("địa chỉ", agency.contacts.address),
        ("thư điện tử", agency.contacts.email),
        ("đường dây nóng", agency.contacts.hotline),
    )
    return tuple(label for label, value in wanted if not value)
