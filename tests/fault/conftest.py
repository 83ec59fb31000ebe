"""The whole product in a folder of its own, ended in good order afterwards."""

import pytest

from tests.fault.running import Running


@pytest.fixture
def running(tmp_path):
    system = Running(tmp_path)
    try:
        yield system.ready()
    finally:
        forced = system.end()
    assert not forced
