"""Mã số hồ sơ (TT 01/2018 Đ19; QĐ 20/2020): patterns as data with dates, and a counter per agency and day.

Numbers are handed out once and never again; a number whose dossier was never written (the server died in between)
leaves a gap, which the law does not mind. Past 9999 a day the number grows a digit; it never wraps.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pymongo import ReturnDocument
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError
from pymongo.write_concern import WriteConcern

from tthc.dossiers.context import AgencyFacts

Order = Literal["unit_first", "province_first"]

TRAINING_PREFIX = "TH-"
"""Before every code of a place to train in (Đ24.5)."""

COUNTERS = "dossier_counters"
DURABLE = WriteConcern(w="majority", j=True)
ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class CodePattern:
    """How codes are written from `start` to `end`, both inclusive; `None` is open.

    `order`: `unit_first` is `000.00.14.H52` (TT 10/2016), `province_first` is `H52.14` (QĐ 20/2020). `digits`: the
    least length of the running number.
    """

    order: Order
    digits: int = 4
    start: date | None = None
    end: date | None = None

    def covers(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def write(self, identifier: str, day: date, number: int) -> str:
        """`000.00.14.H52-261123-0001`."""
        return f"{arrange(identifier, self.order)}-{day:%y%m%d}-{number:0{self.digits}d}"


PATTERNS: tuple[CodePattern, ...] = (CodePattern("unit_first"),)

_OLD = re.compile(r"(?P<identifier>\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2})-(?P<day>\d{6})-(?P<number>\d{4,})")
_NEW = re.compile(r"(?P<identifier>[A-Z]\d{2}(\.\d{2,3}){0,3})-(?P<day>\d{6})-(?P<number>\d{4,})")


@dataclass(frozen=True, slots=True)
class DossierCode:
    """A code read back. `identifier` as it was written."""

    identifier: str
    order: Order
    day: date
    number: int


def read_code(text: str) -> DossierCode | None:
    """Either pattern, whatever the case and the blanks around it; `None` where it is no code."""
    plain = text.strip().upper()
    for pattern, order in ((_OLD, "unit_first"), (_NEW, "province_first")):
        found = pattern.fullmatch(plain)
        if found is None:
            continue
        digits = found["day"]
        try:
            day = date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
        except ValueError:
            return None
        return DossierCode(
            found["identifier"],
            "unit_first" if order == "unit_first" else "province_first",
            day,
            int(found["number"]),
        )
    return None


def arrange(identifier: str, order: Order) -> str:
    """The same agency in the other order: `000.00.14.H52` ↔ `H52.14`."""
    parts = identifier.split(".")
    province_first = bool(re.fullmatch(r"[A-Z]\d{2}", parts[0]))
    if order == "unit_first" and province_first:
        widths = (3, 2, 2)
        rest = [*parts[1:], *["0"] * (4 - len(parts))]
        return ".".join([*(p.zfill(w) for p, w in zip(reversed(rest), widths, strict=True)), parts[0]])
    if order == "province_first" and not province_first:
        levels = list(reversed(parts))
        while len(levels) > 1 and not levels[-1].strip("0"):
            levels.pop()
        return ".".join(levels)
    return identifier


def pattern_on(patterns: Sequence[CodePattern], day: date) -> CodePattern:
    """The pattern of a day; the last one that covers it."""
    for pattern in reversed(patterns):
        if pattern.covers(day):
            return pattern
    raise ValueError(f"Chưa khai mẫu mã số hồ sơ cho ngày {day:%d/%m/%Y}.")


class Codes:
    """Hands out codes."""

    def __init__(
        self,
        database: Database[dict[str, Any]],
        patterns: Sequence[CodePattern] | Callable[[], Sequence[CodePattern]] = PATTERNS,
        *,
        prefix: str = "",
    ) -> None:
        """`patterns`: fixed, or asked for whenever a code is drawn. `prefix`: what stands before each code."""
        self._prefix = prefix
        self._counters: Collection[dict[str, Any]] = database.get_collection(COUNTERS, write_concern=DURABLE)
        self._patterns = patterns

    def allocate(self, agency: AgencyFacts, day: date) -> str:
        """The next code of an agency on a day (local date)."""
        if not agency.identifier:
            raise ValueError(f"Cơ quan {agency.name} chưa có mã định danh nên chưa cấp được mã số hồ sơ.")
        known = self._patterns() if callable(self._patterns) else self._patterns
        pattern = pattern_on(known, day)
        # two ways of writing one identifier are one agency, and one counter
        key = f"{arrange(agency.identifier, 'province_first')}/{day:%y%m%d}"
        return self._prefix + pattern.write(agency.identifier, day, self._next(key))

    def _next(self, key: str) -> int:
        for _ in range(ATTEMPTS):
            counter: Mapping[str, Any] | None = self._counters.find_one_and_update(
                {"_id": key}, {"$inc": {"last": 1}}, return_document=ReturnDocument.AFTER
            )
            if counter is not None:
                return int(counter["last"])
            self._open(key)
        raise RuntimeError(f"no number could be drawn from {key}")

    def _open(self, key: str) -> None:
        """Begin a day's counter. Not by an upsert: of several first ones at once the embedded server counts all and
        answers one, so that the day would begin with numbers nobody was given.
        """
        with suppress(DuplicateKeyError):
            self._counters.insert_one({"_id": key, "last": 0})
