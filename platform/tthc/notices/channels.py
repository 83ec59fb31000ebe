"""The ways a notice may go, behind one interface."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from renderers.messages import Message


class DeliveryError(Exception):
    """Not handed over; the message says why, for the log and the official. It is tried again."""


@dataclass(frozen=True, slots=True)
class Health:
    """Whether a way is set up. `local`: messages stay in this installation, nobody outside gets them."""

    channel: str
    ok: bool
    local: bool
    message: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message on its way. `id` is the outbox entry's: whoever gets it twice may throw the second away."""

    id: str
    dossier: str
    template: str
    to: str
    message: Message
    link: str = ""


class Channel(Protocol):
    def send(self, parcel: Parcel, now: datetime) -> None:
        """Hand over, or raise `DeliveryError`. Sending the same parcel again does nothing where that can be known."""
        ...

    def check_config(self) -> Health: ...


class Inbox:
    """The portal's own inbox: rows of the collection `inbox`, one an entry, read by whoever holds the address.

    An address is an account's id, or `<function>@<agency>` for whoever holds that function there.
    """

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self.rows = database["inbox"]

    def send(self, parcel: Parcel, now: datetime) -> None:
        _once(self.rows, parcel, now, {"read_at": None})

    def check_config(self) -> Health:
        return Health("portal", ok=True, local=False, message="Thông báo hiện trong hộp thư của cổng.")


class Mailbox:
    """Stands in for e-mail or text messages where none is set up: rows of the collection `mailbox`."""

    def __init__(self, database: Database[dict[str, Any]], channel: str) -> None:
        self.rows = database["mailbox"]
        self._channel = channel

    def send(self, parcel: Parcel, now: datetime) -> None:
        _once(self.rows, parcel, now, {"channel": self._channel})

    def check_config(self) -> Health:
        words = {"email": "Chưa đặt SMTP_HOST: thư điện tử", "sms": "Chưa đặt SMS_URL: tin nhắn"}
        kept = f"{words.get(self._channel, self._channel)} chỉ nằm trong hộp thư thử, không đến người nhận."
        return Health(self._channel, ok=True, local=True, message=kept)


def _once(rows: Any, parcel: Parcel, now: datetime, more: dict[str, Any]) -> None:
    """The row's `_id` is the entry's: a worker that died after writing it is followed by one that finds it there."""
    row = {
        "_id": parcel.id,
        "dossier": parcel.dossier,
        "template": parcel.template,
        "to": parcel.to,
        "subject": parcel.message.subject,
        "body": parcel.message.body,
        "link": parcel.link,
        "at": now,
        **more,
    }
    try:
        rows.insert_one(row)
    except DuplicateKeyError:
        return
