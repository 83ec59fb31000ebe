"""How agencies are kept: one document an agency, in the collection `agencies`; the administration edits these."""

from datetime import date, datetime
from typing import Any, Self

from mongoengine import (
    BooleanField,
    DateField,
    DateTimeField,
    DictField,
    Document,
    EmbeddedDocument,
    EmbeddedDocumentField,
    IntField,
    ListField,
    StringField,
)

from tthc.agencies.model import LEVEL_LABELS, Agency, Contacts, Level, Successor, Unit

IDENTIFIER = (
    r"^(\d{3}\.\d{2}\.\d{2}\.H\d{2}|H\d{2}(\.\d{2}){0,3})$"  # cũ: QCVN 102:2016; mới: QĐ 20/2020/QĐ-TTg
)
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
AREAS = (
    ("tinh", "Toàn tỉnh"),
    ("thanh_pho", "Thành phố, thị xã, phường"),
    ("huyen", "Huyện, xã"),
)


class ContactsDocument(EmbeddedDocument):
    address = StringField(default="", max_length=300)
    phone = StringField(default="", max_length=30)
    hotline = StringField(default="", max_length=30)
    email = StringField(default="", max_length=254)


class UnitDocument(EmbeddedDocument):
    id = StringField(required=True, regex=SLUG)
    name = StringField(required=True, max_length=200)


class SuccessorDocument(EmbeddedDocument):
    agency = StringField(required=True)
    on = DateField(required=True)
    certain = BooleanField(default=False)
    note = StringField(default="", max_length=500)


class ChangeDocument(EmbeddedDocument):
    """What is different from `on` onwards; `values` as the document itself keeps them. The rest stays as before."""

    on = DateField(required=True)
    values = DictField(required=True)
    at = DateTimeField(required=True)
    by = StringField(required=True)
    reason = StringField(default="", max_length=500)


class AgencyDocument(Document):
    """The agency as it was first known (the seed, or as it was added), and its dated `changes` after that."""

    id = StringField(primary_key=True, regex=SLUG)
    slug = StringField(required=True, unique=True, regex=SLUG)
    name = StringField(required=True, max_length=200)
    level = StringField(required=True, choices=tuple(LEVEL_LABELS.items()))
    area = StringField(required=True, choices=AREAS)
    identifier = StringField(required=True, regex=IDENTIFIER)
    assumed = BooleanField(default=False)
    code = StringField(default="")
    parent = StringField()
    contacts = EmbeddedDocumentField(ContactsDocument, default=ContactsDocument)
    units = ListField(EmbeddedDocumentField(UnitDocument))
    valid_from = DateField()
    valid_to = DateField()
    successors = ListField(EmbeddedDocumentField(SuccessorDocument))
    note = StringField(default="", max_length=1000)
    changes = ListField(EmbeddedDocumentField(ChangeDocument))
    rev = IntField(default=0)

    meta = {"collection": "agencies", "indexes": ["level", "successors.agency"], "strict": False}  # noqa: RUF012 — MongoEngine's own form

    def __str__(self) -> str:
        return str(self.name)

    @classmethod
    def of(cls, agency: Agency) -> Self:
        """The document that keeps this value."""
        c = agency.contacts
        return cls(
            id=agency.id,
            slug=agency.slug,
            name=agency.name,
            level=agency.level.value,
            area=agency.area,
            identifier=agency.identifier,
            assumed=agency.assumed,
            code=agency.code,
            parent=agency.parent,
            contacts=ContactsDocument(address=c.address, phone=c.phone, hotline=c.hotline, email=c.email),
            units=[UnitDocument(id=u.id, name=u.name) for u in agency.units],
            valid_from=agency.valid_from,
            valid_to=agency.valid_to,
            successors=[
                SuccessorDocument(agency=s.agency, on=s.on, certain=s.certain, note=s.note)
                for s in agency.successors
            ],
            note=agency.note,
        )


def _day(value: object) -> date | None:
    """Dates are kept as midnight UTC, whatever zone the client reads in."""
    return value.date() if isinstance(value, datetime) else None


DATED = ("name", "level", "area", "identifier", "assumed", "code", "parent", "contacts", "units", "note")
"""What may change from a day on. An id and an address never change: codes, links and papers carry them."""


def dated(agency: Agency) -> dict[str, Any]:
    """The parts of a value that may change, as the document keeps them."""
    row = AgencyDocument.of(agency).to_mongo().to_dict()
    return {name: row.get(name) for name in DATED}


def _as_of(row: dict[str, Any], on: date) -> dict[str, Any]:
    """The row with the changes that are in force on that day; a later entry of the same day outranks."""
    told = [c for c in row.get("changes") or () if (_day(c["on"]) or date.max) <= on]
    for change in sorted(told, key=lambda c: (c["on"], c["at"])):
        row = {**row, **change["values"]}
    return row


def agency_from(row: dict[str, Any], on: date = date.max) -> Agency:
    """The value of a stored row (as the driver gives it) as it is on a day; far cheaper than building documents for a
    whole list.
    """
    row = _as_of(row, on)
    contacts = row.get("contacts") or {}
    return Agency(
        id=row["_id"],
        slug=row["slug"],
        name=row["name"],
        level=Level(row["level"]),
        area=row["area"],
        identifier=row["identifier"],
        assumed=bool(row.get("assumed")),
        code=row.get("code") or "",
        parent=row.get("parent"),
        contacts=Contacts(
            **{k: contacts.get(k) or "" for k in ("address", "phone", "hotline", "email")},
        ),
        units=tuple(Unit(id=u["id"], name=u["name"]) for u in row.get("units") or ()),
        valid_from=_day(row.get("valid_from")),
        valid_to=_day(row.get("valid_to")),
        successors=tuple(
            Successor(
                agency=s["agency"],
                on=_day(s["on"]) or date.max,
                certain=bool(s.get("certain")),
                note=s.get("note") or "",
            )
            for s in row.get("successors") or ()
        ),
        note=row.get("note") or "",
    )
