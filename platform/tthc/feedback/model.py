"""What somebody said, where it stands and everything that was done about it (Đ17.2, Đ18)."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final, Literal

from rules.i18n import noted
from tthc.dossiers.references import ALPHABET

Kind = Literal["feedback", "question"]
Channel = Literal["portal", "email", "hotline", "paper"]

KINDS: Final[Mapping[str, str]] = {
    "feedback": noted("Phản ánh, kiến nghị"),
    "question": noted("Câu hỏi"),
}
CHANNELS: Final[Mapping[str, str]] = {
    "portal": "Cổng dịch vụ công",  # vi: officials read it
    "email": "Thư điện tử",  # vi: officials read it
    "hotline": "Đường dây nóng",  # vi: officials read it
    "paper": "Văn bản giấy",  # vi: officials read it
}


class State(StrEnum):
    """`OPEN`: an answer is owed; `ANSWERED`: it was sent; `PUBLISHED`: it is shown to all as well."""

    OPEN = "open"
    ANSWERED = "answered"
    PUBLISHED = "published"


STATE_LABELS: Final[Mapping[State, str]] = {
    State.OPEN: noted("Đang xử lý"),
    State.ANSWERED: noted("Đã trả lời"),
    State.PUBLISHED: noted("Đã trả lời và công khai"),
}


@dataclass(frozen=True, slots=True)
class Sender:
    """Who said it. `account`: of whom was signed in; a telephone or an address is where the answer goes."""

    name: str
    phone: str = ""
    email: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done: `what` in Vietnamese for the trail, `by` whom."""

    at: datetime
    by: str
    what: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Another agency was asked to help with the answer; `reply` is empty until it did."""

    agency: str
    question: str
    reply: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """`agency`: who answers; `due`: by when (Đ18); `public_text`, `public_answer`: what all may read, without personal data;
    `reminded`: of what the leader was told while it waited (`tthc.feedback.reminders`).
    """

    id: str
    version: int
    kind: Kind
    channel: Channel
    subject: str
    text: str
    sender: Sender
    agency: str
    received_at: datetime
    due: datetime
    state: State = State.OPEN
    handler: str = ""
    asked: tuple[Asked, ...] = ()
    answer: str = ""
    answered_at: datetime | None = None
    public_text: str = ""
    public_answer: str = ""
    history: tuple[Act, ...] = ()
    reminded: tuple[str, ...] = ()

    def overdue(self, now: datetime) -> bool:
        """An answer is still owed past its day, or came past it."""
        return (self.answered_at or now) > self.due


def new_id() -> str:
    """`PA-7K3Q-9F2D-AC4E`: cannot be guessed, easy to read out."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(12))
    return f"PA-{signs[:4]}-{signs[4:8]}-{signs[8:]}"


def id_of_press(pressed: str, typed: Iterable[str]) -> str:
    """The same for one press of one button with the same words, however often it arrives. `pressed`: random, from the form."""
    digest = sha256("\0".join((pressed, *typed)).encode()).digest()
    signs = "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:12])
    return f"PA-{signs[:4]}-{signs[4:8]}-{signs[8:]}"


def read_id(text: str) -> str:
    """What a person typed, in its proper form; what is none comes back as it cannot be found."""
    signs = "".join(c for c in text.upper() if c.isalnum()).removeprefix("PA")[:12]
    return f"PA-{signs[:4]}-{signs[4:8]}-{signs[8:]}"
