from collections.abc import Iterator
from pathlib import Path

import pytest
from people import Province, make_province
from pymongo.database import Database
from small_desk import Kernel


@pytest.fixture
def mongo_database(emptied_database: Database) -> Database:
    return emptied_database


@pytest.fixture
def province(mongo_uri: str, mongo_database: Database, clock, tmp_path: Path) -> Iterator[Province]:
    return make_province(mongo_uri, mongo_database, clock, tmp_path)


@pytest.fixture
def kernel(province: Province) -> Kernel:
    return Kernel(province)
