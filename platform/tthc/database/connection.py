"""Connections to MongoDB: aware datetimes, and writes acknowledged only when they are on disk of a majority."""

from collections.abc import Mapping
from typing import Any

import mongoengine
from pymongo import MongoClient
from pymongo.database import Database
from pymongo.errors import ConfigurationError, InvalidName, InvalidURI, PyMongoError
from pymongo.uri_parser import parse_uri

from tthc.database.embedded import DATABASE

Document = dict[str, Any]
SELECTION_SECONDS = 5
ALIAS = "default"


class DatabaseUnreachableError(RuntimeError):
    """The address is wrong or nobody answers there. The message is a sentence for the operator."""


def options() -> Mapping[str, Any]:
    """What every connection of this program has in common."""
    return {
        "tz_aware": True,
        "w": "majority",
        "journal": True,
        "uuidRepresentation": "standard",
        "serverSelectionTimeoutMS": SELECTION_SECONDS * 1000,
        "appname": "tthc",
    }


def connect(uri: str) -> MongoClient[Document]:
    """A client for `uri`; nothing is sent yet. Raises DatabaseUnreachableError for an address that cannot be read."""
    try:
        return MongoClient(uri, **options())
    except (ConfigurationError, InvalidURI, InvalidName, ValueError) as error:
        raise DatabaseUnreachableError(
            f"MONGODB_URI không đúng cú pháp ({error}); mẫu: mongodb://máy-chủ:27017/tthc."
        ) from error


def database(client: MongoClient[Document]) -> Database[Document]:
    """The database named in the address, else `tthc`."""
    return client.get_default_database(DATABASE)


def check(client: MongoClient[Document], shown: str) -> None:
    """Return when the server answers and may be written to.

    `shown` is how the address is named to the operator (never with its password).
    Raises DatabaseUnreachableError within SELECTION_SECONDS.
    """
    try:
        hello = client.admin.command("hello")
        database(client).list_collection_names(filter={"name": "tthc"})
    except PyMongoError as error:
        raise DatabaseUnreachableError(_explain(shown, error)) from error
    if not hello.get("isWritablePrimary", False):
        raise DatabaseUnreachableError(
            f"Máy chủ dữ liệu {shown} chỉ cho đọc; hãy trỏ MONGODB_URI tới máy chủ chính."
        )


def _explain(shown: str, error: PyMongoError) -> str:
    code = getattr(error, "code", None)
    if code in {13, 18}:  # Unauthorized, AuthenticationFailed
        return f"Máy chủ dữ liệu {shown} từ chối tài khoản trong MONGODB_URI; hãy kiểm tra tên và mật khẩu."
    return (
        f"Không kết nối được máy chủ dữ liệu {shown} trong {SELECTION_SECONDS} giây; "
        "hãy kiểm tra MONGODB_URI và máy chủ đó."
    )


def shown(uri: str) -> str:
    """The hosts of an address, without user and password."""
    try:
        nodes = parse_uri(uri, connect_timeout=SELECTION_SECONDS)["nodelist"]
    except (ConfigurationError, InvalidURI, ValueError):
        return "(địa chỉ sai)"
    return ", ".join(f"{host}:{port}" for host, port in nodes)


def register_mongoengine(uri: str) -> None:
    """Let the mongoengine documents of this process use `uri`; a second call replaces the first."""
    mongoengine.disconnect(ALIAS)
    name = parse_uri(uri)["database"] or DATABASE
    mongoengine.connect(db=name, host=uri, alias=ALIAS, **options())
