"""Sổ theo dõi hồ sơ (law.md 2.6): the columns of the form, each from the dossier and its history."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from renderers.sheets import Column, Table
from renderers.text import mask_number
from tthc.agencies.model import Agency
from tthc.dossiers.codec import from_data
from tthc.dossiers.state import Applicant
from tthc.measures.life import Life
from tthc.measures.periods import Period
from tthc.reports import kept
from tthc.services import Services

PAGE: Final = 50
_BATCH: Final = 500
_WAYS: Final = {"counter": "Tại quầy", "post": "Qua bưu chính", "online": "Trực tuyến"}
_DATES: Final = "Ngày, tháng, năm"
_RETURN: Final = "Trả kết quả"
_COLUMNS: Final = (
    Column("TT", "number", width=5),
    Column("Mã hồ sơ", width=26),
    Column("Tên thủ tục", width=32),
    Column("Số lượng (bộ)", "number", width=8),
    Column("Tên cá nhân, tổ chức", width=24),
    Column("Địa chỉ, số điện thoại", width=32),
    Column("Cơ quan chủ trì giải quyết", width=22),
    Column("Tiếp nhận", "instant", _DATES, width=16),
    Column("Hẹn trả kết quả", "instant", _DATES, width=16),
    Column("Chuyển đến cơ quan giải quyết", "instant", _DATES, width=16),
    Column("Nhận kết quả", "instant", _DATES, width=16),
    Column("Ngày, tháng, năm", "instant", _RETURN, width=16),
    Column("Phương thức nhận", group=_RETURN, width=14),
    Column("Ký nhận", group=_RETURN, width=18),
    Column("Ghi chú", width=24),
)
_FIELDS: Final = (
    "procedure_name",
    "applicant",
    "receive_by",
    "returned_by",
    "recipient",
    "status",
    "ended_at",
    "deadline",
)
_SETS: Final = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A dossier in the register. `due`: the date in force; `note`: what moved it, and how it ended otherwise."""

    id: str
    code: str
    procedure: str
    applicant: Applicant
    accepted_at: datetime
    due: datetime | None
    passed_on_at: datetime | None
    result_at: datetime | None
    returned_at: datetime | None
    way: str
    recipient: str
    note: str


def page(
    s: Services, agency: Agency, start: datetime, end: datetime, after: str
) -> tuple[tuple[Line, ...], str]:
    """A page of those accepted in [start, end), the earliest first, and the key of the next. Raises ValueError for a
    key that is none.
    """
    last = _key(after)
    lives = s.lives.accepted(agency.id, start, end, after=last, limit=PAGE + 1)
    following = _written(lives[PAGE - 1]) if len(lives) > PAGE else ""
    return tuple(_lines(s, lives[:PAGE])), following


def every(s: Services, agency: Agency, start: datetime, end: datetime) -> tuple[Line, ...]:
    """The whole of it, for a file."""
    found: list[Line] = []
    last: tuple[int, str] | None = None
    while True:
        lives = s.lives.accepted(agency.id, start, end, after=last, limit=_BATCH)
        found += _lines(s, lives)
        if len(lives) < _BATCH:
            return tuple(found)
        last = _key(_written(lives[-1]))


def table(lines: Sequence[Line], period: Period, agency: str, *, covered: bool = False) -> Table:
    """`covered`: telephone numbers are masked, as on pages."""
    return Table(
        title="Sổ theo dõi hồ sơ",
        lead=f"{period.name}, từ ngày {period.first:%d/%m/%Y} đến hết ngày {period.last:%d/%m/%Y}",
        facts=(("Bộ phận Tiếp nhận và Trả kết quả", agency),),
        columns=_COLUMNS,
        rows=tuple(
            (
                place,
                line.code,
                line.procedure,
                _SETS,
                line.applicant.name,
                _reached(line.applicant, covered=covered),
                agency,
                line.accepted_at,
                line.due,
                line.passed_on_at,
                line.result_at,
                line.returned_at,
                line.way,
                line.recipient,
                line.note,
            )
            for place, line in enumerate(lines, start=1)
        ),
    )


def _reached(applicant: Applicant, *, covered: bool) -> str:
    phone = mask_number(applicant.phone) if covered else applicant.phone
    return ", ".join(filter(None, (applicant.address, phone)))


def _lines(s: Services, lives: Sequence[Life]) -> Iterator[Line]:
    """The dossiers' own words are read for these alone; training is no business of the register (Đ24.5)."""
    named = [life for life in lives if not life.training]
    found = s.repository.collection.find(
        {"_id": {"$in": [life.id for life in named]}}, dict.fromkeys(_FIELDS, 1)
    )
    rows = {row["_id"]: row for row in found}
    return (_line(life, rows[life.id]) for life in named if life.id in rows)


def _line(life: Life, row: Mapping[str, Any]) -> Line:
    mark = life.marks[-1]
    assert life.accepted_at is not None
    ended = row.get("ended_at")
    returned = kept.instant(kept.milliseconds(ended)) if ended is not None else None
    return Line(
        id=life.id,
        code=life.code or life.reference,
        procedure=row["procedure_name"],
        applicant=from_data(Applicant, row["applicant"]),
        accepted_at=life.accepted_at,
        due=mark.appointed or mark.due,
        passed_on_at=life.passed_on_at,
        result_at=mark.solved_at,
        returned_at=returned,
        way=_WAYS.get(row.get("returned_by") or row["receive_by"], ""),
        recipient=row.get("recipient") or "",
        note=_note(life, str(row["status"])),
    )


def _note(life: Life, status: str) -> str:
    """What the other columns do not say."""
    told = []
    if life.supplements:
        told.append(f"bổ sung {len(life.supplements)} lần")
    if life.extensions:
        told.append(f"gia hạn {len(life.extensions)} lần")
    if life.apologies:
        told.append(f"xin lỗi {len(life.apologies)} lần")
    told += [{"declined": "không giải quyết", "withdrawn": "rút theo yêu cầu"}.get(status, "")]
    return ", ".join(filter(None, told)).capitalize()


def _written(life: Life) -> str:
    assert life.accepted_at is not None
    return f"{kept.milliseconds(life.accepted_at)}.{life.id}"


def _key(after: str) -> tuple[int, str] | None:
    if not after:
        return None
    at, _, last = after.partition(".")
    return int(at), last
