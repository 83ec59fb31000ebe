"""The embedded MongoDB-compatible server (`secantusd-py`): how to call it, and when it answers.

It is a separate program with a licence of its own (GPL), so it is only ever started, never imported.
`--sync-on-commit` makes an acknowledged `j: true` write survive `kill -9`.
"""

import shutil
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from pymongo import MongoClient
from pymongo.errors import PyMongoError

HOST = "127.0.0.1"
PROGRAM = "secantusd-py"
DATABASE = "tthc"
SYNC = "--sync-on-commit"


class EmbeddedDatabaseError(RuntimeError):
    """The server is not installed, or did not answer in time. The message is a sentence for the operator."""


def program() -> Path:
    """Path of the server's executable: beside the running interpreter, else on PATH."""
    beside = Path(sys.executable).parent / PROGRAM
    if beside.is_file():
        return beside
    found = shutil.which(PROGRAM)
    if found is None:
        raise EmbeddedDatabaseError(
            f"Chưa cài máy chủ dữ liệu kèm theo ({PROGRAM}); hãy chạy “make setup” hoặc đặt MONGODB_URI."
        )
    return Path(found)


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    assert isinstance(port, int)
    return port


def command(storage: Path, port: int) -> list[str]:
    """Command line that serves `storage` on `port`.

    A configuration file is always named, so that one lying in the home or working folder changes nothing;
    it is written here, empty, beside the data.
    """
    storage.mkdir(parents=True, exist_ok=True)
    config = storage.with_suffix(".toml")
    config.write_text("", encoding="utf-8")
    arguments = {
        "--config": config,
        "--host": HOST,
        "--port": port,
        "--storage-path": storage,
        "--cache-size": "256M",
        "--log-level": "WARNING",
    }
    line = [str(program()), SYNC]
    for flag, value in arguments.items():
        line += [flag, str(value)]
    return line


def uri(port: int, database: str = DATABASE) -> str:
    """Address for drivers: one known server, so no discovery of a replica set."""
    return f"mongodb://{HOST}:{port}/{database}?directConnection=true&serverSelectionTimeoutMS=5000"


def listens(port: int, host: str = HOST) -> bool:
    """Whether somebody accepts connections on the port."""
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False


def wait_until_ready(port: int, pause: Callable[[], bool], seconds: float, now: Callable[[], float]) -> None:
    """Return when the server answers `ping`.

    `pause` waits a moment and tells whether the process still lives; `now` is a monotonic clock in seconds.
    Raises EmbeddedDatabaseError when the process ended or the time is over.
    """
    limit = now() + seconds
    while not listens(port):
        if not pause():
            raise EmbeddedDatabaseError("Máy chủ dữ liệu kèm theo đã dừng ngay khi khởi động.")
        if now() > limit:
            raise EmbeddedDatabaseError(f"Máy chủ dữ liệu kèm theo không trả lời sau {seconds:.0f} giây.")
    client: MongoClient[dict[str, object]] = MongoClient(
        uri(port), serverSelectionTimeoutMS=int(seconds * 1000)
    )
    try:
        client.admin.command("ping")
    except PyMongoError as error:
        raise EmbeddedDatabaseError(f"Máy chủ dữ liệu kèm theo không trả lời: {error}") from error
    finally:
        client.close()
