"""The whole application with its administration, and people of every kind to visit it; `amending` beside it is shared."""

import itertools
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import pytest
from applications import application
from building import PROCEDURE, Desk

from tthc.accounts.documents import AccountDocument
from tthc.agencies.data import shipped as shipped_agencies
from tthc.database import embedded

TEXT = (Path(__file__).parent / "thu_muc.yaml").read_text(encoding="utf-8")
CODE = "9.000001"
ROLES = {
    "soan": ("kiem_soat",),
    "duyet": ("tham_dinh_cau_hinh", "cong_bo_ky_thuat"),
    "chiduyet": ("tham_dinh_cau_hinh",),
    "congbo": ("cong_bo_ky_thuat",),
    "cahai": ("kiem_soat", "tham_dinh_cau_hinh"),
    "quantri": ("quan_tri",),
    "motcua": (),
}


_sessions = itertools.count(1)


class Visitor:
    """A browser that sends back the CSRF token of the last page it saw."""

    def __init__(self, client):
        self.client = client
        self.token = ""

    def get(self, url):
        page = self.client.get(url, follow_redirects=True)
        found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        self.token = found.group(1) if found else self.token
        return page

    def post(self, url, follow=True, **form):
        return self.client.post(url, data={"csrf_token": self.token, **form}, follow_redirects=follow)


@pytest.fixture
def mongo_database(emptied_database):
    return emptied_database


@pytest.fixture
def app(mongo_database, mongo_port, clock, tmp_path):
    return application(embedded.uri(mongo_port, mongo_database.name), mongo_database, clock, tmp_path)


@pytest.fixture
def services(app):
    return app.extensions["tthc"]


@pytest.fixture
def accounts(services, clock):
    """Staff by their login; they are put in as they are stored, as none of these tests asks for a password."""
    for login, roles in ROLES.items():
        AccountDocument(
            id=login,
            kind="staff",
            name=f"Cán bộ {login}",
            login=login,
            logins=[login],
            password_hash="-",
            stamp="s",
            roles=roles,
            created_at=clock.now(),
        ).save(force_insert=True)
    return {login: services.accounts.get(login) for login in ROLES}


@pytest.fixture
def visit(app, accounts, services):
    def start(who=None):
        client = app.test_client()
        if who is not None:
            account = accounts[who]
            with client.session_transaction() as kept:
                kept["_user_id"] = f"{account.key}.{account.stamp}"
                kept["sid"] = f"{who}-{next(_sessions)}"
                kept["_fresh"] = True
            services.sessions.open(kept["sid"], account.key, account.stamp)
        return Visitor(client)

    return start


@pytest.fixture
def written(visit, services):
    """The path of a draft of a fourth procedure, written by «soan»."""
    officer = visit("soan")
    officer.get("/quan-tri/ban-cau-hinh/them")
    officer.post("/quan-tri/ban-cau-hinh/them", text=TEXT)
    return place(services)


def place(services, code=CODE):
    version = services.definitions.versions(code)[-1]
    return f"/quan-tri/ban-cau-hinh/{code}/{version.id}"


@pytest.fixture
def officer(visit):
    """Who writes: signed in, with a token for any form of the registry."""
    made = visit("soan")
    made.get("/quan-tri/lo-trinh/")
    return made


@pytest.fixture
def reviewer(visit):
    """Who reviews, likewise."""
    made = visit("duyet")
    made.get("/quan-tri/cong-bo/")
    return made


@pytest.fixture
def province(services):
    """The services with a commune and a department."""
    some = {"phuong-to-hieu", "so-y-te"}
    services.agencies.add_missing(agency for agency in shipped_agencies() if agency.id in some)
    return services


@pytest.fixture
def desk(visit, services):
    """A draft of a shipped procedure, opened by «soan»."""

    def start(who="soan", fresh=True):
        visitor = visit(who)
        if fresh:
            text = services.definitions.text(services.definitions.versions(PROCEDURE)[0])
            visitor.get("/quan-tri/ban-cau-hinh/them")
            visitor.post("/quan-tri/ban-cau-hinh/them", text=text + "# cuối tệp\n")
        return Desk(visitor, services, PROCEDURE)

    return start
