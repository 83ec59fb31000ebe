"""What a message is, and what its template may speak of."""

from dataclasses import dataclass
from typing import Final

CHANNELS: Final = ("portal", "email", "sms")
SMS_LENGTH: Final = 160  # one message of the 7-bit alphabet: letters without diacritics

# What every notice carries: instants as ISO text, money in whole đồng. `link` is the dossier's page, `site` its start.
USUAL: Final = frozenset(
    {
        "agency",
        "agency_address",
        "agency_phone",
        "applicant",
        "code",
        "dossier",
        "due",
        "link",
        "owed",
        "procedure",
        "procedure_name",
        "receive_by",
        "reference",
        "site",
    }
)

# What an event adds.
EXTRA: Final = frozenset(
    {
        "again",
        "amount",
        "asked",
        "content",
        "days",
        "early",
        "former_agency",
        "granted",
        "intake_due",
        "owed_before_acceptance",
        "paper",
        "papers",
        "place",
        "previous",
        "promised",
        "reason",
        "recipient",
        "request",
        "rule",
        "sent",
        "silent",
        "since",
        "source",
        "stops",
        "task",
        "transaction",
        "until",
        "why",
    }
)

DATA_KEYS: Final = USUAL | EXTRA


class MessageError(ValueError):
    """A notice that cannot be put into words: an unknown template, channel or datum, or one that is missing."""


@dataclass(frozen=True, slots=True)
class Message:
    """`subject` is empty for a text message."""

    subject: str
    body: str
