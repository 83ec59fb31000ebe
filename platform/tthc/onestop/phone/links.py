"""Addresses to which a telephone sends photographs: short-lived, for one draft, kept only as a checksum.

The token is made from the link's id and the site's secret key, so the desk can draw its QR code again while the link
lasts, and the database, whoever reads it, opens nothing.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from pymongo import ASCENDING, DESCENDING
from pymongo.database import Database

from rules.calendar import TZ

LASTS: Final = timedelta(minutes=15)
KEPT: Final = timedelta(days=1)
MOST_FILES: Final = 60
"""Files that one link takes in all: a thick dossier, and no more."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One file that came by a link. `shown`: its name, as the telephone's page tells it."""

    paper: str
    sha256: str
    shown: str


@dataclass(frozen=True, slots=True)
class Link:
    """`owner`: the account of the official whose draft `application` is; `agency`: where that official works on it."""

    id: str
    application: str
    owner: str
    agency: str
    until: datetime
    sent: tuple[Sent, ...] = ()
    taken: int = 0

    def of(self, paper: str) -> tuple[Sent, ...]:
        return tuple(one for one in self.sent if one.paper == paper)


class PhoneLinks:
    """One living link a draft: a new one ends the one before."""

    def __init__(self, database: Database[dict[str, Any]], secret_key: str) -> None:
        self._rows = database["phone_links"]
        self._key = secret_key.encode()

    def ensure_indexes(self) -> None:
        self._rows.create_index([("token", ASCENDING)], unique=True)
        self._rows.create_index([("application", ASCENDING), ("until", DESCENDING)])

    def make(self, *, application: str, owner: str, agency: str, now: datetime) -> Link:
        self.stop(application, owner, now)
        self._rows.delete_many({"until": {"$lt": now - KEPT}})
        link = Link(secrets.token_hex(16), application, owner, agency, now + LASTS)
        self._rows.insert_one(
            {
                "_id": link.id,
                "token": _digest(self.token(link)),
                "application": application,
                "owner": owner,
                "agency": agency,
                "made_at": now,
                "until": link.until,
                "sent": [],
                "taken": 0,
            }
        )
        return link

    def token(self, link: Link) -> str:
        """What the address ends with; 256 bits that nobody guesses."""
        made = hmac.new(self._key, b"phone-link:" + link.id.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(made).decode().rstrip("=")

    def living(self, application: str, owner: str, now: datetime) -> Link | None:
        """The link of a draft that still takes photographs."""
        row = self._rows.find_one({"application": application, "owner": owner, "until": {"$gt": now}})
        return _link(row) if row else None

    def by_token(self, token: str, now: datetime) -> Link | None:
        """`None` alike for a token that never was, that is over and that was stopped."""
        row = self._rows.find_one({"token": _digest(token), "until": {"$gt": now}})
        return _link(row) if row else None

    def stop(self, application: str, owner: str, now: datetime) -> None:
        """End what still lives; it was good until now."""
        self._rows.update_many(
            {"application": application, "owner": owner, "until": {"$gt": now}}, {"$set": {"until": now}}
        )

    def take(self, link: Link, files: int, now: datetime) -> bool:
        """Reserve room for so many files, in one step, so that two telephones together send no more than one may."""
        written = self._rows.update_one(
            {"_id": link.id, "until": {"$gt": now}, "taken": {"$lte": MOST_FILES - files}},
            {"$inc": {"taken": files}},
        )
        return bool(written.matched_count)

    def told(self, link: Link, sent: Sent) -> None:
        """Keep what came, for the telephone's own page."""
        row = {"paper": sent.paper, "sha256": sent.sha256, "shown": sent.shown}
        self._rows.update_one({"_id": link.id}, {"$push": {"sent": row}})

    def joined(self, link: Link, paper: str, gone: tuple[str, ...]) -> None:
        """The photographs that went into one file are no longer files of their own."""
        self._rows.update_one(
            {"_id": link.id}, {"$pull": {"sent": {"paper": paper, "sha256": {"$in": list(gone)}}}}
        )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _link(row: Mapping[str, Any]) -> Link:
    return Link(
        id=row["_id"],
        application=row["application"],
        owner=row["owner"],
        agency=row["agency"],
        until=row["until"].astimezone(TZ),
        sent=tuple(Sent(one["paper"], one["sha256"], one["shown"]) for one in row["sent"]),
        taken=int(row["taken"]),
    )
