"""What of the figures the public is told, one definition of each (Đ25.1 made open; law.md 2.1.8). Pure.

Counts are those of Biểu II.06a (`tthc.measures.form_06a`); the only figure made of them is the share on time. No row
tells of a person: a row is an agency's or a sector's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rules.i18n import noted
from tthc.measures.form_06a import Row06a
from tthc.measures.meaning import MEASURES

SHOWN: Final = ("accepted", "online", "solved", "solved_in_time", "late", "open", "overdue")
"""The columns, by the names of `tthc.measures.meaning` where they are measures there."""
RATE: Final = "on_time_percent"
NAMES: Final[Mapping[str, str]] = {
    **{name: MEASURES[name].name for name in SHOWN},
    "solved_in_time": noted("Giải quyết đúng hạn"),
    "late": noted("Giải quyết quá hạn"),
    "open": noted("Đang giải quyết"),
    "overdue": noted("Đang quá hạn"),
    RATE: noted("Tỷ lệ đúng hạn (%)"),
}
COUNTS: Final[Mapping[str, str]] = {
    **{name: MEASURES[name].counts for name in SHOWN},
    RATE: noted(
        "Giải quyết đúng hạn (gồm trước hạn) trên tổng số đã giải quyết, làm tròn xuống một chữ số thập phân; kỳ không "
        "có hồ sơ nào giải quyết xong thì để trống."
    ),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A group's figures. `rate`: percent, rounded down to a tenth so that 100 is said of all alone; none of nothing."""

    id: str
    name: str
    accepted: int
    online: int
    solved: int
    solved_in_time: int
    late: int
    open: int
    overdue: int

    @property
    def rate(self) -> float | None:
        return None if not self.solved else (1000 * self.solved_in_time // self.solved) / 10


def figure(row: Row06a) -> Figure:
    return Figure(
        row.sector,
        row.sector_name,
        accepted=row.online + row.direct,
        online=row.online,
        solved=row.solved,
        solved_in_time=row.early + row.on_time,
        late=row.late,
        open=row.open,
        overdue=row.overdue,
    )


def figures(rows: Sequence[Row06a]) -> tuple[Figure, ...]:
    return tuple(figure(row) for row in rows)
