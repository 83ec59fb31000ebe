"""Who has the paper original, and the hand-over from reception to whoever solves (Đ12.3; NĐ 61/2018 Điều 18)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

Place = Literal["reception", "unit", "examiner", "leader", "clerk", "archived", "returned"]

PLACES: Final[Mapping[Place, str]] = {
    "reception": "Bộ phận Tiếp nhận và Trả kết quả",
    "unit": "Phòng chuyên môn",
    "examiner": "Chuyên viên thụ lý",
    "leader": "Lãnh đạo cơ quan",
    "clerk": "Văn thư",
    "archived": "Đã lưu trữ",
    "returned": "Đã trả người nộp",
}

FUNCTION_OF: Final[Mapping[Place, str]] = {
    "reception": "tiep_nhan",
    "unit": "lanh_dao_phong",
    "examiner": "tham_dinh",
    "leader": "phe_duyet",
    "clerk": "van_thu",
}
"""Who works at a place; nobody at the last two."""


@dataclass(frozen=True, slots=True)
class Original:
    """The paper original. `holder`: an account's id, empty where nobody in particular has it; `since`: when it came there."""

    place: Place
    since: datetime
    holder: str = ""
    holder_name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Destination:
    """To whom a dossier goes from reception: a function in an agency, by the name people read."""

    place: Place
    function: str
    agency: str
    name: str


@dataclass(frozen=True, slots=True)
class HandoverState:
    """A hand-over as it stands. `due`: by when it was to be given (Đ18); `with_original`: the paper went along; `taken_at`:
    `None` until the receiver confirms.
    """

    to: Destination
    due: datetime
    given_at: datetime
    given_by: str
    given_by_name: str
    with_original: bool
    note: str = ""
    taken_at: datetime | None = None
    taken_by: str = ""
    taken_by_name: str = ""

    @property
    def late(self) -> bool:
        return self.given_at > self.due


def place_of(function: str) -> Place:
    """Where the paper lies that a function has."""
    return next((place for place, own in FUNCTION_OF.items() if own == function), "unit")
