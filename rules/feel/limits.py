"""Bounds that keep any expression, however hostile, from hanging or exhausting a server."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from rules.feel.errors import FeelLimitError

TEXT = 20_000  # characters of source
NESTING = 60  # brackets within brackets while parsing
DEPTH = 150  # levels of the parsed tree
LIST = 100_000  # elements of a list made by an expression
STRING = 1_000_000  # characters of a string made by an expression
STEPS = 1_000_000  # units of work of one evaluation
CALLS = 60  # functions calling functions
DATA_DEPTH = 60  # levels of the data handed in, and of a result


class Run:
    """One evaluation: its clock, and the work it may still do.

    What a fresh one holds stands in the class: most evaluations are over before anything of it is used, and making
    one must cost them next to nothing.
    """

    now: datetime | None = None
    left = STEPS
    calls = 0

    @classmethod
    def at(cls, now: datetime | None) -> Run:
        run = cls()
        run.now = now
        return run

    def spend(self, units: int) -> None:
        """Take `units` of work from the budget; raises FeelLimitError when it is used up."""
        self.left -= units
        if self.left < 0:
            raise FeelLimitError(
                f"Biểu thức cần quá nhiều phép tính (hơn {STEPS:n} bước); xin viết gọn lại hoặc thu hẹp danh sách."
            )


def settle(value: Any, run: Run, depth: int = 0) -> None:
    """Refuse a result whose parts, counted as often as they occur, are too many or too deep to be written out."""
    if depth > DATA_DEPTH:
        raise FeelLimitError(f"Kết quả lồng nhau quá sâu (hơn {DATA_DEPTH} lớp).")
    run.spend(len(value))
    for item in value.values() if value.__class__ is dict else value:
        if item.__class__ is list or item.__class__ is dict:
            settle(item, run, depth + 1)


def weight(nodes: int) -> int:
    """What one round of a loop costs whose body has so many nodes."""
    return 1 + (nodes >> 4)


def check_list(length: int) -> None:
    if length > LIST:
        raise FeelLimitError(f"Danh sách quá dài: {length} phần tử, nhiều nhất là {LIST}.")


def check_string(length: int) -> None:
    if length > STRING:
        raise FeelLimitError(f"Chuỗi quá dài: {length} ký tự, nhiều nhất là {STRING}.")
