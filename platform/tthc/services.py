"""Everything a request, a job or a command needs, put together once per process."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from flask import current_app
from pymongo.database import Database

from definitions.store import DefinitionStore
from rules.calendar import TZ, Calendar
from tthc.accounts.absences import Absences
from tthc.accounts.contact_codes import ContactCodes
from tthc.accounts.everyone import every_staff
from tthc.accounts.identity import Identities
from tthc.accounts.letters import Letters, LetterWorker
from tthc.accounts.passwords import Hasher
from tthc.accounts.requests import Requests
from tthc.accounts.second_factor import SecondFactor
from tthc.accounts.service import Accounts
from tthc.accounts.sessions import Sessions
from tthc.agencies import binding
from tthc.agencies.directory import Directory
from tthc.agencies.succession import certain_pairs
from tthc.antivirus.concerned import Concerned
from tthc.antivirus.looking_again import LookingAgain
from tthc.antivirus.quarantine import Quarantine
from tthc.antivirus.scanner import Clamd
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
from tthc.feedback.reminders import FeedbackReminders
from tthc.feedback.store import FeedbackStore
from tthc.health_trail import HealthTrail
from tthc.moves.service import Moves
from tthc.notices.channels import Inbox
from tthc.notices.inbound import Inbound
from tthc.notices.worker import OutboxWorker
from tthc.oidc.client import Client as ProviderClient
from tthc.oidc.http import Http
from tthc.oidc.linking import Links
from tthc.onestop.phone.links import PhoneLinks
from tthc.onestop.saved_views import SavedViews
from tthc.onestop.slips import Slips
from tthc.payments import gateways as payment_gateways
from tthc.payments.local_bank import LocalBank
from tthc.payments.refunding import Refunding
from tthc.payments.service import PaymentService
from tthc.payments.statements import Reconciling
from tthc.payments.store import Payments
from tthc.payments.sweeping import PaymentSweep
from tthc.policy import load_policy
from tthc.portal.applications import Application, Applications
from tthc.portal.leftovers import Leftovers
from tthc.portal.transfers import Transfers
from tthc.portal.trays import Trays
from tthc.printed.store import OwnForms
from tthc.privacy.consents import Consents
from tthc.privacy.forgetting import Privacy
from tthc.ratings.criteria import load as load_criteria
from tthc.ratings.store import Ratings
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
    transfers: Transfers
    trays: Trays
    leftovers: Leftovers
    quarantine: Quarantine
    looking_again: LookingAgain
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
    letters: Letters
    contact_codes: ContactCodes
    ratings: Ratings
    feedback: FeedbackStore
    feedback_reminders: FeedbackReminders
    identities: Identities
    links: Links
    consents: Consents
    privacy: Privacy
    providers: Mapping[str, ProviderClient]
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
    payments: PaymentService
    payment_sweep: PaymentSweep
    reconciling: Reconciling
    inbound: Inbound
    own_forms: OwnForms
    local_bank: LocalBank | None = None

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
            self.transfers,
            self.trays,
            self.reads,
            self.clients,
            self.drafting,
            self.moves,
            self.acts,
            self.account_requests,
            self.sessions,
            self.letters,
            self.contact_codes,
            self.ratings,
            self.feedback,
            self.links,
            self.consents,
            self.privacy,
            self.calendars,
            self.books,
            self.outbox_worker,
            self.registry,
            self.remarks,
            self.phone_links,
            self.sticking,
            self.lives,
            self.payments.store,
            self.payments.refunding,
            self.reconciling,
            self.inbound,
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
    scanner = Clamd(settings.clamav) if settings.clamav else None
    books, files = Books(database), Files(database, scanner)
    transfers, trays = Transfers(database), Trays(database)
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
    applications = Applications(database)

    def filled_in_at(application: Application) -> str:
        """At the counter by whoever works there, else on the portal."""
        owner, agency = accounts.get(application.owner), agencies.get(application.agency)
        if owner is not None and agency is not None and owner.works_at(agency.id):
            return f"/motcua/{agency.slug}/tiep-nhan/them-moi/{application.id}"
        return f"/nop-ho-so/{application.id}"

    concerned = Concerned(
        files, dossiers, repository, applications, Inbox(database), dossiers.policy, filled_in_at
    )
    reviews, telling = Reviews(database), Telling(database, accounts)

    def name_of(key: str) -> str:
        found = accounts.get(key)
        return found.name if found else key

    acts = ActLog(database)
    feedback = FeedbackStore(database)
    letters = Letters(database, settings.secret_key, tell)
    identities = Identities(accounts)
    links = Links(database, settings.secret_key, accounts, identities)

    local_bank = payment_gateways.local_bank(settings, database)

    ways, kept = payment_gateways.gateways(settings, local_bank), Payments(database)
    trail = HealthTrail(database)
    payments = PaymentService(
        kept,
        ways,
        dossiers,
        repository,
        Refunding(database, kept, ways, dossiers, repository),
        seen=lambda gateway, at, did: trail.note(f"pay:{gateway}", at, ok=did == "ok"),
    )

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
        applications=applications,
        transfers=transfers,
        trays=trays,
        leftovers=Leftovers(transfers, trays, files, accounts),
        quarantine=Quarantine(files, scanner, concerned),
        looking_again=LookingAgain(files, scanner, concerned, dossiers.policy),
        outbox_worker=OutboxWorker(
            Outbox(repository),
            database,
            settings,
            running,
            errands=Children(dossiers, repository, definitions.published).errands,
            beside=(LetterWorker(letters, database, settings, running),),
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
        letters=letters,
        feedback=feedback,
        feedback_reminders=FeedbackReminders(database, feedback, agencies.get, calendars.calendar),
        ratings=Ratings(database, settings.secret_key, load_criteria(settings.rating)),
        contact_codes=ContactCodes(database, settings.secret_key, letters),
        identities=identities,
        links=links,
        consents=Consents(database),
        privacy=Privacy(database, links),
        providers={
            one.id: ProviderClient(one, Http(production=settings.production)) for one in settings.providers
        },
        second_factor=SecondFactor(settings.secret_key),
        trail=trail,
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
        payments=payments,
        payment_sweep=PaymentSweep(payments, local_bank),
        reconciling=Reconciling(payments, database),
        local_bank=local_bank,
        inbound=Inbound(database),
        own_forms=OwnForms(database),
    )


def services() -> Services:
    """Those of the running application."""
    return cast("Services", current_app.extensions[EXTENSION])
