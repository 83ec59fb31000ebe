"""The days off of a year as lines that a person writes, and back. Pure.

01/01/2026 | nghỉ lễ | Tết Dương lịch
16/02/2026 - 20/02/2026 | nghỉ lễ | Tết Nguyên đán
27/04/2026 | nghỉ bù | Giỗ Tổ Hùng Vương
02/01/2026 | hoán đổi | 10/01/2026
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

Row = Mapping[str, object]

KINDS: Final[Mapping[str, str]] = {"holiday": "nghỉ lễ", "in_lieu": "nghỉ bù", "swap": "hoán đổi"}
_BY_WORD: Final = {word: kind for kind, word in KINDS.items()}
_DAY: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_HOW: Final = "viết như “02/09/2026 | nghỉ lễ | Quốc khánh”, hoặc “02/01/2026 | hoán đổi | 10/01/2026”"


class LinesError(ValueError):
    """A line that cannot be read; the message names it and says how it is written."""


def write(rows: Sequence[Row]) -> str:
    """Rows of `years.<year>.off` (see `rules.calendar.data`) as lines."""
    return "\n".join(_line(row) for row in rows)


def read(text: str, year: int) -> tuple[dict[str, object], ...]:
    """Lines as rows, days as ISO text; raises `LinesError`. A day may be of the next or the last year only in a swap."""
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            rows.append(_row(line, f"Dòng {number} (“{line.strip()[:60]}”)", year))
    return tuple(rows)


def _line(row: Row) -> str:
    kind = str(row.get("kind", "holiday"))
    if kind == "swap":
        return f"{_shown(row['day'])} | {KINDS[kind]} | {_shown(row['with'])}"
    days = _shown(row["day"]) if "day" in row else f"{_shown(row['from'])} - {_shown(row['to'])}"
    return f"{days} | {KINDS[kind]} | {row.get('label', '')}"


def _row(line: str, where: str, year: int) -> dict[str, object]:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) != 3 or not parts[2]:
        raise LinesError(f"{where}: {_HOW}.")
    kind = _BY_WORD.get(parts[1].casefold())
    if kind is None:
        raise LinesError(f"{where}: loại ngày là một trong: {', '.join(_BY_WORD)}.")
    days = [_day(found.groups(), where) for found in _DAY.finditer(parts[0])]
    if len(days) not in {1, 2} or (kind == "swap" and len(days) != 1):
        raise LinesError(f"{where}: {_HOW}.")
    if all(day.year != year for day in days) and kind != "swap":
        raise LinesError(f"{where}: không phải ngày của năm {year}.")
    if kind == "swap":
        other = _DAY.fullmatch(parts[2])
        if other is None:
            raise LinesError(f"{where}: sau “hoán đổi” ghi ngày làm bù, {_HOW}.")
        return {"day": days[0].isoformat(), "kind": kind, "with": _day(other.groups(), where).isoformat()}
    row: dict[str, object] = {"kind": kind, "label": parts[2]}
    if len(days) == 1:
        return {"day": days[0].isoformat(), **row}
    if days[1] < days[0]:
        raise LinesError(f"{where}: ngày cuối trước ngày đầu.")
    return {"from": days[0].isoformat(), "to": days[1].isoformat(), **row}


def _day(parts: Sequence[str], where: str) -> date:
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    except ValueError:
        raise LinesError(f"{where}: {'/'.join(parts)} không phải là một ngày có thật.") from None


def _shown(value: object) -> str:
    day = value if isinstance(value, date) else date.fromisoformat(str(value))
    return f"{day:%d/%m/%Y}"
