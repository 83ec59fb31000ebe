from collections.abc import Iterator
from pathlib import Path

import pytest
from people import Province, make_province
from playwright.sync_api import Browser
from pymongo.database import Database
from screens import DESK, PHONE, Person
from served import served

from tthc.agencies.data import shipped


@pytest.fixture
def mongo_database(emptied_database: Database) -> Database:
    return emptied_database


@pytest.fixture
def province(mongo_uri: str, mongo_database: Database, clock, tmp_path: Path) -> Province:
    """With all its agencies, since they fill lists and drop-downs."""
    made = make_province(mongo_uri, mongo_database, clock, tmp_path)
    made.services.agencies.add_missing(shipped())
    return made


@pytest.fixture
def base(province: Province) -> Iterator[str]:
    with served(province.app) as address:
        yield address


@pytest.fixture
def person(browser: Browser, base: str):
    """`person("phone")` or `person("desk")`: a new screen, nobody signed in; each page it opened is weighed."""
    opened: list[Person] = []

    def make(kind: str, **how: bool) -> Person:
        opened.append(Person(browser, base, PHONE if kind == "phone" else DESK, **how))
        return opened[-1]

    yield make
    for each in opened:
        each.close()
    for each in opened:
        each.scales.check()
