"""Examples: what the schema lets through that no clock or calendar can do is told where it is written."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from definitions.compiler.values import NO_INSTANT, deadline_rule, instant
from definitions.model import Example
from definitions.problems import Report
from definitions.reading.tree import Path

EXTEND: Final = "extend"
APOLOGISE: Final = "apologise"


def examples(raws: Sequence[Mapping[str, Any]], report: Report) -> tuple[Example, ...]:
    found = []
    for at, raw in enumerate(raws):
        path: Path = ("examples", at)
        accepted = raw.get("accepted_at")
        papers_in = raw.get("papers")
        example = Example(
            name=raw["name"],
            submitted_at=instant(raw["submitted_at"], (*path, "submitted_at"), report),
            answers=raw["answers"],
            expect=raw["expect"],
            channel=raw.get("channel", "online"),
            agency=raw.get("agency"),
            papers=None if papers_in is None else tuple(papers_in),
            steps=tuple(raw.get("steps", ())),
            applicant=raw.get("applicant"),
            accepted_at=None if accepted is None else instant(accepted, (*path, "accepted_at"), report),
        )
        _check_times(example, path, report)
        found.append(example)
    return tuple(found)


def _check_times(example: Example, path: Path, report: Report) -> None:
    """Every instant is one, each after the one before it; what is extended and promised can be counted."""
    last = example.submitted_at
    if example.accepted_at is not None:
        last = _after(last, example.accepted_at, (*path, "accepted_at"), report)
    for number, told in enumerate(example.steps):
        here: Path = (*path, "steps", number)
        if "at" in told:
            last = _after(last, instant(str(told["at"]), (*here, "at"), report), (*here, "at"), report)
        if told["do"] == EXTEND:
            given = {"amount": told.get("amount", 1), "unit": told.get("unit", "working_day")}
            deadline_rule(given, here, report)
        if "promised" in told:
            instant(str(told["promised"]), (*here, "promised"), report)
        elif told["do"] == APOLOGISE:
            report.error(
                here,
                "S002",
                "Thao tác xin lỗi thiếu khóa “promised” (Hẹn lại vào).",
                "Thêm ngày giờ hẹn lại, ví dụ “promised: 2026-12-01T17:00”.",
            )


def _after(last: datetime, at: datetime, path: Path, report: Report) -> datetime:
    if NO_INSTANT != at < last:  # what is no instant has been told
        report.error(
            path,
            "T064",
            f"Thời gian đi lùi: {at:%H:%M %d/%m/%Y} đứng trước việc liền trước đó ({last:%H:%M %d/%m/%Y}).",
            "Đổi giờ cho đúng thứ tự, hoặc chuyển thao tác lên trước.",
        )
    return max(last, at)
