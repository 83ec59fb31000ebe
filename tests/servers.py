"""A way to publish jobs through the database server of a test run."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from celery import Celery
from kombu.transport import mongodb as transport
from pymongo import MongoClient

from tthc.tasks.app import make_celery


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
