"""A text that stands in the place of a form's own from a day on, and which of them holds on a day. Pure.

It belongs to one set of forms: when a new circular brings its own set, the texts for the one before end with it, as their
forms do. Rows are only ever added; one without a text gives the shipped form back its place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Own:
    """`set_start`: the first day of the set it belongs to; `start`: from when it holds; `text`: `None` gives the shipped form
    back; `basis`: number and day of what it rests on, or the reason; `by`: an account, `by_name`: as it was called.
    """

    id: str
    kind: str
    set_start: date
    start: date
    text: str | None
    basis: str
    by: str
    by_name: str
    at: datetime


class NotYetError(ValueError):
    """A day on which papers have been printed already, or none of the set."""


def in_force(rows: Iterable[Own], set_start: date, on: date) -> Own | None:
    """Of one kind of form, in the order they were written, the row that holds on the day for the set; the later written of two of the same day."""
    fit = [row for row in rows if row.set_start == set_start and row.start <= on]
    # the first of equals is the greatest: those written last come first
    return max(reversed(fit), key=lambda row: (row.start, row.at), default=None)


def require_start(start: date, today: date, set_start: date, set_end: date | None) -> None:
    """Raises `NotYetError`: a paper of yesterday keeps the form of yesterday, and one of today may be printed already."""
    if start <= today:
        raise NotYetError("Áp dụng từ ngày mai trở đi; giấy tờ của hôm nay trở về trước giữ mẫu cũ.")
    if start < set_start or (set_end is not None and start > set_end):
        raise NotYetError("Ngày áp dụng phải trong thời gian có hiệu lực của bộ mẫu này.")
