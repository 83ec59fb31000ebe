"""The published catalogue (danh mục TTHC đã công bố): dated rows, one procedure one row at a time. Pure.

Nothing is changed or taken out: an amendment, a replacement, an abolition is a new row with its own first day (Đ7.3,
Đ24.3), under the decision that says so. On any day the row that began last speaks.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from tthc.agencies.model import LEVEL_LABELS, Agency

CODE: Final = re.compile(r"[0-9]\.[0-9]{6}(\.[0-9A-Z.]+)?")
"""Law.md 2.4: the national code, with what a province adds to it."""
_PROVINCIAL: Final = re.compile(r"(\.000\.00\.00)?\.H[0-9]{2}$")
MOST_ROWS: Final = 2_000
LONGEST_NAME: Final = 1_000


class RegistryError(ValueError):
    """What cannot be entered or done. `message` says why and what to do; `field` names where, `rule` the clause."""

    def __init__(self, message: str, field: str = "", rule: str = "") -> None:
        self.message = message
        self.field = field
        self.rule = rule
        super().__init__(message)


class Kind(StrEnum):
    """What the decision does with the procedure."""

    NEW = "moi"
    AMENDED = "sua_doi"
    REPLACED = "thay_the"
    ABOLISHED = "bai_bo"

    @property
    def label(self) -> str:
        return KIND_LABELS[self]


KIND_LABELS: Final = {
    Kind.NEW: "Mới ban hành",
    Kind.AMENDED: "Sửa đổi, bổ sung",
    Kind.REPLACED: "Thay thế",
    Kind.ABOLISHED: "Bãi bỏ",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision on paper: its number, its day, who signed it."""

    number: str
    day: date | None
    issuer: str = ""

    def __str__(self) -> str:
        day = f" ngày {self.day:%d/%m/%Y}" if self.day else ""
        return f"{self.number}{day}{' của ' + self.issuer if self.issuer else ''}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the catalogue. `levels`: ids of `agencies.model.Level` of which every agency is competent;
    `agencies`: ids of those named one by one. `start` and `end`: first and last day in force, `end` none: open.
    """

    code: str
    name: str
    sector: str
    levels: tuple[str, ...]
    agencies: tuple[str, ...]
    decision: Decision
    start: date
    end: date | None
    kind: Kind
    by: str
    at: datetime
    id: str = ""

    def competent(self, agency: Agency) -> bool:
        return agency.id in self.agencies or agency.level.value in self.levels


def row_of_day(entries: Iterable[Entry], on: date) -> Entry | None:
    """Of one procedure's rows that which speaks on that day, an abolishing or ended one too."""
    begun = [entry for entry in entries if entry.start <= on]
    return max(begun, key=lambda entry: (entry.start, entry.at, entry.id), default=None)


def in_force(entries: Iterable[Entry], on: date) -> Entry | None:
    """The row by which the procedure exists on that day; none before the first, after the last, once abolished."""
    row = row_of_day(entries, on)
    if row is None or row.kind is Kind.ABOLISHED or (row.end is not None and row.end < on):
        return None
    return row


def catalogue(entries: Iterable[Entry], on: date) -> tuple[Entry, ...]:
    """The whole catalogue of a day, by code."""
    found = (in_force(rows, on) for rows in by_code(entries).values())
    return tuple(sorted((row for row in found if row is not None), key=lambda row: row.code))


def by_code(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    grouped: dict[str, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(entry.code, []).append(entry)
    return grouped


def check(entry: Entry, before: Iterable[Entry], agencies: Iterable[Agency]) -> None:
    """Whether the row may join those of its procedure; raises RegistryError that names the field."""
    before = tuple(before)
    known = {agency.id for agency in agencies}
    if not CODE.fullmatch(entry.code):
        raise RegistryError("Mã thủ tục có dạng một chữ số, dấu chấm, sáu chữ số.", "code", "Đ7.3")
    if not entry.decision.number or entry.decision.day is None:
        raise RegistryError("Ghi số và ngày của quyết định công bố.", "decision_number", "Đ7.3")
    if entry.end is not None and entry.end < entry.start:
        raise RegistryError("Ngày hết hiệu lực phải sau ngày có hiệu lực.", "end")
    if entry.kind is not Kind.ABOLISHED:
        if not entry.name or len(entry.name) > LONGEST_NAME:
            raise RegistryError("Ghi tên thủ tục đúng từng chữ như trong quyết định công bố.", "name", "Đ7.3")
        if not entry.sector:
            raise RegistryError("Ghi lĩnh vực của thủ tục.", "sector")
        if not entry.levels and not entry.agencies:
            raise RegistryError("Ghi cấp hoặc cơ quan có thẩm quyền giải quyết.", "levels")
    unknown = [one for one in entry.agencies if one not in known]
    if unknown:
        raise RegistryError(
            f"Không có cơ quan mang mã “{unknown[0]}”; xem mã ở mục Cơ quan.", "agencies", "Đ7.2a"
        )
    wrong = [one for one in entry.levels if one not in set(LEVEL_LABELS)]
    if wrong:
        raise RegistryError(f"Không có cấp “{wrong[0]}”; các cấp: {', '.join(LEVEL_LABELS)}.", "levels")
    if any(one.start == entry.start for one in before):
        raise RegistryError(
            f"Thủ tục {entry.code} đã có một dòng bắt đầu từ {entry.start:%d/%m/%Y}; chọn ngày khác.", "start"
        )
    running = in_force(before, entry.start)
    if entry.kind is Kind.NEW and running is not None:
        raise RegistryError(
            f"Thủ tục {entry.code} đang có trong danh mục; chọn loại sửa đổi, thay thế hoặc bãi bỏ.", "kind"
        )
    if entry.kind is not Kind.NEW and running is None:
        raise RegistryError(
            f"Thủ tục {entry.code} chưa có trong danh mục ngày {entry.start:%d/%m/%Y}; chọn loại mới ban hành.",
            "kind",
        )


def abolishing(entry: Entry, before: Iterable[Entry]) -> Entry:
    """The row with what an abolition need not say again, taken from the row that it ends."""
    if entry.kind is not Kind.ABOLISHED:
        return entry
    running = in_force(before, entry.start)
    if running is None:
        return entry
    return replace(
        entry,
        name=entry.name or running.name,
        sector=entry.sector or running.sector,
        levels=entry.levels or running.levels,
        agencies=entry.agencies or running.agencies,
    )


def plain(text: str) -> str:
    """One line as it is compared and kept: composed letters, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def same_name(ours: str, official: str) -> bool:
    """Letter by letter (Đ7.3); how a space or a mark is stored makes no difference."""
    return plain(ours) == plain(official)


def bare(code: str) -> str:
    """The code without the province's ending, which names the same procedure: `….000.00.00.H52` and `….H52`."""
    return _PROVINCIAL.sub("", code)
