"""Files in which malware was found after they had been taken: where in a dossier they are, and how that is said (Đ9.1e)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["paper", "field", "document"]

COVERED = "Giấy tờ nhạy cảm (đang che)"


@dataclass(frozen=True, slots=True)
class BlockedPlace:
    """`target`: a paper's id, a field's path, or a document's id; `name`: as people call it; `sensitive`: officials see it
    covered; `own`: it was handed in for the applicant, not made by the agency.
    """

    kind: Kind
    target: str
    name: str
    sensitive: bool = False
    own: bool = True


@dataclass(frozen=True, slots=True)
class Blocked:
    """`malware`: its name as the scanner has it; `file`: the file's own name; `at`: when people were told."""

    sha256: str
    file: str
    malware: str
    places: tuple[BlockedPlace, ...]
    at: datetime


def names(places: Sequence[BlockedPlace], *, staff: bool) -> str:
    """The places as one phrase; `staff`: to officials, from whom what is sensitive is covered."""
    said = [COVERED if staff and place.sensitive else place.name for place in places]
    return ", ".join(dict.fromkeys(said))
