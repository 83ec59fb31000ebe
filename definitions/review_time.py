"""The clock of a review (Đ9.3b: 03 ngày làm việc): what is left, when to remind, which reviews ended late. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from definitions.lifecycle import REVIEW_TIME, Act, State, Version
from rules.calendar import Calendar, local
from rules.deadlines import due, remaining_text

APPROVALS: Final = frozenset({"approve", "approve_with_edits"})
DECISIONS: Final = APPROVALS | {"return"}


class Stage(StrEnum):
    """How much of the time is over."""

    HALF = "half"
    MOST = "most"
    OVERDUE = "overdue"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS: Final[Mapping[Stage, str]] = {
    Stage.HALF: "đã qua nửa thời gian thẩm định",
    Stage.MOST: "đã qua 80 % thời gian thẩm định",
    Stage.OVERDUE: "quá hạn thẩm định",
}
_PARTS: Final = ((Stage.HALF, 50), (Stage.MOST, 80))


@dataclass(frozen=True, slots=True)
class Tally:
    """Reviews that ended in a year, and how many of them after they were due."""

    ended: int
    late: int


def registrations(version: Version) -> int:
    """How often it has been registered: which registration the current one is."""
    return sum(act.kind == "register" for act in version.acts)


def registered_at(version: Version) -> datetime | None:
    """When it was registered last; None where it never was."""
    return next((act.at for act in reversed(version.acts) if act.kind == "register"), None)


def approval(version: Version) -> Act | None:
    """How it was approved; None where it was not."""
    return next((act for act in reversed(version.acts) if act.kind in APPROVALS), None)


def moments(start: datetime, end: datetime, calendar: Calendar) -> tuple[tuple[Stage, datetime], ...]:
    """When each stage begins, in working time between the registration and the day it is due."""
    whole = calendar.minutes_between(start, end)
    return (
        *((stage, calendar.add_minutes(start, whole * percent // 100)) for stage, percent in _PARTS),
        (Stage.OVERDUE, end),
    )


def reached(version: Version, now: datetime, calendar: Calendar) -> tuple[Stage, ...]:
    """The stages that a review under way has passed by `now`, the first one first; overdue means after, not at."""
    start = registered_at(version)
    if version.state is not State.REGISTERED or version.due is None or start is None:
        return ()
    return tuple(
        stage
        for stage, at in moments(start, version.due, calendar)
        if (now > at if stage is Stage.OVERDUE else now >= at)
    )


def left(version: Version, now: datetime, calendar: Calendar) -> str:
    """«còn 1 ngày 4 giờ làm việc»; empty where no review is awaited."""
    if version.state is not State.REGISTERED or version.due is None:
        return ""
    return remaining_text(calendar.minutes_between(now, version.due), REVIEW_TIME.unit)


def tally(versions: Sequence[Version], year: int, calendar: Calendar) -> Tally:
    """Over the reviews that a decision ended in that year, Việt Nam time."""
    ends = [
        (asked, answered)
        for version in versions
        for asked, answered in _reviews(version)
        if local(answered.at).year == year
    ]
    late = 0
    for asked, answered in ends:
        end = due(REVIEW_TIME, asked.at, calendar).at
        late += end is not None and answered.at > end
    return Tally(len(ends), late)


def _reviews(version: Version) -> Iterator[tuple[Act, Act]]:
    """Each registration with the decision that ended its review."""
    asked: Act | None = None
    for act in version.acts:
        if act.kind == "register":
            asked = act
        elif act.kind in DECISIONS and asked is not None:
            yield asked, act
            asked = None
