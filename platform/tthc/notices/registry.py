"""Which channel carries what in this installation: the real one where it is set up, else the local one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pymongo.database import Database

from tthc.notices.channels import Channel, DeliveryError, Health, Inbox, Mailbox
from tthc.notices.mail import SmtpChannel
from tthc.notices.sms import SmsGateway
from tthc.settings import Settings


@dataclass(frozen=True, slots=True)
class Channels:
    by_name: Mapping[str, Channel]

    def get(self, name: str) -> Channel:
        channel = self.by_name.get(name)
        if channel is None:
            raise DeliveryError(f"Không có kênh thông báo “{name}”.")
        return channel

    def check_config(self) -> tuple[Health, ...]:
        """The state of every channel, for the administration's page and `/readyz`."""
        return tuple(channel.check_config() for channel in self.by_name.values())


def channels(settings: Settings, database: Database[dict[str, Any]]) -> Channels:
    return Channels(
        {
            "portal": Inbox(database),
            "email": SmtpChannel(settings.smtp) if settings.smtp else Mailbox(database, "email"),
            "sms": SmsGateway(settings.sms) if settings.sms else Mailbox(database, "sms"),
        }
    )
