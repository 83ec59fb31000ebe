"""Putting the demonstration into a database; doing it again adds only what is missing."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from pymongo.database import Database

from definitions.shipped import shipped as shipped_definitions
from definitions.store import DefinitionStore
from rules.calendar import TZ
from tthc.accounts.passwords import Hasher
from tthc.accounts.service import Accounts
from tthc.agencies.binding import bind
from tthc.agencies.data import shipped as shipped_agencies
from tthc.agencies.directory import Directory
from tthc.agencies.model import Contacts
from tthc.books.drawing import RECEIPTS
from tthc.books.model import Book, Pattern, book_id
from tthc.books.store import Books
from tthc.clock import Clock
from tthc.demo.accounts import password
from tthc.demo.people import CITIZENS, COMMUNES, STAFF
from tthc.registry.service import Registry
from tthc.registry.store import RegistryStore
from tthc.settings import Settings

BOOKS: Final = (
    ("ket-qua", "Sổ cấp kết quả", "{so}/KQ-TTHC"),
    (RECEIPTS, "Sổ biên lai thu phí, lệ phí", "BL{nam}-{so}"),
)


def load(
    settings: Settings,
    database: Database[dict[str, Any]],
    *,
    hasher: Hasher | None = None,
    now: datetime | None = None,
) -> bool:
    """Add agencies, people, the shipped procedures and their rows in the catalogue; true where anything was added.

    Raises `RuntimeError` in production: accounts whose password everybody knows have no place there.
    """
    if settings.production:
        raise RuntimeError("Không nạp dữ liệu trình diễn khi vận hành thật (TTHC_ENV=production).")
    bind(database)
    at = now or Clock(settings.clock_offset).now()
    directory = Directory()
    agencies = _agencies(directory)
    people = _people(Accounts(hasher or Hasher()), at)
    store = DefinitionStore(database)
    store.ensure_indexes()
    procedures = len(store.seed(shipped_definitions(), at))
    books = _books(Books(database), at)
    registry = Registry(RegistryStore(database), store, directory)
    registry.ensure_indexes()
    entries = registry.add_demonstration(at)
    return bool(agencies + people + procedures + entries + books)


def _agencies(directory: Directory) -> int:
    """The shipped agencies; those of the demonstration get contacts, so that notices and papers show some (Đ17.1)."""
    directory.ensure_indexes()
    contacts = {
        c.agency: Contacts(address=c.address, phone=c.hotline, hotline=c.hotline, email=c.email)
        for c in COMMUNES
    }
    return directory.add_missing(
        replace(agency, contacts=contacts.get(agency.id, agency.contacts)) for agency in shipped_agencies()
    )


def _books(books: Books, at: datetime) -> int:
    """Where the demonstration's people work, results and receipts are numbered in books (Đ14.2, Đ15.1a)."""
    books.ensure_indexes()
    year = at.astimezone(TZ).year
    added = 0
    for agency in sorted({staff.agency for staff in STAFF if "van_thu" in staff.functions}):
        for kind, name, text in BOOKS:
            if books.get(book_id(agency, year, kind)) is None:
                # results may be numbered by hand too: what was issued on paper has its number already
                books.open(Book(agency, year, kind, name, (Pattern(text, 2),), manual=kind != RECEIPTS))
                added += 1
    return added


def _people(accounts: Accounts, at: datetime) -> int:
    accounts.ensure_indexes()
    secret = password()
    added = 0
    for staff in STAFF:
        if accounts.by_login(staff.login) is None:
            accounts.create_staff(
                login=staff.login,
                name=staff.name,
                password=secret,
                now=at,
                agency=staff.agency,
                unit=staff.unit,
                functions={staff.agency: staff.functions} if staff.functions else {},
                roles=staff.roles,
                must_change_password=False,  # so that one can start at once; everybody else must (Đ25.5)
            )
            added += 1
    for citizen in CITIZENS:
        if accounts.by_login(citizen.phone) is None:
            made = accounts.register(citizen.registration(secret), at)
            accounts.update_profile(
                made.key,
                name=citizen.name,
                phone=citizen.phone,
                email=citizen.email,
                citizen_number=citizen.citizen_number,
                tax_number=citizen.tax_number,
                birth_date=citizen.birth_date,
                representative=citizen.representative,
                address=citizen.address,
            )
            added += 1
    return added
