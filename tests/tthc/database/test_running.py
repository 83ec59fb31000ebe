"""The address of the embedded server of a running system, found by whoever works beside it."""

import socket

from tthc.database import embedded, running
from tthc.settings import Settings


def settings(tmp_path, **more):
    return Settings.load({"TTHC_VAR": str(tmp_path), **more})


def test_where_nothing_runs_there_is_no_address(tmp_path):
    assert running.found(settings(tmp_path)).mongodb_uri is None


def test_what_listens_is_found_for_its_own_user_alone(tmp_path):
    with socket.create_server((embedded.HOST, 0)) as server:
        port = server.getsockname()[1]
        running.tell(tmp_path, port)
        assert (tmp_path / running.FILE).stat().st_mode & 0o777 == 0o600
        assert running.found(settings(tmp_path)).mongodb_uri == embedded.uri(port)
        running.forget(tmp_path)
        assert running.found(settings(tmp_path)).mongodb_uri is None


def test_what_a_crash_left_behind_is_not_believed(tmp_path):
    running.tell(tmp_path, embedded.free_port())
    assert running.found(settings(tmp_path)).mongodb_uri is None
    (tmp_path / running.FILE).write_text("cổng", encoding="utf-8")
    assert running.found(settings(tmp_path)).mongodb_uri is None


def test_an_address_that_is_given_comes_first(tmp_path):
    with socket.create_server((embedded.HOST, 0)) as server:
        running.tell(tmp_path, server.getsockname()[1])
        given = settings(tmp_path, MONGODB_URI="mongodb://somewhere/tthc")
        assert running.found(given).mongodb_uri == "mongodb://somewhere/tthc"
