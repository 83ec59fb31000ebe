"""Events of papers and results that go from hand to hand (Đ12.3, Đ15); part of `events`."""

from dataclasses import dataclass
from datetime import datetime

from tthc.dossiers.custody import Destination, Place


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Reception handed a paper dossier over. `due`: by when it was to (NĐ 61/2018 Đ18); `giver`: as they were called;
    `with_original`: the paper was at hand and went along.
    """

    to: Destination
    due: datetime
    giver: str
    with_original: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class TakenOver:
    """Whoever it was handed to has it; `name`: as they were called."""

    name: str


@dataclass(frozen=True, slots=True)
class OriginalMoved:
    """The paper original is at `place` from now on; `holder`: an account's id, or empty."""

    place: Place
    holder: str
    holder_name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class HandedToPost:
    """The result went off by post; it is the applicant's once it is delivered."""

    tracking: str
    carrier: str


@dataclass(frozen=True, slots=True)
class ReturnCorrected:
    """What was recorded of the return was wrong. `before`, `former_recipient`: as it was recorded."""

    before: datetime
    after: datetime
    former_recipient: str
    recipient: str
    reason: str
