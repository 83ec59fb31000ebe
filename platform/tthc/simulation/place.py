"""Where a month is played: a fresh database on a server of its own, with invented people; never the installation's data."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from pymongo.database import Database

from definitions.model import Definition
from definitions.shipped import shipped as shipped_definitions
from tthc.accounts.model import FUNCTIONS, TERMS_VERSION, Account
from tthc.accounts.passwords import Hasher
from tthc.accounts.service import Registration
from tthc.agencies.data import shipped as shipped_agencies
from tthc.agencies.model import Agency
from tthc.clock import ManualClock
from tthc.database import connection, embedded, throwaway
from tthc.dossiers.context import CLERK
from tthc.services import Services, build
from tthc.settings import Settings

PREFIX: Final = "simulation"
"""What the name of a database to play in begins with."""

_PASSWORD: Final = "mo phong mot thang"  # noqa: S105 — nobody signs in here
CHEAP: Final = Hasher(time_cost=1, memory_kib=64, parallelism=1)
"""Keeps passwords that are nobody's."""

_PER_FUNCTION: Final = 2
_NEIGHBOURS: Final = 3
_PEOPLE: Final = (
    ("person", "Lò Thị Mô"),
    ("person", "Quàng Văn Phỏng"),
    ("person", "Cầm Thị Thử"),
    ("person", "Hà Văn Nghiệm"),
    ("organisation", "Hợp tác xã Mô Phỏng"),
    ("organisation", "Công ty Thử Nghiệm"),
)


class NotItsOwnError(RuntimeError):
    """The database is not one to play in. The message is a sentence for whoever asked."""


@dataclass(frozen=True, slots=True)
class Place:
    """`staff`: by agency and function, in a fixed order; `neighbours`: agencies that may be asked for an opinion."""

    services: Services
    clock: ManualClock
    agency: Agency
    neighbours: tuple[Agency, ...]
    staff: Mapping[tuple[str, str], tuple[Account, ...]]
    citizens: tuple[Account, ...]
    definitions: tuple[Definition, ...]


@contextmanager
def own_database() -> Iterator[Database[dict[str, Any]]]:
    """A server in a temporary folder, ended by its process id; it waits for no disk, as its data are thrown away."""
    with (
        tempfile.TemporaryDirectory(prefix="tthc-simulation-") as folder,
        throwaway.server(Path(folder)) as port,
        connection.connect(embedded.uri(port, PREFIX)) as client,
    ):
        yield client[PREFIX]


def require_own(database: Database[dict[str, Any]]) -> None:
    """An installation's database has another name, and anything in it is somebody's."""
    if not database.name.startswith(PREFIX):
        raise NotItsOwnError(
            f"Chỉ mô phỏng trong cơ sở dữ liệu riêng, có tên bắt đầu bằng “{PREFIX}”; “{database.name}” không phải."
        )
    if database.list_collection_names():
        raise NotItsOwnError(
            f"Cơ sở dữ liệu “{database.name}” đã có dữ liệu; bài mô phỏng cần một cơ sở dữ liệu trống."
        )


def prepare(database: Database[dict[str, Any]], slug: str, start: datetime, var: Path) -> Place:
    """Agencies, people, procedures. `slug`: the agency's address; raises NotItsOwnError, or LookupError for the slug."""
    require_own(database)
    clock = ManualClock(start)
    settings = Settings.load({"TTHC_VAR": str(var)})  # no gateway is set, so that nothing leaves
    services = build(settings, database, clock, CHEAP, tell=nobody)
    services.ensure_indexes()
    agency, neighbours = _agencies(slug, start)
    services.agencies.add_missing((agency, *neighbours))
    services.definitions.seed([*shipped_definitions(), *own_procedures(agency.level)], start)
    return furnish(services, clock, agency, neighbours)


def furnish(services: Services, clock: ManualClock, agency: Agency, neighbours: tuple[Agency, ...]) -> Place:
    """The people of these agencies and some applicants, into data that has the agencies and procedures already."""
    staff = {
        (where.id, function): tuple(
            _official(services, clock, where, function, number) for number in range(1, _PER_FUNCTION + 1)
        )
        for where in (agency, *neighbours)
        for function in FUNCTIONS
        if where is agency or function != CLERK
    }
    citizens = tuple(_citizen(services, clock, at) for at in range(len(_PEOPLE)))
    offered = tuple(
        definition
        for definition in services.definitions.list_published(clock.now().date())
        if offers(agency, definition)
    )
    return Place(services, clock, agency, neighbours, staff, citizens, offered)


def offers(agency: Agency, definition: Definition) -> bool:
    offered = definition.offered_by
    return agency.id in offered.agencies or (offered.level is not None and offered.level == agency.level)


def own_procedures(level: str) -> list[tuple[str, str]]:
    """The procedures of the simulation itself, as if agencies of this level offered them."""
    folder = files(__package__).joinpath("procedures")
    texts = sorted((each.name, each.read_text(encoding="utf-8")) for each in folder.iterdir())
    return [
        (name, text.replace("offered_by: {level: xa}", f"offered_by: {{level: {level}}}"))
        for name, text in texts
        if name.endswith(".yaml")
    ]


def _agencies(slug: str, start: datetime) -> tuple[Agency, tuple[Agency, ...]]:
    there = [each for each in shipped_agencies() if each.exists(start.date())]
    agency = next((each for each in there if each.slug == slug), None)
    if agency is None:
        raise LookupError(f"Không có cơ quan nào có địa chỉ “{slug}” vào ngày {start:%d/%m/%Y}.")
    others = [
        each for each in there if each.level == agency.level and each.id != agency.id and each.identifier
    ]
    return agency, tuple(others[:_NEIGHBOURS])


def _official(services: Services, clock: ManualClock, where: Agency, function: str, number: int) -> Account:
    login = f"{where.slug}.{function.replace('_', '')}.{number}"
    found = services.accounts.by_login(login)
    return found or services.accounts.create_staff(
        login=login,
        name=f"{FUNCTIONS[function]} {number}, {where.name}",
        password=_PASSWORD,
        now=clock.now(),
        agency=where.id,
        functions={where.id: (function,)},
        must_change_password=False,
    )


def _citizen(services: Services, clock: ManualClock, at: int) -> Account:
    kind, name = _PEOPLE[at]
    phone = f"09000010{at:02}"
    found = services.accounts.by_login(phone)
    return found or services.accounts.register(
        Registration(
            kind="organisation" if kind == "organisation" else "person",
            name=name,
            password=_PASSWORD,
            phone=phone,
            email=f"mophong{at}@dan.example" if kind == "organisation" else "",
            citizen_number="014195001234",
            tax_number="5599999917" if kind == "organisation" else "",
            representative=name if kind == "organisation" else "",
            terms_version=TERMS_VERSION,
        ),
        clock.now(),
    )


def nobody(_dossier: str, _entry: str) -> None:
    """There is no worker to be told: the month delivers by itself."""
