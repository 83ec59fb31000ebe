import errno
import shutil
import socket
from collections import namedtuple

import pytest

from tthc.database import embedded
from tthc.settings import Settings
from tthc.supervisor import checks
from tthc.supervisor.failures import Exit, StartError

Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 - as shutil's own


def refused(code, check, *arguments):
    with pytest.raises(StartError) as caught:
        check(*arguments)
    assert caught.value.code is code
    assert "\n" not in caught.value.message
    return caught.value.message


def test_a_folder_with_room_is_accepted_and_left_clean(tmp_path):
    checks.storage(tmp_path / "var")
    assert sorted(entry.name for entry in (tmp_path / "var").iterdir()) == ["log"]


def test_a_disk_almost_full_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9, 5 * 1024**2))
    assert "chỉ còn 5 MB" in refused(Exit.STORAGE, checks.storage, tmp_path)


def test_a_disk_quite_full_is_refused(tmp_path, monkeypatch):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert "đã đầy" in refused(Exit.STORAGE, checks.storage, tmp_path)


def test_a_free_port_is_accepted():
    assert checks.port("127.0.0.1", embedded.free_port()) is None


def test_a_busy_port_is_refused():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        assert f"Cổng {number}" in refused(Exit.PORT, checks.port, "127.0.0.1", number)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "1024 trở lên"),
        (errno.EADDRNOTAVAIL, "địa chỉ của máy này"),
        (errno.EIO, "Không mở được"),
    ],
)
def test_other_troubles_with_a_port_are_told_apart(monkeypatch, number, words):
    def bind(*_):
        raise OSError(number, "x")

    monkeypatch.setattr(socket.socket, "bind", bind)
    assert words in refused(Exit.PORT, checks.port, "127.0.0.1", 80)


def test_a_host_that_is_no_address_is_refused(monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert "không phải là một địa chỉ máy" in refused(Exit.PORT, checks.port, "không có", 8000)


def settings(tmp_path, uri):
    return Settings.load({"TTHC_VAR": str(tmp_path), "MONGODB_URI": uri})


@pytest.mark.database
def test_a_database_that_answers_is_accepted(tmp_path, mongo_uri):
    assert checks.database(settings(tmp_path, mongo_uri)) is None


def test_an_address_that_cannot_be_read_is_refused(tmp_path):
    message = refused(Exit.DATABASE, checks.database, settings(tmp_path, "mongodb://host:port"))
    assert "MONGODB_URI" in message
