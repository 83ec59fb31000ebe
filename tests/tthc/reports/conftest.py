"""A commune with dossiers of every kind in it, told once for all tests of its reports."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "dossiers"))

import pytest
from people import make_province
from reported import NOW, fill

from tthc.clock import ManualClock


@pytest.fixture(scope="module")
def reported(mongo_client, mongo_port, tmp_path_factory):
    """The province at 08:00 on 23/11/2026, its commune's dossiers as `reported.fill` tells them."""
    from tthc.database import embedded

    name = "test_reports"
    province = make_province(
        embedded.uri(mongo_port, name),
        mongo_client[name],
        ManualClock(NOW),
        tmp_path_factory.mktemp("reports"),
    )
    fill(province.services)
    yield province
    mongo_client.drop_database(name)
