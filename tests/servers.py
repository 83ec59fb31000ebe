"""One embedded database server for a whole test run, and a way to publish jobs through it."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from celery import Celery
from kombu.transport import mongodb as transport
from pymongo import MongoClient

from tthc.database import embedded
from tthc.tasks.app import make_celery


@contextmanager
def embedded_server(folder: Path) -> Iterator[int]:
    """Start the server on a free loopback port with its data under `folder`; yield the port; stop it by pid.

    It waits for no disk: this data is never read again after a crash. Tests that kill start servers of their own.
    """
    port = embedded.free_port()
    command = [word for word in embedded.command(folder / "db", port) if word != embedded.SYNC]
    with (folder / "database.log").open("wb") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

        def pause() -> bool:
            try:
                process.wait(timeout=0.02)
            except subprocess.TimeoutExpired:
                return True
            return False

        try:
            embedded.wait_until_ready(port, pause, 60, time.monotonic)
            yield port
        finally:
            process.kill()  # the data is thrown away: no orderly end is needed
            process.wait()


@contextmanager
def publisher(uri: str) -> Iterator[Celery]:
    """A Celery application that publishes through the database at `uri`, and every client it opened closed again.

    The transport never closes its clients; a process that ends does not care, a test run does.
    """
    opened: list[MongoClient] = []

    def client(**options: object) -> MongoClient:
        opened.append(MongoClient(**options))
        return opened[-1]

    made = make_celery(uri)
    with patch.object(transport, "MongoClient", client):
        yield made
    made.close()
    for each in opened:
        each.close()
