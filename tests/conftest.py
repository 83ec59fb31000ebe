"""What every test may ask for: a clock that stands still, and a fresh database on an embedded server."""

import itertools
import os
import shutil
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from pymongo import MongoClient
from pymongo.database import Database
from screens import FLAGS

from tthc.clock import TZ, ManualClock
from tthc.database import embedded, throwaway

_numbers = itertools.count(1)

# where the set-up puts engines from npm that tests ask for a second opinion
_modules = Path(sys.prefix) / "node" / "node_modules"
if _modules.is_dir():
    os.environ.setdefault("NODE_PATH", str(_modules))


@pytest.fixture
def clock() -> ManualClock:
    """A clock standing at 08:00 on Monday 23/11/2026, Việt Nam time; move it with `advance` or `set`."""
    return ManualClock(datetime(2026, 11, 23, 8, 0, tzinfo=TZ))


@pytest.fixture
def now(clock: ManualClock) -> datetime:
    """The instant at which `clock` stands when the test begins."""
    return clock.now()


@pytest.fixture(scope="session")
def mongo_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Port of the embedded database server, started when the first test asks for it."""
    with throwaway.server(tmp_path_factory.mktemp("database")) as port:
        yield port


@pytest.fixture(scope="session")
def mongo_client(mongo_port: int) -> Iterator[MongoClient]:
    client = MongoClient(embedded.uri(mongo_port), tz_aware=True, w="majority", journal=True)
    yield client
    client.close()


@pytest.fixture
def mongo_database(mongo_client: MongoClient) -> Iterator[Database]:
    """An empty database of this test alone; dropped afterwards."""
    name = f"test_{next(_numbers)}"
    yield mongo_client[name]
    mongo_client.drop_database(name)


@pytest.fixture(scope="session")
def furnished_database(mongo_client: MongoClient) -> Iterator[Database]:
    """See `emptied_database`."""
    yield mongo_client["test_furnished"]
    mongo_client.drop_database("test_furnished")


@pytest.fixture
def emptied_database(furnished_database: Database) -> Iterator[Database]:
    """A database without a document whose collections and indexes stay from test to test: making those of the whole
    application takes longer than most tests of it. A folder whose tests run on it says so in its conftest.
    """
    yield furnished_database
    for name in furnished_database.list_collection_names():
        furnished_database[name].delete_many({})


@pytest.fixture
def mongo_uri(mongo_port: int, mongo_database: Database) -> str:
    """Address of the same database as `mongo_database`, for code that connects by itself."""
    return embedded.uri(mongo_port, mongo_database.name)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; one for all tests, since Playwright starts once a process."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        yield browser
        browser.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first: at the end, one process would be left with it and the others with nothing."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)
