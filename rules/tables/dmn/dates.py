"""The days on which a row is law, as words at the head of its description: `[từ 01/01/2027 đến 31/12/2027] …`.

The description is the one text beside a row that bpmn.io's and Camunda's modellers show and let people edit; columns of
annotations they keep and hide. Columns headed «Hiệu lực từ» and «Hiệu lực đến» are read too.
"""

import re
from datetime import date, datetime
from typing import Final

from rules.tables.dmn.errors import DmnError

_MARK: Final = re.compile(
    r"\[\s*(?:từ\s+(?P<start>[^\s\]]+))?\s*(?:đến\s+(?P<end>[^\s\]]+))?\s*\]\s*", re.IGNORECASE
)
_ALWAYS: Final = re.compile(r"\[\s*mọi ngày\s*\]\s*", re.IGNORECASE)
_MEANT: Final = re.compile(r"\[\s*(?:từ|đến|mọi ngày)\b", re.IGNORECASE)

Days = tuple[date | None, date | None]


def day_of(text: str, line: int) -> date:
    """`01/01/2027` or `2027-01-01`; raises DmnError."""
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise DmnError(f"Viết ngày như 01/01/2027 hoặc 2027-01-01, không phải “{text}”.", line)


def marked(days: Days, said: str) -> str:
    """The description with its days at the head."""
    words = [
        f"{word} {day:%d/%m/}{day.year:04}" for word, day in zip(("từ", "đến"), days, strict=True) if day
    ]
    if words:
        return f"[{' '.join(words)}] {said}".rstrip()
    # a description that looks as if it began with days must not be read so
    return f"[mọi ngày] {said}" if _MEANT.match(said) else said


def unmarked(said: str, line: int) -> tuple[Days | None, str]:
    """The days at the head of a description, None where none are written, and the rest; raises DmnError."""
    always = _ALWAYS.match(said)
    if always:
        return (None, None), said[always.end() :]
    if not _MEANT.match(said):
        return None, said
    found = _MARK.match(said)
    if found is None:
        raise DmnError("Viết thời gian hiệu lực như [từ 01/01/2027 đến 31/12/2027] ở đầu chú thích.", line)
    start, end = (day_of(text, line) if text else None for text in found.group("start", "end"))
    return (start, end), said[found.end() :]
