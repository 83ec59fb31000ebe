"""Citizens' own accounts over the whole application, on a database whose collections stay from test to test."""

import re
from pathlib import Path

import pytest
from people import Province, make_province
from pymongo.database import Database


@pytest.fixture
def province(mongo_uri: str, emptied_database: Database, clock, tmp_path: Path) -> Province:
    return make_province(mongo_uri, emptied_database, clock, tmp_path)


@pytest.fixture
def letters(province: Province):
    """Bodies of the letters to an address, the newest last, once the worker has sent what waits."""

    def read(contact: str) -> list[str]:
        province.services.outbox_worker.run_once()
        rows = province.services.database["mailbox"].find({"to": contact, "dossier": ""}).sort("at", 1)
        return [row["body"] for row in rows]

    return read


@pytest.fixture
def code(letters):
    """The code in the newest letter to an address."""

    def read(contact: str) -> str:
        found = re.search(r"\b(\d{6})\b", letters(contact)[-1])
        assert found, letters(contact)[-1]
        return found.group(1)

    return read
