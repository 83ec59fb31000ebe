"""Everything a request, a job or a command needs, put together once per process."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from flask import current_app
from pymongo.database import Database

from definitions.store import DefinitionStore
from rules.calendar import TZ, Calendar
from tthc.accounts.absences import Absences
from tthc.accounts.everyone import every_staff
from tthc.accounts.passwords import Hasher
from tthc.accounts.requests import Requests
from tthc.accounts.second_factor import SecondFactor
from tthc.accounts.service import Accounts
from tthc.accounts.sessions import Sessions
from tthc.agencies import binding
from tthc.agencies.directory import Directory
from tthc.agencies.succession import certain_pairs
from tthc.api.clients import Clients
from tthc.audit.acts import ActLog
from tthc.audit.search import AuditSearch
from tthc.books.codes import CodePatterns
from tthc.books.drawing import BookNumbers
from tthc.books.store import Books
from tthc.calendars.store import Calendars
from tthc.children import Children
from tthc.clock import Clock, ManualClock
from tthc.database import connection
from tthc.dossiers.codes import TRAINING_PREFIX, Codes
from tthc.dossiers.context import Actor, AgencyFacts
from tthc.dossiers.files import Files
from tthc.dossiers.following import Following
from tthc.dossiers.listing import Listing
from tthc.dossiers.outbox import Outbox
from tthc.dossiers.repository import Dossiers
from tthc.dossiers.service import DossierService
from tthc.dossiers.succeeding import Handover, Succeeding
from tthc.dossiers.undelivered import Undelivered
from tthc.dossiers.watching import Watching
from tthc.drafting.desk import Desk
from tthc.health_trail import HealthTrail
from tthc.moves.service import Moves
from tthc.notices.worker import OutboxWorker
from tthc.onestop.phone.links import PhoneLinks
from tthc.onestop.saved_views import SavedViews
from tthc.onestop.slips import Slips
from tthc.policy import load_policy
from tthc.portal.applications import Applications
from tthc.printed.store import OwnForms
from tthc.registry.service import Registry
from tthc.registry.store import RegistryStore
from tthc.reports.lives import Lives
from tthc.reviews.remarks import Remarks
from tthc.reviews.reminders import Reminders
from tthc.reviews.store import Reviews
from tthc.reviews.telling import Telling
from tthc.sandbox import claim
from tthc.settings import Settings
from tthc.signing.desk import SigningDesk
from tthc.signing.desk import desk as signing_desk
from tthc.sticking import Sticking
from tthc.tasks.hints import hint
from tthc.timers import Timers
from tthc.web.reads import ReadLog

EXTENSION = "tthc"


@dataclass(frozen=True, slots=True)
class Services:
    """One of each. `repository` and `lists` read dossiers; only `dossiers` changes them."""

    settings: Settings
    database: Database[dict[str, Any]]
    clock: Clock | ManualClock
    definitions: DefinitionStore
    agencies: Directory
    accounts: Accounts
    absences: Absences
    dossiers: DossierService
    repository: Dossiers
    lists: Listing
    saved_views: SavedViews
    files: Files
    applications: Applications
    outbox_worker: OutboxWorker
    timers: Timers
    watching: Watching
    following: Following
    succeeding: Succeeding
    sticking: Sticking
    reads: ReadLog
    clients: Clients
    drafting: Desk
    registry: Registry
    reviews: Reviews
    remarks: Remarks
    telling: Telling
    reminders: Reminders
    moves: Moves
    acts: ActLog
    account_requests: Requests
    sessions: Sessions
    second_factor: SecondFactor
    trail: HealthTrail
    outbox: Outbox
    undelivered: Undelivered
    calendars: Calendars
    books: Books
    code_patterns: CodePatterns
    audit: AuditSearch
    phone_links: PhoneLinks
    signing: SigningDesk
    numbers: BookNumbers
    lives: Lives
    own_forms: OwnForms

    def calendar(self, agency: str) -> Calendar:
        """The working calendar of an agency."""
        return self.calendars.calendar(agency)

    def ensure_indexes(self) -> None:
        for part in (
            self.definitions,
            self.agencies,
            self.accounts,
            self.absences,
            self.saved_views,
            self.repository,
            self.files,
            self.applications,
            self.reads,
            self.clients,
            self.drafting,
            self.moves,
            self.acts,
            self.account_requests,
            self.sessions,
            self.calendars,
            self.books,
            self.outbox_worker,
            self.registry,
            self.remarks,
            self.phone_links,
            self.sticking,
            self.lives,
            self.own_forms,
            Slips(self.database),
        ):
            part.ensure_indexes()


def build(
    settings: Settings,
    database: Database[dict[str, Any]] | None = None,
    clock: Clock | ManualClock | None = None,
    hasher: Hasher | None = None,
    tell: Callable[[str, str], None] = hint,
) -> Services:
    """The services over one database; its address is the settings' unless a database is given.

    `hasher`: what keeps passwords; of production strength unless given. `tell`: who is told of a dossier's new outbox.
    """
    if database is None:
        if settings.mongodb_uri is None:
            raise RuntimeError("Chưa có MONGODB_URI: hãy khởi động bằng lệnh “tthc run”.")
        database = connection.database(connection.connect(settings.mongodb_uri))
    claim(database, sandbox=settings.sandbox)
    binding.bind(database)
    running = clock or Clock(settings.clock_offset, settings.clock_file)
    definitions = DefinitionStore(database)

    def today() -> date:
        return running.now().astimezone(TZ).date()

    agencies = Directory(today)
    accounts = Accounts(hasher or Hasher(), today)
    repository = Dossiers(database)
    calendars = Calendars(database)
    code_patterns = CodePatterns(database)
    books, files = Books(database), Files(database)
    numbers = BookNumbers(books)

    def agency_of(agency_id: str) -> AgencyFacts | None:
        found = agencies.get(agency_id)
        return found.facts() if found else None

    def staff_of(key: str, agency: str) -> Actor | None:
        account = accounts.get(key)
        return account.actor(agency) if account is not None and account.works_at(agency) else None

    dossiers = DossierService(
        dossiers=repository,
        codes=Codes(database, code_patterns, prefix=TRAINING_PREFIX if settings.sandbox else ""),
        clock=running,
        definition_of=definitions.by_hash,
        agency_of=agency_of,
        staff_of=staff_of,
        calendar_of=calendars.calendar,
        policy=load_policy(settings.policy),
        after_write=tell,
        agencies_on=lambda on: {agency.id: agency.facts() for agency in agencies.active(on)},
        numbers=numbers,
    )
    reviews, telling = Reviews(database), Telling(database, accounts)

    def name_of(key: str) -> str:
        found = accounts.get(key)
        return found.name if found else key

    acts = ActLog(database)

    def handovers() -> tuple[Handover, ...]:
        pairs = certain_pairs(agencies.all(), today())
        return tuple(Handover(old.facts(), new.facts(), note) for old, new, note in pairs)

    return Services(
        settings=settings,
        database=database,
        clock=running,
        definitions=definitions,
        agencies=agencies,
        accounts=accounts,
        absences=Absences(database),
        dossiers=dossiers,
        repository=repository,
        lists=Listing(repository),
        saved_views=SavedViews(database),
        files=files,
        applications=Applications(database),
        outbox_worker=OutboxWorker(
            Outbox(repository),
            database,
            settings,
            running,
            errands=Children(dossiers, repository, definitions.published).errands,
        ),
        timers=Timers(dossiers),
        watching=Watching(dossiers, repository),
        following=Following(
            dossiers, repository, database, running, calendars.fingerprint, dossiers.policy.follow_calendar
        ),
        succeeding=Succeeding(dossiers, repository, running, handovers),
        sticking=Sticking(
            dossiers,
            repository,
            database,
            staff=lambda: every_staff(today()),
            clients=Clients(database).all,
            agencies=lambda on: [agency.id for agency in agencies.active(on)],
        ),
        reads=ReadLog(database),
        clients=Clients(database),
        drafting=Desk(database, definitions),
        registry=Registry(
            RegistryStore(database), definitions, agencies, consent_wanted=settings.consent_wanted
        ),
        reviews=reviews,
        remarks=Remarks(database),
        telling=telling,
        reminders=Reminders(
            definitions, reviews, telling, definitions.name_of, lambda: calendars.calendar("")
        ),
        moves=Moves(dossiers, database),
        acts=acts,
        account_requests=Requests(database),
        sessions=Sessions(database),
        second_factor=SecondFactor(settings.secret_key),
        trail=HealthTrail(database),
        outbox=Outbox(repository),
        undelivered=Undelivered(repository),
        calendars=calendars,
        books=books,
        code_patterns=code_patterns,
        audit=AuditSearch(database, acts, definitions, name_of),
        phone_links=PhoneLinks(database, settings.secret_key),
        signing=signing_desk(settings.signing, settings.var, files),
        numbers=numbers,
        lives=Lives(repository, database),
        own_forms=OwnForms(database),
    )


def services() -> Services:
    """Those of the running application."""
    return cast("Services", current_app.extensions[EXTENSION])
