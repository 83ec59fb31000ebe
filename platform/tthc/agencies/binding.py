"""Lets MongoEngine use the connection the application already has, instead of opening one of its own."""

from typing import Any

import mongoengine
from pymongo import MongoClient
from pymongo.database import Database


class _Shared:
    """The application's client as MongoEngine sees it: all of it, except that closing is not MongoEngine's to do."""

    def __init__(self, client: MongoClient[dict[str, Any]]) -> None:
        self._client = client

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def __getitem__(self, name: str) -> Database[dict[str, Any]]:
        return self._client[name]

    def close(self) -> None:
        """Left to the application."""


def bind(database: Database[dict[str, Any]]) -> None:
    """Make `database` the one that every MongoEngine document of this process reads and writes.

    Called once by the application, before the first document is used; calling it again moves all documents to
    the other database.
    """
    mongoengine.disconnect()
    mongoengine.connect(
        database.name, uuidRepresentation="standard", mongo_client_class=lambda **_: _Shared(database.client)
    )
