"""Patterns of mã số hồ sơ as administrators set them, over the shipped one; each from a day on (TT 01/2018 Đ19)."""

from datetime import date, datetime
from typing import Any, cast

from pymongo import ASCENDING
from pymongo.database import Database
from pymongo.write_concern import WriteConcern

from tthc.books.model import BookError
from tthc.dossiers.codes import PATTERNS, CodePattern, Order


class CodePatterns:
    """The collection `code_patterns`: rows that are only added; of one day the later one counts."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._rows = database.get_collection("code_patterns", write_concern=WriteConcern("majority", j=True))

    def __call__(self) -> tuple[CodePattern, ...]:
        """In the order in which they outrank one another, the last first to be asked."""
        rows = self._rows.find().sort([("start", ASCENDING), ("_id", ASCENDING)])
        set_here = (
            CodePattern(cast("Order", row["order"]), int(row["digits"]), date.fromisoformat(row["start"]))
            for row in rows
        )
        return (*PATTERNS, *set_here)

    def add(self, pattern: CodePattern, *, by: str, at: datetime, reason: str, today: date) -> None:
        """Raises `BookError`: codes of days that are over were given out by the pattern of then."""
        if pattern.start is None or pattern.start <= today:
            raise BookError("Mẫu mới áp dụng từ ngày mai trở đi: mã của hôm nay đã cấp theo mẫu cũ.", "start")
        if not 4 <= pattern.digits <= 7:
            raise BookError("Số thứ tự dài từ 4 đến 7 chữ số.", "digits")
        self._rows.insert_one(
            {
                "order": pattern.order,
                "digits": pattern.digits,
                "start": pattern.start.isoformat(),
                "by": by,
                "at": at,
                "reason": reason,
            }
        )
