"""A table pasted from a spreadsheet or a CSV file, as rows of the catalogue; what is wrong is told line by line. Pure.

The columns, by their headings in any order, or in this order where the first line is no heading:
mã, tên, lĩnh vực, cấp, cơ quan, loại, hiệu lực từ, hiệu lực đến.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from renderers.text import folded
from tthc.agencies.model import LEVEL_LABELS, Agency
from tthc.registry.model import MOST_ROWS, Decision, Entry, Kind, RegistryError, abolishing, check, plain

COLUMNS: Final = ("code", "name", "sector", "levels", "agencies", "kind", "start", "end")
_HEADINGS: Final[Mapping[str, str]] = {
    "ma": "code",
    "ma thu tuc": "code",
    "ma tthc": "code",
    "ma so": "code",
    "ten": "name",
    "ten thu tuc": "name",
    "ten tthc": "name",
    "ten thu tuc hanh chinh": "name",
    "linh vuc": "sector",
    "cap": "levels",
    "cap thuc hien": "levels",
    "cap giai quyet": "levels",
    "co quan": "agencies",
    "co quan thuc hien": "agencies",
    "co quan giai quyet": "agencies",
    "loai": "kind",
    "loai thu tuc": "kind",
    "hieu luc tu": "start",
    "ngay hieu luc": "start",
    "tu ngay": "start",
    "hieu luc den": "end",
    "den ngay": "end",
}
_KINDS: Final[Mapping[str, Kind]] = {
    "": Kind.NEW,
    "moi": Kind.NEW,
    "moi ban hanh": Kind.NEW,
    "ban hanh moi": Kind.NEW,
    "sua doi": Kind.AMENDED,
    "sua doi, bo sung": Kind.AMENDED,
    "sua doi bo sung": Kind.AMENDED,
    "thay the": Kind.REPLACED,
    "bai bo": Kind.ABOLISHED,
    **{str(kind): kind for kind in Kind},
}
_LEVELS: Final[Mapping[str, str]] = {
    **{str(level): str(level) for level in LEVEL_LABELS},
    **{f"cap {level}": str(level) for level in LEVEL_LABELS},
    "trung tam": "center",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: `number` as pasted, from 1; either `entry`, or `error` saying what to mend."""

    number: int
    cells: tuple[str, ...]
    entry: Entry | None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What is said once for the whole table. `start`: first day of the lines that give none."""

    decision: Decision
    start: date | None
    by: str
    at: datetime


def read(
    text: str, given: Given, known: Mapping[str, Sequence[Entry]], agencies: Sequence[Agency]
) -> tuple[Line, ...]:
    """Every line that is not empty. `known`: the rows that there are, by code.

    Raises RegistryError where there is no table at all, or one that is too long.
    """
    rows = [(number, row) for number, row in _rows(text) if any(row)]
    heading = _heading(rows[0][1]) if rows else None
    if heading is not None:
        rows = rows[1:]
    if not rows:
        raise RegistryError("Dán bảng có ít nhất một dòng thủ tục, mỗi thủ tục một dòng.", "table")
    if len(rows) > MOST_ROWS:
        raise RegistryError(
            f"Bảng có {len(rows)} dòng; chia làm nhiều lần, mỗi lần tối đa {MOST_ROWS} dòng.", "table"
        )
    before = {code: list(entries) for code, entries in known.items()}
    lines = []
    for number, row in rows:
        try:
            cells = _cells(row, heading or COLUMNS)
            mine = before.setdefault(cells.get("code", ""), [])
            entry = abolishing(_entry(cells, given, agencies), mine)
            check(entry, mine, agencies)
        except RegistryError as error:
            lines.append(Line(number, tuple(row), None, error.message))
            continue
        mine.append(entry)
        lines.append(Line(number, tuple(row), entry))
    return tuple(lines)


def _cells(row: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
    if any(row[len(columns) :]):
        raise RegistryError(
            f"Dòng có {len(row)} ô, nhiều hơn {len(columns)} cột; kiểm tra dấu phân cách của bảng."
        )
    return dict(zip(columns, row, strict=False))


def _rows(text: str) -> Iterable[tuple[int, list[str]]]:
    """(line, cells). A tab separates what comes from a spreadsheet; a file has semicolons or commas."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = "\t" if "\t" in first else ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=separator)
    try:
        for row in reader:
            yield reader.line_num, [plain(cell) for cell in row]
    except csv.Error as error:
        raise RegistryError("Không đọc được bảng; kiểm tra dấu ngoặc kép trong các ô.", "table") from error


def _heading(row: Sequence[str]) -> tuple[str, ...] | None:
    """The columns that the first line names; none where it is a line like the others."""
    named = [_HEADINGS.get(re.sub(r"\s*\(.*\)$", "", folded(cell)), "") for cell in row]
    if "code" not in named:
        return None
    return tuple(name or f"?{at}" for at, name in enumerate(named))


def _entry(cells: Mapping[str, str], given: Given, agencies: Sequence[Agency]) -> Entry:
    kind = _KINDS.get(folded(cells.get("kind", "")))
    if kind is None:
        raise RegistryError(
            f"Loại “{cells['kind']}” không có; ghi mới, sửa đổi, thay thế hoặc bãi bỏ.", "kind"
        )
    begins = _day(cells.get("start", ""), "có hiệu lực") or given.start
    if begins is None:
        raise RegistryError(
            "Thiếu ngày có hiệu lực; ghi ở cột “hiệu lực từ” hoặc ở ô ngày chung phía trên.", "start"
        )
    return Entry(
        code=cells.get("code", ""),
        name=cells.get("name", ""),
        sector=cells.get("sector", ""),
        levels=tuple(_level(part) for part in _parts(cells.get("levels", ""))),
        agencies=tuple(_agency(part, agencies) for part in _parts(cells.get("agencies", ""), ";")),
        decision=given.decision,
        start=begins,
        end=_day(cells.get("end", ""), "hết hiệu lực"),
        kind=kind,
        by=given.by,
        at=given.at,
    )


def _parts(text: str, separators: str = ";,/") -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(f"[{separators}]", text) if part.strip())


def _level(text: str) -> str:
    found = _LEVELS.get(folded(text))
    if found is None:
        raise RegistryError(f"Không có cấp “{text}”; ghi tỉnh, xã (nhiều cấp thì cách nhau dấu /).", "levels")
    return found


def _agency(text: str, agencies: Sequence[Agency]) -> str:
    """By id or by name."""
    wanted = folded(text)
    found = [agency.id for agency in agencies if text == agency.id or wanted == folded(agency.name)]
    if not found:
        raise RegistryError(f"Không có cơ quan “{text}”; ghi đúng mã hoặc tên ở mục Cơ quan.", "agencies")
    return found[0]


def _day(text: str, label: str) -> date | None:
    """25/11/2026 or 2026-11-25."""
    if not text:
        return None
    found = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text)
    iso = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
    except ValueError as error:
        raise RegistryError(f"Ngày {label} “{text}” không có trong lịch.", "start") from error
    raise RegistryError(f"Ngày {label} “{text}” cần viết như 25/11/2026.", "start")
