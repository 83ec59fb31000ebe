"""A site of the account and notice pages alone, over a real database."""

import re
from types import SimpleNamespace

import pytest
from flask import Flask
from hashing import cheap_hasher

from renderers import environment
from tthc.accounts import confirm_routes, routes, safety_routes, session
from tthc.accounts.contact_codes import ContactCodes
from tthc.accounts.letters import Letters, LetterWorker
from tthc.accounts.second_factor import SecondFactor
from tthc.accounts.service import Accounts, Registration
from tthc.accounts.sessions import Sessions
from tthc.agencies.binding import bind
from tthc.agencies.directory import Directory
from tthc.agencies.model import Agency, Level
from tthc.notices import routes as notice_routes
from tthc.portal import sms_routes
from tthc.privacy.consents import Consents
from tthc.settings import Settings
from tthc.web import access, errors, security
from tthc.web.limits import limiter

PASSWORD = "hoa ban nở trắng"


@pytest.fixture
def accounts(mongo_database):
    bind(mongo_database)
    made = Accounts(cheap_hasher())
    made.ensure_indexes()
    return made


@pytest.fixture
def site(accounts, mongo_database, clock, tmp_path):
    settings = Settings.load({"TTHC_VAR": str(tmp_path)})
    directory = Directory()
    directory.ensure_indexes()
    directory.save(
        Agency(
            id="phuong-a",
            slug="a",
            name="Phường A",
            level=Level.XA,
            area="thanh_pho",
            identifier="000.00.33.H52",
        )
    )
    app = Flask("site", template_folder=str(environment.TEMPLATES), static_folder=str(environment.STATIC))
    environment.install(app.jinja_env)
    letters = Letters(mongo_database, settings.secret_key, lambda *_: None)
    app.extensions["tthc"] = SimpleNamespace(
        letters=letters,
        consents=Consents(mongo_database),
        letter_worker=LetterWorker(letters, mongo_database, settings, clock),
        contact_codes=ContactCodes(mongo_database, settings.secret_key, letters),
        settings=settings,
        accounts=accounts,
        agencies=directory,
        clock=clock,
        database=mongo_database,
        sessions=Sessions(mongo_database),
        second_factor=SecondFactor(settings.secret_key),
    )
    app.config.update(RATELIMIT_ENABLED=True)
    session.install(app)
    access.install(app)
    security.install(app, settings)
    errors.install(app)
    limiter.init_app(app)
    limiter.reset()
    app.register_blueprint(routes.blueprint)
    app.register_blueprint(safety_routes.blueprint)
    app.register_blueprint(confirm_routes.blueprint)
    app.register_blueprint(notice_routes.blueprint)
    app.register_blueprint(sms_routes.blueprint)
    return app


class Browser:
    """Fills in the token of the form on a page and posts it."""

    def __init__(self, site):
        self.client = site.test_client()

    def get(self, path):
        return self.client.get(path)

    def post(self, path, page=None, **data):
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.client.get(page or path).text)
        data = {name.replace("__", "."): value for name, value in data.items()}
        return self.client.post(path, data={"csrf_token": token.group(1), **data})


@pytest.fixture
def read_code(site, mongo_database):
    """The code in the last letter to an address, once the worker has sent what waits; none where no code came."""

    def read(contact):
        site.extensions["tthc"].letter_worker.run_once()
        letters = list(mongo_database["mailbox"].find({"to": contact}).sort("at", 1))
        found = re.search(r"\b(\d{6})\b", letters[-1]["body"]) if letters else None
        return found and found.group(1)

    return read


@pytest.fixture
def browser(site):
    return Browser(site)


@pytest.fixture
def another(site):
    return lambda: Browser(site)


@pytest.fixture
def lan(accounts, now):
    return accounts.register(
        Registration(
            kind="person", name="Lò Thị Lan", password=PASSWORD, phone="0912345678", terms_version="2026-01"
        ),
        now,
    )


@pytest.fixture
def receptionist(accounts, now):
    return accounts.create_staff(
        login="a.tiepnhan",
        name="Hà",
        password=PASSWORD,
        now=now,
        agency="phuong-a",
        functions={"phuong-a": ["tiep_nhan"]},
    )
